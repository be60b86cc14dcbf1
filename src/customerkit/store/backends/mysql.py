"""Keep rows in a database of MySQL or MariaDB."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

import pymysql
import sqlalchemy as sa
from pymysql.constants import CLIENT
from pymysql.converters import escape_string
from sqlalchemy.dialects import mysql

from customerkit.errors import (
    CorruptStoreError,
    InputError,
    LimitError,
    MissingExtraError,
    ReadOnlyStoreError,
    StoreAccessError,
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
from customerkit.store.backends._sql_texts import Text
from customerkit.store.backends._sql_url import Options
from customerkit.store.protocol import Capabilities

_GRACE = 5.0  # the server ends a statement first, and says so
_KEY = 760  # characters; an index of InnoDB has 3,072 bytes, and others have their part
_PREFIX = 190
_PACKET = 1 << 20
_REFUSED: Meaning = (
    StoreAccessError,
    "the server refused the user; check user and password (URL or CUSTOMERKIT_PASSWORD)",
)
_RIGHTS: Meaning = (StoreAccessError, "the user lacks a right; GRANT ALL ON the database to it")
_CROWDED: Meaning = (TransientStoreError, "the server has no connection left; try again later")
_READ_ONLY: Meaning = (ReadOnlyStoreError, "the server may only be read; name the primary server")
_FULL: Meaning = (StoreFullError, "the disk of the server is full; free some space")
_SLOW: Meaning = (
    StoreTimeoutError,
    "it took longer than statement_timeout; raise it in the URL",
)
_LARGE: Meaning = (LimitError, "a value is larger than its column or max_allowed_packet allows")
_ABSENT: Meaning = (StoreError, "a table or column does not exist; call ensure first")


class MySQL(Dialect):
    """Speak to MySQL 8 and MariaDB 10.6, and later ones, through PyMySQL."""

    driver = "mysql+pymysql"
    server = "MySQL"
    capabilities = Capabilities(physical_purge=False, max_key_bytes=_KEY, remote=True)
    options = frozenset("ssl_ca ssl_cert ssl_key ssl_verify_identity unix_socket".split())
    snapshot = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"
    current_schema = "DATABASE()"
    transactional_ddl = False
    most_values = 10_000
    compares_rows = False
    again = frozenset({1213, 1020})
    meanings: ClassVar[Mapping[Any, Meaning]] = {
        1045: _REFUSED,
        1698: _REFUSED,
        1044: _RIGHTS,
        1142: _RIGHTS,
        1143: _RIGHTS,
        1227: _RIGHTS,
        1049: (StoreNotFoundError, "there is no such database; create it: CREATE DATABASE ..."),
        1205: (StoreLockedError, "another process writes to the base; try again later"),
        1213: (TransientStoreError, "two writers waited for each other; try again"),
        1020: (TransientStoreError, "somebody else wrote the same rows; try again"),
        1969: _SLOW,
        3024: _SLOW,
        1317: _SLOW,
        1053: LOST,
        1927: LOST,
        2006: LOST,
        2013: LOST,
        2014: LOST,
        2055: LOST,
        4031: LOST,
        2002: UNREACHED,
        2003: UNREACHED,
        2005: UNREACHED,
        2026: UNREACHED,
        1040: _CROWDED,
        1203: _CROWDED,
        1021: _FULL,
        1114: _FULL,
        1041: (TransientStoreError, "the server has no memory left; try again later"),
        1290: _READ_ONLY,
        1792: _READ_ONLY,
        1836: _READ_ONLY,
        1062: (InputError, "a row with this key exists already"),
        1048: (InputError, "a row has no key"),
        1364: (InputError, "a row has no key"),
        1366: (InputError, "a value is not of its column's type"),
        1264: (LimitError, "a number does not fit in 64 bits"),
        1118: _LARGE,
        1153: _LARGE,
        1406: _LARGE,
        1054: _ABSENT,
        1146: _ABSENT,
        1034: (CorruptStoreError, "the database is damaged; restore it from a backup"),
        1194: (CorruptStoreError, "a table is damaged; restore it from a backup"),
    }

    def __init__(self) -> None:
        self._mariadb = True
        self._packet = _PACKET

    # ── connections ──────────────────────────────────────────────────────────

    def arguments(self, options: Options) -> dict[str, Any]:
        """Return how PyMySQL connects."""
        given = dict(options.driver)
        arguments: dict[str, Any] = {
            "charset": "utf8mb4",
            "connect_timeout": options.connect_timeout,
            "read_timeout": options.connect_timeout,
            "write_timeout": options.statement_timeout + _GRACE,
            "autocommit": True,
            "client_flag": CLIENT.MULTI_STATEMENTS,  # all that we send together we wrote out
        }
        if "unix_socket" in given:
            arguments["unix_socket"] = given["unix_socket"]
        if any(name.startswith("ssl_") for name in given):
            arguments["ssl"] = _tls(given)
        return arguments

    def connect(self, arguments: dict[str, Any]) -> Any:
        """Return a connection of PyMySQL."""
        try:
            return pymysql.connect(**arguments)
        except RuntimeError as error:  # it wants to encrypt a password and cannot
            raise MissingExtraError.of("cryptography, which this server needs,", "mysql") from error

    def prepare(self, connection: Any, options: Options) -> None:
        """Set time-outs, and refuse values rather than change them."""
        self._mariadb = "mariadb" in connection.get_server_info().lower()
        wait = max(1, round(options.timeout))
        settings = [
            "sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
            f"innodb_lock_wait_timeout = {wait}",
            f"lock_wait_timeout = {wait}",
            "transaction_isolation = 'REPEATABLE-READ'",
            f"max_statement_time = {options.statement_timeout}"
            if self._mariadb
            else f"max_execution_time = {round(options.statement_timeout * 1000)}",
        ]
        if self._mariadb:
            settings[3] = "tx_isolation = 'REPEATABLE-READ'"
        with connection.cursor() as cursor:
            cursor.execute("SET " + ", ".join(f"SESSION {setting}" for setting in settings))
            cursor.execute("SELECT @@max_allowed_packet")
            self._packet = int(cursor.fetchone()[0])
        connection._read_timeout = options.statement_timeout + _GRACE  # before, it was to connect

    def code(self, error: BaseException) -> Any:
        """Return the server's or the client's number of an error."""
        args = error.args
        return args[0] if args and isinstance(args[0], int) and args[0] else None

    def guess(self, error: BaseException) -> Meaning | None:
        """Say what an error of PyMySQL itself means."""
        text = str(error)
        if "Packet sequence number" in text or isinstance(error, pymysql.InternalError):
            return (StoreError, "what answers there is no MySQL server; check host and port")
        if isinstance(error, pymysql.InterfaceError):
            return LOST
        return (InputError, "a value cannot be stored")

    def writer(self, marks: str) -> Sequence[str]:
        """Begin, and lock the writer's row until the transaction ends."""
        return ["START TRANSACTION", f"SELECT layout FROM {marks} WHERE name = '' FOR UPDATE"]

    def guard(self, cursor: Any, options: Options) -> None:
        """Take a lock of the connection: definitions end every transaction."""
        wait = max(1, round(options.timeout))
        cursor.execute(f"SELECT GET_LOCK(MD5(CONCAT('customerkit ', DATABASE())), {wait})")
        if cursor.fetchone()[0] != 1:
            raise StoreLockedError("another process changes the schema; try again later")

    def is_there(self, error: BaseException) -> bool:
        """Say whether a table, a column or an index is there already."""
        return self.code(error) in (1050, 1060, 1061)

    # ── tables ───────────────────────────────────────────────────────────────

    @property
    def collation(self) -> str:
        """Compare by code point, and blanks at the end too."""
        return "utf8mb4_nopad_bin" if self._mariadb else "utf8mb4_0900_bin"

    def type_of(self, column: Column, table: Table) -> Any:
        """Return the type; texts of keys have a bound, for they are indexed whole."""
        if column.type == "text" and column.name in table.key:
            texts = sum(table.check(name).type == "text" for name in table.key)
            return mysql.VARCHAR(_KEY // texts, charset="utf8mb4", collation=self.collation)
        if column.type == "text":
            return mysql.LONGTEXT(charset="utf8mb4", collation=self.collation)
        return _TYPES[column.type]

    def table_options(self) -> dict[str, Any]:
        """Return the engine, which has transactions, and the format that takes long keys."""
        return {"mysql_engine": "InnoDB", "mysql_row_format": "DYNAMIC"}

    def index(self, name: str, table: Table, columns: Mapping[str, Any]) -> Any:
        """Return an index over the beginnings of texts."""
        lengths = {
            column.name: _PREFIX
            for column in columns.values()
            if isinstance(column.type, mysql.LONGTEXT)
        }
        return sa.Index(name, *columns.values(), mysql_length=lengths)

    # ── rows ─────────────────────────────────────────────────────────────────

    def upsert(
        self, table: Any, values: Mapping[str, Any], key: Sequence[str], emptied: Sequence[str]
    ) -> Any:
        """Return INSERT ... ON DUPLICATE KEY UPDATE."""
        insert = mysql.insert(table).values(values)
        others = {name: insert.inserted[name] for name in values if name not in key}
        others |= dict.fromkeys(emptied, sa.null())
        return insert.on_duplicate_key_update(others or {key[0]: insert.inserted[key[0]]})

    def among(self, columns: Sequence[Any], first: int) -> Any:
        """Return a test against a list, which PyMySQL writes out."""
        tested = columns[0] if len(columns) == 1 else sa.tuple_(*columns)
        return tested.op("IN", is_comparison=True)(parameter(first, sa.types.NullType()))

    def bound(self, keys: Sequence[tuple[Scalar, ...]], width: int) -> Sequence[Any]:
        """Return the list of keys, which must not be empty."""
        some = keys or [(None,) * width]
        return [[key[0] for key in some] if width == 1 else list(some)]

    def packs(self, type_: Any) -> bool:
        """Say that texts and integers are: PyMySQL reads value by value in Python."""
        return isinstance(type_, sa.BigInteger | sa.types.String)

    def put(self, cursor: Any, text: Text, rows: Sequence[Sequence[Scalar]]) -> None:
        """Run the upsert of many rows in few statements."""
        for statement, _ in self.puts(text, rows):
            cursor.execute(statement)

    def puts(self, text: Text, rows: Sequence[Sequence[Scalar]]) -> list[Statement]:
        """Return the upserts of rows, many in a statement."""
        head, _, tail = re.split(r"(\(%s(?:, %s)*\))", text.text, maxsplit=1)
        written = self._statements(head, _written(map(text.bound, rows)), tail)
        return [(statement, None) for statement in written]

    def together(
        self, cursor: Any, statements: Sequence[Statement], asked: int = 0
    ) -> list[Sequence[Any]]:
        """Run statements in one packet; what follows one that failed is not run."""
        texts = [
            text if isinstance(text, bytes) else cursor.mogrify(text, values).encode()
            for text, values in statements
        ]
        if sum(map(len, texts)) + len(texts) >= self._packet:
            return super().together(cursor, [(text, None) for text in texts], asked)
        cursor.execute(b";".join(texts))
        found = [cursor.fetchall()]
        while cursor.nextset():
            found.append(cursor.fetchall())
        return found[len(found) - asked :]

    def load(self, cursor: Any, table: Any, batch: Batch) -> None:
        """Append rows, many in a statement."""
        names = ", ".join(f"`{name}`" for name in batch.names)
        columns = [_literals(batch.column(name)) for name in batch.names]
        rows = map(",".join, zip(*columns, strict=True))
        head = f"INSERT INTO `{table.name}` ({names}) VALUES "
        for statement in self._statements(head, rows, ""):
            cursor.execute(statement)

    def _statements(self, head: str, rows: Iterable[str], tail: str) -> Iterator[bytes]:
        """Yield statements with rows that the server takes."""
        begin, end = head.encode(), tail.encode()
        most = min(self._packet, _PACKET) - len(begin) - len(end) - 100
        for group in _groups((f"({row})".encode() for row in rows), most):
            statement = begin + b",".join(group) + end
            if len(statement) >= self._packet:
                raise LimitError(
                    f"a row is larger than the server's max_allowed_packet of {self._packet} "
                    "bytes; raise it, or shorten the row",
                    most=self._packet,
                )
            yield statement


def _groups(rows: Iterable[bytes], most: int) -> Iterator[list[bytes]]:
    """Yield rows in groups of about so many bytes, one row at least."""
    group: list[bytes] = []
    size = 0
    for row in rows:
        if group and size + len(row) > most:
            yield group
            group, size = [], 0
        group.append(row)
        size += len(row) + 1
    if group:
        yield group


def _written(rows: Iterable[Sequence[Scalar]]) -> Iterator[str]:
    return (",".join(_literals(row)) for row in rows)


def _literals(values: Iterable[Any]) -> list[str]:
    """Write values out for the SQL mode that :meth:`MySQL.prepare` sets."""
    return [
        "NULL"
        if value is None
        else f"'{escape_string(value)}'"
        if isinstance(value, str)
        else f"x'{value.hex()}'"
        if isinstance(value, bytes)
        else repr(value)
        for value in values
    ]


def _tls(given: Mapping[str, str]) -> dict[str, Any]:
    """Return what PyMySQL calls the files of TLS."""
    found: dict[str, Any] = {
        name: given[f"ssl_{name}"] for name in ("ca", "cert", "key") if f"ssl_{name}" in given
    }
    found["check_hostname"] = given.get("ssl_verify_identity", "true").lower() != "false"
    found["verify_mode"] = "required"
    return found


_TYPES = {
    "integer": sa.BigInteger(),
    "real": mysql.DOUBLE(asdecimal=False),
    "blob": mysql.LONGBLOB(),
}


class MySQLBackend(SQLBackend):
    """Store rows in MySQL or MariaDB: ``mysql://user@host:port/database``.

    Example:
        >>> MySQLBackend("mysql://crm:secret@db.example.com/crm")
        <MySQLBackend crm on db.example.com>
    """

    dialect = MySQL
