"""What a URL names is found, or the error says what to install; passwords stay out of sight."""

from __future__ import annotations

import re
import sys

import pytest

import customerkit as ck
from customerkit.errors import MissingExtraError
from customerkit.store.registry import redact


@pytest.mark.parametrize(
    ("url", "library", "extra"),
    [
        ("postgresql://crm:zqx@db/crm", "psycopg", "postgres"),
        ("postgresql://crm:zqx@db/crm", "sqlalchemy", "postgres"),
        ("mysql://crm:zqx@db/crm", "pymysql", "mysql"),
        ("mysql://crm:zqx@db/crm", "sqlalchemy", "mysql"),
    ],
)
def test_a_missing_library_names_the_pip_line(
    url: str, library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = re.compile(r"customerkit\.store\.backends\.(mysql|postgresql|_sql(_\w+)?)")
    for name in list(sys.modules):
        if ours.fullmatch(name) or name.partition(".")[0] == library:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=rf"pip install 'customerkit\[{extra}\]'") as caught:
        ck.open(url)
    assert "zqx" not in str(caught.value)


@pytest.mark.parametrize("password", ["zqx", "zqx@1", "zqx:1", "zqx/1", "@zqx@", "a@zqx:b"])
def test_no_part_of_a_password_is_shown(password: str) -> None:
    assert redact(f"postgresql://crm:{password}@db:5432/crm") == "postgresql://crm:***@db:5432/crm"
