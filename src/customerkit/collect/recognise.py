"""Tell what a source holds and what each column means, from header and values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache

from attrs import define, evolve, field, frozen

from customerkit.collect.synonyms import ACTIVITY, CUSTOMER, TELLING
from customerkit.errors import MappingError, UnknownFieldError
from customerkit.model.profile import fields

_KINDS = ("customers", *ACTIVITY)
_SHARED = frozenset({"street"})  # several columns may be parts of it, in order
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")


@frozen
class Target:
    """Say what a column means.

    Args:
        field: A customer field, ``external_id``, ``published``, or ``activity.<field>``.
        confidence: From 0 to 1, an uncalibrated guess.
        why: In words.
    """

    field: str
    confidence: float
    why: str


@define
class Recognition:
    """Hold what was recognised.

    Args:
        kind: customers, purchases, browsing, reviews or feedback.
        columns: Column → what it means.
        unmapped: Columns that no field is for; they are kept as extras.
        questions: What a person should look at.
    """

    kind: str
    columns: dict[str, Target] = field(factory=dict)
    unmapped: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    def check(self) -> None:
        """Refuse a source of which nothing was understood.

        Raises:
            MappingError: No column could be told; the message lists them.
        """
        if not self.columns:
            raise MappingError(
                "no column could be recognised; say what they mean with "
                f"mapping={{column: field}}; columns: {', '.join(self.unmapped)}",
                columns=self.unmapped,
            )


def normalised(header: str) -> str:
    """Return a header's words: lower case, apart by single blanks.

    Example:
        >>> normalised("E-mail 1 - Value"), normalised("FirstName"), normalised("Created (UTC)")
        ('e mail 1 value', 'first name', 'created utc')
    """
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


@cache
def _words(kind: str) -> dict[str, tuple[str, int]]:
    table = {name: CUSTOMER[name] for name in CUSTOMER}
    found = {
        word: (name, rank)
        for name, words in table.items()
        for rank, word in enumerate(words.split("|"))
    }
    for name, words in ACTIVITY.get(kind, {}).items():
        for rank, word in enumerate(words.split("|")):
            found[word] = (f"activity.{name}", rank)
    return found


def _order_number(column: str, columns: Sequence[str]) -> tuple[str, int] | None:
    """Recognise the orders of Shopify, whose number is called Name."""
    lines = any(normalised(other).startswith("lineitem") for other in columns)
    return ("activity.purchase_id", 0) if lines and normalised(column) == "name" else None


def _lookup(kind: str, column: str) -> tuple[str, int] | None:
    words = _words(kind)
    text = normalised(column)
    return words.get(text) or words.get(text.replace(" ", ""))


def recognise(
    columns: Sequence[str],
    sample: Mapping[str, Sequence[str | None]],
    kind: str | None = None,
) -> Recognition:
    """Tell what a source holds.

    Args:
        columns: Its header.
        sample: Its first values by column.
        kind: What it holds, where known.

    Returns:
        The recognition, with questions where something is not sure.

    Raises:
        MappingError: There is no such kind.

    Example:
        >>> found = recognise(["Given Name", "E-mail"], {})
        >>> {column: target.field for column, target in found.columns.items()}
        {'Given Name': 'given_name', 'E-mail': 'email'}
    """
    if kind is not None and kind not in _KINDS:
        raise MappingError(f"no kind is called {kind!r:.40}; known: {', '.join(_KINDS)}")
    kind = kind or _kind(columns)
    wanted: dict[str, list[tuple[int, int, str]]] = {}
    unmapped = []
    for at, column in enumerate(columns):
        found = _order_number(column, columns) or _lookup(kind, column)
        if found is None or not _plausible(found[0], sample.get(column, ())):
            unmapped.append(column)
            continue
        wanted.setdefault(found[0], []).append((found[1], at, column))
    mapped, left, questions = _assigned(wanted)
    more = _by_values([*unmapped, *left], sample, mapped)
    mapped |= more
    order = {column: mapped[column] for column in columns if column in mapped}
    rest = tuple(column for column in columns if column not in mapped)
    return Recognition(kind, order, rest, tuple(questions))


def _kind(columns: Sequence[str]) -> str:
    scores = {}
    for kind, telling in TELLING.items():
        found = {target[0] for column in columns if (target := _lookup(kind, column))}
        scores[kind] = sum(f"activity.{name}" in found for name in telling)
    who = {t[0] for column in columns if (t := _lookup("customers", column))}
    best = max(scores, key=lambda kind: scores[kind])
    person = len(who & {"given_name", "family_name", "full_name", "birth_date", "gender"})
    if best == "purchases" and scores[best] >= 2:
        return best
    return best if scores[best] > person else "customers"


def _assigned(
    wanted: Mapping[str, list[tuple[int, int, str]]],
) -> tuple[dict[str, Target], list[str], list[str]]:
    mapped: dict[str, Target] = {}
    left: list[str] = []
    questions: list[str] = []
    for name, candidates in wanted.items():
        best = min(candidates)
        for rank, at, column in sorted(candidates, key=lambda item: item[1]):
            if (rank, at, column) == best or (name in _SHARED and _is_part(column, best[2])):
                confidence = 0.98 if rank < 3 else 0.9
                mapped[column] = Target(name, confidence, "by its header")
            else:
                left.append(column)
                if name != "published":
                    questions.append(f"{column!r} also looks like {name}; {best[2]!r} was taken")
    _spread(mapped, left, wanted)
    return mapped, left, questions


def _is_part(column: str, best: str) -> bool:
    """Say whether two columns are parts of one street, not two addresses."""
    words, other = normalised(column).split(), normalised(best).split()
    kinds = {"home", "business", "mailing", "billing", "shipping", "other", "default"}
    return kinds.intersection(words) == kinds.intersection(other)


def _spread(
    mapped: dict[str, Target], left: list[str], wanted: Mapping[str, list[tuple[int, int, str]]]
) -> None:
    """Give further phones and e-mails of one rank the slots that are free."""
    for base in ("email", "phone"):
        names = [base, f"{base}_2", f"{base}_3"]
        extra = [column for _, _, column in sorted(wanted.get(base, ())) if column in left]
        taken = {target.field for target in mapped.values()}
        for column, name in zip(extra, [n for n in names if n not in taken], strict=False):
            mapped[column] = Target(name, 0.8, "one more of its kind")
            left.remove(column)


def _plausible(name: str, values: Sequence[str | None]) -> bool:
    said = [value for value in values if value]
    if not name.startswith("email") or len(said) < 3:
        return True
    return sum("@" in value for value in said) >= 0.3 * len(said)


def _by_values(
    columns: Sequence[str],
    sample: Mapping[str, Sequence[str | None]],
    mapped: Mapping[str, Target],
) -> dict[str, Target]:
    if any(target.field == "email" for target in mapped.values()):
        return {}
    for column in columns:
        said = [value for value in sample.get(column, ()) if value]
        if len(said) >= 3 and sum(bool(_EMAIL.match(v)) for v in said) >= 0.8 * len(said):
            return {column: Target("email", 0.7, "its values are e-mail addresses")}
    return {}


def explicit(mapping: Mapping[str, str | None], recognition: Recognition) -> Recognition:
    """Return a recognition in which a person's word goes before ours.

    Args:
        mapping: Column → field; None ignores the column.
        recognition: What was recognised.

    Raises:
        MappingError: The source has no such column.
        UnknownFieldError: There is no such field.
    """
    columns = [*recognition.columns, *recognition.unmapped]
    unknown = [column for column in mapping if column not in columns]
    if unknown:
        raise MappingError(
            f"no column is called {', '.join(map(repr, unknown))}; columns: {', '.join(columns)}"
        )
    targets = {column: _target(recognition.kind, name) for column, name in mapping.items() if name}
    taken = {target.field for target in targets.values()}
    kept = {
        column: target
        for column, target in recognition.columns.items()
        if column not in mapping and (target.field not in taken or target.field in _SHARED)
    }
    found = {**kept, **targets}
    rest = tuple(column for column in columns if column not in found)
    return evolve(recognition, columns=found, unmapped=rest, questions=())


def _target(kind: str, name: str) -> Target:
    known = {**fields(), "external_id": None, "published": None}
    activity = ACTIVITY.get(kind, {})
    if name.removeprefix("activity.") in activity and name not in known:
        return Target(f"activity.{name.removeprefix('activity.')}", 1.0, "said by a person")
    if name in known:
        return Target(name, 1.0, "said by a person")
    options = [*known, *activity]
    close = get_close_matches(name, options, n=1)
    hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(options)}"
    raise UnknownFieldError(f"there is no field {name!r:.40}; {hint}", name=name)
