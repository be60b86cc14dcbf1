"""The cache is a backend, never answers wrongly, and asks no more than it must."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs
import pytest

import customerkit as ck
from customerkit.errors import CapabilityError, InputError, StoreFullError
from customerkit.model.batch import Batch, Row
from customerkit.model.table import Table
from customerkit.model.tables import CUSTOMERS, META
from customerkit.store.backends.memory import MemoryBackend
from customerkit.store.backends.sqlite import SQLiteBackend
from customerkit.store.protocol import Backend, Cond, Key
from customerkit.store.unit import UnitOfWork
from customerkit.store.wrappers import Cached, Wrapper, _changes, cached
from customerkit.testing import BackendTests, FaultyBackend, failures
from customerkit.testing.backend import checks
from customerkit.testing.data import PEOPLE, VISITS, WORDS, person, row_of
from customerkit.testing.helpers import rolled_back

STORES: dict[str, Callable[[Path], Backend]] = {
    "memory": lambda where: MemoryBackend(),
    "sqlite": lambda where: SQLiteBackend(str(where / "store.db")),
}
OTHER_HANDLES = {"test_a_handle_sees_what_another_committed", "test_handles_lose_no_update"}


class Counting(Wrapper):
    """Count what the store is asked, table by table."""

    def __init__(self, inner: Backend) -> None:
        super().__init__(inner)
        self.asked: Counter[str] = Counter()
        self.before: Callable[[], object] | None = None

    def get(self, table: Table, keys: Sequence[Key]) -> list[Row | None]:
        self.asked[table.name] += 1
        found = super().get(table, keys)
        if table.name != META.name:
            self.between()
        return found

    def scan(self, table: Table, where: Sequence[Cond] = (), **options: Any) -> Iterator[Batch]:
        self.asked[table.name] += 1
        yield from super().scan(table, where, **options)
        self.between()

    def between(self) -> None:
        """Do something once, after a read and before its answer is known."""
        job, self.before = self.before, None
        if job is not None:
            job()

    def rows_asked(self) -> int:
        """Return how often rows were asked for since the last time, without the counter."""
        count = sum(self.asked.values()) - self.asked[META.name]
        self.asked.clear()
        return count


@pytest.mark.parametrize("store", STORES)
def test_a_cached_store_is_a_backend(store: str) -> None:
    class TestCached(BackendTests):
        def open_store(self, where: Path) -> Backend:
            return Cached(STORES[store](where), stale=0)

    assert failures(TestCached) == {}


def test_a_handle_is_a_backend_whatever_the_bound() -> None:
    class TestCached(BackendTests):
        def open_store(self, where: Path) -> Backend:
            return Cached(SQLiteBackend(str(where / "store.db")), stale=3600)

    assert failures(TestCached, set(checks()) - OTHER_HANDLES) == {}


def test_a_store_without_transactions_is_refused() -> None:
    store = MemoryBackend()
    store.capabilities = attrs.evolve(store.capabilities, transactions=False)
    with pytest.raises(CapabilityError, match="cache=False"):
        Cached(store)


# ── two processes, as two handles ────────────────────────────────────────────


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a base of some customers."""
    with ck.open(tmp_path / "customers.db") as base:
        rows = [
            {
                "customer_id": n,
                "name": f"Jane Doe{n}",
                "email": f"u{n}@example.com",
                "city": "Leeds",
            }
            for n in range(1, 9)
        ]
        base.collect(rows, channel="crm", observed=1)
        base.clean()
    return tmp_path / "customers.db"


@pytest.fixture
def handle(path: Path) -> Iterator[Callable[..., tuple[ck.CustomerBase, Counting]]]:
    """Return a function that opens the base again, with a cache and a count of what it asks."""
    opened = []

    def open_it(**options: Any) -> tuple[ck.CustomerBase, Counting]:
        counting = Counting(SQLiteBackend(str(path)))
        opened.append(ck.open(Cached(counting, **options), actor="tester"))
        return opened[-1], counting

    yield open_it
    for base in opened:
        base.close()


Handle = Callable[..., tuple[ck.CustomerBase, Counting]]


def everything(base: ck.CustomerBase) -> dict[str, Any]:
    """Ask all common questions about all customers."""
    numbers = range(1, 16)
    found: dict[str, Any] = {}
    for number in numbers:
        for name, ask in {
            "get": lambda n: base.get(f"c-{n}"),
            "by id": lambda n: base.get(str(n)),
            "by key": lambda n: base.find(email=f"u{n}@example.com"),
            "history": lambda n: base.history(f"c-{n}"),
            "explain": lambda n: base.explain(f"c-{n}", "city"),
        }.items():
            try:
                found[f"{name} {number}"] = ask(number)
            except LookupError as error:
                found[f"{name} {number}"] = str(error)
    for city in ("Leeds", "York", "Bath"):
        found[city] = base.find(city=city)
        found[f"search {city}"] = base.search("jnae doe", city=city, limit=5)
    for mail in ("u1@example.com", "u9@example.com", "u12@example.com"):
        found[f"search {mail}"] = base.search(mail, facets=["channel"])
    with suppress(ck.errors.EmptyInputError):
        found["scores"] = base.score(as_of=1_700_000_000_000)
    return found


def change(base: ck.CustomerBase, rng: random.Random) -> None:
    """Change anything by any verb."""
    one, other = f"c-{rng.randint(1, 9)}", f"c-{rng.randint(1, 9)}"
    verbs: list[Callable[[], Any]] = [
        lambda: base.update(one, city=rng.choice(["Leeds", "York", "Bath"])),
        lambda: base.update(one, email=f"u{rng.randint(1, 12)}@example.com"),
        lambda: base.update(email=f"u{rng.randint(1, 12)}@example.com", full_name="Jane Doe"),
        lambda: base.merge(one, other),
        lambda: base.delete(one),
        base.undo,
        base.undo,
        lambda: base.erase(one),
        lambda: base.collect(
            [{"customer_id": rng.randint(1, 12), "city": "Bath"}], channel="web", observed=2
        ),
        base.clean,
    ]
    weights = [6, 4, 2, 2, 1, 2, 2, 1, 2, 3]
    with suppress(LookupError, ck.errors.CustomerKitError):
        rng.choices(verbs, weights)[0]()


def test_a_search_is_answered_once(handle: Handle) -> None:
    (base, asked), (other, _) = handle(stale=0), handle(stale=0)
    base.search("doe", city="Leeds", limit=3)  # makes the index, which is a write
    found = base.search("doe", city="Leeds", limit=3)
    asked.rows_asked()
    again = base.search("doe", city="Leeds", limit=3)
    assert (again, asked.rows_asked()) == (found, 0)
    again.hits.clear()  # type: ignore[attr-defined] # what a caller does with it is theirs
    again.facets["city"].clear()  # type: ignore[attr-defined]
    assert base.search("doe", city="Leeds", limit=3) == found
    other.update(full_name="Jane Doe", city="Leeds", email="new@example.com")
    assert base.search("doe", city="Leeds", limit=3).total == found.total + 1
    assert asked.rows_asked() > 0


@pytest.mark.parametrize("seed", range(4))
def test_cached_handles_answer_as_an_uncached_one(path: Path, handle: Handle, seed: int) -> None:
    rng = random.Random(seed)
    (one, _), (other, _) = handle(stale=0), handle(stale=0)
    with ck.open(path) as plain:
        for step in range(25):
            change(rng.choice([one, other, plain] if step % 8 == 7 else [one, other]), rng)
            expected = everything(ck.CustomerBase(plain.backend))
            for base in (one, other):
                base._deriver = None
                assert everything(base) == expected, f"step {step}"
        assert everything(one) == everything(other)
        assert one.backend.info().hits > one.backend.info().misses / 4


@pytest.mark.parametrize("seed", range(3))
def test_a_process_sees_its_own_writes_whatever_the_bound(
    path: Path, handle: Handle, seed: int
) -> None:
    rng = random.Random(seed)
    base, _ = handle(stale=3600)
    for step in range(25):
        change(base, rng)
        with ck.open(path) as plain:
            base._deriver = None
            assert everything(base) == everything(plain), f"step {step}"


def write_rows(unit: UnitOfWork, rng: random.Random) -> None:
    """Write a few rows, or many, in a run."""
    few = [rng.randint(0, 9) for _ in range(rng.randint(1, 3))]
    with unit.run("update", actor="tester") as writer:
        store = writer.backend
        if rng.random() < 0.2:
            first = unit.next_run() * 1000
            many = [person(first + n, city=f"City{n % 3}") for n in range(rng.choice([3, 200]))]
            store.load(PEOPLE, [Batch.from_dicts(many, PEOPLE.names)])
        store.put(PEOPLE, [person(n, city=f"City{rng.randint(0, 2)}") for n in few])
        visits = [{"place": f"p{n}", "number": n % 3, "note": str(rng.random())} for n in few]
        store.put(VISITS, visits)
        store.put(WORDS, [row_of(WORDS, word=f"w{n}", note=str(rng.random())) for n in few])
        store.delete(PEOPLE, few[: rng.randint(0, 1)])
        store.delete(WORDS, [f"w{n}" for n in few[: rng.randint(0, 1)]])
        store.delete(VISITS, [("p1", 1)] if rng.random() < 0.5 else [])


def rows_of(store: Backend) -> list[Any]:
    """Ask for rows by key and by value."""
    wheres = [
        *((PEOPLE, [Cond("city", "eq", f"City{n}")]) for n in range(3)),
        *((PEOPLE, [Cond("person_id", "in", [n, n + 1]), Cond("age", "null")]) for n in range(9)),
        *((VISITS, [Cond("place", "eq", f"p{n}")]) for n in range(10)),
        *((VISITS, [Cond("number", "eq", n)]) for n in range(3)),
    ]
    return [
        store.get(PEOPLE, list(range(12))),
        store.get(WORDS, [f"w{n}" for n in range(10)]),
        store.get(VISITS, [(f"p{n}", n % 3) for n in range(10)]),
        *([row for b in store.scan(table, where) for row in b.dicts()] for table, where in wheres),
        *(
            [r for b in store.scan(t, w, columns=["note"]) for r in b.rows()]
            for t, w in wheres[12:]
        ),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_cached_rows_are_those_of_the_store(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    plain = SQLiteBackend(str(tmp_path / "a.db"))
    plain.ensure([PEOPLE, VISITS, WORDS])
    stores = [Cached(SQLiteBackend(str(tmp_path / "a.db")), stale=0) for _ in range(2)]
    units = list(map(UnitOfWork, stores))
    for step in range(20):
        write_rows(rng.choice(units), rng)
        expected = rows_of(plain)
        for store in stores:
            assert rows_of(store) == expected, f"step {step}"
    assert stores[0].info().hits > stores[0].info().misses
    for store in (plain, *stores):
        store.close()


def test_what_was_read_is_not_read_again(handle: Handle) -> None:
    base, asked = handle(stale=0)
    first = base.get("c-1"), base.find(email="u2@example.com"), base.find(city="Leeds")
    assert asked.rows_asked() > 5
    assert (base.get("c-1"), base.find(email="u2@example.com"), base.find(city="Leeds")) == first
    assert asked.rows_asked() == 0


def test_a_run_drops_what_it_touched_and_nothing_else(handle: Handle) -> None:
    (reader, asked), (writer, _) = handle(stale=0), handle()
    before = [reader.get(f"c-{n}") for n in (1, 2, 3)]
    asked.rows_asked()
    writer.update("c-2", city="York")
    assert [reader.get(f"c-{n}") for n in (1, 3)] == [before[0], before[2]]
    assert asked.rows_asked() == 0
    assert reader.get("c-2").city == "York"
    assert asked.rows_asked() > 0


def test_a_customer_that_was_not_there_appears(handle: Handle) -> None:
    (reader, _), (writer, _) = handle(stale=0), handle()
    with pytest.raises(ck.errors.NotFoundError):
        reader.get("c-9")
    assert reader.find(email="new@example.com") == []
    writer.update(email="new@example.com", full_name="Ann Ray")
    assert [customer.id for customer in reader.find(email="new@example.com")] == ["c-9"]
    assert reader.get("c-9").full_name == "Ann Ray"


def test_after_a_run_without_a_cache_everything_is_read_anew(path: Path, handle: Handle) -> None:
    reader, asked = handle(stale=0)
    reader.get("c-1")
    asked.rows_asked()
    with ck.open(path) as plain:
        plain.update("c-2", city="York")
    reader.get("c-1")
    assert asked.rows_asked() > 0


def test_what_was_read_before_a_write_is_not_kept_after_it(handle: Handle) -> None:
    (reader, asked), (writer, _) = handle(stale=0), handle()
    reader.get("c-2")  # knows the runs of all records
    asked.before = lambda: writer.update("c-1", city="York")
    old = reader.get("c-1").city  # read, then written by others, then kept
    assert asked.before is None
    assert old in ("Leeds", "York")
    assert reader.get("c-1").city == "York"


def test_more_runs_than_the_log_holds(handle: Handle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_changes, "SLOTS", 4)
    (reader, asked), (writer, _) = handle(stale=0), handle()
    reader.get("c-1"), reader.get("c-2")
    for n in range(4):
        writer.update("c-1", city=f"City{n}")
    asked.rows_asked()
    reader.get("c-2")
    assert asked.rows_asked() == 0
    for n in range(5):
        writer.update("c-1", city=f"Town{n}")
    assert reader.get("c-2").city == "Leeds"
    assert asked.rows_asked() > 0
    assert reader.get("c-1").city == "Town4"


def test_a_base_put_back_from_a_backup(handle: Handle) -> None:
    reader, _ = handle(stale=0)
    reader.update("c-1", city="York")
    assert reader.get("c-1").city == "York"
    store = reader.backend.inner
    with store.transaction():
        row = store.get(CUSTOMERS, [1])[0]
        store.put(CUSTOMERS, [{**row, "city": "Leeds"}])
        counter = store.get(META, ["next"])[0]
        run, record = counter["value"].split(",")
        store.put(META, [{**counter, "value": f"{int(run) - 1},{record}"}])
    assert reader.get("c-1").city == "Leeds"


# ── the bound ────────────────────────────────────────────────────────────────


def test_the_bound_on_staleness(handle: Handle, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(_changes, "monotonic", lambda: clock[0])
    (reader, asked), (writer, _) = handle(stale=0.5), handle(stale=0.5)
    assert reader.get("c-1").city == "Leeds"
    asked.asked.clear()
    writer.update("c-1", city="York")
    clock[0] += 0.499
    assert reader.get("c-1").city == "Leeds"
    assert asked.asked == {}
    clock[0] += 0.001
    assert reader.get("c-1").city == "York"
    assert asked.asked[META.name] > 0
    writer.update("c-1", city="Bath")
    reader.update("c-3", city="Hull")  # whoever writes knows all runs up to its own
    assert reader.get("c-1").city == "Bath"


def test_within_a_transaction_only_the_store_is_asked(handle: Handle) -> None:
    (one, _), (other, _) = handle(stale=3600), handle(stale=3600)
    assert one.get("c-1").version == other.get("c-1").version == 1
    one.update("c-1", city="York", expected=1)
    with pytest.raises(ck.errors.ConflictError) as caught:
        other.update("c-1", city="Bath", expected=1)
    assert caught.value.found == 2
    assert other.get("c-1").version == 2  # after a failed write nothing old is answered


def test_a_transaction_asks_for_each_row_once(handle: Handle) -> None:
    base, asked = handle(stale=0)
    base.update("c-1", city="York")
    assert asked.asked[CUSTOMERS.name] == 1  # who is meant, and what was before
    with base.backend.transaction():
        (before,) = base.backend.get(CUSTOMERS, [1])
        assert before is not None
        base.backend.put(CUSTOMERS, [{**before, "city": "Bath"}])
        (after,) = base.backend.get(CUSTOMERS, [1])
        assert after == {**before, "city": "Bath"}
        after["city"] = "Hull"
        assert base.backend.get(CUSTOMERS, [1, 1]) == [{**before, "city": "Bath"}] * 2


# ── writes that fail ─────────────────────────────────────────────────────────


@pytest.fixture(params=STORES)
def people(request: pytest.FixtureRequest, tmp_path: Path) -> Cached:
    store = Cached(STORES[request.param](tmp_path), stale=3600)
    store.ensure([PEOPLE])
    store.put(PEOPLE, [person(1, city="Leeds")])
    return store


def in_city(store: Backend, city: str) -> list[Row]:
    where = [Cond("city", "eq", city)]
    return [row for batch in store.scan(PEOPLE, where) for row in batch.dicts()]


def test_what_is_rolled_back_leaves_no_entry(people: Cached) -> None:
    with rolled_back(people):
        people.put(PEOPLE, [person(1, city="York"), person(2, city="York")])
        people.delete(PEOPLE, [1])
        assert people.get(PEOPLE, [1, 2]) == [None, person(2, city="York")]
        assert len(in_city(people, "York")) == 1
    for _ in range(2):
        assert people.get(PEOPLE, [1, 2]) == [person(1, city="Leeds"), None]
        assert (len(in_city(people, "York")), len(in_city(people, "Leeds"))) == (0, 1)


def test_rows_move_between_values(people: Cached) -> None:
    assert (len(in_city(people, "Leeds")), len(in_city(people, "York"))) == (1, 0)
    people.put(PEOPLE, [person(1, city="York")])
    assert (len(in_city(people, "Leeds")), len(in_city(people, "York"))) == (0, 1)
    people.load(PEOPLE, [Batch.from_dicts([person(2, city="York")], PEOPLE.names)])
    assert len(in_city(people, "York")) == 2
    people.delete(PEOPLE, [1])
    assert len(in_city(people, "York")) == 1
    people.purge(PEOPLE, [2])
    assert in_city(people, "York") == []


def test_whatever_fails_the_truth_is_answered(path: Path) -> None:
    broken = True
    at = 0
    while broken:
        at += 1
        faulty = FaultyBackend(SQLiteBackend(str(path)))
        with ck.open(Cached(faulty, stale=3600)) as base, ck.open(path) as plain:
            old = base.get("c-1")
            faulty.fail(at, StoreFullError("the disk is full"))
            with suppress(StoreFullError):
                base.update("c-1", city=f"City{at}")
            broken = faulty.raised
            faulty.fail(None, StoreFullError())
            assert base.get("c-1") == plain.get("c-1"), f"after a fault at {at}, from {old}"
    assert at > 10


# ── what is kept, and what is not told ───────────────────────────────────────


def test_the_cache_is_bounded() -> None:
    store = Cached(MemoryBackend(), entries=10, size=20_000)
    store.ensure([PEOPLE])
    store.put(PEOPLE, [person(n, name="x" * 100) for n in range(100)])
    for n in range(100):
        store.get(PEOPLE, [n])
        assert store.info().entries <= 10
        assert store.info().size <= 20_000
    store.get(PEOPLE, [99])
    assert store.info().hits == 1
    store.put(PEOPLE, [person(1, name="x" * 50_000)])
    store.get(PEOPLE, [1])
    assert store.get(PEOPLE, [1])[0] is not None
    assert store.info().hits == 1


def test_what_a_caller_changes_stays_its_own(handle: Handle) -> None:
    base, _ = handle(stale=3600)
    customer = base.get("c-1")
    customer.values["city"] = "nowhere"  # type: ignore[index]
    customer.records.append(99)  # type: ignore[attr-defined]
    row = base.backend.get(CUSTOMERS, [1])[0]
    row["city"] = "nowhere"
    assert base.get("c-1").city == "Leeds"
    assert base.get("c-1").records == [1]
    assert base.backend.get(CUSTOMERS, [1])[0]["city"] == "Leeds"


def test_what_runs_touched_names_nobody(handle: Handle) -> None:
    base, _ = handle()
    base.update(full_name="Zerlinda Quux", email="zerlinda@example.com", city="Quuxville")
    base.clean()
    told = [row for batch in base.backend.scan(META) for row in batch.dicts()]
    assert any(row["name"].startswith("cache:") for row in told)
    assert not any(secret in repr(told).casefold() for secret in ("zerlinda", "quux"))
    base.erase("c-9")
    slots = [row["value"] for batch in base.backend.scan(META) for row in batch.dicts()]
    assert any(value.endswith(" *") for value in slots)
    assert base.backend.info().entries == 0


def test_one_connection_of_threads(handle: Handle) -> None:
    from customerkit.testing.helpers import together

    base, _ = handle(stale=0.001)

    def read() -> None:
        last = 0
        for _ in range(150):
            version = base.get("c-1").version
            assert version >= last
            last = version

    def write() -> None:
        for n in range(40):
            base.update("c-1", city=f"City{n}")
            assert base.get("c-1").city == f"City{n}"

    together(write, read, read)


# ── asking for it ────────────────────────────────────────────────────────────


def test_a_cache_is_asked_for(tmp_path: Path) -> None:
    remote = MemoryBackend()
    remote.capabilities = attrs.evolve(remote.capabilities, remote=True)
    assert isinstance(cached(remote), Cached)
    assert cached(remote, False) is remote
    assert isinstance(ck.open(tmp_path / "a.db").backend, SQLiteBackend)
    with ck.open(tmp_path / "a.db", cache=True) as base:
        assert isinstance(base.backend, Cached)
        assert repr(base) == "<CustomerBase on SQLiteBackend>"
    with ck.open(tmp_path / "a.db", cache="memory:?stale=0&entries=5&size=100000") as base:
        assert base.backend._entries.most == 5


@pytest.mark.parametrize(
    "url",
    ["memcached://h", "memory:?stle=1", "memory:?stale=x", "memory:?stale=-1", "nothing", ""],
)
def test_what_is_no_cache_is_refused(url: str) -> None:
    if url:
        with pytest.raises(InputError, match="cache"):
            cached(MemoryBackend(), url)
    else:
        assert isinstance(cached(MemoryBackend(), url), MemoryBackend)


def test_what_depends_on_too_much_is_made_anew(
    handle: Handle, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, asked = handle(stale=0)
    monkeypatch.setattr("customerkit.store.wrappers.caching._MOST", 3)
    found = base.find(city="Leeds")
    asked.rows_asked()
    assert base.find(city="Leeds") == found
    assert asked.rows_asked() == 1  # the scan; the rows of each customer are kept


def test_results_made_of_results(people: Cached) -> None:
    def inner() -> list[Any]:
        return people.remembered("inner", lambda: people.get(PEOPLE, [1]), list, list)

    for _ in range(2):
        assert people.remembered("outer", inner, list, list) == [person(1, city="Leeds")]
    people.put(PEOPLE, [person(1, city="York")])
    assert people.remembered("outer", inner, list, list) == [person(1, city="York")]

    def writes() -> list[Any]:
        people.put(PEOPLE, [person(2, city="Bath")])
        return people.get(PEOPLE, [2])

    for _ in range(2):
        assert people.remembered("writes", writes, list, list) == [person(2, city="Bath")]
        people.delete(PEOPLE, [2])
