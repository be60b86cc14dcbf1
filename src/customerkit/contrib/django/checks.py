"""What ``manage.py check`` finds: settings under which the base cannot be opened."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error

from customerkit.contrib.django.conf import url
from customerkit.errors import CustomerKitError
from customerkit.store.backends.django import DjangoBackend

_KNOWN = {"ALIAS"}


def check_settings(**_: Any) -> list[Error]:
    """Return the problems of the setting CUSTOMERKIT and of the database that it names."""
    given = getattr(settings, "CUSTOMERKIT", {})
    if not isinstance(given, dict) or given.keys() - _KNOWN:
        hint = 'write CUSTOMERKIT = {"ALIAS": "default"}, or leave it out'
        return [Error("CUSTOMERKIT is no dict, or has unknown keys.", hint, id="customerkit.E001")]
    try:
        DjangoBackend(url())
    except CustomerKitError as error:
        return [Error(f"The base cannot be opened: {error}", id="customerkit.E002")]
    return []
