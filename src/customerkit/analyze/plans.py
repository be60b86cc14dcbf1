"""The relational part of the analysis: portable SQL, the same text on every engine.

Times are epoch milliseconds. A day begins at ``occurred - occurred % 86400000``,
made right for times before 1970 by adding a day and taking the rest again.
"""

from __future__ import annotations

OWNED = """
select p.customer_id, c.channel, l.*
from {table} l
join parties p on p.record_id = l.party
join channels c on c.run_id = l.run_id
"""

PURCHASES = """
select customer_id,
       count(distinct case when kind = 'sale' then purchase_id end) as named,
       cast(sum(case when kind = 'sale' and purchase_id is null then 1 else 0 end) as bigint)
         as unnamed,
       count(*) as lines,
       cast(sum(case when kind = 'return' then 1 else 0 end) as bigint) as returns,
       min(case when kind = 'sale' then occurred end) as first_at,
       max(case when kind = 'sale' then occurred end) as last_at
from owned_purchases
group by customer_id
"""

AMOUNTS = """
select customer_id, currency, cast(sum(amount_minor) as bigint) as amount_minor,
       count(*) as lines
from owned_purchases
where amount_minor is not null
group by customer_id, currency
"""

SHARES = """
select customer_id, {value} as value, count(*) as part
from owned_purchases
where kind = 'sale' and {value} is not null
group by customer_id, {value}
"""

HOUR = """
select o.*,
       ((o.occurred % 86400000 + 86400000) % 86400000)
         - ((o.occurred % 3600000 + 3600000) % 3600000) as hour_start,
       ((o.occurred % 604800000 + 604800000) % 604800000)
         - ((o.occurred % 86400000 + 86400000) % 86400000) as day_start
from ({owned}) o
"""

BROWSING = """
select customer_id, count(*) as events, count(distinct session) as sessions,
       max(occurred) as last_at
from ({owned}) o
group by customer_id
"""

REVIEWS = """
select customer_id, count(*) as reviews, count(rating_milli) as rated,
       cast(sum(rating_milli) as bigint) as rating_sum, max(occurred) as last_at
from ({owned}) o
group by customer_id
"""

NEEDS = """
select customer_id, kind, category,
       cast(sum(case when status = 'solved' or solved_at is not null then 1 else 0 end) as bigint)
         as solved,
       count(*) as said, max(occurred) as last_at
from ({owned}) o
group by customer_id, kind, category
"""

TOTALS = """
select count(*) as lines,
       cast(sum(case when party is null then 1 else 0 end) as bigint) as ownerless,
       cast(sum(case when kind = 'return' then 1 else 0 end) as bigint) as returns,
       max(occurred) as last_at
from purchases
"""


def owned(table: str) -> str:
    """Return the select of one kind of activity with its customer and channel."""
    return OWNED.format(table=table)
