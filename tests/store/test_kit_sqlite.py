from pathlib import Path

import pytest

from customerkit.store.backends.sqlite import SQLiteBackend
from customerkit.store.protocol import Backend
from customerkit.testing import BackendTests


class TestSQLite(BackendTests):
    def open_store(self, where: Path) -> SQLiteBackend:
        return SQLiteBackend(str(where / "store.db"))

    @pytest.mark.xfail(reason="integers beyond 64 bits raise OverflowError", strict=True)
    def test_what_does_not_fit_is_refused_or_kept(self, store: Backend) -> None:
        super().test_what_does_not_fit_is_refused_or_kept(store)

    @pytest.mark.xfail(reason="load drops indexes while a scan is open", strict=True)
    def test_a_store_loads_what_it_scans(self, store: Backend) -> None:
        super().test_a_store_loads_what_it_scans(store)

    @pytest.mark.xfail(reason="substr stops at U+0000", strict=True)
    def test_prefixes(self, store: Backend) -> None:
        super().test_prefixes(store)

    @pytest.mark.xfail(reason="a None key of one integer column is numbered", strict=True)
    def test_a_row_without_a_key_is_refused(self, store: Backend) -> None:
        super().test_a_row_without_a_key_is_refused(store)

    @pytest.mark.xfail(reason="parts of a long in come out of key order", strict=True)
    def test_in_takes_few_values_and_many(self, store: Backend) -> None:
        super().test_in_takes_few_values_and_many(store)
