"""An engine is what is installed, or what is asked for, and nothing else."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pytest

import customerkit as ck
from customerkit.engine import pick
from customerkit.engine.pick import engine_name
from customerkit.errors import InputError, MissingExtraError


def without(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    def found(name: str) -> Any:
        return None if name in packages else find_spec("json")

    monkeypatch.setattr(pick, "find_spec", found)


def test_the_fastest_that_is_installed_is_taken_and_never_spark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without(monkeypatch)
    assert engine_name() == "duckdb"
    for package in ("duckdb", "pyarrow"):
        without(monkeypatch, package)
        assert engine_name() == "sqlite"


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [
        ("duckdb", "duckdb", "fast"),
        ("duckdb", "pyarrow", "fast"),
        ("spark", "pyspark", "spark"),
        ("spark", "pandas", "spark"),
    ],
)
def test_what_is_asked_for_and_missing_says_what_to_install(
    name: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, package)
    with pytest.raises(MissingExtraError) as caught:
        engine_name(name)
    assert (caught.value.package, caught.value.extra) == (package, extra)


@pytest.mark.parametrize("which", ["polars", "", 7, object()])
def test_what_is_no_engine_is_refused_before_anything_is_created(which: Any, tmp_path: Any) -> None:
    with pytest.raises(InputError, match="known: duckdb, spark, sqlite"):
        ck.open(tmp_path / "customers.db", engine=which)
    assert list(tmp_path.iterdir()) == []


def test_a_base_is_worked_where_it_was_asked_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "duckdb")
    asked: list[Any] = []
    plain = pick.engine_name

    def noting(which: Any = None) -> str:
        asked.append(which)
        return plain(which)

    monkeypatch.setattr(pick, "engine_name", noting)
    base = ck.open("memory:", engine="sqlite")
    base.collect([{"name": "Ann", "email": "ann@example.com"}], channel="crm")
    plan = base.plan()
    plan.bulk_from = 0
    plan.apply()
    base.analyze()
    assert asked == ["sqlite", "sqlite"]
