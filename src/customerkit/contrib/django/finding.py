"""Find customers by what a person types."""

from __future__ import annotations

import re
from contextlib import suppress

import customerkit as ck
from customerkit.errors import AmbiguousError, CustomerKitError, NotFoundError
from customerkit.model.customer import customer_number

_MOST = 200
_DIGITS = re.compile(r"[+()\d][\d\s().+/-]{5,}\Z")


def found(base: ck.CustomerBase, text: str) -> list[int]:
    """Return the customers that a text means: an id, a key of a channel, a mail, a phone.

    Where the base can search, it does, with typing errors and all.
    """
    ids = [*_named(base, text)]
    search = getattr(base, "search", None)
    if search is not None:
        with suppress(CustomerKitError):  # a store that has no index finds by key still
            ids += [hit.id for hit in search(text, limit=_MOST)]
    numbers = map(customer_number, dict.fromkeys(ids))
    return [number for number in numbers if number is not None]


def _named(base: ck.CustomerBase, text: str) -> list[str]:
    ids: list[str] = []
    try:
        ids.append(base.get(text).id)
    except AmbiguousError as error:
        ids += error.customers
    except NotFoundError:
        pass
    if "@" in text:
        ids += [customer.id for customer in base.find(email=text, limit=_MOST)]
    if _DIGITS.match(text):
        ids += [customer.id for customer in base.find(phone=text, limit=_MOST)]
    return ids
