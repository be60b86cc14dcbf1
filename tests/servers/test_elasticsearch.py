"""A base mirrored in Elasticsearch finds what it finds by itself, and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import customerkit as ck
from customerkit.errors import (
    MissingExtraError,
    NotFoundError,
    SearchUnavailableError,
    StoreError,
    UnknownSchemeError,
)
from customerkit.store.search.postings import PostingsIndex
from customerkit.store.search.protocol import Document, Query, Wanted
from customerkit.store.search.terms import term
from running import Server
from running.process import free_port

PEOPLE = [
    {"customer_id": "A-1", "name": "Jane Smith", "city": "Leeds", "tags": "VIP"},
    {"customer_id": "A-2", "name": "John Smith", "city": "York", "phone": "+44 7700 900461"},
    {"customer_id": "A-3", "name": "张伟", "city": "北京"},
    {"customer_id": "A-4", "name": "Иван Петров", "city": "Москва"},
    {"customer_id": "A-5", "name": "Zoë O'Brien-Łaski", "email": "zoe.laski77@example.org"},
]
ASKED = [
    *("jnae smiht", "07700 900416", "张玮 北京", "петрв иван", "zoe.lasky77@exmaple.org"),
    *("smith", "A-4", "jonh smith yrok", "leeds"),
]


@pytest.fixture
def mirrored(elasticsearch_url: str, tmp_path: Path) -> Iterator[ck.CustomerBase]:
    with ck.open(tmp_path / "base.db", search=elasticsearch_url) as base:
        base.collect(PEOPLE, channel="crm")
        base.clean()
        yield base


def found(base: ck.CustomerBase, text: str, **options: Any) -> list[str]:
    return [hit.id for hit in base.search(text, **options)]


def by_itself(base: ck.CustomerBase) -> ck.CustomerBase:
    return ck.CustomerBase(base.backend)


def held(server: Server, url: str) -> set[str]:
    """Return the ids of all documents that any index of a mirror holds."""
    pattern = f"{url.rpartition('/')[2]}-*"
    with closing(server.connect()) as client:
        client.indices.refresh(index=pattern)
        hits = client.search(index=pattern, size=1000, source=False)["hits"]["hits"]
    return {hit["_id"] for hit in hits} - {"position"}


@pytest.mark.parametrize("text", ASKED)
def test_both_find_the_same(mirrored: ck.CustomerBase, text: str) -> None:
    theirs, ours = mirrored.search(text), by_itself(mirrored).search(text)
    assert theirs.hits == ours.hits != []
    assert theirs.facets == ours.facets


def test_filters_are_asked_of_the_server(mirrored: ck.CustomerBase) -> None:
    assert found(mirrored, "smith", city="leeds") == ["c-1"]
    assert found(mirrored, "", segment="vip") == ["c-1"]
    assert found(mirrored, "smith", channel="web") == []
    assert mirrored.search("", channel="crm").total == 5


def test_changes_are_found_at_once(mirrored: ck.CustomerBase) -> None:
    assert found(mirrored, "jane smith leeds")[0] == "c-1"
    mirrored.update("c-1", city="Bath")
    assert mirrored.search("jane smith bath")[0].score == 1
    mirrored.delete("c-1")
    assert "c-1" not in found(mirrored, "jane smith bath")
    mirrored.searching.catch_up()
    assert "c-1" not in found(mirrored, "jane smith bath")
    mirrored.undo()
    mirrored.searching.catch_up()
    assert mirrored.search("jane smith bath")[0].score == 1
    assert mirrored.search_lag()[0].runs == 0


def test_what_is_told_twice_or_late_changes_nothing(
    mirrored: ck.CustomerBase, elasticsearch: Server, elasticsearch_url: str
) -> None:
    mirrored.reindex()
    index = mirrored.searching.index
    old = [Document(1, 2, frozenset([1, 2])), Document(2, 2, frozenset([3]))]
    mirrored.update("c-1", city="Bath")
    mirrored.delete("c-2")
    mirrored.searching.catch_up()
    before = held(elasticsearch, elasticsearch_url)
    index.index(old, [], 2)
    index.index([], [3], 1)
    assert held(elasticsearch, elasticsearch_url) == before == {"1", "3", "4", "5"}
    assert mirrored.search("jane smith bath")[0].score == 1
    assert index.position() == 4


def test_nothing_is_lost_while_the_server_is_down(
    mirrored: ck.CustomerBase, elasticsearch: Server
) -> None:
    assert found(mirrored, "jane smith leeds")[0] == "c-1"
    elasticsearch.kill()
    mirrored.update("c-1", city="Bath")
    with pytest.raises(SearchUnavailableError, match="start it and try again"):
        mirrored.search("jane bath")
    (lag,) = mirrored.search_lag()
    assert (lag.runs, lag.customers, lag.answers) == (1, 1, False)
    assert found(by_itself(mirrored), "jane smith bath")[0] == "c-1"
    elasticsearch.restart()
    assert mirrored.search("jane smith bath")[0].score == 1
    mirrored.searching.catch_up()
    assert mirrored.search_lag()[0].runs == 0


def test_nobody_is_erased_while_the_server_is_down(
    mirrored: ck.CustomerBase, elasticsearch: Server, elasticsearch_url: str
) -> None:
    mirrored.reindex()
    elasticsearch.kill()
    with pytest.raises(SearchUnavailableError, match="start it and try again"):
        mirrored.erase("c-1")
    assert mirrored.get("c-1").city == "Leeds"
    assert mirrored.runs()[-1].verb == "clean"
    elasticsearch.restart()
    assert "1" in held(elasticsearch, elasticsearch_url)
    assert found(by_itself(mirrored), "jane smith leeds")[0] == "c-1"  # has an index of its own
    assert mirrored.erase("c-1") > 0
    assert held(elasticsearch, elasticsearch_url) == {"2", "3", "4", "5"}
    assert found(mirrored, "jane smith leeds") == []
    asked = Query((Wanted(term("w", "jane")),))
    assert PostingsIndex(mirrored.backend).query(asked) == []


def test_nobody_is_erased_behind_the_back_of_a_mirror(
    mirrored: ck.CustomerBase, elasticsearch: Server, elasticsearch_url: str
) -> None:
    mirrored.reindex()
    alone = by_itself(mirrored)
    with pytest.raises(SearchUnavailableError, match="open the base with search=") as caught:
        alone.erase("c-1")
    assert alone.get("c-1").city == "Leeds"
    alone.forget_mirror(caught.value.server)
    assert alone.erase("c-1") > 0


def test_a_run_that_fails_after_the_mirror_did_its_part_is_made_good(
    mirrored: ck.CustomerBase,
    elasticsearch: Server,
    elasticsearch_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mirrored.reindex()

    def fail(*_: object) -> None:
        raise StoreError("the disk is on fire")

    monkeypatch.setattr(mirrored.unit, "_finish", fail)
    with pytest.raises(StoreError, match="fire"):
        mirrored.erase("c-1")
    monkeypatch.undo()
    assert "1" not in held(elasticsearch, elasticsearch_url)
    assert found(mirrored, "jane smith leeds")[0] == "c-1"
    assert "1" in held(elasticsearch, elasticsearch_url)


def test_who_is_erased_while_a_mirror_is_made_is_not_in_it(
    mirrored: ck.CustomerBase, elasticsearch: Server, elasticsearch_url: str, tmp_path: Path
) -> None:
    mirrored.reindex()
    other = ck.open(tmp_path / "base.db", search=elasticsearch_url)
    index, rebuild = mirrored.searching.index, mirrored.searching.index.rebuild

    def late(documents: Any, position: int) -> int:
        read = list(documents)
        return rebuild(_erasing(read, other), position)

    index.rebuild = late
    mirrored.reindex()
    mirrored.searching.catch_up()
    assert held(elasticsearch, elasticsearch_url) == {"2", "3", "4", "5"}
    with pytest.raises(NotFoundError):
        mirrored.get("c-1")
    other.close()


def _erasing(read: list[Document], base: ck.CustomerBase) -> Iterator[Document]:
    base.erase("c-1")
    yield from read


def test_the_server_is_told_no_text(
    mirrored: ck.CustomerBase, elasticsearch: Server, elasticsearch_url: str
) -> None:
    mirrored.reindex()
    with closing(elasticsearch.connect()) as client:
        every = f"{elasticsearch_url.rpartition('/')[2]}-*"
        said = str(client.search(index=every, size=100)) + str(client.indices.get(index=every))
    assert "position" in said
    assert not any(name in said.lower() for name in ("smith", "leeds", "петров", "张伟"))


def test_a_mirror_is_made_anew_when_it_was_lost(
    mirrored: ck.CustomerBase, elasticsearch: Server, elasticsearch_url: str
) -> None:
    mirrored.reindex()
    mirrored.reindex()
    with closing(elasticsearch.connect()) as client:
        (index,) = client.indices.get(index=f"{elasticsearch_url.rpartition('/')[2]}-*")
        client.indices.delete(index=index)
    mirrored.update("c-1", city="Bath")
    assert mirrored.search("jane smith bath")[0].score == 1


def test_a_mirror_of_another_base_is_refused(
    mirrored: ck.CustomerBase, elasticsearch_url: str
) -> None:
    mirrored.reindex()
    other = ck.open("memory:", search=elasticsearch_url)
    other.collect(PEOPLE, channel="crm")
    other.clean()
    for verb in (lambda: other.search("jane"), other.reindex, lambda: other.erase("c-1")):
        with pytest.raises(StoreError, match="mirrors another base"):
            verb()


def test_bad_addresses(mirrored: ck.CustomerBase, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownSchemeError, match="known: elasticsearch"):
        ck.open("memory:", search="solr://x")
    base = ck.open("memory:", search=f"elasticsearch://me:secret@127.0.0.1:{free_port()}/x")
    with pytest.raises(SearchUnavailableError) as caught:
        base.search("jane")
    assert "secret" not in f"{caught.value}{caught.value.data}{base.searching.index!r}"
    monkeypatch.setitem(__import__("sys").modules, "elasticsearch", None)
    with pytest.raises(MissingExtraError, match=r"customerkit\[elasticsearch\]"):
        ck.open("memory:", search="elasticsearch://127.0.0.1")
