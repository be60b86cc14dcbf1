"""Keep rows in a schema of PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from customerkit.errors import (
    CapabilityError,
    CorruptStoreError,
    InputError,
    LimitError,
    ReadOnlyStoreError,
    StoreAccessError,
    StoreConnectionError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    StoreNotFoundError,
    StoreTimeoutError,
    TransientStoreError,
)
from customerkit.model.batch import Batch, Scalar
from customerkit.model.table import Column, Table
from customerkit.store.backends._sql import SQLBackend
from customerkit.store.backends._sql_dialect import Dialect, Meaning, Statement, parameter
from customerkit.store.backends._sql_errors import LOST, UNREACHED
from customerkit.store.backends._sql_url import Options
from customerkit.store.protocol import Capabilities

_GRACE = 5.0  # the server ends a statement first, and says so
_REFUSED = (
    StoreAccessError,
    "the server refused the user; check user and password (URL, CUSTOMERKIT_PASSWORD, PGPASSWORD)",
)
_ABSENT = (StoreNotFoundError, "there is no such database; create it: CREATE DATABASE ...")
_STARTING = (StoreConnectionError, "the server is starting or stopping; try again")
_CROWDED = (TransientStoreError, "the server has no connection left; try again later")
_NUL = (CapabilityError, "a text holds U+0000, which PostgreSQL cannot hold; remove it")
_STRANGER = (StoreError, "what answers there is no PostgreSQL server; check host and port")


class _Connection(psycopg.Connection):  # type: ignore[misc] # untyped, as all extras are
    """Wait no longer for a server than it may take, also when it says nothing at all."""

    patience: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for an answer; a connection that gives none is closed."""
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except psycopg.errors._WaitTimeout as error:
            self.pgconn.finish()
            raise psycopg.OperationalError("the server does not answer") from error


class PostgreSQL(Dialect):
    """Speak to PostgreSQL 13 and later through psycopg 3."""

    driver = "postgresql+psycopg"
    server = "PostgreSQL"
    capabilities = Capabilities(
        physical_purge=False, nul_in_text=False, max_key_bytes=2_600, remote=True
    )
    options = frozenset(
        "sslmode sslrootcert sslcert sslkey sslcrl application_name host channel_binding".split()
    )
    snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    current_schema = "current_schema()"
    again = frozenset({"40P01", "40001"})
    meanings: ClassVar[Mapping[Any, Meaning]] = {
        "28P01": _REFUSED,
        "28000": _REFUSED,
        "3D000": _ABSENT,
        "42501": (StoreAccessError, "the user lacks a right; GRANT CREATE, USAGE ON SCHEMA to it"),
        "25006": (ReadOnlyStoreError, "the server may only be read; name the primary server"),
        "53100": (StoreFullError, "the disk of the server is full; free some space"),
        "53200": (TransientStoreError, "the server has no memory left; try again later"),
        "53300": _CROWDED,
        "55P03": (StoreLockedError, "another process writes to the base; try again later"),
        "57014": (StoreTimeoutError, "it took longer than statement_timeout; raise it in the URL"),
        "40P01": (TransientStoreError, "two writers waited for each other; try again"),
        "40001": (TransientStoreError, "somebody else wrote the same rows; try again"),
        "57P01": LOST,
        "57P02": LOST,
        "57P03": _STARTING,
        "08": LOST,
        "23505": (InputError, "a row with this key exists already"),
        "23502": (InputError, "a row has no key"),
        "22003": (LimitError, "an integer does not fit in 64 bits"),
        "22021": _NUL,
        "22": (InputError, "a value is not of its column's type"),
        "42804": (InputError, "a value is not of its column's type"),
        "54000": (LimitError, "a value is larger than PostgreSQL allows"),
        "42P01": (StoreError, "a table does not exist; call ensure first"),
        "42703": (StoreError, "a column does not exist; call ensure first"),
        "3F000": (StoreError, "there is no schema to create tables in; name one: ?schema=..."),
        "XX001": (CorruptStoreError, "the database is damaged; restore it from a backup"),
        "XX002": (CorruptStoreError, "an index is damaged; REINDEX, or restore a backup"),
    }

    def arguments(self, options: Options) -> dict[str, Any]:
        """Return how psycopg connects."""
        seconds = max(2, round(options.connect_timeout))  # libpq takes 1 for 2
        return {
            "connect_timeout": seconds,
            "application_name": "customerkit",
            "keepalives_idle": 30,  # a peer that is gone is noticed within a minute
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 60_000,
            **options.driver,
        }

    def connect(self, arguments: dict[str, Any]) -> Any:
        """Return a connection whose waits end."""
        return _Connection.connect(**arguments)

    def prepare(self, connection: Any, options: Options) -> None:
        """Set time-outs and what values mean."""
        if connection.info.parameter_status("server_encoding") != "UTF8":
            raise StoreError(
                f"{options.place}: the database's encoding is not UTF8; "
                "CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0"
            )
        milliseconds = round(options.statement_timeout * 1000)
        connection.execute(
            f"SET lock_timeout = {round(options.timeout * 1000)}; "
            f"SET statement_timeout = {milliseconds}; SET jit = off; "
            "SET client_encoding = 'UTF8'; SET default_transaction_isolation = 'read committed'"
        )
        connection.patience = options.statement_timeout + _GRACE

    def code(self, error: BaseException) -> Any:
        """Return the SQLSTATE."""
        return getattr(error, "sqlstate", None)

    def guess(self, error: BaseException) -> Meaning | None:
        """Read what libpq says of a connection that did not come about."""
        text = str(error)
        for part, meaning in _SAID.items():
            if part in text:
                return meaning
        if isinstance(error, psycopg.OperationalError):
            return UNREACHED if "connection failed" in text or "timeout" in text else LOST
        return (InputError, "a value cannot be stored") if isinstance(error, _UNFIT) else None

    def writer(self, marks: str) -> Sequence[str]:
        """Begin and lock the base: one key a schema, given back when the transaction ends."""
        key = "hashtextextended('customerkit ' || {}, 0)"
        schema = marks.rpartition(".")[0].strip('"')
        of = f"'{schema}'" if schema else "current_schema()"
        return ["BEGIN", f"SELECT pg_advisory_xact_lock({key.format(of)})"]

    # ── tables ───────────────────────────────────────────────────────────────

    def type_of(self, column: Column, table: Table) -> Any:
        """Return the type; texts are compared by code point."""
        return _TYPES[column.type]

    def index(self, name: str, table: Table, columns: Mapping[str, Any]) -> Any:
        """Return a B-tree, or over texts, which may be long, a hash of the first column."""
        first, column = next(iter(columns.items()))
        texts = any(isinstance(c.type, sa.Text) for c in columns.values())
        sparse = len(columns) == 1 and first in table.sparse
        options: dict[str, Any] = {"postgresql_using": "hash"} if texts else {}
        if sparse:
            options["postgresql_where"] = column.is_not(None)
        return sa.Index(name, *([column] if texts else columns.values()), **options)

    # ── rows ─────────────────────────────────────────────────────────────────

    def upsert(
        self, table: Any, values: Mapping[str, Any], key: Sequence[str], emptied: Sequence[str]
    ) -> Any:
        """Return INSERT ... ON CONFLICT DO UPDATE."""
        insert = postgresql.insert(table).values(values)
        others = {name: insert.excluded[name] for name in values if name not in key}
        others |= dict.fromkeys(emptied, sa.null())
        if not others:
            return insert.on_conflict_do_nothing()
        return insert.on_conflict_do_update(index_elements=list(key), set_=others)

    def among(self, columns: Sequence[Any], first: int) -> Any:
        """Return a test against arrays, one a column."""
        marks = [parameter(first + at, sa.ARRAY(column.type)) for at, column in enumerate(columns)]
        if len(columns) == 1:
            return columns[0] == sa.any_(marks[0])
        names = [f"k{at}" for at in range(len(marks))]
        rows = sa.func.unnest(*marks).table_valued(*names).render_derived()
        return sa.tuple_(*columns).in_(sa.select(*rows.c))

    def bound(self, keys: Sequence[tuple[Scalar, ...]], width: int) -> Sequence[Any]:
        """Return the columns of keys."""
        return [[key[at] for key in keys] for at in range(width)]

    def begin(
        self, cursor: Any, texts: Sequence[str], asked: Sequence[Statement]
    ) -> list[Sequence[Any]]:
        """Begin and ask in one text, which takes psycopg less time than a pipeline."""
        whole = ";".join([*texts, *(text for text, _ in asked)])
        if not asked:
            cursor.execute(whole)
            return []
        values = [
            str(value) if isinstance(value, int) else value  # -9223372036854775808 has no literal
            for _, given in asked
            for value in given or ()
        ]
        found = []
        with psycopg.ClientCursor(cursor.connection) as written:
            written.execute(whole, values)
            for _ in texts:
                written.nextset()
            for _ in asked:
                found.append(written.fetchall())
                written.nextset()
        return found

    def together(
        self, cursor: Any, statements: Sequence[Statement], asked: int = 0
    ) -> list[Sequence[Any]]:
        """Run statements in one journey; what follows one that failed is skipped."""
        connection, first = cursor.connection, len(statements) - asked
        answers = [connection.cursor() for _ in range(asked)]
        with connection.pipeline():
            for statement in statements[:first]:
                cursor.execute(*statement)
            for answer, statement in zip(answers, statements[first:], strict=True):
                answer.execute(*statement)
        return [answer.fetchall() for answer in answers]

    def load(self, cursor: Any, table: Any, batch: Batch) -> None:
        """Append rows by COPY."""
        names = ", ".join(f'"{name}"' for name in batch.names)
        place = f'"{table.schema}"."{table.name}"' if table.schema else f'"{table.name}"'
        with cursor.copy(f"COPY {place} ({names}) FROM STDIN") as copy:
            for row in batch.rows():
                copy.write_row(row)


_TYPES = {
    "text": sa.Text(collation="C"),
    "integer": sa.BigInteger(),
    "real": sa.Double(),
    "blob": sa.LargeBinary(),
}
_UNFIT = (psycopg.DataError, psycopg.ProgrammingError)
_SAID: Mapping[str, Meaning] = {
    "authentication failed": _REFUSED,
    "no password supplied": _REFUSED,
    "no pg_hba.conf entry": _REFUSED,
    "is not permitted to log in": _REFUSED,
    "permission denied for database": _REFUSED,
    "role ": _REFUSED,
    "does not exist": _ABSENT,
    "starting up": _STARTING,
    "shutting down": _STARTING,
    "too many": _CROWDED,
    "remaining connection slots": _CROWDED,
    "NUL (0x00)": _NUL,
    "invalid response": _STRANGER,
    "expected authentication request": _STRANGER,
    "out of range": (LimitError, "an integer does not fit in 64 bits"),
}


class PostgreSQLBackend(SQLBackend):
    """Store rows in PostgreSQL: ``postgresql://user@host:port/database?schema=crm``.

    Example:
        >>> PostgreSQLBackend("postgresql://crm:secret@db.example.com/crm")
        <PostgreSQLBackend crm on db.example.com>
    """

    dialect = PostgreSQL
