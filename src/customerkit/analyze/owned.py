"""The plans that say whose activity is whose, and how far it may be read.

Times are epoch milliseconds. A day begins at ``occurred - occurred % 86400000``,
made right for times before 1970 by adding a day and taking the rest again; a
week begins on Monday, three days before the first of January 1970.
"""

from __future__ import annotations

from customerkit.analyze.tables import ALIVE, CHANNELS, KEYS, PAIRS, READ
from customerkit.engine.plan import PortablePlan, register

PARTIES = register(
    PortablePlan(
        "analyze.parties",
        """
select w.record_id, w.customer_id
from (
  select s.party as record_id,
         case when m.customer_id is null then s.party else m.customer_id end as customer_id
  from (
    select party from (
      select party from purchases where party is not null
      union all select party from browsing where party is not null
      union all select party from reviews where party is not null
      union all select party from feedback where party is not null
    ) t group by party
  ) s
  left join members m on m.record_id = s.party
) w
join alive a on a.customer_id = w.customer_id
""",
        reads={
            **{name: {"party": columns["party"]} for name, columns in READ.items()},
            "members": PAIRS,
            "alive": ALIVE,
        },
        never_null=KEYS,
    )
)

LATEST = register(
    PortablePlan(
        "analyze.latest",
        """
select max(occurred) as last_at from (
  select max(occurred) as occurred from purchases
  union all select max(occurred) as occurred from browsing
  union all select max(occurred) as occurred from reviews
  union all select max(occurred) as occurred from feedback
) t
""",
        reads={name: {"occurred": columns["occurred"]} for name, columns in READ.items()},
    )
)

TOTALS = register(
    PortablePlan(
        "analyze.totals",
        """
select count(*) as lines,
       count(case when l.party is null then 1 end) as ownerless,
       count(case when l.kind = 'return' then 1 end) as returns,
       count(case when l.kind = 'adjustment' then 1 end) as adjustments,
       count(case when l.occurred is null then 1 end) as undated,
       count(case when l.purchase_id is null then 1 end) as unordered,
       count(case when l.amount_minor is null then 1 end) as unpriced,
       count(distinct l.currency) as currencies
from purchases l
left join parties p on p.record_id = l.party
where (l.party is null or p.record_id is not null)
  and (l.occurred is null or l.occurred <= $as_of)
""",
        reads={"purchases": READ["purchases"], "parties": PAIRS},
        never_null=KEYS,
        parameters={"as_of": "integer"},
    )
)

_DAY, _HOUR, _WEEK = 86_400_000, 3_600_000, 604_800_000


def _rest(of: str, span: int) -> str:
    return f"(({of} % {span} + {span}) % {span})"


_OWNED: dict[str, str] = {
    "purchases": f"""
       l.kind, l.purchase_id, l.amount_minor, l.currency, l.category,
       case when l.sku is null then l.product else l.sku end as item,
       case when l.product is null then l.sku else l.product end as product,
       {_rest("l.occurred", _DAY)} - {_rest("l.occurred", _HOUR)} as hour,
       ({_rest("l.occurred", _WEEK)} + {3 * _DAY}) % {_WEEK}
         - {_rest("l.occurred", _DAY)} as weekday""",
    "browsing": """
       l.session, l.url, case when l.sku is null then l.product else l.sku end as item""",
    "reviews": "l.rating_milli",
    "feedback": """l.kind, l.category,
       case when l.status = 'solved' or l.solved_at is not null or l.kind = 'praise'
            then 1 else 0 end as solved""",
}


def _owned(table: str, columns: str) -> PortablePlan:
    return register(
        PortablePlan(
            f"analyze.owned_{table}",
            f"""
select p.customer_id, c.channel, l.occurred, {columns}
from {table} l
join parties p on p.record_id = l.party
join channels c on c.run_id = l.run_id
where l.occurred is null or l.occurred <= $as_of
""",
            reads={table: READ[table], "parties": PAIRS, "channels": CHANNELS},
            never_null=KEYS,
            parameters={"as_of": "integer"},
        )
    )


OWNED: dict[str, PortablePlan] = {name: _owned(name, columns) for name, columns in _OWNED.items()}
"""Each kind of activity with its customer and channel, up to a time."""
