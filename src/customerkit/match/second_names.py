"""Tell whether second given names are middle names, and take them apart where they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from customerkit.match.called import Forms

_GIVEN = "given_name"
_FEWEST, _SHARE = 20, 0.3  # initials, and how many there are for each second name: guesses


def have_seconds(columns: Mapping[str, Forms]) -> bool:
    """Say whether second given names are middle names: they are often written as initials."""
    initials = seconds = 0
    for given, middle in _pairs(columns):
        initials += sum(name is not None and len(name) == 1 for name in columns[middle])
        seconds += sum(name is not None and " " in name for name in columns[given])
    return initials >= max(_FEWEST, _SHARE * seconds)


def with_seconds(columns: Mapping[str, Forms]) -> dict[str, Forms]:
    """Return columns of given names of one word, and of middle names with their other words."""
    found: dict[str, Forms] = {}
    for given, middle in _pairs(columns):
        parts = [
            (first, second) if second or not first else (*first.split(" ", 1), None)[:2]
            for first, second in zip(columns[given], columns[middle], strict=True)
        ]
        found[given], found[middle] = [one for one, _ in parts], [other for _, other in parts]
    return found


def _pairs(columns: Mapping[str, Forms]) -> Iterator[tuple[str, str]]:
    """Yield the columns of given names, and those of the middle names beside them."""
    for column in columns:
        stem = column.removesuffix(_GIVEN)
        if column.endswith(f".{_GIVEN}") and f"{stem}middle_name" in columns:
            yield column, f"{stem}middle_name"
        elif f"{column}.middle_name" in columns:
            yield column, f"{column}.middle_name"
