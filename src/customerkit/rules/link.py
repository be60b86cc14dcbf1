"""Decide which records are one person, from exact keys and names.

The decision is a function of the set of records only, so the order in which
they arrived does not matter, and a part that shares no key with the rest can be
decided alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations

from attrs import define, field, frozen

from customerkit.rules.rule import Key

Compatible = Callable[[str, str], bool]
Form = frozenset[str]
"""The given names of records that a strong key joins."""
Link = tuple[int, int]
_NOBODY: Form = frozenset()
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
    _forms: dict[int, Form] = field(factory=dict)
    _enemies: dict[int, set[int]] = field(factory=dict)
    _told: set[int] = field(factory=set)

    def group(
        self,
        evidence: Iterable[Evidence],
        same: Iterable[tuple[int, int]] = (),
        matched: Iterable[tuple[int, int]] = (),
    ) -> dict[int, int]:
        """Return, for each record of a group, the oldest record of the group.

        Args:
            evidence: Which record has which key.
            same: Pairs that a person decided are one.
            matched: Pairs that matching found to be one.

        Returns:
            Record → anchor; records that joined nobody map to themselves.
        """
        strong: dict[str, list[int]] = defaultdict(list)
        weak: dict[Key, list[int]] = defaultdict(list)
        for item in evidence:
            (strong[item.key.value] if item.key.strong else weak[item.key]).append(item.record)
        self._start({item for group in (*strong.values(), *weak.values()) for item in group})
        # In an order of their own: it counts where somebody is to be kept apart.
        same = sorted(same)
        self._join_all(same)
        for _, (first, *others) in sorted((key, sorted(some)) for key, some in strong.items()):
            self._join_all((first, other) for other in others)
        self._join_all(sorted(matched))
        cores = {record: self._find(record) for record in self._parent}
        self._told = {cores[record] for pair in same for record in pair}
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
        self._forms = {core: frozenset(names.get(core, ())) for core in set(cores.values())}
        links = [
            link
            for key, records in weak.items()
            for link in self._links(key, {cores[record] for record in records})
        ]
        for left, right in self._consistent(sorted(links)):
            self._join(left, right)

    def _links(self, key: Key, cores: set[int]) -> list[Link]:
        if len(cores) < 2:
            return []
        by_form: dict[Form, list[int]] = defaultdict(list)
        for core in sorted(cores):
            by_form[self._forms[core]].append(core)
        nameless = [] if key.needs_name else by_form.get(_NOBODY, [])
        by_form.pop(_NOBODY, None)
        classes = self._classes(list(by_form))
        if not by_form or (len(classes) == 1 and len(classes[0]) == len(by_form)):
            by_form[_NOBODY] = nameless
            classes = [[*(classes[0] if classes else ()), _NOBODY]]
        return [link for forms in classes for link in _every([by_form[form] for form in forms])]

    def _classes(self, forms: Sequence[Form]) -> list[list[Form]]:
        """Divide what holders of one key are called into names that are one person's.

        A form that fits two others which do not fit each other could be either, so
        it stays alone.
        """
        friends = {form: self._friends(form, forms) for form in forms}
        clear = {form for form in forms if self._all_agree(friends[form])}
        classes: dict[frozenset[Form], list[Form]] = defaultdict(list)
        for form in forms:
            group = clear.intersection(friends[form]) if form in clear else {form}
            classes[frozenset(group)].append(form)
        return list(classes.values())

    def _friends(self, form: Form, forms: Sequence[Form]) -> list[Form]:
        if len(forms) > _MANY_NAMES:
            return [form]
        return [other for other in forms if self._agree(form, other)]

    def _all_agree(self, forms: Iterable[Form], told: Collection[Form] = ()) -> bool:
        """Say whether all forms can be one person's, by themselves or by what was told."""
        return all(
            self._agree(one, other) or any(one | other <= form for form in told)
            for one, other in combinations(forms, 2)
        )

    def _agree(self, one: Form, other: Form) -> bool:
        """Say whether all that two were called can be one person's names."""
        if one <= other or other <= one:
            return True
        return all(self.compatible(left, right) for left in one for right in other)

    def _consistent(self, links: Sequence[Link]) -> Sequence[Link]:
        """Drop what would join different names through somebody in between.

        Where a chain does, only those who share a name join, and where that still
        does, only those who are called the same.
        """
        for keep in (_share_a_name, _are_called_the_same):
            doubtful = self._doubtful(links)
            if not doubtful:
                break
            links = [
                (left, right)
                for left, right in links
                if left not in doubtful or keep(self._forms[left], self._forms[right])
            ]
        return links

    def _doubtful(self, links: Sequence[Link]) -> set[int]:
        """Return who would be joined with somebody of another name."""
        trial = Linker(self.given, self.compatible)
        trial._join_all(links)
        people: dict[int, list[int]] = defaultdict(list)
        for core in trial._parent:
            people[trial._find(core)].append(core)
        return {core for group in people.values() if not self._are_one(group) for core in group}

    def _are_one(self, cores: Sequence[int]) -> bool:
        """Say whether all that some are called can be one person's names.

        A person who decided that two of them are one answers for all names of both.
        """
        forms = {self._forms[core] for core in cores} - {_NOBODY}
        return self._all_agree(forms, {self._forms[core] for core in cores if core in self._told})


def _every(groups: Iterable[Sequence[int]]) -> list[Link]:
    """Return links in each group from its first, and between the firsts of any two."""
    groups = [group for group in groups if group]
    inner = [(group[0], other) for group in groups for other in group[1:]]
    return inner + list(combinations(sorted(group[0] for group in groups), 2))


def _share_a_name(one: Form, other: Form) -> bool:
    return one == other or not one.isdisjoint(other)


def _are_called_the_same(one: Form, other: Form) -> bool:
    return one == other
