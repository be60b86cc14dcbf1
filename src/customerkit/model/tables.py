"""Every table of a base, derived from the model's classes."""

from __future__ import annotations

from attrs import define

from customerkit.model.activity import BrowsingEvent, Feedback, PurchaseLine, Record, Review
from customerkit.model.log import Decision, Quarantined, Run
from customerkit.model.profile import Profile
from customerkit.model.table import Table, derive

SCHEMA_VERSION = 1


@define(kw_only=True)
class _Golden(Profile):
    customer_id: int
    version: int
    run_id: int
    status: str
    redirect: int | None = None


@define(kw_only=True)
class _Past:
    customer_id: int
    version: int
    run_id: int
    before: str | None = None


@define(kw_only=True)
class _Member:
    record_id: int
    customer_id: int
    run_id: int


@define(kw_only=True)
class _Key:
    match_key: str
    record_id: int


@define(kw_only=True)
class _Fill:
    record_id: int
    field: str
    value: str
    rule: str
    run_id: int


@define(kw_only=True)
class _Named:
    name: str
    value: str
    version: int = 1


@define(kw_only=True)
class _Posting:
    generation: int
    block: int
    term: int
    customers: bytes


@define(kw_only=True)
class _Suppressed:
    digest: str
    run_id: int


RUNS = derive(Run, "runs", ("run_id",), ("channel",), ("cleaned_by",))
RECORDS = derive(
    Record,
    "records",
    ("record_id",),
    ("external_id",),
    ("fingerprint",),
    ("about",),
    sparse=("external_id", "fingerprint", "about"),
)
CUSTOMERS = derive(_Golden, "customers", ("customer_id",))
HISTORY = derive(_Past, "customers_history", ("customer_id", "run_id"))
MEMBERS = derive(_Member, "members", ("record_id",), ("customer_id",))
KEYS = derive(_Key, "keys", ("match_key", "record_id"), ("record_id",))
FILLS = derive(_Fill, "fills", ("record_id", "field"), ("run_id",))
DECISIONS = derive(Decision, "decisions", ("decision_id",), ("left_id",), ("right_id",))
QUARANTINE = derive(Quarantined, "quarantine", ("quarantine_id",), ("run_id",))
RULESETS = derive(_Named, "rulesets", ("name",))
SUPPRESSED = derive(_Suppressed, "suppressed", ("digest",))
META = derive(_Named, "meta", ("name",))
POSTINGS = derive(_Posting, "search_postings", ("generation", "block", "term"))
SEARCH = derive(_Named, "search", ("name",))

PURCHASES = derive(PurchaseLine, "purchases", ("record_id",), ("party",), ("fingerprint",))
BROWSING = derive(BrowsingEvent, "browsing", ("record_id",), ("party",), ("fingerprint",))
REVIEWS = derive(Review, "reviews", ("record_id",), ("party",), ("fingerprint",))
FEEDBACK = derive(Feedback, "feedback", ("record_id",), ("party",), ("fingerprint",))

ACTIVITIES: dict[str, Table] = {
    table.name: table for table in (PURCHASES, BROWSING, REVIEWS, FEEDBACK)
}
TABLES: tuple[Table, ...] = (
    RUNS,
    RECORDS,
    CUSTOMERS,
    HISTORY,
    MEMBERS,
    KEYS,
    FILLS,
    DECISIONS,
    QUARANTINE,
    RULESETS,
    SUPPRESSED,
    META,
    POSTINGS,
    SEARCH,
    *ACTIVITIES.values(),
)
