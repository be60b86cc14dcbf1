"""Bad files: a typed error or a finished result, in Python and on the command line."""

from __future__ import annotations

import gzip
import os
import pickle
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import customerkit as ck
from customerkit.cli import main
from customerkit.collect.formats import Limits, open_source
from customerkit.errors import (
    CustomerKitError,
    EmptySourceError,
    EncodingError,
    LimitError,
    MappingError,
    SourceError,
    SourceNotFoundError,
    UnknownFieldError,
)

PEOPLE = (
    "customer_id,name,email,city\n1,Jane Doe,jane@example.com,Leeds\n2,Bo Ray,bo@example.com,York\n"
)
NOISE = random.Random(7).randbytes(20_000)
CUT = gzip.compress(PEOPLE.encode() + NOISE)[:9000]

# name → content, error, words of its message
REFUSED: dict[str, tuple[bytes, type[CustomerKitError], str]] = {
    "empty.csv": (b"", EmptySourceError, "is empty"),
    "blank.csv": (b"\n \n\n", EmptySourceError, "is empty"),
    "header.csv": (b"customer_id,name\n", EmptySourceError, "only a header"),
    "noise.csv": (NOISE, SourceError, "binary data"),
    "zeros.csv": (bytes(5000), SourceError, "binary data"),
    "pickle.csv": (pickle.dumps([{"a": 1.5}] * 99), SourceError, "binary data"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + NOISE, SourceError, "a picture"),
    "program.csv": (b"\x7fELF" + NOISE, SourceError, "a program"),
    "paper.csv": (b"%PDF-1.7\n" + NOISE, SourceError, "a PDF"),
    "base.csv": (b"SQLite format 3\0" + NOISE, SourceError, "SQLite"),
    "old.xls": (b"\xd0\xcf\x11\xe0" + NOISE, SourceError, "old Office file"),
    "zip.csv": (b"PK\x03\x04" + NOISE, SourceError, "unpack it"),
    "cut.csv.gz": (CUT, SourceError, "damaged gzip"),
    "noise.csv.gz": (b"\x1f\x8b" + NOISE, SourceError, "damaged gzip"),
    "cyrillic.csv": ("name,city\nЯн,Ufa\n".encode("cp1251"), EncodingError, "cannot be told"),
    "polish.csv": ("name\nPaweł\n".encode("cp1250"), EncodingError, "cannot be told"),
    "wide.csv": (b"name" + b",x" * 3000 + b"\n1" + b",1" * 3000 + b"\n", LimitError, "3,001 col"),
    "long.csv": (b"name,city\nx," + b"y" * 17_000_000 + b"\n", LimitError, "a line of more than"),
    "strange.csv": (b"foo,bar\n1,2\n", MappingError, "mapping="),
    "deep.json": (b"[" * 100_000 + b"]" * 100_000, LimitError, "nested too deeply"),
    "scalar.json": (b"42", SourceError, "no array of objects"),
    "numbers.json": (b"[1, 2]", SourceError, "no array of objects"),
    "cut.json": (b'[\n{"name": "x"},\n{"na', SourceError, r"line 3"),
    "glued.json": (b'[{"name": "x"}] x', SourceError, "no valid JSON"),
    "latin.json": ('[{"name": "Zoë"}]'.encode("cp1252"), EncodingError, "no utf-8"),
    "many.json": (b'{"a": [{"name": "x"}], "b": [{"name": "y"}]}', SourceError, "'a', 'b'"),
    "words.jsonl": (b"x\ny\n", EmptySourceError, "no JSON object"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refused_with_one_line_and_no_run(tmp_path: Path, name: str) -> None:
    content, error, words = REFUSED[name]
    path, url = tmp_path / name, str(tmp_path / "c.db")
    path.write_bytes(content)
    with ck.open(url) as base:
        with pytest.raises(error, match=words):
            base.collect(path, channel="x")
        assert base.runs() == []
    result = CliRunner().invoke(main, ["collect", "-b", url, str(path)])
    assert result.exit_code == 3
    assert result.stderr.startswith("customerkit: ")
    assert result.stderr.count("\n") == 1


def test_missing_folder_pipe_and_no_path(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="there is no file"):
        open_source(tmp_path / "gone.csv")
    with pytest.raises(SourceError, match="is a folder"):
        open_source(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(SourceError, match="no regular file"):
        open_source(tmp_path / "pipe.csv")
    with pytest.raises(SourceError, match="cannot be read"):
        open_source("a\0b.csv")
    for thing in (5, {"name": "x"}, b"name", None):
        with pytest.raises(SourceError, match="is no source"):
            open_source(thing)
    (tmp_path / "a.csv").write_text(PEOPLE)
    with pytest.raises(SourceError, match="no format is called 'xml'"):
        open_source(tmp_path / "a.csv", format="xml")


@pytest.fixture
def nobody() -> Iterator[None]:
    """Give up the rights of root for a while: nothing is unreadable to root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_without_permission(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "secret.csv"
    path.write_text(PEOPLE)
    path.chmod(0)
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    request.getfixturevalue("nobody")
    with pytest.raises(SourceError, match=r"secret\.csv may not be read; check its permissions"):
        open_source(path)


def test_limits_hold_for_files_and_what_they_unpack_to(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress((PEOPLE * 999).encode()))
    source = open_source(path, limits=Limits(bytes=20_000))
    with pytest.raises(LimitError, match="larger than 20,000"):
        list(source.chunks())
    with pytest.raises(LimitError, match="bytes; at most 5"):
        open_source(path, limits=Limits(bytes=5))


# name → content, rows kept, codes and lines of those that are not
PARTLY: dict[str, tuple[str | bytes, int, list[tuple[str, int]]]] = {
    "ragged.csv": (PEOPLE + "3,Al\n4,a,b,c,d\n", 2, [("row.ragged", 4), ("row.ragged", 5)]),
    "quote.csv": (PEOPLE + '3,"Al,a@b.example,X\n4,Ed Poe,e@b.example,Y\n', 3, [("row.quote", 4)]),
    "nul.csv": (PEOPLE + "3,A\0l,a@b.example,X\n", 2, [("row.nul", 4)]),
    "huge.csv": (PEOPLE + "3," + "x" * 10_000_000 + ",,\n4,Ed,,\n", 3, [("cell.too_long", 4)]),
    "return.csv": (PEOPLE + "3,A\rl,a@b.example,X\n4,Ed Poe,,\n", 3, [("row.newline", 4)]),
    "stray.csv": (
        (PEOPLE + "4,Zoë Ray,,\n5,Ünal Çelik,,\n").encode() + b"3,M\xfcller,,\n",
        4,
        [("row.encoding", 6)],
    ),
    "total.csv": (PEOPLE + "Total,,,\n", 2, [("row.total", 4)]),
    "lines.jsonl": (
        '{"name": "Al Poe"}\n{bad\n\n[1]\n{"name": "Ed\\u0000Poe"}\n{"name": "\\ud800"}\n'
        '{"name": "Bo", "x": ' + '{"a":' * 80 + "1" + "}" * 80 + "}\n",
        1,
        [
            ("json.invalid", 2),
            ("json.invalid", 4),
            ("row.nul", 5),
            ("row.encoding", 6),
            ("json.too_deep", 7),
        ],
    ),
    "array.json": (
        '[{"name": "Al Poe"},\n 7,\n {"name": "Ed\\u0000Poe"}]',
        1,
        [("json.not_an_object", 2), ("row.nul", 3)],
    ),
}


@pytest.mark.parametrize("name", sorted(PARTLY))
def test_bad_rows_are_kept_apart_with_their_line(tmp_path: Path, name: str) -> None:
    content, kept, bad = PARTLY[name]
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    base = ck.open(str(tmp_path / "c.db"))
    found = base.collect(path, channel="x")
    assert (found.records, found.quarantined) == (kept, len(bad))
    assert sorted((row["code"], row["line"]) for row in base.quarantine()) == sorted(bad)
    assert all("\0" not in row["raw"] for row in base.quarantine())
    result = CliRunner().invoke(main, ["collect", "-b", str(tmp_path / "d.db"), str(path)])
    assert result.exit_code == 0
    assert f"{len(bad):,} quarantined" in result.output


WAYS: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "mixed": lambda text: text.replace("\n", "\r\n", 2).encode(),
    "no last line end": lambda text: text.rstrip().encode(),
    "bom": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 without bom": lambda text: text.encode("utf-16-be"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "pipes": lambda text: text.replace(",", "|").encode(),
    "blank after commas": lambda text: text.replace(",", ", ").encode(),
    "all quoted": lambda text: ("\n".join(_quoted(line) for line in text.split())).encode(),
    "trailing delimiters": lambda text: text.replace("\n", ",\n").encode(),
    "delimiters after rows only": lambda text: (
        text.replace("\n", ",\n").replace(",\n", "\n", 1).encode()
    ),
    "lines before": lambda text: b"Contacts of May, all\nby A. Person\n\n" + text.encode(),
    "separator line": lambda text: b"sep=,\n" + text.encode(),
    "blank lines": lambda text: text.replace("\n", "\n\n").encode(),
}
SIMPLE = "customer_id,name,email,city\n1,Jane,jane@example.com,Leeds\n2,Bo,bo@example.com,York\n"


def _quoted(line: str) -> str:
    return ",".join(f'"{cell}"' for cell in line.split(","))


@pytest.mark.parametrize("way", sorted(WAYS))
@pytest.mark.parametrize("columnar", [False, True])
def test_one_table_written_in_many_ways(
    tmp_path: Path, way: str, columnar: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if columnar:
        pytest.importorskip("pyarrow")
    else:
        monkeypatch.setattr("customerkit.collect.formats.find_spec", lambda name: None)
    path = tmp_path / "some.csv"
    path.write_bytes(WAYS[way](SIMPLE))
    base = ck.open("memory:")
    base.collect(path, channel="x")
    base.clean()
    found = [(c["full_name"], c["email"], c["city"]) for c in base.customers()]
    assert found == [("Jane", "jane@example.com", "Leeds"), ("Bo", "bo@example.com", "York")]
    assert base.quarantine() == []


def test_quoted_line_ends_and_comma_decimals(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(
        "order id;customer id;date;product;quantity;unit price\n"
        'p1;1;2024-01-05;"Lamp\nlarge; red";1;2,50\np2;1;2024-01-06;Oak;2;1.234,50\nTotal;;;;3;\n'
    )
    base = ck.open("memory:")
    found = base.collect(path, channel="shop", currency="EUR")
    assert (found.activities, found.quarantined) == (2, 1)
    base.clean()
    assert base.analyze().customers.to_dicts()[0]["amount_minor"] == 250 + 246_900
    assert [(row["line"], row["code"]) for row in base.quarantine()] == [(5, "row.total")]


def test_names_of_columns(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text("name,name,,email\nJane,Doe,x,jane@example.com\n")
    base = ck.open("memory:")
    found = base.collect(path, channel="x")
    assert found.mapping == {"name": "full_name", "name (2)": "full_name?", "email": "email"}
    assert any("column 2 repeats a name" in note for note in found.notes)
    assert any("column 3 has no name" in note for note in found.notes)
    with pytest.raises(UnknownFieldError, match="no field 'shoe'"):
        base.collect(path, channel="x", mapping={"name": "shoe"})
    with pytest.raises(MappingError, match="no column is called 'nome'"):
        base.collect(path, channel="x", mapping={"nome": "full_name"})
    for option in ("name=shoe", "nome=full_name"):
        words = ["collect", "-b", str(tmp_path / "c.db"), str(path), "--map", option]
        assert CliRunner().invoke(main, words).exit_code == 3


def test_a_single_column(tmp_path: Path) -> None:
    path = tmp_path / "mails.csv"
    path.write_text("email\na@example.com\n\nb@example.com\n")
    assert ck.open("memory:").collect(path, channel="x").records == 2


def test_half_a_run_is_never_kept(tmp_path: Path) -> None:
    def rows() -> Iterator[dict[str, Any]]:
        for number in range(60_000):
            yield {"name": f"Ann {number}", "email": f"a{number}@example.com"}
        raise RuntimeError("the line went dead")

    base = ck.open(str(tmp_path / "c.db"))
    with pytest.raises(SourceError, match="RuntimeError after row 60000") as caught:
        base.collect(rows(), channel="x")
    assert isinstance(caught.value.__cause__, RuntimeError)
    assert base.runs() == []
    base.clean()
    assert list(base.customers()) == []


def test_a_late_error_in_a_file_keeps_nothing(tmp_path: Path) -> None:
    path = tmp_path / "late.csv.gz"
    text = PEOPLE + "".join(f"{n},Ann {n},a{n}@example.com,Bath\n" for n in range(3, 90_000))
    path.write_bytes(gzip.compress(text.encode())[:-4000])
    base = ck.open(str(tmp_path / "c.db"))
    with pytest.raises(SourceError, match="damaged gzip"):
        base.collect(path, channel="x")
    assert base.runs() == []


def test_a_file_of_two_encodings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    west = "".join(f"{n},Jürgen Groß,j{n}@example.com\n" for n in range(20_000))
    path.write_bytes(b"id,name,email\n" + west.encode("cp1252") + west.encode())
    with pytest.raises(EncodingError, match="mixes cp1252 and utf-8"):
        ck.open("memory:").collect(path, channel="x")
