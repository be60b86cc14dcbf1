"""Read the setting CUSTOMERKIT, and open the base that it names."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS

import customerkit as ck

APP = "customerkit"
"""The label of the app."""


def alias() -> str:
    """Return which of DATABASES holds the base: CUSTOMERKIT = {"ALIAS": "default"}."""
    given: dict[str, Any] = getattr(settings, "CUSTOMERKIT", {})
    return str(given.get("ALIAS", DEFAULT_DB_ALIAS))


def url() -> str:
    """Return the URL of the project's base."""
    return f"django://{alias()}"


def open_base(actor: str | None = None) -> ck.CustomerBase:
    """Open the base of the running project.

    What it writes commits and rolls back with what the project writes to the same
    database.

    Args:
        actor: Who will be logged as the author of runs, such as the name of the
            user of a request.

    Returns:
        The base; a context manager.
    """
    return ck.open(url(), actor=actor)
