"""The kit cannot be quietened, explains itself, and needs little."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest
from hypothesis import Phase, settings

from customerkit.errors import InputError
from customerkit.model.batch import Batch
from customerkit.model.table import Table
from customerkit.store.protocol import Backend, Key
from customerkit.testing import BackendTests, FaultyBackend, ReferenceBackend, failures
from customerkit.testing.backend import checks
from customerkit.testing.plain import Plain


class Reference(BackendTests):
    def open_store(self, where: Path) -> Backend:
        return ReferenceBackend()


def test_replacing_a_check_silently_is_refused() -> None:
    with pytest.raises(InputError, match="replaces test_limits of the kit; mark it"):

        class TestQuiet(Reference):
            def test_limits(self, store: Backend) -> None:
                pass

    class Mixin:
        test_limits = None

    with pytest.raises(InputError):
        type("TestMixed", (Mixin, Reference), {})


def test_an_excuse_needs_a_reason() -> None:
    with pytest.raises(InputError):

        class TestNoReason(Reference):
            @pytest.mark.xfail
            def test_limits(self, store: Backend) -> None:
                super().test_limits(store)

    class TestReason(Reference):
        @pytest.mark.xfail(reason="the server caps limits")
        def test_limits(self, store: Backend) -> None:
            super().test_limits(store)

    assert failures(TestReason, ["test_limits"]) == {}


def test_what_the_checks_stand_on_cannot_be_replaced() -> None:
    for name in ("atomic", "opened", "store", "where"):
        with pytest.raises(InputError, match=name):
            type("TestOther", (Reference,), {name: lambda self: None})


def test_own_tests_may_stand_beside_the_checks() -> None:
    class TestMore(Reference):
        def test_something_of_our_own(self) -> None:
            pass

    assert failures(TestMore, ["test_limits"]) == {}


def test_every_check_says_what_to_do_when_it_fails() -> None:
    assert len(checks()) > 60
    for name in checks():
        first, _, rest = (getattr(BackendTests, name).__doc__ or "").partition("\n\n")
        assert first.strip().endswith("."), name
        assert rest.strip().startswith("Troubleshooting: "), name


def test_an_author_says_only_how_to_open() -> None:
    assert BackendTests.__abstractmethods__ == {"open_store"}
    with pytest.raises(TypeError, match="open_store"):
        BackendTests()  # type: ignore[abstract]


def test_declared_capabilities_skip() -> None:
    class Modest(ReferenceBackend):
        capabilities = attrs.evolve(ReferenceBackend.capabilities, physical_purge=False)

        def put(self, table: Table, rows: object) -> None:
            raise AssertionError("not called")

    class TestModest(BackendTests):
        def open_store(self, where: Path) -> Backend:
            return Modest()

    names = ["test_purged_rows_leave_no_bytes", "test_handles_lose_no_update"]
    assert failures(TestModest, names) == {}
    assert list(failures(TestModest, ["test_put_replaces_the_whole_row"])) == [
        "test_put_replaces_the_whole_row"
    ]


def test_a_store_without_transactions_is_checked_behind_the_journal() -> None:
    class TestPlain(BackendTests):
        def open_store(self, where: Path) -> Backend:
            return Plain()

    class Careless(Plain):
        def load(self, table: Table, batches: Iterable[Batch]) -> int:
            return sum(self.put(table, list(b.dicts())) or len(b) for b in batches)

    class TestCareless(BackendTests):
        def open_store(self, where: Path) -> Backend:
            return Careless()

    names = ["test_keys_that_exist_are_refused", "test_an_interrupt_rolls_back"]
    assert failures(TestPlain, names) == {}
    assert "test_keys_that_exist_are_refused" in failures(TestCareless, names)


def test_a_wrapper_that_never_fails_is_a_backend() -> None:
    class TestWrapped(BackendTests):
        def open_store(self, where: Path) -> Backend:
            return FaultyBackend(ReferenceBackend())

    assert failures(TestWrapped, set(checks()) - {"test_random_programs"}) == {}


@pytest.fixture
def unshrunk() -> Iterator[None]:
    """Find counterexamples without making them small, which takes long."""
    before = settings()
    settings.register_profile(
        "unshrunk",
        before,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        max_examples=2400,
    )
    settings.load_profile("unshrunk")
    yield
    settings.register_profile("before", before)
    settings.load_profile("before")


class KeepsDeleted(ReferenceBackend):
    def delete(self, table: Table, keys: list[Key]) -> int:  # type: ignore[override]
        held = self.held(table)
        return sum(key in held for key in set(keys))


class StartsPagesTooEarly(ReferenceBackend):
    def scan(self, table: Table, where: object = (), **options: object) -> Iterator[object]:  # type: ignore[override]
        after = options.get("after")
        if isinstance(after, int):
            options["after"] = after - 1
        return super().scan(table, where, **options)  # type: ignore[arg-type]


class NeverRollsBack(ReferenceBackend):
    @contextmanager
    def transaction(self) -> Iterator[None]:
        yield


@pytest.mark.usefixtures("unshrunk")
@pytest.mark.parametrize("mutant", [KeepsDeleted, StartsPagesTooEarly, NeverRollsBack])
def test_random_programs_find(
    mutant: type[ReferenceBackend],
    finders: Callable[[type[ReferenceBackend], list[str]], list[str]],
) -> None:
    assert finders(mutant, ["test_random_programs"]) == ["test_random_programs"]


def test_without_pytest_the_remedy_is_named() -> None:
    script = "import sys; sys.modules['pytest'] = None; import customerkit.testing"
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "pytest is not installed; pip install 'customerkit[testing]'" in done.stderr
