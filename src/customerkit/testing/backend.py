"""The kit: every check of every topic, and a guard against leaving some out."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from customerkit.errors import InputError
from customerkit.store.protocol import Backend
from customerkit.testing.checks.conditions import ConditionTests
from customerkit.testing.checks.faults import FaultTests
from customerkit.testing.checks.lifetime import LifetimeTests
from customerkit.testing.checks.loads import LoadTests
from customerkit.testing.checks.rows import RowTests
from customerkit.testing.checks.scans import ScanTests
from customerkit.testing.checks.schema import SchemaTests
from customerkit.testing.checks.sharing import SharingTests
from customerkit.testing.checks.transactions import TransactionTests
from customerkit.testing.checks.values import ValueTests
from customerkit.testing.programs import run_programs

_OPEN_TO_AUTHORS = {"open_store", "stored_bytes"}


class BackendTests(
    SchemaTests,
    RowTests,
    ValueTests,
    ConditionTests,
    ScanTests,
    LoadTests,
    TransactionTests,
    SharingTests,
    LifetimeTests,
    FaultTests,
):
    """Show that a backend is one: subclass, say how to open a store, run pytest.

    What the backend declares that it cannot do is skipped, but for transactions: a
    store without them is checked behind the journal that gives it some. A check can
    be replaced only by one that is marked ``xfail`` with a reason.

    Raises:
        InputError: A subclass replaces a check silently.

    Example:
        >>> from customerkit.testing import ReferenceBackend, failures
        >>> class TestReference(BackendTests):
        ...     def open_store(self, where):
        ...         return ReferenceBackend()
        >>> failures(TestReference, ["test_limits"])
        {}
    """

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name in _closed():
            ours, theirs = (inspect.getattr_static(kind, name) for kind in (BackendTests, cls))
            if theirs is not ours and not (name in checks() and _excused(theirs)):
                raise InputError(
                    f"{cls.__name__} replaces {name} of the kit; mark it "
                    "@pytest.mark.xfail(reason=...), or remove it",
                    name=name,
                )

    def test_random_programs(self, where: Path) -> None:
        """Answer random programs as plain dicts do.

        Troubleshooting: hypothesis prints the shortest program it found; its last
        step is where the answers part.
        """
        numbers = count()
        folders: list[Path] = []

        def start() -> Backend:
            folders.append(where / str(next(numbers)))
            folders[-1].mkdir(parents=True)
            return self.atomic(folders[-1])

        def again(store: Backend) -> Backend:
            store.close()
            return self.atomic(folders[-1])

        with self.opened(where / "declared") as store:
            durable = store.capabilities.durable
        run_programs(start, again if durable else None)


def checks() -> list[str]:
    """Return the names of all checks of the kit."""
    return [name for name in dir(BackendTests) if name.startswith("test_")]


def _closed() -> list[str]:
    """Return the names that an author may not define: checks, and what they stand on."""
    return [*checks(), *("atomic", "opened", "store", "where")]


def _excused(check: Any) -> bool:
    marks = getattr(check, "pytestmark", [])
    return any(mark.name == "xfail" and mark.kwargs.get("reason") for mark in marks)


def failures(
    tests: type[BackendTests], names: Iterable[str] | None = None
) -> dict[str, BaseException]:
    """Run checks of the kit without the command line, in a notebook for instance.

    Args:
        tests: The author's subclass.
        names: Some checks; all by default.

    Returns:
        What each failed check raised; skipped ones are left out.
    """
    found: dict[str, BaseException] = {}
    for name in checks() if names is None else names:
        try:
            _run(tests(), name)
        except pytest.skip.Exception:
            continue
        except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - that is the answer
            found[name] = error
    return found


def _run(tests: BackendTests, name: str) -> None:
    check = getattr(tests, name)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory())) / "store"
        if "store" in inspect.signature(check).parameters:
            check(store=stack.enter_context(tests.opened(folder)))
        else:
            check(where=folder)
