"""How often a search finds whom it means in spite of typing errors, and how fast."""

from __future__ import annotations

import argparse
import csv
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from measure import show

import customerkit as ck

LOCALES = (
    *("en_GB", "en_US", "de_DE", "fr_FR", "es_ES", "it_IT", "pl_PL", "sv_SE", "tr_TR", "pt_BR"),
    *("ru_RU", "uk_UA", "el_GR", "ar_SA", "zh_CN", "ja_JP", "ko_KR"),
)
HEADER = ("customer_id", "first name", "last name", "email", "phone", "city", "tags")
KINDS = ("name and city", "mail", "phone")
SAMPLE = "abcdefghijklmnopqrstuvwxyz"


def people(count: int, seed: int) -> Iterator[tuple[str, ...]]:
    """Yield made-up people of many scripts; half of them write English."""
    from faker import Faker

    Faker.seed(seed)
    rng = random.Random(seed)
    makers = [Faker(name) for name in LOCALES]
    domains = ["gmail.com", "yahoo.com", "hotmail.com", "web.de", "qq.com", "mail.ru", "corp.co.uk"]
    for number in range(1, count + 1):
        fake = makers[0] if rng.random() < 0.5 else rng.choice(makers)
        given, family, city = fake.first_name(), fake.last_name(), fake.city()
        latin = "".join(c for c in f"{given}.{family}".lower() if c.isascii() and c not in " '")
        local = latin if len(latin) > 5 else fake.user_name()
        mail = f"{local}{rng.randint(1, 9999)}@{rng.choice(domains)}"
        phone = "+" + str(rng.choice([44, 1, 49, 33, 7, 86])) + str(rng.randint(10**9, 10**10 - 1))
        yield str(number), given, family, mail, phone, city, rng.choice(["VIP", "news", ""])


def of_febrl(path: Path) -> None:
    """Search the originals by name and suburb of their duplicates, as others mistyped them."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    fields = {"given_name": "given_name", "surname": "family_name", "suburb": "city"}
    base = ck.open("memory:")
    originals = [row for row in rows if row["rec_id"].endswith("org")]
    said = [
        {"customer_id": r["rec_id"], **{to: r[n] for n, to in fields.items()}} for r in originals
    ]
    base.collect(said, channel="febrl")
    base.clean(ck.Ruleset([ck.Deduplicate(["external_id"])], name="ids"))
    ids = {row["rec_id"].split("-")[1]: f"c-{at}" for at, row in enumerate(originals, 1)}
    asked = [
        ("name and city", " ".join(row[name] for name in fields), ids[row["rec_id"].split("-")[1]])
        for row in rows
        if "-dup-" in row["rec_id"] and all(row[name] for name in fields)
    ]
    measured("Febrl 3 duplicates", asked, found_by(base))
    base.close()


# ── typing errors ────────────────────────────────────────────────────────────


def mistyped(text: str, errors: int, rng: random.Random) -> str:
    for _ in range(errors):
        text = _wrong(text, rng)
    return text


def _wrong(text: str, rng: random.Random) -> str:
    while True:
        at, kind = rng.randrange(len(text)), rng.randrange(4)
        char = rng.choice(text if rng.random() < 0.5 else SAMPLE)
        if kind == 0:
            new = text[:at] + char + text[at + 1 :]
        elif kind == 1:
            new = text[:at] + text[at + 1 :]
        elif kind == 2:
            new = text[:at] + char + text[at:]
        else:
            new = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
        if new.strip() and new != text:
            return new


def queries(rows: list[dict], count: int, seed: int) -> list[tuple[str, str, str]]:
    """Return kind, text and customer of queries that each mean one customer."""
    rng = random.Random(seed)
    texts = {
        "name and city": lambda r: (
            f"{r.get('given_name', '')} {r.get('family_name', '')} {r.get('city', '')}"
        ),
        "mail": lambda r: r.get("email", ""),
        "phone": lambda r: r.get("phone", ""),
    }
    seen = {
        kind: Counter(" ".join(of(row).casefold().split()) for row in rows)
        for kind, of in texts.items()
    }
    found = []
    while len(found) < count:
        kind, row = KINDS[len(found) % 3], rng.choice(rows)
        text = " ".join(texts[kind](row).split())
        whole = kind != "name and city" or all(
            row.get(n) for n in ("given_name", "family_name", "city")
        )
        if len(text) > 3 and whole and seen[kind][text.casefold()] == 1:
            found.append((kind, mistyped(text, rng.choice([1, 2]), rng), row["id"]))
    return found


# ── what is measured ─────────────────────────────────────────────────────────


def measured(name: str, asked: list, search: Callable[[str], list[str]]) -> None:
    """Print how often the right customer is among the first five, and the times."""
    hits, counts, seconds, worked = Counter(), Counter(), [], []
    for kind, text, who in asked:
        start, begun = time.perf_counter(), time.process_time()
        found = search(text)
        seconds.append(time.perf_counter() - start)
        worked.append(time.process_time() - begun)
        counts[kind] += 1
        hits[kind] += who in found[:5]
    places, busy = statistics.quantiles(seconds, n=100), statistics.quantiles(worked, n=100)
    show(
        search=name,
        queries=len(asked),
        recall_at_5=round(hits.total() / counts.total(), 4),
        **{kind.replace(" ", "_"): round(hits[kind] / counts[kind], 4) for kind in counts},
        p50_ms=round(places[49] * 1000, 1),
        p95_ms=round(places[94] * 1000, 1),
        cpu_p50_ms=round(busy[49] * 1000, 1),
        cpu_p95_ms=round(busy[94] * 1000, 1),
    )


def found_by(base: ck.CustomerBase) -> Callable[[str], list[str]]:
    return lambda text: [hit.id for hit in base.search(text, limit=5)]


def like(base: ck.CustomerBase) -> Callable[[str], list[str]]:
    """The yardstick: what SQL offers without an index of its own."""
    connection = base.backend._connection
    sql = (
        "select 'c-' || customer_id from customers where status = 'active' and (email like ? or "
        "phone like ? or given_name || ' ' || family_name || ' ' || city like ?) limit 5"
    )
    return lambda text: [row[0] for row in connection.execute(sql, [f"%{text}%"] * 3)]


def filled(url: str, count: int, seed: int, **options: str) -> ck.CustomerBase:
    base = ck.open(url, **options)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(HEADER)
            out.writerows(people(count, seed))
        base.collect(path, channel="crm")
    ids = ck.Ruleset([ck.Deduplicate(["external_id"])], name="ids")
    base.clean(ids)
    return base


def built(base: ck.CustomerBase) -> None:
    start, begun = time.perf_counter(), time.process_time()
    count = base.reindex()
    seconds, worked = time.perf_counter() - start, time.process_time() - begun
    size = 0
    from customerkit.model.tables import POSTINGS

    rows = 0
    for batch in base.backend.scan(POSTINGS, columns=["customers"]):
        rows += len(batch)
        size += sum(len(blob) for blob in batch.column("customers"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    show(
        customers=count,
        index_seconds=round(seconds, 1),
        cpu_seconds=round(worked, 1),
        rows=rows,
        postings_mb=round(size / 1e6, 1),
        peak_mb=peak,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument(
        "--search", help="URL of a search server; or elasticsearch, which starts one"
    )
    parser.add_argument("--store", choices=["postgresql", "mysql"], help="a server to start")
    parser.add_argument("--keep", help="a file to keep or use again")
    parser.add_argument("--febrl", help="data set 3 of Febrl: typing errors that others made")
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    if options.store:
        on_server(options)
        return
    if options.search == "elasticsearch":
        sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "servers"))
        from running import Elasticsearch

        Elasticsearch.java_options = ()
        with Elasticsearch() as server, server.fresh() as url:
            options.search = url
            run(options)
        return
    run(options)


def on_server(options: argparse.Namespace) -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "servers"))
    from running import MariaDB, PostgreSQL

    kind = {"postgresql": PostgreSQL, "mysql": MariaDB}[options.store]
    for seed in options.seeds:
        with kind() as server, server.fresh() as url:
            base = filled(url, options.rows, seed)
            built(base)
            asked = queries(list(base.customers()), options.queries, seed)
            measured(options.store, asked, found_by(base))
            base.close()


def run(options: argparse.Namespace) -> None:
    if options.febrl:
        of_febrl(Path(options.febrl))
    for seed in options.seeds:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(options.keep or Path(folder) / "base.db")
            more = {"search": options.search} if options.search else {}
            known = path.exists()
            base = (
                ck.open(str(path), **more)
                if known
                else filled(str(path), options.rows, seed, **more)
            )
            size = path.stat().st_size
            if not known or options.search:
                built(base)
                show(base_mb=round(size / 1e6), with_index_mb=round(path.stat().st_size / 1e6))
            asked = queries(list(base.customers()), options.queries, seed)
            measured((options.search or "sqlite").partition(":")[0], asked, found_by(base))
            if options.misses:
                misses(base, asked, options.misses)
            measured("yardstick: LIKE", asked[:60], like(base))
            base.close()


def misses(base: ck.CustomerBase, asked: list, count: int) -> None:
    for kind, text, who in asked:
        found = base.search(text, limit=5)
        if who not in [hit.id for hit in found] and count:
            count -= 1
            meant = base.get(who).values
            print(
                kind,
                repr(text),
                {k: meant.get(k) for k in ("given_name", "family_name", "email", "phone", "city")},
                [(h.score, {n: str(v) for n, v in h.fields.items()}) for h in found][:2],
            )


if __name__ == "__main__":
    main()
