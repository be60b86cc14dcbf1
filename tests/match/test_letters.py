"""Whole columns give the hashes that their texts give one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerkit.match.bulk import _BULK, _SEVERAL, Part, hashed, signs
from customerkit.match.codes import Coded
from customerkit.match.hashing import hash_text
from customerkit.match.parts import street_name

_LETTERS = st.text(alphabet="ab1 2@.-Zé王\x00\t", max_size=50) | st.text(max_size=12)


def _column(texts: list[str]) -> Coded:
    return Coded(np.zeros(0, np.int32), texts)


@pytest.mark.parametrize(
    "part", [None, *_BULK, *_SEVERAL], ids=lambda part: getattr(part, "__name__", "all")
)
@given(texts=st.lists(_LETTERS.filter(lambda text: "\x00" not in text), max_size=8))
def test_a_column_gives_what_its_texts_give(part: Part | None, texts: list[str]) -> None:
    expected = [hash_text(text if part is None else part(text)) for text in texts]
    assert hashed(_column(texts), part).tolist() == expected


def test_texts_of_all_lengths_keep_their_own_hashes() -> None:
    texts = ["x" * 60, "1 main", "main 1", "1", "", "1  main road", " main", "main " * 12]
    found = hashed(_column(texts), street_name)
    assert found.tolist() == [hash_text(street_name(text)) for text in texts]


@given(st.text(max_size=45), st.text(max_size=45), st.data())
def test_an_edit_changes_two_bits_at_most(start: str, end: str, data: st.DataObject) -> None:
    letter = data.draw(st.characters(exclude_characters="\x00"))
    start, end = start.replace("\x00", ""), end.replace("\x00", "")
    edited = [start + end, start + letter + end, start + end[1:], start + letter + end[1:]]
    edited.append(start + end[1:2] + end[:1] + end[2:])
    bits = signs(_column(edited))
    assert all(int(bits[0] ^ other).bit_count() <= 2 for other in bits)


def test_digits_are_counted_up_to_six_times() -> None:
    bits = signs(_column(["1111111", "111111", "11111", "2222222"]))
    assert [int(bits[0] ^ other).bit_count() for other in bits] == [0, 0, 1, 12]
