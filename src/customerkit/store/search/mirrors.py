"""Remember in a base which mirrors know its customers, and how far each was told."""

from __future__ import annotations

import uuid
from importlib import import_module
from typing import Any, cast

from attrs import define

from customerkit.errors import SearchUnavailableError, UnknownSchemeError
from customerkit.model.tables import SEARCH
from customerkit.store.protocol import Backend
from customerkit.store.search.postings import PostingsIndex
from customerkit.store.search.protocol import SearchIndex

_HOMES = {"elasticsearch": "customerkit.store.search.elastic:ElasticsearchIndex"}
_IDENTITY, _ERASING, _TURN, _MIRROR = "identity", "erasing", "turn", "mirror:"


def open_index(search: str | SearchIndex | None, backend: Backend) -> SearchIndex:
    """Return the index that a URL names, the one in the base where there is none.

    Args:
        search: ``elasticsearch://host:9200/index``, or an index, which is returned.
        backend: The store of the base.

    Raises:
        UnknownSchemeError: No search server is called so.
        MissingExtraError: Its extra is not installed.

    Example:
        >>> from customerkit.store.backends.memory import MemoryBackend
        >>> open_index(None, MemoryBackend()).name
        'base'
    """
    if search is None:
        return PostingsIndex(backend)
    if not isinstance(search, str):
        return search
    scheme = search.partition(":")[0]
    if scheme not in _HOMES:
        raise UnknownSchemeError(
            f"no search server is called {scheme!r:.40}; known: {', '.join(_HOMES)}", scheme=scheme
        )
    module, _, name = _HOMES[scheme].partition(":")
    made = getattr(import_module(module), name)(search, Mirrors(backend).identity())
    return cast("SearchIndex", made)


@define
class Mirrors:
    """Keep notes in a base on the mirrors of its index.

    Args:
        backend: The store of the base.
    """

    backend: Backend

    def _get(self, name: str) -> str | None:
        found = self.backend.get(SEARCH, [name])[0]
        return None if found is None else str(found["value"])

    def _put(self, name: str, value: str) -> None:
        self.backend.put(SEARCH, [{"name": name, "value": value, "version": 1}])

    def identity(self) -> str:
        """Return what tells this base from all others."""
        with self.backend.transaction():
            found = self._get(_IDENTITY)
            if found is None:
                found = uuid.uuid4().hex
                self._put(_IDENTITY, found)
            return found

    def turn(self) -> None:
        """Write a row in the open transaction, so that another one waits or fails."""
        self._put(_TURN, "")

    def told(self, name: str, position: int) -> None:
        """Note up to which run a mirror was told."""
        self._put(f"{_MIRROR}{name}", str(position))

    def known(self) -> dict[str, int]:
        """Return the mirrors, and up to which run each was told."""
        rows: list[Any] = [row for batch in self.backend.scan(SEARCH) for row in batch.dicts()]
        return {
            row["name"].removeprefix(_MIRROR): int(row["value"])
            for row in rows
            if row["name"].startswith(_MIRROR)
        }

    def forget(self, name: str) -> None:
        """Forget a mirror that is no more."""
        self.backend.delete(SEARCH, [f"{_MIRROR}{name}"])

    def check(self, index: SearchIndex) -> None:
        """Refuse to erase what a mirror keeps that is not open.

        Raises:
            SearchUnavailableError: There is such a mirror.
        """
        others = sorted(self.known().keys() - {index.name})
        if others:
            raise SearchUnavailableError(
                f"customers of this base are also known to {others[0]}; open the base with "
                "search= naming it, so that they are erased there too, or, if that server is no "
                "more, call base.forget_mirror with its name",
                server=others[0],
            )

    # ── erasing that was cut off ─────────────────────────────────────────────

    def begin_erasing(self) -> None:
        """Note that a mirror may soon lack customers that the base still has."""
        self._put(_ERASING, "")

    def erasing(self) -> bool:
        """Say whether erasing was begun and did not end."""
        return self._get(_ERASING) is not None

    def end_erasing(self) -> None:
        """Note that mirror and base agree again."""
        self.backend.delete(SEARCH, [_ERASING])
