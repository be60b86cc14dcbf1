"""What a search returns, and how people see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from customerkit.markup import facts, joined, shape, table, tag


@frozen
class Highlight:
    """Show where a value is what was asked for.

    Args:
        value: The customer's value.
        spans: Begin and end of each part that matches, in order.

    Example:
        >>> print(Highlight("Jane Smith", ((5, 10),)))
        Jane [Smith]
    """

    value: str = field(repr=False)
    spans: Sequence[tuple[int, int]] = ()

    def marked(self, before: str = "[", after: str = "]") -> str:
        """Return the value with marks around what matches.

        Args:
            before: Stands before each part.
            after: Stands after it.
        """
        found, at = [], 0
        for start, end in self.spans:
            found += [self.value[at:start], before, self.value[start:end], after]
            at = end
        return "".join([*found, self.value[at:]])

    def __str__(self) -> str:
        return self.marked()


@frozen
class Hit:
    """Name one customer that was found.

    Args:
        id: The customer, such as ``c-42``.
        score: From 0 to 1, how near it comes to what was asked; 1 for all of it.
        fields: Field → the value, with what matches marked.
    """

    id: str
    score: float
    fields: Mapping[str, Highlight] = field(factory=dict)


@frozen
class SearchResult:
    """Hold what a search found; a sequence of hits, the best first.

    Args:
        hits: At most as many as were asked for.
        total: How many customers match.
        complete: Whether these are all; a search that matches a large part of the
            base looks at the most similar ones only.
        facets: Field → value → how many of those that match have it, most first.
    """

    hits: Sequence[Hit]
    total: int
    complete: bool
    facets: Mapping[str, Mapping[str, int]] = field(factory=dict)

    def copy(self) -> SearchResult:
        """Return the same, in lists and dicts of its own."""
        hits = [evolve(hit, fields=dict(hit.fields)) for hit in self.hits]
        facets = {name: dict(counts) for name, counts in self.facets.items()}
        return evolve(self, hits=hits, facets=facets)

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __getitem__(self, at: int) -> Hit:
        return self.hits[at]

    def _repr_html_(self) -> str:
        """Show who was found and what matches, and of each value only its shape."""
        rows = (
            (
                hit.id,
                f"{hit.score:.2f}",
                ", ".join(f"{n}: {shape(h.value)}" for n, h in hit.fields.items()),
            )
            for hit in self.hits
        )
        counts = {name: len(found) for name, found in self.facets.items()}
        head = tag(
            "b", f"{len(self.hits):,} of {self.total:,}{'' if self.complete else ' or more'}"
        )
        different = facts({f"different {name}": count for name, count in counts.items()})
        return joined([head, table(("customer", "score", "matches"), rows), different])
