from pathlib import Path

import pytest

from customerkit.store.backends.memory import MemoryBackend
from customerkit.store.protocol import Backend
from customerkit.testing import BackendTests


class TestMemory(BackendTests):
    def open_store(self, where: Path) -> MemoryBackend:
        return MemoryBackend()

    @pytest.mark.xfail(reason="put writes the rows before the refused one", strict=True)
    def test_unknown_fields_are_refused_before_anything_is_written(self, store: Backend) -> None:
        super().test_unknown_fields_are_refused_before_anything_is_written(store)

    @pytest.mark.xfail(reason="a load into an empty table takes a key twice", strict=True)
    def test_keys_of_several_columns_are_refused_twice(self, store: Backend) -> None:
        super().test_keys_of_several_columns_are_refused_twice(store)

    @pytest.mark.xfail(reason="as above; the search for the shortest takes long", run=False)
    def test_random_programs(self, where: Path) -> None:
        super().test_random_programs(where)

    @pytest.mark.xfail(reason="rows have columns that the table passed does not name", strict=True)
    def test_a_program_that_knows_fewer_columns_goes_on(self, store: Backend) -> None:
        super().test_a_program_that_knows_fewer_columns_goes_on(store)

    @pytest.mark.xfail(reason="None is taken as a key", strict=True)
    def test_a_row_without_a_key_is_refused(self, store: Backend) -> None:
        super().test_a_row_without_a_key_is_refused(store)
