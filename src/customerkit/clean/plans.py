"""The relational part of cleaning: who shares a key with whom, and who stands alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from customerkit.engine.plan import Columns, PortablePlan, register
from customerkit.model.table import ColumnType

CLEANED: dict[str, ColumnType] = {
    "record_id": "integer",
    "run_id": "integer",
    "published": "integer",
    "external_id": "text",
    "about": "integer",
    "cleared": "text",
    "space": "text",
    "given_name": "text",
    "full_name": "text",
}
"""The columns of cleaned records that are always there, beside the fields that were stated."""

EVIDENCE: dict[str, ColumnType] = {"match_key": "text", "record_id": "integer"}
MEMBERS: dict[str, ColumnType] = {"record_id": "integer", "customer_id": "integer"}
GROUPS: dict[str, ColumnType] = {"space": "text", "external_id": "text", "anchor": "integer"}
NOBODIES: dict[str, ColumnType] = {"space": "text", "external_id": "text"}
RECORDS: dict[str, ColumnType] = {"record_id": "integer"}
PAIRS: dict[str, ColumnType] = {"left_id": "integer", "right_id": "integer"}
FIRSTS: Columns = {"match_key": "text", "first_id": "integer"}
HOLDERS: Columns = {"match_key": "text", "customer_id": "integer"}
_TABLES: Mapping[str, Columns] = {
    "all_keys": EVIDENCE,
    "firsts": FIRSTS,
    "holders": HOLDERS,
    "cleaned": CLEANED,
    "evidence": EVIDENCE,
    "groups": GROUPS,
    "somebodies": GROUPS,
    "nobodies": NOBODIES,
    "pairs": PAIRS,
    "asked": RECORDS,
    "decided": RECORDS,
    "busy": RECORDS,
    "linked": MEMBERS,
    "members": MEMBERS,
    "people": MEMBERS,
    "golden": {"customer_id": "integer", "source": "integer", "full_name": "text"},
}
_NEVER_NULL = frozenset(
    {"record_id", "run_id", "space", "match_key", "customer_id", "anchor", "source", "first_id"}
)


def _plan(
    name: str, text: str, *reads: str, parts: Sequence[Mapping[str, str]] = ()
) -> PortablePlan:
    tables = {table: _TABLES[table] for table in reads}
    plan = PortablePlan(f"clean.{name}", text, tables, never_null=_NEVER_NULL, parts=parts)
    return register(plan)


KEYS_OF = _plan(
    "keys_of",
    "select {column} as match_key, record_id from cleaned where {column} is not null",
    "cleaned",
    parts=({"column": "external_id"},),
)

SAME_IDS = _plan(
    "same_ids",
    """
select space, external_id, min(record_id) as anchor
from cleaned where external_id is not null
group by space, external_id having count(*) > 1
""",
    "cleaned",
)
SOMEBODIES = _plan(
    "somebodies",
    """
select g.space, g.external_id, g.anchor
from groups g left join nobodies n on n.space = g.space and n.external_id = g.external_id
where n.space is null
""",
    "groups",
    "nobodies",
)
GROUPED = _plan("grouped", "select space, external_id from groups", "groups")
AS_GROUPS = _plan("as_groups", "select space, external_id, anchor from somebodies", "somebodies")
SHARED_KEYS = _plan(
    "shared_keys",
    """
select e.match_key, e.record_id, c.given_name, c.full_name
from evidence e
join cleaned c on c.record_id = e.record_id
join (
  select match_key from evidence group by match_key having count(*) > 1
) g on g.match_key = e.match_key
""",
    "evidence",
    "cleaned",
)
BUSY = _plan(
    "busy",
    """
select g.anchor as record_id
from (
  select e.record_id from evidence e
  join (select match_key from evidence group by match_key having count(*) > 1) s
    on s.match_key = e.match_key
  union all select record_id from decided
  union all select record_id from cleaned where about is not null
  union all select about as record_id from cleaned where about is not null
) b
join cleaned c on c.record_id = b.record_id
join groups g on g.space = c.space and g.external_id = c.external_id
group by g.anchor
""",
    "evidence",
    "decided",
    "cleaned",
    "groups",
)
BUSY_IDS = _plan(
    "busy_ids",
    """
select c.space, c.external_id, c.record_id, c.given_name, c.full_name
from cleaned c
join groups g on g.space = c.space and g.external_id = c.external_id
join busy b on b.record_id = g.anchor
""",
    "cleaned",
    "groups",
    "busy",
)
JOINED = _plan(
    "joined",
    """
select c.record_id, g.anchor as customer_id
from cleaned c
join groups g on g.space = c.space and g.external_id = c.external_id
left join busy b on b.record_id = g.anchor
where b.record_id is null and c.record_id <> g.anchor
union all select record_id, customer_id from linked
""",
    "cleaned",
    "groups",
    "busy",
    "linked",
)
ABOUTS = _plan(
    "abouts",
    "select c.record_id, c.about from cleaned c join cleaned a on a.record_id = c.about",
    "cleaned",
)
ACTIVE_PAIRS = _plan(
    "active_pairs",
    """
select p.left_id, p.right_id
from pairs p
join cleaned l on l.record_id = p.left_id
join cleaned r on r.record_id = p.right_id
""",
    "pairs",
    "cleaned",
)
ANCHORS = _plan(
    "anchors",
    """
select m.record_id, m.customer_id
from members m join asked a on a.record_id = m.record_id
""",
    "members",
    "asked",
)
PEOPLE = _plan(
    "people",
    """
select record_id, customer_id from members
union all
select customer_id as record_id, customer_id from members group by customer_id
""",
    "members",
)
SEVERAL = _plan(
    "several",
    """
select p.customer_id, {columns}
from cleaned c join people p on p.record_id = c.record_id
order by p.customer_id, c.record_id
""",
    "cleaned",
    "people",
    parts=({"columns": "c.record_id, c.run_id, c.full_name"},),
)
ALL = _plan(
    "all",
    """
select c.record_id as customer_id, c.run_id as source, {columns}
from cleaned c left join {without} p on p.record_id = c.record_id
where p.record_id is null
union all select customer_id, source, {own} from golden
order by customer_id
""",
    "cleaned",
    "members",
    "people",
    "golden",
    parts=(
        {"columns": "c.full_name", "without": "members", "own": "full_name"},
        {"columns": "c.full_name", "without": "people", "own": "full_name"},
    ),
)
ORDERED_MEMBERS = _plan(
    "ordered_members",
    "select record_id, customer_id from members order by record_id",
    "members",
)
ORDERED_KEYS = _plan(
    "ordered_keys",
    "select match_key, record_id from evidence group by match_key, record_id "
    "order by match_key, record_id",
    "evidence",
)

ALL_KEYS = _plan(
    "all_keys",
    """
select match_key, record_id from evidence
union all
select 'x:' || c.space || ':' || c.external_id as match_key, c.record_id
from cleaned c join groups g on g.space = c.space and g.external_id = c.external_id
""",
    "evidence",
    "cleaned",
    "groups",
)
FIRST_HOLDERS = _plan(
    "first_holders",
    "select match_key, min(record_id) as first_id from all_keys group by match_key",
    "all_keys",
)
LINKS = _plan(
    "links",
    """
select m.record_id, m.customer_id, s.match_key, s.first_id
from members m
left join (
  select k.record_id, k.match_key, f.first_id, p.customer_id
  from all_keys k
  join firsts f on f.match_key = k.match_key
  join people p on p.record_id = f.first_id
  where f.first_id <> k.record_id
) s on s.record_id = m.record_id and s.customer_id = m.customer_id
order by m.record_id
""",
    "members",
    "all_keys",
    "firsts",
    "people",
)
KEY_HOLDERS = _plan(
    "key_holders",
    """
select h.match_key, h.customer_id
from (
  select k.match_key,
         case when p.customer_id is null then k.record_id else p.customer_id end as customer_id
  from all_keys k left join people p on p.record_id = k.record_id
) h
group by h.match_key, h.customer_id
""",
    "all_keys",
    "people",
)
SHARED_BY = _plan(
    "shared_by",
    """
select h.match_key, h.customer_id
from holders h
join (select match_key from holders group by match_key having count(*) > 1) s
  on s.match_key = h.match_key
order by h.match_key, h.customer_id
""",
    "holders",
)
NAMES = _plan(
    "names",
    """
select c.record_id, c.given_name, c.full_name
from cleaned c join asked a on a.record_id = c.record_id
""",
    "cleaned",
    "asked",
)
COUNTS = _plan(
    "counts",
    """
select count(*) as records, count(m.record_id) as joined
from cleaned c left join members m on m.record_id = c.record_id
""",
    "cleaned",
    "members",
)
