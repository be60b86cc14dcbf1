"""Explain a pair of distinct records: the weight of each field, and what found the pair."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from customerkit.match.attributes import Attributes
from customerkit.match.block import ALL_PAIRS, PASSES, _keyed
from customerkit.match.cluster import THRESHOLD
from customerkit.match.codes import Coded, Floats, numbered
from customerkit.match.contexts import context_words
from customerkit.match.evidence import Evidence, Weight
from customerkit.match.matcher import Matcher
from customerkit.match.subjects import Subjects
from customerkit.match.weigh import CLASSES, odds
from customerkit.match.words import IGNORED, pass_words

Ints = NDArray[np.int64]
EVERY = "all pairs were compared"
EQUAL = "they state the same"


def explain(matcher: Matcher, left: int, right: int, together: bool | None = None) -> Evidence:
    """Tell what speaks for and against two distinct records being one person.

    Args:
        matcher: What compared them.
        left: One distinct record.
        right: The other; the same one for two records that state the same.
        together: Whether they are one customer in a result, where there is one.

    Returns:
        The evidence; the same for both orders of the two.
    """
    low, high = min(left, right), max(left, right)
    pair = np.array([low]), np.array([high])
    levels = np.zeros((1, 0), np.uint8)
    logs = np.zeros((0, len(CLASSES)))
    if matcher.comparisons.fields:
        levels = matcher.comparisons.levels(pair)
        logs = matcher.model.parts(levels)[0]
    shares = np.log2(matcher.model.shares)
    prior, bits = steps(logs, shares)
    weights = [
        _weight(matcher, at, int(levels[0, at]), pair, float(bits[at]), logs[at])
        for at in range(len(bits))
    ]
    chances = np.exp2(logs.sum(axis=0) + shares - np.logaddexp2.reduce(logs.sum(axis=0) + shares))
    total = prior + float(bits.sum())
    return Evidence(
        weights,
        prior,
        dict(zip(CLASSES, chances.tolist(), strict=True)),
        shared_keys(matcher, low, high),
        _joined(together, total),
    )


def _joined(together: bool | None, total: float) -> str:
    if together is None:
        return ""
    if not together:
        return "apart"
    return "directly" if total >= THRESHOLD else "through others"


def steps(logs: Floats, shares: Floats) -> tuple[float, Floats]:
    """Return the log2 odds before any field, and what each field adds to them.

    Args:
        logs: Log2 likelihoods: fields x classes.
        shares: Log2 share of each class among all pairs.
    """
    after = odds(np.cumsum(np.vstack([shares, logs]), axis=0), np.ones(len(CLASSES)))
    return float(after[0]), np.diff(after)


def _weight(
    matcher: Matcher, at: int, level: int, pair: tuple[Ints, Ints], bits: float, logs: Floats
) -> Weight:
    item = matcher.comparisons.fields[at]
    context, within = divmod(level, len(item.names))
    stated = all(_states(matcher.subjects, item.name, int(row[0])) for row in pair)
    silent = within == 0
    likelihoods = {} if silent else dict(zip(CLASSES, np.exp2(logs).tolist(), strict=True))
    name = IGNORED if silent and stated else item.names[within]
    given = "" if silent else context_words(item.name, context)
    return Weight(item.name, name, stated, bits, likelihoods, given)


def _states(subjects: Subjects, name: str, row: int) -> bool:
    return any(slot.codes[row] >= 0 for slot in subjects.slots(name))


def shared_keys(matcher: Matcher, left: int, right: int) -> list[str]:
    """Return by which blocking passes two distinct records could meet, in words."""
    if left == right:
        return [EQUAL]
    if matcher.count <= ALL_PAIRS:
        return [EVERY]
    attributes = Attributes(_only(matcher.subjects, (left, right)))
    return [pass_words(keys) for keys in PASSES if _share(attributes, keys)]


def _share(attributes: Attributes, keys: tuple[tuple[str, ...], ...]) -> bool:
    usable = [names for names in keys if all(map(attributes.has, names))]
    if not usable:
        return False
    records, hashes = _keyed(attributes, usable, 2)
    return bool(np.isin(hashes[records == 0], hashes[records == 1]).any())


def _only(subjects: Subjects, rows: tuple[int, int]) -> Subjects:
    """Return two records, with no more forms than they state."""
    columns, more = {}, {}
    for name in subjects.columns:
        first, *others = _few(subjects.slots(name), rows)
        columns[name], more[name] = first, others
    return Subjects(len(rows), columns, more)


def _few(slots: list[Coded], rows: tuple[int, int]) -> list[Coded]:
    """Return some records of the slots of a field, which share their forms."""
    said = [(slot, int(slot.codes[row])) for slot in slots for row in rows]
    codes, forms = numbered([slot.forms[code] if code >= 0 else None for slot, code in said])
    return [Coded(some, forms) for some in codes.reshape(len(slots), len(rows))]
