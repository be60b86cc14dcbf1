"""What columns are called in languages other than English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from customerkit.collect.languages import asia, baltic, east, others, west

TONGUES = (others, asia, baltic, east, west)
CUSTOMER: tuple[Mapping[str, str], ...] = tuple(tongue.CUSTOMER for tongue in TONGUES)
ADDRESS: tuple[Mapping[str, str], ...] = tuple(tongue.ADDRESS for tongue in TONGUES)
"""The words of each part of the world by field; where two disagree, the last counts."""
PERSON = west.PERSON | east.PERSON
CONTEXT = {
    word: context
    for tongue in (west, east)
    for context, words in tongue.CONTEXT.items()
    for word in words.split()
}
LONE = west.LONE | east.LONE | asia.LONE | baltic.LONE | others.LONE
