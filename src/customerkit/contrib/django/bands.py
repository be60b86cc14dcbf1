"""Filter customers by what spoke of them and by how clean they look."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.db import connections
from django.db.models import Q
from django.db.models.expressions import RawSQL

from customerkit.contrib.django.conf import alias, open_base
from customerkit.contrib.django.models import Member, Record, Run
from customerkit.model.batch import integer
from customerkit.model.tables import CUSTOMERS
from customerkit.scoring import cleanliness
from customerkit.store.protocol import Cond

_BANDS = {"90": "90 % and more", "70": "70 to 90 %", "50": "50 to 70 %", "0": "under 50 %"}
_KEPT = 24 * 3600
_AMONG = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::bigint FROM json_array_elements_text(%s::json)",
    "mysql": "SELECT n FROM JSON_TABLE(%s, '$[*]' COLUMNS (n BIGINT PATH '$')) AS ids",
}


def among(numbers: list[int]) -> RawSQL:
    """Return customers of these numbers, however many, as one parameter of a query."""
    text = _AMONG[connections[alias()].vendor]
    return RawSQL(text, [json.dumps(numbers)])  # noqa: S611 - a text of ours, numbers bound


def band_of(score: float) -> str:
    """Return the band that a score falls into.

    Example:
        >>> band_of(0.93), band_of(0.03)
        ('90', '0')
    """
    return next(low for low in _BANDS if score >= int(low) / 100)


def bands() -> dict[str, list[int]]:
    """Return the active customers of each band; computed once for each state of the base."""
    with open_base() as base:
        state = "-".join(map(str, base.unit.state()))
        key = f"customerkit-bands-{alias()}-{state}"
        found: dict[str, list[int]] | None = cache.get(key)
        if found is None:
            found = {low: [] for low in _BANDS}
            for batch in base.backend.scan(CUSTOMERS, [Cond("status", "eq", "active")]):
                for row in batch.dicts():
                    found[band_of(cleanliness(row))].append(integer(row["customer_id"]))
            cache.set(key, found, _KEPT)
    return found


class CleanFilter(admin.SimpleListFilter):
    """Show the customers whose clean score is in a band."""

    title = "clean score"
    parameter_name = "clean"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """Return the bands."""
        return list(_BANDS.items())

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Return the customers of the band."""
        if self.value() not in _BANDS:
            return queryset
        return queryset.filter(customer_id__in=among(bands()[self.value()]))


class ChannelFilter(admin.SimpleListFilter):
    """Show the customers of whom a channel spoke."""

    title = "channel"
    parameter_name = "channel"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """Return the channels of runs that count."""
        names = _counting().values_list("channel", flat=True).distinct().order_by("channel")
        return [(name, name) for name in names]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Return the customers that have a record of the channel."""
        if not self.value():
            return queryset
        runs = _counting().filter(channel=self.value()).values("run_id")
        records = Record.objects.filter(run_id__in=runs).values("record_id")
        members = Member.objects.filter(record_id__in=records).values("customer_id")
        return queryset.filter(Q(customer_id__in=records) | Q(customer_id__in=members))


def _counting() -> Any:
    return Run.objects.filter(undone_by=None, first_record__isnull=False, channel__isnull=False)
