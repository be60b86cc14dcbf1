"""Decide which records are one person, from exact keys and names.

The decision is a function of the set of records only, so the order in which
they arrived does not matter, and a part that shares no key with the rest can be
decided alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from attrs import define, field, frozen

from customerkit.rules.rule import Key

Compatible = Callable[[str, str], bool]
_MANY_NAMES = 60  # beyond so many different names behind one key only equal ones join


@frozen
class Evidence:
    """State that a record has a key.

    Args:
        key: The key.
        record: The record's number.
    """

    key: Key
    record: int


@define
class Linker:
    """Group records into people.

    Args:
        given: Record → given name, for the records that have one.
        compatible: Whether two given names can be one person's.
        apart: Pairs of records that a person decided are different people.
    """

    given: Mapping[int, str]
    compatible: Compatible
    apart: Sequence[tuple[int, int]] = ()
    _parent: dict[int, int] = field(factory=dict)
    _names: dict[int, set[str]] = field(factory=dict)
    _enemies: dict[int, set[int]] = field(factory=dict)

    def group(
        self, evidence: Iterable[Evidence], same: Iterable[tuple[int, int]] = ()
    ) -> dict[int, int]:
        """Return, for each record of a group, the oldest record of the group.

        Args:
            evidence: Which record has which key.
            same: Pairs that a person decided are one.

        Returns:
            Record → anchor; records that joined nobody map to themselves.
        """
        strong: dict[str, list[int]] = defaultdict(list)
        weak: dict[Key, list[int]] = defaultdict(list)
        for item in evidence:
            (strong[item.key.value] if item.key.strong else weak[item.key]).append(item.record)
        self._start({item for group in (*strong.values(), *weak.values()) for item in group})
        self._join_all(same)
        for records in strong.values():
            self._join_all((records[0], other) for other in records[1:])
        cores = {record: self._find(record) for record in self._parent}
        self._join_weak(cores, weak)
        return {record: self._find(record) for record in self._parent}

    def _start(self, records: set[int]) -> None:
        self._parent = {record: record for record in records}
        self._enemies = defaultdict(set)
        for left, right in self.apart:
            for one, other in ((left, right), (right, left)):
                self._parent.setdefault(one, one)
                self._enemies[one].add(other)

    def _find(self, record: int) -> int:
        root = self._parent.setdefault(record, record)
        while root != self._parent[root]:
            root = self._parent[root]
        while record != root:
            self._parent[record], record = root, self._parent[record]
        return root

    def _join_all(self, pairs: Iterable[tuple[int, int]]) -> None:
        for left, right in pairs:
            self._join(left, right)

    def _join(self, left: int, right: int) -> None:
        left, right = self._find(left), self._find(right)
        if left == right or self._forbidden(left, right):
            return
        root, child = min(left, right), max(left, right)
        self._parent[child] = root
        if child in self._enemies:
            self._enemies[root] |= self._enemies[child]

    def _forbidden(self, left: int, right: int) -> bool:
        if not self.apart:
            return False
        return any(self._find(enemy) == right for enemy in self._enemies.get(left, ()))

    def _join_weak(self, cores: Mapping[int, int], weak: Mapping[Key, Sequence[int]]) -> None:
        names: dict[int, set[str]] = defaultdict(set)
        for record, core in cores.items():
            if record in self.given:
                names[core].add(self.given[record])
        self._names = names
        links = [
            link
            for key, records in weak.items()
            for link in self._links(key, {cores[record] for record in records})
        ]
        for left, right in self._consistent(cores, sorted(links)):
            self._join(left, right)

    def _links(self, key: Key, cores: set[int]) -> list[tuple[int, int]]:
        if len(cores) < 2:
            return []
        named = sorted(core for core in cores if self._names.get(core))
        classes = self._classes(named)
        nameless = [] if key.needs_name else sorted(cores.difference(named))
        if len(classes) == 1 and len(classes[0]) == len(named):
            classes[0].extend(nameless)
        elif not named:
            classes.append(nameless)
        return [(group[0], other) for group in classes for other in group[1:]]

    def _classes(self, cores: Sequence[int]) -> list[list[int]]:
        by_names: dict[frozenset[str], list[int]] = defaultdict(list)
        for core in cores:
            by_names[frozenset(self._names[core])].append(core)
        forms = list(by_names)
        friends = {form: self._friends(form, forms) for form in forms}
        clear = [form for form in forms if self._all_agree(friends[form])]
        classes: dict[frozenset[frozenset[str]], list[int]] = defaultdict(list)
        for form in clear:
            group = frozenset(other for other in friends[form] if other in set(clear))
            classes[group].extend(by_names[form])
        ambiguous = [by_names[form] for form in forms if form not in set(clear)]
        return [*map(sorted, classes.values()), *map(sorted, ambiguous)]

    def _friends(
        self, form: frozenset[str], forms: Sequence[frozenset[str]]
    ) -> list[frozenset[str]]:
        if len(forms) > _MANY_NAMES:
            return [form]
        return [other for other in forms if other == form or self._agree(form, other)]

    def _all_agree(self, forms: Sequence[frozenset[str]]) -> bool:
        return all(self._agree(one, other) for one, other in combinations(forms, 2))

    def _agree(self, one: Iterable[str], other: Iterable[str]) -> bool:
        return any(self.compatible(left, right) for left in one for right in other)

    def _consistent(
        self, cores: Mapping[int, int], links: Sequence[tuple[int, int]]
    ) -> Sequence[tuple[int, int]]:
        """Drop what would join different names through somebody in between."""
        trial = Linker(self.given, self.compatible)
        trial._start(set(cores.values()))
        trial._join_all(links)
        people: dict[int, set[frozenset[str]]] = defaultdict(set)
        for core in set(cores.values()):
            if self._names.get(core):
                people[trial._find(core)].add(frozenset(self._names[core]))
        doubtful = {who for who, forms in people.items() if not self._all_agree(list(forms))}
        if not doubtful:
            return links
        return [
            (left, right)
            for left, right in links
            if trial._find(left) not in doubtful
            or self._names.get(left, set()) & self._names.get(right, set())
        ]
