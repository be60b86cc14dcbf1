"""The kit, on stores that change one row at a time behind the journal."""

from __future__ import annotations

from pathlib import Path

import attrs

from customerkit.store._journal_log import Timing
from customerkit.store.journal import Journal
from customerkit.store.protocol import Backend
from customerkit.testing import BackendTests
from customerkit.testing.plain import Plain, Unswapped


class TestJournal(BackendTests):
    """The kit, on a store that several processes share."""

    def open_store(self, where: Path) -> Backend:
        held = self.__dict__.setdefault("held", {})
        return Journal(held.setdefault(where, Plain()), Timing(lease=5, patience=20))


class TestJournalAlone(BackendTests):
    """The kit, on a store of one process that cannot swap."""

    def open_store(self, where: Path) -> Backend:
        held = self.__dict__.setdefault("held", {})
        return Journal(held.setdefault(where, _alone()))


def _alone() -> Plain:
    store = Unswapped()
    store.capabilities = attrs.evolve(store.capabilities, multi_process=False)
    return store
