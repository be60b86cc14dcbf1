from pathlib import Path

import pytest

from customerkit.testing import BackendTests

plugin = pytest.importorskip("customerkit_jsonlines", reason="pip install -e tests/plugin first")


class TestJSONLines(BackendTests):
    def open_store(self, where: Path) -> plugin.JSONLinesBackend:
        return plugin.JSONLinesBackend(f"jsonlines:///{where}/store.jsonl")
