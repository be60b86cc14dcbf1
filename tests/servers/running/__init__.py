"""Real servers for tests and benchmarks, each in a temporary folder on a free loopback port."""

from __future__ import annotations

from running.common import Server
from running.elasticsearch import Elasticsearch
from running.ferretdb import FerretDB
from running.mariadb import MariaDB
from running.postgresql import PostgreSQL
from running.redis import Redis

SERVERS: tuple[type[Server], ...] = (PostgreSQL, MariaDB, FerretDB, Redis, Elasticsearch)

__all__ = ["SERVERS", "Elasticsearch", "FerretDB", "MariaDB", "PostgreSQL", "Redis", "Server"]
