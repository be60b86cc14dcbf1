"""Mirror the index of a base in Elasticsearch.

The server holds numbers of terms and no text, under an alias whose index is replaced
as a whole by a rebuild. The version of a document is the run that changed its
customer last, so what is told twice or late changes nothing. One more document keeps
the run up to which the mirror is complete.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from attrs import field, frozen

from customerkit.errors import InputError, MissingExtraError, SearchUnavailableError, StoreError
from customerkit.store.search.protocol import Candidate, Document, Query, Wanted
from customerkit.store.search.weigh import NEAR

_PORT = 9200
_POSITION = "position"
_SLICE = 1_000
_PIECES = 3.0  # what enough pieces of a word weigh; the server weighs rare terms up to about 12
_GONE, _OLDER = 404, 409
_SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "gc_deletes": "1d",  # a process that stood still so long might bring back what was dropped
    "merge.policy.expunge_deletes_allowed": 0,
}
_MAPPINGS = {
    "dynamic": "strict",
    "_source": {"enabled": True, "excludes": ["terms"]},
    "properties": {
        "terms": {"type": "keyword"},
        _POSITION: {"type": "long", "index": False},
        "base": {"type": "keyword", "index": False},
    },
}


@frozen
class Address:
    """Say where a search server is.

    Args:
        server: ``http://host:port``.
        index: Name of the alias, and what the names of its indexes begin with.
        login: User and password, where there are.
        timeout: Seconds to wait for an answer.
        certificates: File of the authorities to trust.
    """

    server: str
    index: str
    login: tuple[str, str] | None = field(default=None, repr=False)
    timeout: float = 10.0
    certificates: str | None = None

    @classmethod
    def parse(cls, url: str) -> Address:
        """Read ``elasticsearch://user:password@host:port/index?tls=yes&timeout=seconds``.

        Raises:
            InputError: It cannot be read; the message says what is known.

        Example:
            >>> Address.parse("elasticsearch://me:secret@search/crm?tls=yes")
            Address(server='https://search:9200', index='crm', timeout=10.0, certificates=None)
        """
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        unknown = options.keys() - {"tls", "timeout", "ca"}
        try:
            port, timeout = parts.port or _PORT, float(options.get("timeout", 10))
        except ValueError:
            unknown |= {"port or timeout that is no number"}
            port, timeout = _PORT, 10.0
        if unknown or not parts.hostname:
            raise InputError(
                "write elasticsearch://host:9200/index with tls=yes, ca=file or "
                f"timeout=seconds; not understood: {', '.join(sorted(unknown)) or 'no host'}"
            )
        tls = "ca" in options or options.get("tls", "no") in ("yes", "true", "1")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        index = unquote(parts.path.strip("/")) or "customerkit"
        server = f"http{'s' if tls else ''}://{host}:{port}"
        return cls(server, index, login, timeout, options.get("ca"))


class ElasticsearchIndex:
    """Mirror the terms of customers in Elasticsearch 8.

    An API key is taken from the environment variable ``CUSTOMERKIT_SEARCH_API_KEY``.

    Args:
        url: ``elasticsearch://host:9200/index``; see :meth:`Address.parse`.
        base: Identifies the base, so that two never share an index.

    Raises:
        MissingExtraError: The extra is not installed.
    """

    mirror = True

    def __init__(self, url: str, base: str) -> None:
        self._at = Address.parse(url)
        self._base = base
        self.name = f"{self._at.server.partition('//')[2]}/{self._at.index}"
        try:
            import elasticsearch
        except ImportError:
            raise MissingExtraError.of("elasticsearch", "elasticsearch") from None
        options: dict[str, Any] = {"request_timeout": self._at.timeout, "max_retries": 0}
        if self._at.certificates:
            options["ca_certs"] = self._at.certificates
        key = os.environ.get("CUSTOMERKIT_SEARCH_API_KEY")
        if self._at.login:
            options["basic_auth"] = self._at.login
        elif key:
            options["api_key"] = key
        self._client = elasticsearch.Elasticsearch(self._at.server, **options)

    def __repr__(self) -> str:
        return f"<ElasticsearchIndex {self.name}>"

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the client's errors into ours, which hold no data."""
        import elasticsearch as es

        try:
            yield
        except (es.AuthenticationException, es.AuthorizationException):
            raise StoreError(
                f"the search server {self.name} refused the login; it is given in the URL, or as "
                "CUSTOMERKIT_SEARCH_API_KEY"
            ) from None
        except es.UnsupportedProductError:
            raise StoreError(f"the server {self.name} is no Elasticsearch") from None
        except es.TransportError as error:
            raise self._unavailable(type(error).__name__) from None
        except es.ApiError as error:
            if error.status_code in (429, 502, 503, 504):
                raise self._unavailable(str(error.status_code)) from None
            code = f"{error.status_code} {error.error}"
            raise StoreError(f"the search server {self.name} answered {code}") from None

    def _unavailable(self, why: str) -> SearchUnavailableError:
        return SearchUnavailableError(
            f"the search server {self.name} does not answer ({why}); start it and try again, or "
            "open the base without search= to search in the base itself",
            server=self.name,
        )

    # ── state ────────────────────────────────────────────────────────────────

    def position(self) -> int:
        """Return the run up to which the mirror is complete, 0 where there is none.

        Raises:
            StoreError: It is the mirror of another base.
        """
        with self._translated():
            quiet = self._client.options(ignore_status=_GONE)
            found = quiet.get(index=self._at.index, id=_POSITION)
        if not found.body.get("found"):
            return 0
        said = found["_source"]
        if said["base"] != self._base:
            raise StoreError(
                f"the index {self.name} mirrors another base; name another one: "
                "elasticsearch://host:9200/another_index"
            )
        return int(said[_POSITION])

    def _indexes(self) -> dict[str, bool]:
        """Return the indexes there are, and whether each is the one that is searched."""
        with self._translated():
            found = self._client.indices.get_alias(
                index=f"{self._at.index}-*", expand_wildcards="open", allow_no_indices=True
            )
        return {name: self._at.index in held["aliases"] for name, held in found.items()}

    # ── writing ──────────────────────────────────────────────────────────────

    def index(self, documents: Sequence[Document], gone: Sequence[int], position: int) -> None:
        """Take in changed customers, and take out those that are no longer to be found."""
        for start in range(0, len(documents), _SLICE):
            self._send(map(_put, documents[start : start + _SLICE]), self._at.index)
        self._send((_delete(number, position) for number in gone), self._at.index)
        self._send([self._place(position)], self._at.index)
        with self._translated():
            self._client.indices.refresh(index=self._at.index)

    def _place(self, position: int) -> list[dict[str, Any]]:
        said = {_POSITION: position, "base": self._base}
        return [_action("index", _POSITION, position), said]

    def _send(self, actions: Iterable[list[dict[str, Any]]], alias: str) -> None:
        """Send operations, and see that each was done, or had been done by a newer one."""
        operations = [part for action in actions for part in action]
        if not operations:
            return
        with self._translated():
            answer = self._client.bulk(operations=operations, index=alias, require_alias=True)
        codes = {next(iter(item.values()))["status"] for item in answer["items"]}
        failed = {code for code in codes if code >= 300} - {_OLDER}
        deletes = {item["delete"]["status"] for item in answer["items"] if "delete" in item}
        if failed - (deletes & {_GONE}):
            raise StoreError(
                f"the search server {self.name} refused documents ({sorted(failed)}); "
                "base.reindex() makes the mirror anew"
            )

    def drop(self, customers: Sequence[int], version: int) -> None:
        """Delete customers from every index, also from one that is being built, for good."""
        for index in self._indexes():
            self._send((_delete(number, version) for number in customers), f"{index}-all")
            with self._translated():
                self._client.indices.refresh(index=index)
                self._client.indices.forcemerge(index=index, only_expunge_deletes=True)
                self._client.indices.flush(index=index, wait_if_ongoing=True)

    def rebuild(self, documents: Iterable[Document], position: int) -> int:
        """Fill a new index, and let searches see it when it is complete."""
        old = self._indexes()
        number = max((int(name.rpartition("-")[2]) for name in old), default=0) + 1
        index = f"{self._at.index}-{number:06}"
        with self._translated():
            self._client.indices.create(
                index=index, settings=_SETTINGS, mappings=_MAPPINGS, aliases={f"{index}-all": {}}
            )
        count, source = 0, iter(documents)
        while part := list(islice(source, _SLICE)):
            self._send(map(_put, part), f"{index}-all")
            count += len(part)
        self._send([self._place(position)], f"{index}-all")
        swap: list[dict[str, Any]] = [{"remove_index": {"index": name}} for name in old]
        swap.append({"add": {"index": index, "alias": self._at.index}})
        with self._translated():
            self._client.indices.refresh(index=index)
            self._client.indices.update_aliases(actions=swap)
        return count

    # ── reading ──────────────────────────────────────────────────────────────

    def query(self, query: Query) -> list[Candidate]:
        """Return the best candidates first."""
        asked: dict[str, Any] = {"filter": [_term(number) for number in query.filters]}
        if query.wanted:
            asked |= {"should": list(map(_like, query.wanted)), "minimum_should_match": 1}
        with self._translated():
            found = self._client.search(
                index=self._at.index,
                query={"bool": asked},
                size=min(query.limit, 10_000),
                source=False,
                track_total_hits=False,
            )
        hits = [Candidate(int(hit["_id"]), hit["_score"]) for hit in found["hits"]["hits"]]
        return sorted(hits, key=lambda hit: (-hit.weight, hit.customer))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _action(kind: str, name: str, version: int) -> dict[str, Any]:
    return {kind: {"_id": name, "version": version, "version_type": "external_gte"}}


def _put(document: Document) -> list[dict[str, Any]]:
    action = _action("index", str(document.customer), document.version)
    return [action, {"terms": [f"{number:x}" for number in sorted(document.terms)]}]


def _delete(number: int, version: int) -> list[dict[str, Any]]:
    return [_action("delete", str(number), version)]


def _term(number: int) -> dict[str, Any]:
    return {"term": {"terms": f"{number:x}"}}


def _like(wanted: Wanted) -> dict[str, Any]:
    """Return what to ask for one word: the best of its ways counts."""
    ways: list[dict[str, Any]] = [_term(wanted.exact)]
    if wanted.near:
        ways.append({"dis_max": {"queries": list(map(_term, wanted.near)), "boost": NEAR}})
    if wanted.grams:
        pieces = {"should": list(map(_term, wanted.grams)), "minimum_should_match": wanted.least}
        ways.append({"constant_score": {"filter": {"bool": pieces}, "boost": _PIECES}})
    return {"dis_max": {"queries": ways}}
