"""The app: its migrations, its models, its checks, its command, and the example project."""

from __future__ import annotations

import doctest
import io
import json
import re
import shlex
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django", reason="Django is not installed: the app is not tested")
pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed: the app is not tested")

from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.test import Client, override_settings
from shop.models import Order

import customerkit as ck
from customerkit import demo
from customerkit.contrib.django import open_base
from customerkit.contrib.django.models import MODELS, Customer, Run
from customerkit.contrib.django.operations import Ensure, declared
from customerkit.errors import NotFoundError, ReadOnlyStoreError
from customerkit.model.table import Table
from customerkit.model.tables import CUSTOMERS, TABLES
from customerkit.store.backends.django import DjangoBackend

DOCS = Path(__file__).parents[2] / "docs"
Alias = Callable[[Path], str]


# ── migrations and models ────────────────────────────────────────────────────


def test_models_are_migrated(databases: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_last_migration_knows_the_tables_of_now() -> None:
    loader = MigrationLoader(None)
    (last,) = loader.graph.leaf_nodes("customerkit")
    known = [
        one.tables for one in loader.get_migration(*last).operations if isinstance(one, Ensure)
    ]
    assert known == [declared()], (
        "the tables have changed: add a migration with the operation "
        f'Ensure("{declared()}"), which brings older bases up to date'
    )


def test_every_column_has_a_field() -> None:
    assert list(MODELS) == [table.name for table in TABLES]
    for table in TABLES:
        found = [field.column for field in MODELS[table.name]._meta.concrete_fields]
        assert found == list(table.names)


def test_models_read_what_the_base_holds(base: ck.CustomerBase) -> None:
    for table in TABLES:
        rows = [row for batch in base.backend.scan(table) for row in batch.dicts()]
        assert list(MODELS[table.name].objects.order_by(*table.key).values(*table.names)) == rows
    assert str(Customer.objects.get(customer_id=2)) == "c-2 Bo Ray"


@pytest.mark.parametrize(
    "write",
    [
        lambda: Customer(customer_id=1).save(),
        lambda: Customer(customer_id=1).delete(),
        lambda: Customer.objects.create(customer_id=1),
        lambda: Customer.objects.update(city="Leeds"),
        lambda: Customer.objects.all().delete(),
        lambda: Run.objects.get_or_create(run_id=9, defaults={"verb": "x", "recorded": 1}),
        lambda: Run.objects.bulk_create([Run(run_id=9)]),
    ],
)
def test_models_refuse_to_write(undone: None, write: Callable[[], Any]) -> None:
    with pytest.raises(ReadOnlyStoreError, match="open_base"):
        write()


def migrated(name: str) -> None:
    executor = MigrationExecutor(connections[name])
    executor.migrate(executor.loader.graph.leaf_nodes("customerkit"))


def test_a_base_of_an_older_version_is_brought_up_to_date(alias: Alias, tmp_path: Path) -> None:
    name = alias(tmp_path)
    known = ("customer_id", "version", "run_id", "status", "email")
    columns = tuple(column for column in CUSTOMERS.columns if column.name in known)
    older, row = Table("customers", columns, CUSTOMERS.key), dict.fromkeys(known, 1)
    store = DjangoBackend(f"django://{name}")
    store.ensure([older])
    store.put(older, [{**row, "status": "active", "email": "ann@example.com"}])
    with override_settings(CUSTOMERKIT={"ALIAS": name}):
        migrated(name)
        (found,) = Customer.objects.all()
    assert (found.email, found.city) == ("ann@example.com", None)
    assert store.get(CUSTOMERS, [1])[0] is not None


class Elsewhere:
    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool | None:
        return False if app_label == "customerkit" else None


@pytest.mark.parametrize(
    "settings",
    [{"CUSTOMERKIT": {"ALIAS": "default"}}, {"DATABASE_ROUTERS": [Elsewhere()]}],
    ids=["alias", "router"],
)
def test_tables_are_made_only_where_the_base_is(
    alias: Alias, tmp_path: Path, settings: dict[str, Any]
) -> None:
    name = alias(tmp_path)
    with override_settings(**{"CUSTOMERKIT": {"ALIAS": name}, **settings}):
        migrated(name)
    with pytest.raises(NotFoundError):
        ck.open(f"django://{name}", create=False)


def test_models_read_where_the_setting_says(alias: Alias, tmp_path: Path, undone: None) -> None:
    name = alias(tmp_path)
    with override_settings(CUSTOMERKIT={"ALIAS": name}), open_base() as base:
        base.update(full_name="Ann")
        assert [str(one) for one in Customer.objects.all()] == ["c-1 Ann"]
    assert list(Customer.objects.all()) == []


# ── settings ─────────────────────────────────────────────────────────────────


def test_the_project_is_in_order() -> None:
    assert run_checks(databases=["default"], include_deployment_checks=False) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [("default", "E001"), ({"URL": "x"}, "E001"), ({"ALIAS": "elsewhere"}, "E002")],
)
def test_settings_that_cannot_be(given: Any, code: str) -> None:
    with override_settings(CUSTOMERKIT=given):
        found = run_checks(databases=["default"])
    assert [error.id for error in found] == [f"customerkit.{code}"]


# ── the command ──────────────────────────────────────────────────────────────


def run(*words: str) -> str:
    said = io.StringIO()
    call_command("customerkit", *words, stdout=said)
    return said.getvalue()


def test_every_verb_runs_on_the_base_of_the_project(undone: None, tmp_path: Path) -> None:
    file = tmp_path / "crm.csv"
    file.write_text("customer_id,name,email\n1,Jane Doe,JANE@example.com\n2,Bo,bo@example.com\n")
    assert "2 records" in run("collect", str(file), "--channel", "crm")
    assert "1 changes to 2 records" in run("plan")
    assert "created c-1, c-2" in run("clean")
    assert "changed c-1" in run("update", "c-1", "city=Leeds", "--reason", "told")
    assert "c-1" in run("find", "email=jane@example.com")
    assert "'jane@example.com'" in run("explain", "c-1", "email")
    assert "run 4: " in run("undo", "3")
    verbs = [line["verb"] for line in json.loads(run("runs", "--json"))]
    assert verbs == ["collect", "clean", "update", "undo"]
    assert run("clean", "--help").startswith("Usage: manage.py customerkit clean")


def test_another_base_can_be_named(undone: None, tmp_path: Path) -> None:
    with ck.open(tmp_path / "other.db") as other:
        other.update(full_name="Ann")
    found = json.loads(run("runs", "--json", "--base", str(tmp_path / "other.db")))
    assert [line["verb"] for line in found] == ["update"]
    assert json.loads(run("runs", "--json")) == []


def test_the_base_of_the_environment_is_not_meant(
    undone: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUSTOMERKIT_BASE", str(tmp_path / "absent.db"))
    assert json.loads(run("runs", "--json")) == []


def test_a_verb_that_fails_fails_the_command(undone: None) -> None:
    errors = io.StringIO()
    with pytest.raises(CommandError, match="explain failed") as failed:
        call_command("customerkit", "explain", "c-9", "email", stderr=errors)
    assert failed.value.returncode == 4
    assert "no such customer" in errors.getvalue()


# ── the example project ──────────────────────────────────────────────────────


def order(**said: str) -> Any:
    return Client().post("/orders/", {"full_name": "Ann Lee", "email": "ann@example.com", **said})


def test_an_order_and_its_customer_are_one(undone: None) -> None:
    first, second = order(product="Tea"), order(product="Pot")
    assert (first.status_code, first.json()["customer"]) == (201, second.json()["customer"])
    with open_base() as base:
        assert base.get(first.json()["customer"]).email == "ann@example.com"
        assert base.runs()[0].actor == "web shop"
    assert Order.objects.count() == 2


def test_an_order_that_fails_leaves_no_customer(
    undone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("no tea left")

    monkeypatch.setattr(Order.objects, "create", fail)
    with pytest.raises(RuntimeError):
        order(product="Tea")
    with open_base() as base:
        assert base.runs() == []


# ── the main job ─────────────────────────────────────────────────────────────


def results(base: ck.CustomerBase, folder: Path) -> dict[str, Any]:
    """Do the main job, and return what it gives as bytes and texts."""
    folder.mkdir()
    for name, path in demo.files().items():
        space = demo.ID_SPACES.get(name)
        base.collect(path, channel=demo.CHANNELS[name], external_ids=space, observed=1)
    base.clean()
    base.update("c-1", city="York")
    base.export(folder / "customers.csv")
    return {
        "customers": (folder / "customers.csv").read_bytes(),
        "analysis": str(base.analyze(as_of=1_800_000_000_000)),
        "scores": str(base.score(as_of=1_900_000_000_000)),
    }


def test_the_main_job_gives_what_sqlite_gives(undone: None, tmp_path: Path) -> None:
    with open_base() as base, ck.open(tmp_path / "plain.db") as plain:
        assert results(base, tmp_path / "django") == results(plain, tmp_path / "plain")


def test_a_base_is_copied_into_the_project(undone: None, tmp_path: Path) -> None:
    with ck.open(tmp_path / "plain.db") as plain:
        results(plain, tmp_path / "results")
        run("copy", str(tmp_path / "plain.db"), "django://default")
        with open_base() as base:
            assert list(base.customers()) == list(plain.customers())
            assert (base.runs(), base.unit.state()) == (plain.runs(), plain.unit.state())


# ── the how-to ───────────────────────────────────────────────────────────────


def test_the_how_to_runs_in_the_example(undone: None) -> None:
    page = (DOCS / "howto" / "django.md").read_text("utf-8")
    blocks = re.findall(r"it needs a project.*?-->\n```(\w+)\n(.*?)```", page, re.DOTALL)
    assert [kind for kind, _ in blocks] == ["console", "python", "python", "console"]
    names: dict[str, Any] = {}
    for kind, body in blocks:
        if kind == "python":
            exec(body, names)
            continue
        for line in body.splitlines():
            call_command(*shlex.split(line)[3:], stdout=io.StringIO())
    assert [one.customer for one in Order.objects.all()] == ["c-1"]
    assert names["last"].actor == "web shop"


@pytest.mark.parametrize("name", ["bands", "forms", "management.commands.customerkit"])
def test_examples_of_the_app_run(name: str) -> None:
    tried = doctest.testmod(import_module(f"customerkit.contrib.django.{name}"))
    assert (tried.failed, tried.attempted > 0) == (0, True)
