"""The plans that count and sum what customers did, and join it into one row each.

Subqueries are joined from the left even where both sides match: SQLite then makes
an index for them, and else may compare every row with every other.
"""

from __future__ import annotations

from collections.abc import Sequence

from customerkit.analyze.tables import DIMENSIONS, KEYS, MADE, RANKS, SUMMARIES
from customerkit.engine.plan import PortablePlan, register


def _plan(name: str, table: str, text: str, *more: str) -> PortablePlan:
    reads = {one: MADE[one] for one in (table, *more)}
    return register(PortablePlan(f"analyze.{name}", text, reads, never_null=KEYS))


SEEN = _plan(
    "seen",
    "owned_purchases",
    """
select customer_id from (
  select customer_id from owned_purchases
  union all select customer_id from owned_browsing
  union all select customer_id from owned_reviews
  union all select customer_id from owned_feedback
) t
group by customer_id
""",
    "owned_browsing",
    "owned_reviews",
    "owned_feedback",
)

BOUGHT = _plan(
    "bought",
    "owned_purchases",
    """
select customer_id,
       count(distinct case when kind = 'sale' then purchase_id end) as named,
       count(case when kind = 'sale' and purchase_id is null then 1 end) as unnamed,
       count(*) as lines,
       count(case when kind = 'return' then 1 end) as returns,
       count(case when kind = 'adjustment' then 1 end) as adjustments,
       min(case when kind = 'sale' then occurred end) as first_at,
       max(case when kind = 'sale' then occurred end) as last_at
from owned_purchases
group by customer_id
""",
)

SPENT = register(
    PortablePlan(
        "analyze.spent",
        """
select s.customer_id, s.currency, s.amount_minor, s.lines,
       row_number() over (
         partition by s.customer_id order by s.lines desc, s.named desc, s.unit
       ) as place
from (
  select customer_id, currency, cast(sum(amount_minor) as bigint) as amount_minor,
         count(*) as lines, case when currency is null then 0 else 1 end as named,
         case when currency is null then '' else currency end as unit
  from owned_purchases
  where amount_minor is not null
  group by customer_id, currency
) s
""",
        reads={"owned_purchases": MADE["owned_purchases"]},
        never_null=(*KEYS, "lines", "named", "unit"),
    )
)
"""What each customer spent in each currency, the one of most lines first."""

RANKED = register(
    PortablePlan(
        "analyze.ranked",
        """
select s.customer_id, s.value, s.part,
       row_number() over (partition by s.customer_id order by s.part desc, s.value) as place
from (
  select customer_id, {value} as value, count(*) as part
  from owned_purchases
  where kind = 'sale' and {value} is not null
  group by customer_id, {value}
) s
""",
        reads={"owned_purchases": MADE["owned_purchases"]},
        never_null=(*KEYS, "part", "value"),
        parts=tuple({"value": name} for name in DIMENSIONS),
    )
)
"""The values of one dimension of each customer's purchase lines, the most frequent first."""


PREFERENCES = register(
    PortablePlan(
        "analyze.preferences",
        """
select r.customer_id, r.value, r.part, w.whole
from {ranked} r
left join (
  select customer_id, cast(sum(part) as bigint) as whole from {ranked} group by customer_id
) w on w.customer_id = r.customer_id
where r.place <= $top
order by r.customer_id, r.place
""",
        reads=RANKS,
        never_null=(*KEYS, "part", "value", "place"),
        parameters={"top": "integer"},
        parts=tuple({"ranked": name} for name in RANKS),
    )
)

FAVOURITES = register(
    PortablePlan(
        "analyze.favourites",
        "select customer_id, value from {ranked} where place = 1",
        reads=RANKS,
        parts=tuple({"ranked": name} for name in RANKS),
    )
)

BROWSED = _plan(
    "browsed",
    "owned_browsing",
    """
select customer_id, count(*) as events, count(distinct session) as sessions,
       count(distinct url) as pages, count(distinct item) as products,
       max(occurred) as last_at
from owned_browsing
group by customer_id
""",
)

VIEWED_BOUGHT = _plan(
    "viewed_bought",
    "owned_browsing",
    """
select v.customer_id, count(*) as products
from (
  select customer_id, item, min(occurred) as first_at
  from owned_browsing where item is not null group by customer_id, item
) v
left join (
  select customer_id, item, max(occurred) as last_at
  from owned_purchases where kind = 'sale' and item is not null group by customer_id, item
) b on b.customer_id = v.customer_id and b.item = v.item
where v.first_at <= b.last_at
group by v.customer_id
""",
    "owned_purchases",
)
"""How many products each customer looked at and then, or at that moment, bought."""

REVIEWED = _plan(
    "reviewed",
    "owned_reviews",
    """
select customer_id, count(*) as reviews, count(rating_milli) as rated,
       cast(sum(rating_milli) as bigint) as rating_sum, min(rating_milli) as lowest,
       max(occurred) as last_at
from owned_reviews
group by customer_id
""",
)

TOLD = _plan(
    "told",
    "owned_feedback",
    """
select customer_id, count(case when solved = 0 then 1 end) as unsolved,
       count(case when solved = 1 then 1 end) as solved
from owned_feedback
group by customer_id
""",
)

NEEDS = register(
    PortablePlan(
        "analyze.needs",
        """
select s.customer_id, s.kind, s.category, s.unsolved, s.solved, s.last_at
from (
  select customer_id, kind, category, count(case when solved = 0 then 1 end) as unsolved,
         count(case when solved = 1 then 1 end) as solved, max(occurred) as last_at,
         case when kind is null then 0 else 1 end as kind_known,
         case when kind is null then '' else kind end as kind_order,
         case when category is null then 0 else 1 end as category_known,
         case when category is null then '' else category end as category_order
  from owned_feedback
  group by customer_id, kind, category
) s
order by s.customer_id, s.kind_known, s.kind_order, s.category_known, s.category_order
""",
        reads={"owned_feedback": MADE["owned_feedback"]},
        never_null=(*KEYS, "kind_known", "kind_order", "category_known", "category_order"),
    )
)


def _favourites(dimensions: Sequence[str]) -> tuple[str, str]:
    columns = ", ".join(f"f{n}.value as {name}" for n, name in enumerate(dimensions))
    joins = "\n".join(
        f"left join favourite_{name} f{n} on f{n}.customer_id = s.customer_id"
        for n, name in enumerate(dimensions)
    )
    return columns, joins


_VALUES, _JOINS = _favourites(DIMENSIONS)

CUSTOMERS = register(
    PortablePlan(
        "analyze.customers",
        f"""
select s.customer_id, b.named + b.unnamed as purchase_count, b.lines as line_count,
       b.returns as return_count, b.adjustments as adjustment_count,
       m.amount_minor, m.currency, b.first_at, b.last_at, {_VALUES},
       w.events, w.sessions, w.pages, w.products, w.last_at as browsing_last,
       v.products as viewed_bought,
       r.reviews, r.rated, r.rating_sum, r.lowest, r.last_at as review_last,
       t.unsolved, t.solved
from seen s
left join bought b on b.customer_id = s.customer_id
left join spent m on m.customer_id = s.customer_id and m.place = 1
{_JOINS}
left join browsed w on w.customer_id = s.customer_id
left join viewed_bought v on v.customer_id = s.customer_id
left join reviewed r on r.customer_id = s.customer_id
left join told t on t.customer_id = s.customer_id
order by s.customer_id
""",
        reads=SUMMARIES,
        never_null=(*KEYS, "place"),
        unique={
            name: ("customer_id", "place") if "place" in columns else ("customer_id",)
            for name, columns in SUMMARIES.items()
        },
    )
)

AMOUNTS = register(
    PortablePlan(
        "analyze.amounts",
        """
select customer_id, currency, lines, amount_minor
from spent
order by customer_id, place
""",
        reads={"spent": SUMMARIES["spent"]},
        never_null=(*KEYS, "place"),
    )
)

OTHER_CURRENCIES = register(
    PortablePlan(
        "analyze.other_currencies",
        """
select customer_id, currency from spent where place > 1 order by customer_id, place
""",
        reads={"spent": SUMMARIES["spent"]},
        never_null=(*KEYS, "place"),
    )
)

RESULTS: dict[str, PortablePlan] = {
    "seen": SEEN,
    "bought": BOUGHT,
    "spent": SPENT,
    "browsed": BROWSED,
    "viewed_bought": VIEWED_BOUGHT,
    "reviewed": REVIEWED,
    "told": TOLD,
}
"""The tables that the customers' one wide row is joined from."""
