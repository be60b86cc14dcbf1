"""Take conditions apart for stores that speak SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from customerkit.model.batch import Scalar
from customerkit.store.protocol import Cond, Key


def as_tuple(key: Key) -> tuple[Scalar, ...]:
    """Return the parts of a key."""
    return key if isinstance(key, tuple) else (key,)


def chunks(where: Sequence[Cond], most: int) -> Iterator[Sequence[Cond]]:
    """Split a long ``in`` into parts that one statement can hold.

    Args:
        where: Conditions; the first ``in`` that is too long is split.
        most: Values that a statement takes.
    """
    for at, cond in enumerate(where):
        if cond.op == "in" and len(cond.value) > most:
            values = list(set(cond.value))
            for start in range(0, len(values), most):
                part = Cond(cond.field, "in", values[start : start + most])
                yield [*where[:at], part, *where[at + 1 :]]
            return
    yield where


def beyond(prefix: str) -> list[str]:
    """Return the least text greater than all that begin so, if there is any."""
    stem = prefix.rstrip("\U0010ffff")
    if not stem:
        return []
    code = ord(stem[-1]) + 1
    return [stem[:-1] + chr(0xE000 if code == 0xD800 else code)]
