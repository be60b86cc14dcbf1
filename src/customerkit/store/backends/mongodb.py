"""Keep rows as documents of a MongoDB database, or of what speaks its protocol."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import islice
from threading import local
from typing import Any

from attrs import evolve
from pymongo import ReplaceOne, errors

from customerkit.errors import InputError, StoreError
from customerkit.model.batch import Batch, Row, Scalar
from customerkit.model.table import Table
from customerkit.store.backends._mongo_documents import (
    Document,
    Documents,
    batch_of,
    id_of,
    rows_of,
)
from customerkit.store.backends._mongo_errors import DUPLICATE, code
from customerkit.store.backends._mongo_filters import filter_of, keys_of
from customerkit.store.backends._mongo_server import Server
from customerkit.store.backends._mongo_transaction import Transaction
from customerkit.store.backends._mongo_url import Password, parse
from customerkit.store.protocol import Capabilities, Cond, Key, matches

_ROWS = 20_000
_IDS = 10_000  # in one question
_FEW = 8  # ids that are asked for one by one where that is faster
_MANY = 100  # values of a condition that FerretDB is spared
_TABLES = "customerkit_tables"


class MongoDBBackend:
    """Store rows in the collections of one database, a collection a table.

    A replica set or a cluster gives transactions; a single server gives none, and
    runs are made atomic by the journal above the backends.

    Args:
        url: ``mongodb://user@host:port/database`` or ``mongodb+srv://…``. Options are
            the driver's, ``timeout`` (seconds to wait for another writer) and
            ``journal=true`` (also where the server has transactions, whose size and
            time are limited).
        password: A password, or what is called for one; by default that of the URL or
            of the environment's CUSTOMERKIT_PASSWORD.

    Raises:
        StoreConnectionError: No server answers.
        StoreAccessError: It refuses the user.
        InputError: The URL names no database, or an option is none.
    """

    capabilities = Capabilities(transactions=False, physical_purge=False)

    def __init__(self, url: str, *, password: Password = None) -> None:
        options = parse(url, password)
        self._server = Server(options)
        self._translated = self._server.translated
        self.patience = options.timeout
        native = self._server.kind.sessions and not options.journal
        self.capabilities = evolve(type(self).capabilities, transactions=native)
        self._documents = Documents(self._server.kind.most)
        self._ferret = self._server.kind.ferret
        self._transaction = Transaction(self._server, options.timeout) if native else None
        self._flushing = local()
        self._known: dict[str, str] = {}

    @staticmethod
    def absent(url: str) -> bool:
        """Say whether the database holds no base."""
        backend = MongoDBBackend(url)
        try:
            with backend._translated:
                return backend._server.collection(_TABLES).find_one() is None
        finally:
            backend.close()

    def __repr__(self) -> str:
        return f"<MongoDBBackend {self._server.options.place}>"

    # ── tables ───────────────────────────────────────────────────────────────

    def ensure(self, tables: Sequence[Table]) -> None:
        """Create what is missing: collections and indexes; fields need none."""
        wanted = {table.name: _described(table) for table in tables}
        if all(self._known.get(name) == text for name, text in wanted.items()):
            return
        with self._translated:
            self._learn()
            missing = [table for table in tables if table.name not in self._known]
            self._refuse_strangers(missing)
            for table in tables:
                if self._known.get(table.name) != wanted[table.name]:
                    self._create(table, wanted[table.name])

    def _learn(self) -> None:
        found = self._server.collection(_TABLES).find()
        self._known = {document["_id"]: document["said"] for document in found}

    def _refuse_strangers(self, tables: Sequence[Table]) -> None:
        """Refuse a collection of one of these names that is not ours.

        Raises:
            StoreError: There is one, and it holds something.
        """
        for table in tables:
            if self._server.collection(table.name).find_one() is not None:
                self._learn()  # another process may just have created it
                if table.name not in self._known:
                    raise StoreError(
                        f"{self._server.options.place}: there is a collection {table.name} that "
                        "is not customerkit's; name another database",
                        table=table.name,
                    )

    def _create(self, table: Table, said: str) -> None:
        document = {"_id": table.name, "said": said}
        with suppress(errors.DuplicateKeyError):  # another process does the same
            self._server.collection(_TABLES).replace_one({"_id": table.name}, document, upsert=True)
        with suppress(errors.CollectionInvalid, errors.OperationFailure):  # it is there
            self._server.client()[self._server.options.database].create_collection(table.name)
        for columns in () if self._ferret else table.indexes:
            alone = len(columns) == 1 and columns[0] in table.sparse
            keys = [(name, 1) for name in columns]
            self._server.collection(table.name).create_index(keys, sparse=alone)
        self._known[table.name] = said

    def _collection(self, table: Table) -> Any:
        if table.name not in self._known:
            self._learn()
            if table.name not in self._known:
                raise StoreError(f"table {table.name} does not exist; call ensure first")
        flushed = bool(getattr(self._flushing, "on", False))
        return self._server.collection(table.name, flushed=flushed)

    # ── transactions ─────────────────────────────────────────────────────────

    def transaction(self) -> AbstractContextManager[None]:
        """Open a write transaction of the server, or join the one that is open.

        On a server without transactions: write through to the disk.
        """
        return self._transaction.block() if self._transaction else self._flush()

    @contextmanager
    def _flush(self) -> Iterator[None]:
        before = getattr(self._flushing, "on", False)
        self._flushing.on = True
        try:
            yield
        finally:
            self._flushing.on = before

    def _session(self) -> dict[str, Any]:
        """Return what a command of this thread says of its transaction."""
        session = self._transaction.session() if self._transaction else None
        return {"session": session} if session is not None else {}

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write within the transaction, where the server has some."""
        if self._transaction is None:
            yield
            return
        with self._transaction.block():
            yield

    # ── rows ─────────────────────────────────────────────────────────────────

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        """Return the rows of these keys, in their order, None where absent."""
        ids = [id_of(key) for key in keys]
        with self._translated:
            rows = rows_of(table, self._found(table, list(dict.fromkeys(ids))))
        return [row and dict(row) for row in map(rows.get, ids)]

    def _found(self, table: Table, ids: Sequence[str]) -> list[Mapping[str, Any]]:
        """Return the documents of these ids, in no order."""
        collection, session = self._collection(table), self._session()
        if self._ferret and len(ids) <= _FEW:
            found = (collection.find_one({"_id": one}) for one in ids)
            return [document for document in found if document is not None]
        return [
            document
            for at in range(0, len(ids), _IDS)
            for document in collection.find({"_id": {"$in": ids[at : at + _IDS]}}, **session)
        ]

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows or replace those of the same key."""
        table.check_rows(rows)
        documents = self._documents.of_rows(table, rows)
        with self._translated, self._writing():
            collection = self._collection(table)
            if documents:
                changes = [ReplaceOne({"_id": d["_id"]}, d, upsert=True) for d in documents]
                self._replace(collection, changes)

    def _replace(self, collection: Any, changes: Sequence[ReplaceOne]) -> int:
        """Replace documents and return how many there were."""
        if not self._ferret:
            found = collection.bulk_write(changes, ordered=False, **self._session())
            return int(found.matched_count)
        # FerretDB keeps a connection for each change of one command, and has a hundred.
        return sum(collection.bulk_write([change]).matched_count for change in changes)

    def delete(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows by key and return how many there were."""
        ids = list(dict.fromkeys(map(id_of, keys)))
        with self._translated, self._writing():
            return self._delete(self._collection(table), ids)

    def _delete(self, collection: Any, ids: Sequence[str], **also: Any) -> int:
        session = self._session()
        if self._ferret and len(ids) <= _FEW:
            return sum(collection.delete_one({"_id": one}).deleted_count for one in ids)
        return sum(
            collection.delete_many(
                {"_id": {"$in": ids[at : at + _IDS]}, **also}, **session
            ).deleted_count
            for at in range(0, len(ids), _IDS)
        )

    def purge(self, table: Table, keys: Sequence[Key]) -> int:
        """Delete rows; when their bytes go from the disk is the server's affair."""
        return self.delete(table, keys)

    def swap(
        self, table: Table, field: str, changes: Sequence[tuple[Key, Scalar, Row | None]]
    ) -> int:
        """Replace or delete rows whose field still has a value.

        FerretDB compares and replaces in two steps: there, only the one who writes at
        a time keeps them together.
        """
        news = self._documents.of_rows(table, [row for _, _, row in changes if row is not None])
        documents = {document["_id"]: document for document in news}
        writes: list[ReplaceOne] = []
        gone: dict[Scalar, list[str]] = {}
        for key, value, row in changes:
            one = id_of(key)
            if row is None:
                gone.setdefault(value, []).append(one)
            else:
                same = {"_id": one} if self._ferret else {"_id": one, field: value}
                writes.append(ReplaceOne(same, documents[one]))
        count = 0
        with self._translated:
            collection = self._collection(table)
            if writes:
                count += self._replace(collection, writes)
            for value, ids in gone.items():
                count += self._delete(collection, ids, **{field: value})
        return count

    def load(self, table: Table, batches: Iterable[Batch]) -> int:
        """Append many rows with new keys; a batch that is refused leaves nothing of itself."""
        count = 0
        with self._writing():
            for batch in batches:
                table.check_batch(batch)
                documents = self._documents.of(table, batch) if len(batch) else []
                with self._translated:
                    self._insert(self._collection(table), documents)
                count += len(documents)
        return count

    def _insert(self, collection: Any, documents: Sequence[Document]) -> None:
        if len({document["_id"] for document in documents}) < len(documents):
            raise InputError("a key is twice among the rows that are to be loaded")
        if not documents:
            return
        try:
            collection.insert_many(documents, **self._session())
        except errors.BulkWriteError as error:
            if code(error) == DUPLICATE and self._transaction is None:
                at = error.details["writeErrors"][0]["index"]
                self._delete(collection, [document["_id"] for document in documents[:at]])
            raise

    # ── scans ────────────────────────────────────────────────────────────────

    def scan(
        self,
        table: Table,
        where: Sequence[Cond] = (),
        *,
        columns: Sequence[str] | None = None,
        after: Key | None = None,
        limit: int | None = None,
    ) -> Iterator[Batch]:
        """Yield matching rows in key order, as they are when the server comes to them."""
        names = tuple(table.names if columns is None else columns)
        for name in (*names, *(cond.field for cond in where)):
            table.check(name)
        keys = keys_of(table, where)
        if keys is not None and len(keys) <= _IDS:
            found = self._among(table, keys, where, after)
        else:
            found = self._asked(table, names, where, after, limit)
        rows = islice(found, limit)
        with self._translated:
            documents = list(islice(rows, _ROWS))
        while documents:
            yield batch_of(table, names, documents)
            with self._translated:
                documents = list(islice(rows, _ROWS))

    def _among(
        self, table: Table, keys: Sequence[Key], where: Sequence[Cond], after: Key | None
    ) -> Iterator[Mapping[str, Any]]:
        """Yield those of a few rows that match."""
        low = "" if after is None else id_of(after)
        ids = [one for one in map(id_of, keys) if after is None or one > low]
        rows = rows_of(table, self._found(table, ids))
        quick = [_quick(cond) for cond in where]
        return (rows[one] for one in ids if one in rows and matches(rows[one], quick))

    def _asked(
        self,
        table: Table,
        names: Sequence[str],
        where: Sequence[Cond],
        after: Key | None,
        limit: int | None,
    ) -> Iterator[Mapping[str, Any]]:
        """Yield the rows that the server finds."""
        long = [cond for cond in where if self._is_long(cond)]
        asked = [cond for cond in where if cond not in long]
        wanted = dict.fromkeys((*names, *(cond.field for cond in long)), 1)
        cursor = self._collection(table).find(
            filter_of(table, asked, after),
            {**wanted, "_id": 1},
            sort=[("_id", 1)],
            batch_size=_ROWS,
            limit=0 if long or limit is None else limit,
            **({} if self._ferret else {"allow_disk_use": True}),
            **self._session(),
        )
        quick = [_quick(cond) for cond in long]
        with cursor:
            for document in cursor:
                if not quick or matches({c.field: document.get(c.field) for c in quick}, quick):
                    yield document

    def _is_long(self, cond: Cond) -> bool:
        """Say whether a condition is checked here, since the server would be slow or refuse it."""
        if cond.op != "in":
            return False
        if self._ferret:
            return len(cond.value) > _MANY
        return (
            len(cond.value) > _IDS or sum(len(v) for v in cond.value if isinstance(v, str)) > 10**6
        )

    def close(self) -> None:
        """Close all connections."""
        self._server.close()


def _quick(cond: Cond) -> Cond:
    return Cond(cond.field, "in", frozenset(cond.value)) if cond.op == "in" else cond


def _described(table: Table) -> str:
    """Return what of a table decides what has to be created."""
    return json.dumps([table.names, table.key, table.indexes, table.sparse])
