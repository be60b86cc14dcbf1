"""Tell what a source holds and what each column means, from header and values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, evolve, field

from customerkit.collect.activities import ACTIVITY, TELLING
from customerkit.collect.addresses import SHARED
from customerkit.collect.assign import assigned
from customerkit.collect.formats import Source
from customerkit.collect.headers import LONE, NAMING, Meaning
from customerkit.collect.plausible import implausible, is_rather
from customerkit.collect.systems import behind_prefixes, meaning_of
from customerkit.collect.target import FILLS, Target
from customerkit.collect.told import by_values, called_by_whose
from customerkit.collect.vocabulary import normalised
from customerkit.errors import MappingError, UnknownFieldError
from customerkit.model.profile import fields
from customerkit.roles.full_name import PARTICLES

_ACTIVITY = "activity."
_SLIP = 70  # of 100: from here on a name is taken for a slip of another
_KINDS = ("customers", *ACTIVITY)
_OF_FATHER = "презиме"
_NEARLY = 0.8  # of the values of a column that are what it is taken for


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
    understood = _understood(columns, kind)
    understood |= behind_prefixes(columns, understood, kind)
    understood |= called_by_whose(columns, understood, sample)
    _of_one_tongue(understood, sample)
    _particles(understood, sample)
    _of_fathers(understood)
    _tell_apart(understood, sample)
    questions = []
    for column, meaning in list(understood.items()):
        what = implausible(meaning.field, sample.get(column, ()))
        if what:
            del understood[column]
            name = meaning.field.removeprefix(_ACTIVITY)
            questions.append(f"{column!r} is called like {name}, but {what}; it was left out")
    said = {column: _stated(values) for column, values in sample.items()}
    blank = {column for column, rows in said.items() if not rows}
    mapped, doubts = assigned(understood, blank, said)
    rest = [column for column in columns if column not in mapped]
    mapped |= by_values(rest, sample, mapped)
    order = {column: mapped[column] for column in columns if column in mapped}
    left = tuple(column for column in columns if column not in mapped)
    if kind == "customers" and left and not NAMING & {target.field for target in order.values()}:
        doubts.append(
            "no column was recognised as that of names; if there is one, say which with "
            f"mapping={{column: 'full_name'}}; columns left out: {', '.join(left)}"
        )
    return Recognition(kind, order, left, (*questions, *doubts))


def _stated(values: Sequence[str | None]) -> frozenset[int]:
    return frozenset(row for row, value in enumerate(values) if value)


def _understood(columns: Sequence[str], kind: str) -> dict[str, Meaning]:
    found = {column: meaning for column in columns if (meaning := meaning_of(column, kind))}
    names = [column for column in found if normalised(column) == "name"]
    if kind == "purchases" and names:
        products = {column for column, what in found.items() if what.field == "activity.product"}
        if any(normalised(column).startswith("lineitem") for column in columns):
            found[names[0]] = Meaning("activity.purchase_id", 0)  # as Shopify calls it
        elif not products:
            del found[names[0]]  # a product's or a customer's: nobody can tell
    return found


def _of_one_tongue(
    understood: dict[str, Meaning], sample: Mapping[str, Sequence[str | None]]
) -> None:
    """Take a word of two languages for what its values are."""
    for column, what in understood.items():
        if what.also and is_rather(what.also, what.field, sample.get(column, ())):
            understood[column] = Meaning(what.also, what.rank)


def _particles(understood: dict[str, Meaning], sample: Mapping[str, Sequence[str | None]]) -> None:
    """Take a prefix for what stands before a family name where that is what its values are."""
    for column, what in understood.items():
        said = [value for value in sample.get(column, ()) if value]
        parts = sum(PARTICLES.issuperset(value.casefold().split()) for value in said)
        if what.field == "prefix" and said and parts >= _NEARLY * len(said):
            understood[column] = Meaning("name_particle", what.rank)


def _of_fathers(understood: dict[str, Meaning]) -> None:
    """Take *презиме* for a family name where no other is: the father's it is in Bulgaria only."""
    if not any(what.field == "family_name" for what in understood.values()):
        families = [column for column in understood if normalised(column) == _OF_FATHER]
        understood |= dict.fromkeys(families, Meaning("family_name", 0))


def _tell_apart(understood: dict[str, Meaning], sample: Mapping[str, Sequence[str | None]]) -> None:
    """Take a name beside one of its parts for the other part: *Vorname* and *Name*."""
    given, family = (
        [column for column, what in understood.items() if what.field == part and not what.context]
        for part in ("given_name", "family_name")
    )
    if bool(given) == bool(family):
        return
    part, other = ("family_name", given[0]) if given else ("given_name", family[0])
    for column in understood:
        if normalised(column) in LONE and _apart(sample.get(column, ()), sample.get(other, ())):
            understood[column] = Meaning(part, 0)
            return


def _apart(names: Sequence[str | None], parts: Sequence[str | None]) -> bool:
    """Say whether rows state both names, and most of them do not state one within the other."""
    pairs = [(n.casefold(), p.casefold()) for n, p in zip(names, parts, strict=False) if n and p]
    return sum(part not in name for name, part in pairs) * 2 > len(pairs)


def _kind(columns: Sequence[str]) -> str:
    scores = {}
    for kind, telling in TELLING.items():
        meanings = [meaning_of(column, kind) for column in columns]
        found = {what.field for what in meanings if what is not None and not what.weak}
        scores[kind] = sum(f"{_ACTIVITY}{name}" in found for name in telling)
    who = {what.field for column in columns if (what := meaning_of(column, "customers"))}
    best = max(scores, key=lambda kind: scores[kind])
    person = len(who & {"given_name", "family_name", "full_name", "birth_date", "gender"})
    if best in ("purchases", "reviews") and scores[best] >= 2:
        return best
    return best if scores[best] > person else "customers"


def recognised(
    source: Source, kind: str | None = None, mapping: Mapping[str, str | None] | None = None
) -> Recognition:
    """Tell what a source holds; a person's word goes before ours.

    Args:
        source: What is read.
        kind: What it holds, where known.
        mapping: Column → field; None ignores the column.

    Raises:
        MappingError: Nothing in it could be told, or there is no such kind or column.
        UnknownFieldError: There is no such field.
    """
    found = recognise(source.columns, source.sample(), kind=kind)
    if mapping is not None:
        found = explicit(mapping, found)
    found.check()
    return found


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
        if column not in mapping and (_base(target) not in taken or _base(target) in SHARED)
    }
    found = {**kept, **targets}
    rest = tuple(column for column in columns if column not in found)
    return evolve(recognition, columns=found, unmapped=rest, questions=())


def _base(target: Target) -> str:
    return target.field.removesuffix(FILLS)


def _target(kind: str, name: str) -> Target:
    known = {**fields(), "external_id": None, "published": None}
    activity = ACTIVITY.get(kind, {})
    if name.removeprefix("activity.") in activity and name not in known:
        return Target(f"activity.{name.removeprefix('activity.')}", 1.0, "said by a person")
    if name.removesuffix(FILLS) in known:
        return Target(name, 1.0, "said by a person")
    options = [*known, *activity]
    close = _closest(name, options)
    hint = f"did you mean {close}?" if close else f"known: {', '.join(options)}"
    raise UnknownFieldError(f"there is no field {name!r:.40}; {hint}", name=name)


def _closest(name: str, options: Sequence[str]) -> str | None:
    """Return the option that a name may be a slip of."""
    from rapidfuzz import process  # only where something went wrong already

    found = process.extractOne(name, options, score_cutoff=_SLIP)
    return found[0] if found else None
