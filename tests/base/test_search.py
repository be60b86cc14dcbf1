"""Searches find who is meant, whatever happened to the base since the index was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import customerkit as ck
from customerkit.errors import InputError, ReadOnlyStoreError, UndoError, UnknownFieldError
from customerkit.model.tables import CUSTOMERS, POSTINGS, SEARCH
from customerkit.search.rank import phone_similarity
from customerkit.store.backends.memory import MemoryBackend
from customerkit.store.search.feed import changes, documents
from customerkit.store.search.held import SIZE
from customerkit.store.search.postings import PostingsIndex
from customerkit.store.search.protocol import Document, Query, Wanted
from customerkit.store.search.searching import Searching

PEOPLE = [
    {"customer_id": "A-1", "name": "Jane Smith", "city": "Leeds", "tags": "VIP, news"},
    {"customer_id": "A-2", "name": "John Smith", "city": "York", "phone": "+44 7700 900461"},
    {"customer_id": "A-3", "name": "张伟", "city": "北京"},
    {"customer_id": "A-4", "name": "Иван Петров", "city": "Москва"},
    {"customer_id": "A-5", "name": "أَحْمَد محمد", "city": "القاهرة"},
    {"customer_id": "A-6", "name": "Άγγελος Παπαδόπουλος", "city": "Αθήνα"},
    {"customer_id": "A-7", "name": "Zoë O'Brien-Łaski", "email": "zoe.laski77@example.org"},
    {"customer_id": "A-8", "name": "김민수", "city": "서울", "tags": "vip"},
]


@pytest.fixture
def people(make_base: Callable[[], ck.CustomerBase]) -> ck.CustomerBase:
    base = make_base()
    base.collect(PEOPLE, channel="crm")
    base.collect([{"customer_id": "w1", "name": "Bo Ray", "city": "Leeds"}], channel="web")
    base.clean()
    return base


def found(base: ck.CustomerBase, text: str, **options: Any) -> list[str]:
    return [hit.id for hit in base.search(text, **options)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("jnae smiht", "c-1"),
        ("JANE  smith, leeds", "c-1"),
        ("smith john", "c-2"),
        ("jonh smith yrok", "c-2"),
        ("jo hn smith york", "c-2"),
        ("johnsmith york", "c-2"),
        ("07700 900416", "c-2"),
        ("+44 (0)7700-90046", "c-2"),
        ("张玮 北京", "c-3"),
        ("张伟北京", "c-3"),
        ("петрв иван", "c-4"),
        ("احمد محمود", "c-5"),
        ("αγγελος παπαδοπολος", "c-6"),
        ("zoe obrien laski", "c-7"),
        ("Łaski", "c-7"),
        ("zoe.lasky77@exmaple.org", "c-7"),
        ("zoelaski77example.org", "c-7"),
        ("김민스 서울", "c-8"),
        ("A-4", "c-4"),
        ("ｊａｎｅ ｓｍｉｔｈ", "c-1"),
    ],
)
def test_who_is_meant_comes_first(people: ck.CustomerBase, text: str, who: str) -> None:
    assert found(people, text)[0] == who


@pytest.mark.parametrize("text", ["Quillfeather", "zzzz", "0000000", "王"])
def test_who_is_nobody_is_not_found(people: ck.CustomerBase, text: str) -> None:
    assert found(people, text) == []


def test_what_is_all_of_the_query_scores_one(people: ck.CustomerBase) -> None:
    best, second = people.search("john smith").hits
    assert (best.id, best.score) == ("c-2", 1.0)
    assert second.score < 1


def test_what_matches_is_marked(people: ck.CustomerBase) -> None:
    (hit,) = people.search("smiht leeds", city="Leeds")
    assert {name: str(value) for name, value in hit.fields.items()} == {
        "full_name": "Jane [Smith]",
        "city": "[Leeds]",
    }
    (hit,) = people.search("07700900461")
    assert hit.fields["phone"].marked("<", ">") == "<+447700900461>"


def test_filters_and_facets(people: ck.CustomerBase) -> None:
    assert found(people, "smith", city="leeds") == ["c-1"]
    assert found(people, "", segment="VIP") == ["c-1", "c-8"]
    assert found(people, "", channel="web", city="Leeds") == ["c-9"]
    assert found(people, "smith", channel="web") == []
    smiths = people.search("smith")
    assert smiths.total == 2
    assert smiths.facets == {
        "city": {"Leeds": 1, "York": 1},
        "channel": {"crm": 2},
        "segment": {"VIP": 1, "news": 1},
    }
    everywhere = people.search(channel="crm", limit=3, facets=["channel"])
    assert (len(everywhere), everywhere.total, everywhere.facets) == (3, 8, {"channel": {"crm": 8}})


def test_bad_questions(people: ck.CustomerBase) -> None:
    with pytest.raises(InputError, match="nothing to search for"):
        people.search(" -- ")
    with pytest.raises(UnknownFieldError, match="narrowed"):
        people.search("jane", notes="x")
    with pytest.raises(UnknownFieldError):
        people.search("jane", facets=["shoe_size"])


def test_a_change_is_found_at_once_and_the_old_value_is_not(people: ck.CustomerBase) -> None:
    assert found(people, "smith york") == ["c-2"]
    people.update("c-2", full_name="Jon Quill", given_name="Jon", family_name="Quill")
    assert found(people, "quill york") == ["c-2"]
    assert found(people, "smith") == ["c-1"]
    people.delete("c-2")
    assert found(people, "quill york") == []
    people.undo()
    assert found(people, "quill york") == ["c-2"]
    people.merge("c-1", "c-2")
    assert found(people, "quill") == ["c-1"] or found(people, "smith") == ["c-1"]
    assert "c-2" not in found(people, "", channel="crm")


def test_what_another_process_changed_is_found(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    with ck.open(path) as base, ck.open(path) as other:
        base.collect(PEOPLE, channel="crm")
        base.clean()
        assert found(other, "jane smith leeds")[0] == "c-1"
        base.update("c-1", city="Bath")
        assert other.search("jane smith bath")[0].score == 1


def test_many_changes_are_taken_into_the_index(make_base: Callable[[], ck.CustomerBase]) -> None:
    base = make_base()
    rows = [{"customer_id": n, "name": f"Person{n} Many"} for n in range(300)]
    base.collect(rows, channel="crm")
    base.clean()
    assert base.search("person7 many").hits[0].score == 1
    assert base.search_lag()[0].customers == 0
    for n in range(120):
        base.update(f"c-{n + 1}", city="Bath")
    assert base.search_lag()[0].customers == 120
    assert base.search("", city="Bath").total == 120
    assert (base.search_lag()[0].runs, base.search_lag()[0].customers) == (0, 0)


def test_an_old_log_that_names_nobody_is_no_obstacle(people: ck.CustomerBase) -> None:
    """A base that an older version wrote has no index, so all is read once."""
    people.unit.amend([*map(_silent, people.runs())])
    assert found(people, "jane smith leeds")[0] == "c-1"


def _silent(run: ck.Run) -> ck.Run:
    run.changed = None
    return run


class _Sealed(MemoryBackend):
    """Be a store that may only be read, from some time on."""

    sealed = False

    def transaction(self) -> AbstractContextManager[None]:
        if self.sealed:
            raise ReadOnlyStoreError("this store may only be read")
        return super().transaction()


@pytest.mark.parametrize("indexed", [False, True])
def test_a_base_that_may_only_be_read_is_searched_in_memory(indexed: bool) -> None:
    backend = _Sealed()
    base = ck.open(backend)
    base.collect(PEOPLE, channel="crm")
    base.clean()
    if indexed:
        base.reindex()
    base.collect([{"customer_id": n, "name": f"Person{n} Many"} for n in range(200)], channel="x")
    base.clean()
    backend.sealed = True
    assert found(base, "jane smith leeds")[0] == "c-1"
    assert base.search("person77 many")[0].score == 1
    assert base.search_lag()[0].customers >= 200


def test_an_index_that_was_cut_off_is_thrown_away(people: ck.CustomerBase) -> None:
    people.reindex()
    index = people.searching.index
    rows = list(documents(people.unit))

    def cut_off() -> Iterator[Document]:
        yield from rows
        yield Document(SIZE + 1, 1, frozenset([7]))  # the first block is written
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(cut_off(), 2)
    assert _generations(people) == {1, 2}
    assert found(people, "jane smith leeds")[0] == "c-1"
    people.reindex()
    assert _generations(people) == {3}
    assert found(people, "jane smith leeds")[0] == "c-1"


def _generations(base: ck.CustomerBase) -> set[Any]:
    scan = base.backend.scan(POSTINGS, columns=["generation"])
    return {generation for batch in scan for generation in batch.column("generation")}


def test_an_index_that_is_worn_is_made_anew(make_base: Callable[[], ck.CustomerBase]) -> None:
    base = make_base()
    rows = [{"customer_id": n, "name": f"Person{n} Many"} for n in range(600)]
    base.collect(rows, channel="crm")
    base.clean()
    base.reindex()
    for city in ("Bath", "York"):
        base.collect([{"customer_id": n, "city": city} for n in range(600)], channel="crm")
        base.clean()
        base.searching.catch_up()
    assert base.searching.index.state().stale == 1_200
    base.update("c-1", city="Wells")
    base.searching.catch_up()
    assert base.searching.index.state().stale == 0
    assert base.search("person1 many")[0].score == 1


def test_customers_of_many_blocks_are_found_together() -> None:
    index = PostingsIndex(MemoryBackend())
    index.backend.ensure([POSTINGS, SEARCH])
    numbers = [3, SIZE - 1, SIZE, 5 * SIZE + 2]
    index.rebuild((Document(n, 1, frozenset([9, n])) for n in numbers), 1)
    index.index([Document(SIZE + 7, 2, frozenset([9]))], [], 2)
    asked = Query((Wanted(9),))
    assert [c.customer for c in index.query(asked)] == sorted([*numbers, SIZE + 7])
    index.drop([SIZE, 3], 3)
    assert [c.customer for c in index.query(asked)] == [SIZE - 1, SIZE + 7, 5 * SIZE + 2]


def test_nothing_is_indexed_before_somebody_searches(people: ck.CustomerBase) -> None:
    assert people.searching.index.position() == 0
    told: list[int] = []
    people.search("jane", progress=told.append)
    assert sum(told) == 9


def test_a_notebook_shows_shapes_only(people: ck.CustomerBase) -> None:
    page = people.search("jane smith")._repr_html_()
    assert "c-1" in page
    assert "Jane" not in page
    assert "Smith" not in repr(people.search("jane smith").hits)


# ── laws ─────────────────────────────────────────────────────────────────────

WORD = st.text(st.characters(categories=["L"]), min_size=4, max_size=12)


@given(given=WORD, family=WORD, data=st.data())
@settings(max_examples=60)
def test_one_typing_error_hides_nobody(given: str, family: str, data: st.DataObject) -> None:
    base = ck.open("memory:")
    base.collect([{"given name": given, "family name": family}], channel="crm")
    base.clean()
    golden = next(iter(base.customers()), {})
    text = f"{golden.get('given_name', '')} {golden.get('family_name', '')}".strip()
    if len(text) < 9:
        return
    at = data.draw(st.integers(0, len(text) - 1))
    assert found(base, text[:at] + text[at + 1 :]) == ["c-1"]


NAMES = ["Jane Doe", "John Doe", "Bo Ray", "J. Ray", "王小明", "Иван Петров"]
ROW = st.fixed_dictionaries(
    {
        "external_id": st.sampled_from([None, "1", "2", "3"]),
        "full_name": st.sampled_from(NAMES),
        "email": st.sampled_from([None, "a@example.org", "b@example.org"]),
        "city": st.sampled_from([None, "Leeds", "York"]),
    }
)
ASKED = [*NAMES, "jnae deo", "a@example.org", "leeds", "york ray", "王明"]


class Histories(RuleBasedStateMachine):
    """Do to a base what people do, and search after every step."""

    def __init__(self) -> None:
        super().__init__()
        self.base = ck.open("memory:")
        self.erased: set[str] = set()

    def one(self, pick: int) -> str | None:
        ids = [row["id"] for row in self.base.customers()]
        return ids[pick % len(ids)] if ids else None

    @rule(rows=st.lists(ROW, min_size=1, max_size=4), channel=st.sampled_from(["crm", "web"]))
    def collect_and_clean(self, rows: list[dict[str, Any]], channel: str) -> None:
        self.base.collect(rows, channel=channel, mapping={name: name for name in rows[0]})
        self.base.clean()

    @rule(pick=st.integers(0, 9), city=st.sampled_from(["Bath", "York", ck.CLEARED]))
    def update(self, pick: int, city: Any) -> None:
        if who := self.one(pick):
            self.base.update(who, city=city)

    @rule(pick=st.integers(0, 9), other=st.integers(0, 9))
    def merge(self, pick: int, other: int) -> None:
        left, right = self.one(pick), self.one(other)
        if left and right and left != right:
            self.base.merge(left, right)

    @rule(pick=st.integers(0, 9))
    def delete(self, pick: int) -> None:
        if who := self.one(pick):
            self.base.delete(who)

    @rule(pick=st.integers(0, 9))
    def erase(self, pick: int) -> None:
        if who := self.one(pick):
            self.base.erase(who)
            self.erased.add(who)

    @rule(pick=st.integers(0, 9))
    def undo(self, pick: int) -> None:
        runs = self.base.runs()
        if runs:
            try:
                self.base.undo(runs[-1 - pick % len(runs)].run_id)
            except UndoError:
                return

    @rule()
    def reindex(self) -> None:
        self.base.reindex()

    @rule()
    def take_in(self) -> None:
        self.base.searching.catch_up()

    @invariant()
    def finds_what_a_new_index_finds(self) -> None:
        fresh = ck.CustomerBase(self.base.backend)
        fresh.searching = Searching(self.base.unit, _Nothing())
        for text in ASKED:
            now = self.base.search(text, limit=20)
            anew = fresh.search(text, limit=20)
            if self.base.searching.index.state().stale == 0:
                assert (now.hits, now.facets, now.total) == (anew.hits, anew.facets, anew.total)
            assert [hit for hit in now if hit in anew.hits] == anew.hits
            assert {hit.id for hit in now} <= {row["id"] for row in self.base.customers()}
            assert self.erased.isdisjoint(hit.id for hit in now)

    @invariant()
    def the_log_names_who_changed(self) -> None:
        runs = self.base.runs()
        numbers = set(changes(self.base.unit, len(runs) // 2).customers)
        for row in (r for b in self.base.backend.scan(CUSTOMERS) for r in b.dicts()):
            if row["run_id"] > len(runs) // 2:
                assert row["customer_id"] in numbers


class _Nothing:
    """Be an index that knows nobody, so that everybody is held in memory."""

    name = "nothing"
    mirror = False

    def position(self) -> int:
        return 0

    def index(self, documents: Any, gone: Any, position: int) -> None:
        raise ck.errors.ReadOnlyStoreError("this index is not written")

    def rebuild(self, documents: Any, position: int) -> int:
        raise ck.errors.ReadOnlyStoreError("this index is not written")

    def drop(self, customers: Any, version: int) -> None:
        raise ck.errors.ReadOnlyStoreError("this index is not written")

    def query(self, query: Any) -> list[Any]:
        return []

    def close(self) -> None:
        pass


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=25, stateful_step_count=8, deadline=None)


@given(st.integers(10**9, 10**10 - 1).map(str), st.data())
def test_numbers_with_one_wrong_digit_are_near(number: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, 9))
    digit = data.draw(st.sampled_from("0123456789"))
    assert phone_similarity(number[:at] + digit + number[at + 1 :], "44" + number) >= 0.8
