"""A backend of another package: found by its URL, shown step by step in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import customerkit as ck
from customerkit.errors import CorruptStoreError, StoreError
from customerkit.store.registry import schemes

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "tests" / "plugin" / "customerkit_jsonlines.py"
PAGE = ROOT / "docs" / "howto" / "write-a-backend.md"
REMEDY = "pip install -e tests/plugin first"


def test_the_page_shows_this_backend() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    shown = "\n\n".join(block.strip() for block in blocks)
    source = SOURCE.read_text("utf-8").split('"""\n', 1)[1]
    assert re.sub(r"\n{2,}", "\n", source).strip() in re.sub(r"\n{2,}", "\n", shown)


def test_found_by_its_scheme_and_used_like_any_other(tmp_path: Path) -> None:
    plugin = pytest.importorskip("customerkit_jsonlines", reason=REMEDY)
    assert "jsonlines" in schemes()
    url = f"jsonlines:///{tmp_path}/customers.jsonl"
    with ck.open(url) as base:
        assert type(base.backend).__name__ == plugin.JSONLinesBackend.__name__
        base.collect([{"customer_id": "1", "name": "Jane Doe", "city": "leeds"}], channel="crm")
        base.clean()
        base.update("c-1", email="jane@example.com")
    with ck.open(url) as base:
        jane = base.get("c-1")
        assert (jane.city, jane.email) == ("Leeds", "jane@example.com")
        base.undo()
        assert base.get("c-1").email is None


def test_a_damaged_file_is_a_typed_error(tmp_path: Path) -> None:
    pytest.importorskip("customerkit_jsonlines", reason=REMEDY)
    file = tmp_path / "customers.jsonl"
    for content in ("no json\n", '["rows", 1]\n', "1\n"):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(CorruptStoreError, match="damaged"):
            ck.open(f"jsonlines:///{file}")


def test_a_folder_that_is_not_there_is_a_typed_error(tmp_path: Path) -> None:
    pytest.importorskip("customerkit_jsonlines", reason=REMEDY)
    with pytest.raises(StoreError, match="cannot be written"):
        ck.open(f"jsonlines:///{tmp_path}/absent/customers.jsonl")
