"""`match` takes any source and answers in rows; the worst input ends with a plain warning."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import customerkit as ck
from customerkit.errors import EmptySourceError, MappingError, NotFoundError
from customerkit.match.ties import strongest
from match.people import names, people, with_copies

ANN = {"first name": "Ann", "last name": "Ferrante", "email": "ann.ferrante@example.com"}


def test_customers_groups_and_count_agree() -> None:
    rows = people(120)
    order = [*range(120), *range(0, 120, 3)]
    random.Random(3).shuffle(order)
    found = ck.match([rows[at] for at in order])
    assert found.count == 120
    assert len(found.groups) == 40
    for group in found.groups:
        assert group == sorted(group)
        assert len({order[row] for row in group}) == 1
        assert len({found.customer[row] for row in group}) == 1
    assert found.customer == [list(dict.fromkeys(order)).index(at) for at in order]
    assert found.estimated_pairs == pytest.approx(40, abs=2)
    assert min(found.precision, found.recall) > 0.95


def test_a_file_and_a_frame_and_rows_are_one(tmp_path: Path) -> None:
    rows = [*people(60), *people(20)]
    path = tmp_path / "people.csv"
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    path.write_text("\n".join(lines), "utf-8")
    expected = ck.match(rows).customer
    assert ck.match(path).customer == expected
    assert ck.match(iter(rows)).customer == expected
    pandas = pytest.importorskip("pandas")
    assert ck.match(pandas.DataFrame(rows)).customer == expected


def test_rows_keep_their_numbers_where_some_cannot_be_read(tmp_path: Path) -> None:
    rows = people(60)
    path = tmp_path / "people.csv"
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in (*rows, rows[7]))]
    lines.insert(3, "torn")
    path.write_text("\n".join(lines), "utf-8")
    found = ck.match(path)
    assert len(found.customer) == 62
    assert found.groups == [[8, 61]]
    assert found.warnings == ["a row could not be read (row.ragged) and counts as blank"]


def test_the_order_of_day_and_month_is_that_of_the_column() -> None:
    rows = people(60)
    slashed = [{**row, "birth_date": _turned(row["birth_date"])} for row in rows]
    slashed += [{**rows[3], "email": "", "phone": ""}]
    found = ck.match(slashed)
    level = {w.field: w.level for w in found.explain(3, 60).evidence.fields}["birth_date"]
    assert level.startswith("same")


def _turned(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"


def test_a_mapping_says_what_the_header_does_not() -> None:
    rows = [{"a": row["email"], "b": row["family_name"], "c": "x"} for row in people(30)]
    found = ck.match([*rows, rows[4]], mapping={"a": "email", "b": "family_name"})
    assert found.groups == [[4, 30]]
    assert found.explain(4, 30).evidence.fields[1].field == "email"


def test_columns_that_nobody_knows_are_a_mapping_error() -> None:
    with pytest.raises(MappingError, match="no column could be recognised"):
        ck.match([{"foo": "1", "bar": "2"}])
    with pytest.raises(MappingError, match="people are compared by"):
        ck.match([{"tags": "new", "notes": "called"}])


def test_progress_names_the_steps() -> None:
    steps: list[str] = []
    ck.match(people(20), progress=steps.append)
    assert steps == ["encode", "block", "compare", "learn", "join"]


def test_pairs_are_rows_with_the_likeliest_first() -> None:
    rows = people(40)
    found = ck.match([*rows, {**rows[2], "phone": ""}, rows[5]])
    pairs = list(found.pairs())
    assert {(row, other) for row, other, _ in pairs} == {(2, 40), (5, 41)}
    chances = [chance for _, _, chance in found.pairs(0)]
    assert chances == sorted(chances, reverse=True)
    assert len(chances) == 42 * 41 // 2
    assert found.explain(2, 40).probability == pytest.approx(dict_of(pairs)[2, 40])


def dict_of(pairs: list[tuple[int, int, float]]) -> dict[tuple[int, int], float]:
    return {(row, other): chance for row, other, chance in pairs}


def test_the_most_uncertain_pairs_are_reviewed_first_and_each_group_once() -> None:
    rows = people(150)
    doubtful = [{"given_name": row["given_name"], "city": row["city"]} for row in rows[:30]]
    found = ck.match([*with_copies(rows), *doubtful])
    review = found.review(100)
    assert review
    apart = [abs(pair.evidence.total) for pair in review]
    assert apart == sorted(apart)
    assert all(0.01 < pair.probability < 0.99 for pair in review)
    groups = [frozenset((found.customer[p.row], found.customer[p.other])) for p in review]
    assert len(set(groups)) == len(groups)
    assert found.review(2) == review[:2]
    assert f"pairs to review {len(found.review(10**6)):>16,}" in str(found)


def test_rows_that_are_not_there_are_told() -> None:
    found = ck.match(people(5))
    with pytest.raises(NotFoundError, match="numbered from 0 to 4"):
        found.explain(0, 5)
    with pytest.raises(NotFoundError, match="name two"):
        found.why_not(3, 3)


def test_no_value_is_shown() -> None:
    rows = people(30)
    found = ck.match([*rows, rows[0]])
    said = "".join([repr(found), str(found), found._repr_html_()]).lower()
    assert "31 records, 30 customers" in said
    for value in rows[0].values():
        assert value.lower() not in said


def test_the_function_stays_when_the_package_of_its_name_is_imported() -> None:
    script = "import customerkit.match.codes, customerkit as ck; assert callable(ck.match)"
    subprocess.run([sys.executable, "-c", script], check=True)


# ── bad input ────────────────────────────────────────────────────────────────


def test_no_row_is_an_empty_source() -> None:
    with pytest.raises(EmptySourceError):
        ck.match([])


@pytest.mark.parametrize("row", [ANN, {"first name": "", "email": None}])
def test_one_record_is_one_customer(row: dict[str, Any]) -> None:
    found = ck.match([row])
    assert (found.customer, found.groups, found.review()) == ([0], [], [])


@pytest.mark.parametrize("name", ["first name", "last name", "birth date", "gender", "city"])
def test_a_column_that_many_people_share_joins_nobody(name: str) -> None:
    values = ["1980-02-03", "1977-05-06"] if name == "birth date" else ["female", "male"]
    found = ck.match([{name: value} for value in values * 50])
    assert found.count == 100
    assert found.warnings == ["no column tells people apart; nobody was matched"]
    assert found.why_not(0, 2).reason.startswith("no column tells people apart")
    assert list(found.pairs(0)) == []


def test_rows_that_are_all_equal_are_one_customer_with_a_warning() -> None:
    found = ck.match([ANN] * 3_000)
    assert found.count == 1
    assert any("more than 50 records, the largest 3,000" in text for text in found.warnings)
    assert found.explain(0, 2_999).evidence.shared == ["they state the same"]


@pytest.mark.parametrize("count", [1_000, 4_000])
def test_an_address_that_everybody_states_joins_nobody(count: int) -> None:
    rows = names(count)
    apart = {tuple(row.values()) for row in rows}
    found = ck.match([{**row, "email": "orders@market.example"} for row in rows])
    assert found.count > 0.97 * len(apart)
    assert any(text.startswith("e-mail: one value is stated under more") for text in found.warnings)


def test_a_thousand_aliases_of_one_person() -> None:
    rng = random.Random(8)
    names = "Kath Kate Katie Katherine Kathy Catherine".split()
    rows = [
        {
            "given_name": rng.choice(names),
            "family_name": "Os" + rng.choice("aeiou") + rng.choice("aeiou"),
            "birth_date": f"1980-02-0{rng.randrange(1, 9)}",
            "email": f"alias{number}@example.com",
            "phone": f"+447700900{rng.randrange(7):03}",
        }
        for number in range(1_000)
    ]
    found = ck.match(rows)
    assert len(found.customer) == 1_000
    assert any("more than 50 records" in text for text in found.warnings)


def test_noise_in_the_place_of_dates_is_ignored_with_a_warning() -> None:
    rng = random.Random(2)
    rows = [{**row, "birth_date": "".join(rng.choices("abcxyz", k=8))} for row in people(200)]
    found = ck.match([*rows, {**rows[0], "city": ""}], mapping={"birth_date": "birth_date"})
    assert found.groups == [[0, 200]]
    assert any(text.startswith("birth date: 201 of 201 values") for text in found.warnings)


def test_a_customer_is_explained_by_its_strongest_links() -> None:
    rows = with_copies(people(60))
    rows += [{**rows[0], "email": "", "phone": ""}, rows[0]]
    found = ck.match(rows)
    ties = found.explain_customer(80)
    own = [0, 60, 80, 81]
    assert ties.records == own == next(group for group in found.groups if 80 in group)
    assert len(ties.pairs) == 3
    connected = {0}
    for _ in ties.pairs:
        for pair in ties.pairs:
            if {pair.row, pair.other} & connected:
                connected |= {pair.row, pair.other}
    assert sorted(connected) == own
    totals = [pair.evidence.total for pair in ties.pairs]
    assert totals == sorted(totals, reverse=True)
    assert (ties.weakest, ties.left_out) == (ties.pairs[-1], 0)
    text = str(ties) + ties._repr_html_()
    assert "birth date same" in text
    assert not any(value in text for value in rows[0].values())
    assert ties.to_dict()["pairs"][0]["row"] == ties.pairs[0].row
    alone = found.explain_customer(59)
    assert (alone.pairs, alone.weakest, str(alone)) == (
        [],
        None,
        "The customer of row 59: one record",
    )
    with pytest.raises(NotFoundError, match="there is no row 82"):
        found.explain_customer(82)


def test_a_tree_of_links_is_the_strongest() -> None:
    found = ck.match(with_copies(people(40)))._found
    rows = found.matcher.rows[:12].tolist()
    links = strongest(found.matcher, rows)
    odds = {
        (a, b): float(found.matcher.odds(np.array([rows[a]]), np.array([rows[b]]))[0])
        for a, b in combinations(range(12), 2)
    }
    best = max(sum(odds[min(a, b), max(a, b)] for a, b in tree) for tree in _trees(12, odds, 200))
    assert sum(odds[link] for link in links) >= best - 1e-9
    assert len(links) == 11


def _trees(
    count: int, odds: dict[tuple[int, int], float], tries: int
) -> Iterator[list[tuple[int, int]]]:
    """Yield trees: each node tied to one before it, the best or any, in shuffled orders."""
    rng = random.Random(1)
    for turn in range(tries):
        order = rng.sample(range(count), count)
        tree = []
        for at in range(1, count):
            before = order[:at]
            best = max(before, key=lambda b, a=order[at]: odds[min(a, b), max(a, b)])  # type: ignore[misc]
            tree.append((best if turn % 2 else rng.choice(before), order[at]))
        yield tree
