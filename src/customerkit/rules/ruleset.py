"""Rulesets: ordered, versioned, saved and loaded as TOML, replayable on new files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from customerkit.errors import InputError, ValidationError
from customerkit.model.profile import groups
from customerkit.rules.rule import FillRule, LinkRule, MatchRule, Proposal, ValueRule, kind_of


@frozen
class Step:
    """Tell what one rule did to one value.

    Args:
        rule: The rule's name.
        old: Before.
        new: After.
        reason: Stable code.
        probability: That a careful steward would agree.
    """

    rule: str
    old: str
    new: str | None
    reason: str
    probability: float | None


@define(slots=False)
class Ruleset:
    """Hold an ordered list of rules and how values win over others.

    Args:
        rules: In the order they run.
        survivorship: Strategy name: ``default``, ``first``, ``last``,
            ``most_frequent`` or ``longest``.
        trust: Channel, or ``channel.field``, to weight; the default is 1.
        name: For people.

    Example:
        >>> from customerkit.clean.rules import Deduplicate
        >>> rules = Ruleset([Deduplicate(["external_id"])], survivorship="first")
        >>> Ruleset.loads(rules.dumps()).version == rules.version
        True
    """

    rules: list[Any] = field(factory=list)
    survivorship: str = "default"
    trust: dict[str, float] = field(factory=dict)
    name: str = "ruleset"

    @cached_property
    def value_rules(self) -> list[ValueRule]:
        """Return the rules on single values, in order."""
        return [rule for rule in self.rules if isinstance(rule, ValueRule)]

    @cached_property
    def link_rules(self) -> list[LinkRule]:
        """Return the rules that join records."""
        return [rule for rule in self.rules if isinstance(rule, LinkRule)]

    @cached_property
    def match_rules(self) -> list[MatchRule]:
        """Return the rules that say that records are matched, at most one of them counts."""
        return [rule for rule in self.rules if isinstance(rule, MatchRule)]

    @cached_property
    def fill_rules(self) -> list[FillRule]:
        """Return the rules that fill what is missing."""
        return [rule for rule in self.rules if isinstance(rule, FillRule)]

    @cached_property
    def telling(self) -> frozenset[str]:
        """Return the fields that decide who belongs to whom: keys and names."""
        keys = (name for rule in self.link_rules for name in rule.fields())
        return frozenset({*keys, *groups()["name"]})

    @cached_property
    def version(self) -> str:
        """Return 12 hexadecimal digits that change with any rule."""
        return hashlib.sha256(self.dumps().encode()).hexdigest()[:12]

    def applies(self, name: str) -> bool:
        """Say whether any value rule works on a field."""
        return any(rule.applies(name) for rule in self.value_rules)

    def hint_field(self, name: str) -> str | None:
        """Return the field that informs the rules on a field."""
        hints = (rule.hint_field(name) for rule in self.value_rules if rule.applies(name))
        return next((hint for hint in hints if hint), None)

    def trace(self, name: str, value: str, hint: str | None = None) -> list[Step]:
        """Return what each value rule does to a value, in order."""
        steps = []
        for rule in self.value_rules:
            proposal = rule.propose(name, value, hint) if rule.applies(name) else None
            if proposal is None or proposal.new == value:
                continue
            steps.append(_step(rule, value, proposal))
            if proposal.new is None:
                break
            value = proposal.new
        return steps

    def value(self, name: str) -> Callable[[str | None, str | None], str | None]:
        """Return the pure function that all value rules together are on a field."""
        rules = [rule.propose for rule in self.value_rules if rule.applies(name)]

        def clean(value: str | None, hint: str | None = None) -> str | None:
            for propose in rules:
                if value is None:
                    return None
                proposal = propose(name, value, hint)
                if proposal is not None:
                    value = proposal.new
            return value

        return clean

    def keep(self, names: Iterable[str]) -> Ruleset:
        """Return the ruleset with only the rules of these names."""
        wanted = set(names)
        rules = [rule for rule in self.rules if rule.name in wanted]
        return Ruleset(rules, self.survivorship, dict(self.trust), self.name)

    def dumps(self) -> str:
        """Return the ruleset as TOML."""
        lines = [f"name = {_toml(self.name)}", f"survivorship = {_toml(self.survivorship)}"]
        if self.trust:
            lines += ["", "[trust]"]
            lines += [f"{_toml(key)} = {_toml(self.trust[key])}" for key in sorted(self.trust)]
        for rule in self.rules:
            lines += ["", "[[rule]]", f"kind = {_toml(rule.kind)}"]
            options = rule.options()
            lines += [f"{_toml(key)} = {_toml(options[key])}" for key in sorted(options)]
        return "\n".join(lines) + "\n"

    @classmethod
    def loads(cls, text: str) -> Ruleset:
        """Read a ruleset from TOML.

        Raises:
            ValidationError: Every problem of the text, listed.
        """
        import tomllib  # slow to import, seldom needed

        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ValidationError("the ruleset is no valid TOML", [str(error)]) from None
        problems: list[str] = []
        rules = [_rule(entry, at, problems) for at, entry in enumerate(data.get("rule", []), 1)]
        unknown = sorted(set(data) - {"name", "survivorship", "trust", "rule"})
        problems += [f"unknown entry @ {key}" for key in unknown]
        if problems:
            raise ValidationError(f"the ruleset has {len(problems)} problems", problems)
        return cls(
            rules,
            data.get("survivorship", "default"),
            {key: float(value) for key, value in data.get("trust", {}).items()},
            data.get("name", "ruleset"),
        )

    def save(self, path: str | Path) -> None:
        """Write the ruleset to a TOML file."""
        Path(path).write_text(self.dumps(), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Ruleset:
        """Read a ruleset from a TOML file."""
        return cls.loads(Path(path).read_text(encoding="utf-8"))


def _step(rule: ValueRule, old: str, proposal: Proposal) -> Step:
    return Step(rule.name, old, proposal.new, proposal.reason, proposal.probability)


def _rule(entry: Mapping[str, Any], at: int, problems: list[str]) -> Any:
    options = dict(entry)
    try:
        return kind_of(options.pop("kind", ""))(**options)
    except (InputError, LookupError, TypeError, ValueError) as error:
        problems.append(f"{error} @ rule {at}")
        return None


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_toml(str(k))} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
