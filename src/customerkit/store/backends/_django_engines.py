"""What each of Django's database engines asks of a dialect whose connections Django makes."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.db import connections

from customerkit.errors import MissingExtraError, StoreError
from customerkit.store.backends._sql_dialect import Dialect
from customerkit.store.backends._sql_url import Options

_PATIENCE = 10
_KNOWN = "sqlite3, postgresql with psycopg 3, and mysql"


def dialect_of(connection: Any) -> Dialect:
    """Return the dialect of one of Django's connections.

    Raises:
        StoreError: There is none for its engine.
        MissingExtraError: It needs a package that is not installed.
    """
    try:
        if connection.vendor == "sqlite":
            from customerkit.store.backends._sql_sqlite import SQLite

            return SQLite()
        if connection.vendor == "postgresql":
            return _postgresql()
        if connection.vendor == "mysql":
            return _mysql(connection)
    except ModuleNotFoundError as error:
        extra = "mysql" if connection.vendor == "mysql" else "postgres"
        raise MissingExtraError.of(error.name or extra, extra) from error
    raise StoreError(
        f"Django's engine {connection.vendor} cannot hold a base; those that can: {_KNOWN}",
        engine=connection.vendor,
    )


def _postgresql() -> Dialect:
    if not import_module("django.db.backends.postgresql.psycopg_any").is_psycopg3:
        raise MissingExtraError.of("psycopg 3, which Django prefers to psycopg2,", "postgres")
    from customerkit.store.backends.postgresql import PostgreSQL

    class Lent(PostgreSQL):
        """Lock the base within Django's transaction, and leave its settings as they are."""

        def cursor(self, connection: Any) -> Any:
            from psycopg import Cursor

            return Cursor(connection)

        def writer(self, marks: str) -> Sequence[str]:
            _, lock = super().writer(marks)
            now, kept = "current_setting('lock_timeout')", "'customerkit.lock_timeout'"
            wait = f"CASE {now} WHEN '0' THEN '{_PATIENCE}s' ELSE {now} END"
            texts = [
                f"SELECT set_config({kept}, {now}, true)",
                f"SELECT set_config('lock_timeout', {wait}, true)",
                lock,
                f"SELECT set_config('lock_timeout', current_setting({kept}), true)",
            ]
            return ["; ".join(texts)]

    return Lent()


def _mysql(connection: Any) -> Dialect:
    from customerkit.store.backends.mysql import MySQL

    class Lent(MySQL):
        """Lock the base within Django's transaction, and leave its settings as they are."""

        def writer(self, marks: str) -> Sequence[str]:
            return super().writer(marks)[1:]

        def guard(self, cursor: Any, options: Options) -> None:
            if connections[options.database].in_atomic_block:
                raise StoreError(
                    "MySQL commits what is open when tables are made; leave atomic() and run "
                    "manage.py migrate first"
                )
            super().guard(cursor, options)

    dialect = Lent()
    dialect._mariadb = connection.mysql_is_mariadb
    with connection.cursor() as cursor:
        cursor.execute("SELECT @@max_allowed_packet, @@sql_mode")
        packet, mode = cursor.fetchone()
    dialect._packet = int(packet)
    if "STRICT_" not in mode or "NO_BACKSLASH_ESCAPES" in mode:
        raise StoreError(
            "the base needs MySQL's strict mode, and backslashes that escape; set "
            "OPTIONS['init_command'] = \"SET sql_mode='STRICT_ALL_TABLES'\" in DATABASES",
            mode=mode,
        )
    return dialect
