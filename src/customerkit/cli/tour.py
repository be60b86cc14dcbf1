"""The steps of the demo: what each shows of the sample base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice

import customerkit as ck
from customerkit import demo as samples
from customerkit.lookup import Explanation
from customerkit.report.facts import Apart, people, quality
from customerkit.report.shown import counted, cut, date
from customerkit.report.terminal import COLUMNS, table
from customerkit.report.texts import analysis, scored

_CHANGES = 9
_SAID = ("given_name", "family_name", "email", "phone", "street", "city")


def collected(found: Mapping[str, ck.Collected]) -> str:
    """Return what each file held."""
    rows = [
        (name, samples.DESCRIPTIONS[name], got.kind, got.rows, got.quarantined or None)
        for name, got in found.items()
    ]
    headers = ("file", "what it is", "kind", "rows", "unreadable")
    return f"{table(headers, rows)}\nAll were recognised by their headers; nothing was configured."


def unreadable(base: ck.CustomerBase, found: Mapping[str, ck.Collected]) -> str:
    """Return one row of the quarantine and how it is fixed."""
    files = {got.run_id: name for name, got in found.items()}
    rows = base.quarantine()
    row = next((row for row in rows if row["code"].startswith("money.")), rows[0])
    return (
        f"{counted(len(rows), 'row')} wait in quarantine to be fixed and replayed, such as\n"
        f"  {files[row['run_id']]}, line {row['line']}: {row['code']}\n"
        f"  {cut(row['raw'], 97)}"
    )


def proposed(plan: ck.Plan) -> str:
    """Return the most frequent changes, and single ones as examples."""
    ranked = sorted(plan.counts.items(), key=lambda item: (-item[1], item[0]))
    rows = [(count, *why) for why, count in ranked[:_CHANGES]]
    more = len(ranked) - len(rows)
    lines = [table(("changes", "rule", "field", "reason"), rows)]
    lines += [f"… and {more} more kinds, {len(plan):,} changes in all. For example:"]
    lines += [
        f"  {change.field}: {change.old!r} → {change.new!r} ({change.rule})"
        for change in _examples(plan)
    ]
    return "\n".join(lines)


def _examples(plan: ck.Plan) -> list[ck.Change]:
    """Return one change of each of a few fields, and one correction."""
    wanted = {"birth_date", "email", "phone", "city"}
    found = []
    for change in plan.changes():
        correction = change.rule.startswith("correct")
        if correction or (change.field in wanted and change.new is not None):
            wanted.discard(change.field)
            found.append(change)
    return found


def merged(base: ck.CustomerBase) -> str:
    """Return how a customer was spelt, the one spelt in the most ways, and what came of it."""
    ids = [str(row["id"]) for row in base.customers() if str(row.get("phone")).startswith("+")]
    told = {who: [base.explain(who, name) for name in _SAID] for who in ids}
    who = max(ids, key=lambda who: sum(len(_spellings(item)) for item in told[who]))
    rows: list[tuple[str | None, ...]] = []
    for item in told[who]:
        for at, (raw, channels) in enumerate(_spellings(item).items()):
            first = (item.field, item.value) if at == 0 else (None, None)
            rows.append((first[0], raw, ", ".join(channels), first[1]))
    count = counted(len(base.get(who).records), "record")
    shown = table(("field", "as said", "by", "became"), rows)
    return f"{count} from several channels became {who}.\n{shown}"


def _spellings(told: Explanation) -> dict[str, list[str]]:
    """Return what was said in different ways, and by whom."""
    found: dict[str, list[str]] = {}
    for source in told.sources:
        if source.raw is not None:
            channels = found.setdefault(source.raw, [])
            if source.channel not in channels:
                channels.append(source.channel)
    return found


def apart(base: ck.CustomerBase) -> str:
    """Return two customers that share something and are two people nevertheless."""
    pairs = [pair for pair in people(base.deriver()).examples if len(pair.customers) == 2]
    if not pairs:
        return "No two customers share a key."
    pair = next((pair for pair in pairs if pair.why.startswith("different")), pairs[0])
    return _pair(base, pair)


def _pair(base: ck.CustomerBase, pair: Apart) -> str:
    rows = []
    for who in pair.customers:
        customer = base.get(who)
        values = (customer.values.get(name) for name in ("phone", "email", "city"))
        rows.append((who, str(customer.name), *values))
    shown = table(("customer", "name", "phone", "email", "city"), rows)
    return f"They share the same {pair.what}; not joined, because of {pair.why}.\n{shown}"


def behaviour(base: ck.CustomerBase) -> str:
    """Return the totals and the customers that bought most often."""
    return analysis(base.analyze(), 6)


def liking(base: ck.CustomerBase) -> str:
    """Return the preferences and needs of a customer with something to tell."""
    found = base.analyze()
    needs: Counter[str] = Counter(found.needs["customer"])
    bought = dict(zip(found.customers["customer"], found.customers["purchase_count"], strict=True))
    who = max(needs, key=lambda who: (bool(bought.get(who)), needs[who], bought.get(who) or 0))
    likes: dict[str, list[str]] = {}
    for row in found.preferences.rows():
        if row["customer"] == who:
            said = f"{row['value']} ({row['part']} of {row['whole']})"
            likes.setdefault(row["dimension"], []).append(said)
    lines = [f"{who}, {base.get(who).name}, {counted(bought.get(who) or 0, 'purchase')}"]
    lines += [
        f"  {dimension:<10}{', '.join(islice(values, 3))}" for dimension, values in likes.items()
    ]
    for row in found.needs.rows():
        if row["customer"] == who:
            state = "open" if row["open"] else "solved"
            lines.append(f"  {row['kind']:<10}{row['category']}, {state}, {date(row['last'])}")
    return "\n".join(cut(line, COLUMNS) for line in lines)


def trusted(base: ck.CustomerBase) -> str:
    """Return the scores, what they mean, and why the first is low here."""
    return (
        f"{scored(quality(base.deriver()))}\n"
        "The sample's telephone numbers are kept free for fiction, and many name no country:\n"
        "whoever judges them has doubts, and that is what pulls the first score down."
    )
