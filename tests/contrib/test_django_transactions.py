"""A run and what the project writes commit or roll back together."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django", reason="Django is not installed: its transactions are not tested")
pytest.importorskip(
    "sqlalchemy", reason="SQLAlchemy is not installed: its transactions are not tested"
)

from django.db import connections, transaction
from django.test import TestCase

import customerkit as ck
from customerkit.contrib.django import open_base
from customerkit.errors import (
    ConflictError,
    InputError,
    MissingExtraError,
    NotFoundError,
    StoreError,
    StoreNotFoundError,
)
from customerkit.store.registry import open_backend


class _ChangedError(Exception):
    pass


@contextmanager
def lost(alias: str) -> Iterator[None]:
    """Roll back what the project and the base write in a block."""
    try:
        with transaction.atomic(using=alias):
            yield
            raise _ChangedError
    except _ChangedError:
        return


class Project:
    """Be a database with a table of the project and a base, and say what is in both."""

    def __init__(self, alias: str) -> None:
        self.alias, self.base = alias, ck.open(f"django://{alias}")
        self.ask("CREATE TABLE orders (product text)")

    def ask(self, text: str) -> list[Any]:
        with connections[self.alias].cursor() as cursor:
            cursor.execute(text)
            return list(cursor.fetchall()) if cursor.description else []

    def order(self, name: str) -> None:
        self.ask(f"INSERT INTO orders VALUES ('{name}')")
        self.base.update(full_name=name)

    def atomic(self) -> Any:
        return transaction.atomic(using=self.alias)

    @property
    def held(self) -> list[tuple[list[str], list[str]]]:
        """Return what this connection finds."""
        orders = [name for (name,) in self.ask("SELECT product FROM orders ORDER BY 1")]
        return [(orders, [str(row["full_name"]) for row in self.base.customers()])]


@pytest.fixture
def project(alias: Callable[[Path], str], tmp_path: Path) -> Iterator[Project]:
    made = Project(alias(tmp_path))
    yield made
    made.base.close()


def both(*names: str) -> list[tuple[list[str], list[str]]]:
    return [(list(names), list(names))]


def test_they_commit_together(project: Project) -> None:
    with project.atomic():
        project.order("Ann")
        project.order("Bo")
    connections[project.alias].close()
    assert project.held == both("Ann", "Bo")


def test_they_roll_back_together(project: Project) -> None:
    project.order("Ann")
    with lost(project.alias):
        project.order("Bo")
        assert project.held == both("Ann", "Bo")
    assert project.held == both("Ann")
    project.order("Cy")
    assert project.held == both("Ann", "Cy")
    assert [run.run_id for run in project.base.runs()] == [1, 2]


def test_an_inner_block_rolls_back_alone(project: Project) -> None:
    with project.atomic():
        project.order("Ann")
        with lost(project.alias):
            project.order("Bo")
        project.order("Cy")
    assert project.held == both("Ann", "Cy")
    assert project.base.explain("c-2", "full_name").value == "Cy"


def test_a_run_that_fails_leaves_the_rest(project: Project) -> None:
    project.base.update(full_name="Ann")
    with project.atomic():
        project.ask("INSERT INTO orders VALUES ('Ann')")
        with pytest.raises(ConflictError):
            project.base.update("c-1", expected=7, city="Leeds")
        project.base.update("c-1", city="York")
    assert project.held == both("Ann")
    assert project.base.get("c-1").city == "York"


def test_what_was_learned_of_a_lost_run_is_forgotten(project: Project) -> None:
    base, alias = project.base, project.alias
    base.update(full_name="Ann")
    with lost(alias):
        base.update("c-1", channel="lost", city="Leeds")
    with ck.open(f"django://{alias}") as other:
        other.update("c-1", channel="shop", city="York")
    found = base.explain("c-1", "city")
    assert (found.value, found.sources[0].channel) == ("York", "shop")


def test_tables_made_in_a_lost_transaction_are_lost(
    alias: Callable[[Path], str], tmp_path: Path
) -> None:
    name = alias(tmp_path)
    with lost(name), ck.open(f"django://{name}") as base:
        base.update(full_name="Ann")
    with pytest.raises(NotFoundError):
        ck.open(f"django://{name}", create=False)
    with ck.open(f"django://{name}") as again:
        assert again.runs() == []


def test_a_broken_transaction_is_named(project: Project) -> None:
    with project.atomic():
        transaction.set_rollback(True, using=project.alias)
        with pytest.raises(StoreError, match=r"leave atomic\(\) first"):
            project.base.runs()
    assert project.base.runs() == []


def test_a_table_of_the_project_is_not_taken(project: Project) -> None:
    project.ask("CREATE TABLE customers (name text)")
    with ck.open(f"django://{project.alias}") as base:
        base.update(full_name="Ann")
    assert project.ask("SELECT * FROM customers") == []


def test_a_table_of_our_name_that_is_not_ours(alias: Callable[[Path], str], tmp_path: Path) -> None:
    name = alias(tmp_path)
    with connections[name].cursor() as cursor:
        cursor.execute("CREATE TABLE customerkit_runs (name text)")
    with pytest.raises(StoreError, match="not customerkit's"):
        ck.open(f"django://{name}")


def test_urls_that_cannot_be(undone: None) -> None:
    with pytest.raises(StoreNotFoundError, match="DATABASES has no 'elsewhere'"):
        open_backend("django://elsewhere")
    for url in ("django://", "django://a/b", "django://a?b=c"):
        with pytest.raises(InputError, match="django://default"):
            open_backend(url)


def test_without_django_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "customerkit.store.backends.django")
    monkeypatch.setitem(sys.modules, "django.db", None)
    with pytest.raises(MissingExtraError, match=r"customerkit\[django\]"):
        open_backend("django://default")


class TestInDjangosTestCase(TestCase):
    """Each test begins with an empty base, whatever the others wrote."""

    def write(self) -> None:
        with open_base() as base:
            assert base.runs() == []
            base.collect([{"customer_id": "1", "full_name": "Ann"}], channel="crm")
            base.clean()
            assert [row["full_name"] for row in base.customers()] == ["Ann"]

    def test_one(self) -> None:
        self.write()

    def test_other(self) -> None:
        self.write()
