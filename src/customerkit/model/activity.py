"""What customers do: purchases, browsing, reviews, feedback.

An activity row is its own record: appended once, typed, with the provenance
columns every record has. Who did it is its *party*, the number of the record
that holds what the same row said about the customer.
"""

from __future__ import annotations

from typing import Any

import attrs
from attrs import define

from customerkit.model.profile import Profile


def fact(role: str = "text") -> Any:
    """Declare a field of an activity and the role its text is read with."""
    return attrs.field(default=None, metadata={"role": role})


@define(kw_only=True, slots=False)  # a second base with slots would clash with Profile
class Provenance:
    """Say where a row came from.

    Args:
        record_id: Number of the row, in order of arrival.
        run_id: The run that brought it: channel, file, observed and recorded time.
        position: 1-based row in its source, header and blank lines not counted.
        published: When the channel says it was last changed, epoch milliseconds.
        fingerprint: 16 bytes that identify what was said, the same on every machine;
            None where an external id finds the record.
    """

    record_id: int
    run_id: int
    position: int
    published: int | None = None
    fingerprint: bytes | None = None


@define(kw_only=True)
class Record(Provenance, Profile):
    """Hold one thing a channel said about a customer, verbatim.

    Args:
        external_id: The channel's own key of the customer.
        about: Number of the oldest record of the customer an update speaks about.
        extras: JSON object of what no field is for, as given.
        cleared: Comma-separated fields that were emptied on purpose.
    """

    external_id: str | None = None
    about: int | None = None
    extras: str | None = None
    cleared: str | None = None


@define(kw_only=True)
class Activity(Provenance):
    """Say who did something and when.

    Args:
        party: Number of the record of who did it; None when nobody was named.
        occurred: Epoch milliseconds; a time without zone counts as UTC.
        extras: JSON object of what no field is for, as given.
    """

    party: int | None = None
    occurred: int | None = fact("time")
    extras: str | None = None


@define(kw_only=True)
class PurchaseLine(Activity):
    """Hold one line of a purchase or of its return.

    Args:
        purchase_id: The channel's number of the whole purchase.
        quantity_milli: Thousandths of a unit, negative when returned.
        unit_price: Exact decimal text.
        amount_minor: Minor units of the currency, negative when returned.
        kind: ``sale``, ``return`` or ``adjustment``.
    """

    purchase_id: str | None = fact("identifier")
    sku: str | None = fact()
    product: str | None = fact()
    category: str | None = fact()
    quantity_milli: int | None = fact("number")
    unit_price: str | None = fact("money")
    amount_minor: int | None = fact("money")
    currency: str | None = fact()
    kind: str | None = fact()
    status: str | None = fact()


@define(kw_only=True)
class BrowsingEvent(Activity):
    """Hold one thing seen or done on a site or in an app."""

    session: str | None = fact()
    event: str | None = fact()
    url: str | None = fact()
    sku: str | None = fact()
    product: str | None = fact()
    category: str | None = fact()
    device: str | None = fact()


@define(kw_only=True)
class Review(Activity):
    """Hold one review; the rating in thousandths of a star."""

    sku: str | None = fact()
    product: str | None = fact()
    category: str | None = fact()
    rating_milli: int | None = fact("number")
    title: str | None = fact()
    text: str | None = fact()


@define(kw_only=True)
class Feedback(Activity):
    """Hold one complaint, question or praise and whether it was solved."""

    kind: str | None = fact()
    category: str | None = fact()
    status: str | None = fact()
    solved_at: int | None = fact("time")
    text: str | None = fact()
