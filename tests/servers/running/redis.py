"""Redis that keeps everything in memory: what it holds dies with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import urlsplit

from running.common import Server

_DATABASES = 256


class Redis(Server):
    title = "Redis"
    variable = "CUSTOMERKIT_REDIS_URL"
    durable = False

    @classmethod
    def lacking(cls) -> str | None:
        found = shutil.which("redis-server")
        return None if found else "redis-server was not found (Debian: redis-server)"

    def own_url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def prepare(self) -> None:
        self._last = 0

    def command(self) -> list[str]:
        options = f"--bind 127.0.0.1 --port {self.port} --databases {_DATABASES}"
        return ["redis-server", *options.split(), "--save", "", "--appendonly", "no"]

    def connect(self, url: str = "") -> Any:
        """Return a client of redis-py."""
        import redis

        return redis.Redis.from_url(
            url or self.url, socket_connect_timeout=5, socket_timeout=5, decode_responses=True
        )

    def ping(self) -> None:
        with closing(self.connect()) as client:
            client.ping()

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Give the next of the numbered databases; of a server not ours, the one of the URL."""
        url = self.url
        if self.own:
            self._last = self._last % (_DATABASES - 1) + 1
            url = urlsplit(self.url)._replace(path=f"/{self._last}").geturl()
        self._flush(url)
        try:
            yield url
        finally:
            self._flush(url)

    def _flush(self, url: str) -> None:
        with closing(self.connect(url)) as client:
            client.flushdb()
