"""Guess a model before any pair is compared: experts' guesses, and how common values are."""

from __future__ import annotations

import numpy as np

from customerkit.match import expert
from customerkit.match.codes import Floats, totals
from customerkit.match.comparison import ELSEWHERE, Comparison
from customerkit.match.levels import Comparisons
from customerkit.match.rarity import EXACT
from customerkit.match.weigh import COLLEAGUES, HOUSEHOLD, NAMESAKES, Model, of_companies

_NONE = 1e-15  # the share of a class that there cannot be
_OF_GENERATIONS = frozenset(["birth_date", "age", "suffix"])
_ENOUGH = 5_000.0  # pairs whose agreement counts as much as the expert's word on strangers


def start(comparisons: Comparisons, count: int) -> Model:
    """Return the model that experts' guesses and the frequencies of values give."""
    tables = [_table(item) for item in comparisons.fields]
    pairs = count * (count - 1) / 2
    known = [min(expert.MOST_MATCHES, each * count / pairs) for each in expert.PER_RECORD]
    if of_companies(comparisons.fields):
        known[HOUSEHOLD] = known[COLLEAGUES] = _NONE
    if _OF_GENERATIONS.isdisjoint(item.name for item in comparisons.fields):
        known[NAMESAKES] = _NONE  # nothing tells them from one person
    return Model(tables, np.array([*known, 1 - sum(known)]))


def _table(item: Comparison) -> Floats:
    spread = _exact_shares(item)
    chance = _chance(item)
    blocks = [
        _block(item, expert.told(item.name, context), spread, chance)
        for context in range(item.contexts)
    ]
    return np.concatenate(blocks, axis=1)


def _block(item: Comparison, told: expert.Told, spread: Floats, chance: Floats) -> Floats:
    if told is expert.IN_CONTEXT:
        chance = np.maximum(told.stranger[item.name]["same"] * spread, chance)
    strangers = _strangers(item, told.stranger[item.name], chance)
    known = [
        _levels(item, shares[item.name], spread) if item.name in shares else strangers
        for shares in (told.match, told.household, told.namesakes, told.colleagues)
    ]
    return np.array([*known, strangers])


def _exact_shares(item: Comparison) -> Floats:
    """Return the share of each class of rarity among records that share what they state."""
    counts = totals(item.bins, item.counts * (item.counts > 1), len(EXACT))
    counts = counts + 1e-3 * max(counts.sum(), 1)
    shares: Floats = counts / counts.sum()
    return shares


def _chance(item: Comparison) -> Floats:
    """Return how likely two random records agree on a value of each class of rarity."""
    stated = max(int(item.column.counts.sum()), 2)
    counts = item.counts.astype(np.float64)
    agree = totals(item.bins, counts * (counts - 1) / 2, len(EXACT))
    guess = expert.STRANGER[item.name]["same"] * _exact_shares(item)
    pairs = stated * (stated - 1) / 2
    found: Floats = np.maximum((agree + _ENOUGH * guess) / (pairs + _ENOUGH), 1e-12)
    return found


def _levels(item: Comparison, shares: expert.Shares, spread: Floats) -> Floats:
    rest = [shares.get(name, 0.0) for name in item.near]
    same = shares["same"] + (0.0 if ELSEWHERE in item.near else shares.get(ELSEWHERE, 0.0))
    found = np.array([0.0, *(same * spread), *rest])
    _split(found, item)
    found /= found.sum()
    found[0] = 1.0
    return found


def _split(table: Floats, item: Comparison) -> None:
    """Spread what differs over the levels of difference, as for any two people."""
    at = item.level("different")
    table[item.differs : at + 1] = table[at] * item.split


def _strangers(item: Comparison, shares: expert.Shares, exact: Floats) -> Floats:
    near = [shares.get(name, 0.0) for name in item.near]
    found = np.array([0.0, *exact, *near])
    at = item.level("different") if "different" not in shares else 1
    if "different" not in shares:
        found[at] = max(1e-3, 1.0 - found.sum())
    _split(found, item)
    found /= found.sum()
    found[0] = 1.0
    return found
