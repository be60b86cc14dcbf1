"""Values come back as they went in."""

from __future__ import annotations

from base64 import b85encode
from collections.abc import Sequence
from hashlib import sha256

import pytest

from customerkit.errors import CapabilityError
from customerkit.model.batch import Batch, Scalar
from customerkit.store.protocol import Backend
from customerkit.testing.checks.store import StoreTests
from customerkit.testing.data import (
    HARD_BYTES,
    HARD_FLOATS,
    HARD_INTEGERS,
    NUL_TEXTS,
    PEOPLE,
    WORDS,
    person,
    row_of,
)
from customerkit.testing.helpers import exact, hard_texts, scanned


class ValueTests(StoreTests):
    """Keep hard values exactly, whether they are put or loaded."""

    def _keeps(self, store: Backend, column: str, values: Sequence[Scalar]) -> None:
        rows = [person(number, **{column: value}) for number, value in enumerate(values)]
        numbers = list(range(len(rows)))
        store.put(PEOPLE, rows)
        assert exact(store.get(PEOPLE, numbers)) == exact(rows)
        store.delete(PEOPLE, numbers)
        store.load(PEOPLE, [Batch.from_dicts(rows, PEOPLE.names)])
        assert exact(scanned(store, PEOPLE)) == exact(rows)

    def test_texts_are_kept_exactly(self, store: Backend) -> None:
        """Keep case, blanks at the ends, combining forms, emoji, quotes, NUL and no text at all.

        Troubleshooting: look for a column type that trims or folds, an encoding of
        less than four bytes a character, and a driver that takes "" for null.
        """
        self._keeps(store, "name", [*hard_texts(store), None])

    def test_nul_is_refused_where_it_is_declared_impossible(self, store: Backend) -> None:
        """Refuse U+0000 with ``CapabilityError`` where ``nul_in_text=False`` is declared.

        Troubleshooting: check texts before you write; a driver may cut them short.
        """
        if store.capabilities.nul_in_text:
            pytest.skip("the backend may hold U+0000; its exact texts are checked elsewhere")
        for text in NUL_TEXTS:
            with pytest.raises(CapabilityError):
                store.put(PEOPLE, [person(1, name=text)])
            with pytest.raises(CapabilityError):
                store.load(PEOPLE, [Batch.from_columns({"person_id": [1], "name": [text]})])
        assert scanned(store, PEOPLE) == []

    def test_long_texts(self, store: Backend) -> None:
        """Keep a text of a million characters.

        Troubleshooting: use the store's unlimited text type, and look at the
        packet size of its protocol.
        """
        self._keeps(store, "name", ["x" * 1_000_000, "é\U0001f600" * 100_000])

    def test_long_keys(self, store: Backend) -> None:
        """Take keys as long as ``max_key_bytes`` says, and refuse longer ones before writing.

        Troubleshooting: an index has a limit, of characters or of bytes after they
        were compressed; declare one that holds for any text, and check it yourself.
        """
        most = store.capabilities.max_key_bytes
        dense = b"".join(sha256(bytes([n])).digest() for n in range(256))
        letters = b85encode(dense).decode()[: most or 10_000]  # which nothing compresses
        longest = [letters, "\U0001f600" * (len(letters) // 4)]
        store.put(WORDS, [row_of(WORDS, word=word, note="kept") for word in longest])
        assert [row and row["note"] for row in store.get(WORDS, longest)] == ["kept", "kept"]
        store.delete(WORDS, longest)
        store.load(WORDS, [Batch.from_columns({"word": longest})])
        assert [row["word"] for row in scanned(store, WORDS)] == sorted(longest)
        for word in [text + "\U0001f600" for text in longest] if most else []:
            with pytest.raises(CapabilityError):
                store.put(WORDS, [row_of(WORDS, word="short"), row_of(WORDS, word=word)])
            with pytest.raises(CapabilityError):
                store.load(WORDS, [Batch.from_columns({"word": ["short", word]})])
            assert len(scanned(store, WORDS)) == 2

    def test_integers_have_64_bits(self, store: Backend) -> None:
        """Keep integers up to both ends of 64 bits.

        Troubleshooting: neither a 32-bit column nor a float (JSON) holds them.
        """
        self._keeps(store, "age", [*HARD_INTEGERS, None])
        store.delete(PEOPLE, [row["person_id"] for row in scanned(store, PEOPLE)])  # type: ignore[misc]
        store.put(PEOPLE, [person(number) for number in HARD_INTEGERS])
        found = [row["person_id"] for row in scanned(store, PEOPLE)]
        assert found == sorted(HARD_INTEGERS)

    def test_floats_are_kept_exactly(self, store: Backend) -> None:
        """Keep every bit of a finite float, and that it is one.

        Troubleshooting: use a double, and ``repr`` where it travels as text.
        """
        self._keeps(store, "weight", [*HARD_FLOATS, None])

    def test_bytes_are_kept_exactly(self, store: Backend) -> None:
        """Keep bytes of every value, and none at all apart from None.

        Troubleshooting: declare a binary column; bytes are no text.
        """
        self._keeps(store, "photo", [*HARD_BYTES, None])

    def test_texts_that_look_alike_are_different_keys(self, store: Backend) -> None:
        """Tell keys apart by code points alone.

        Troubleshooting: give text columns a binary collation.
        """
        texts = hard_texts(store)
        store.put(WORDS, [row_of(WORDS, word=text, note=text) for text in texts])
        found = store.get(WORDS, texts)
        assert [row and row["note"] for row in found] == texts
        assert len(scanned(store, WORDS)) == len(texts)
