"""Reach the optional packages: imported when first needed, and only if they are there."""

from __future__ import annotations

import importlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any


@cache
def optional(name: str) -> Any:
    """Return a module, or None where it is not installed.

    Args:
        name: Such as ``phonenumbers``.

    Returns:
        The module or None.

    Example:
        >>> optional("no_such_module") is None
        True
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def in_force() -> dict[str, str | None]:
    """Return the packages that change what roles find, each with its version or None.

    Example:
        >>> sorted(in_force())
        ['email-validator', 'phonenumbers']
    """
    return {name: _version(name) for name in ("phonenumbers", "email-validator")}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def email_syntax_ok(address: str) -> bool | None:
    """Ask ``email-validator`` about the syntax of an address; no network is used.

    Args:
        address: An address.

    Returns:
        Its answer, None where it is not installed.

    Example:
        >>> email_syntax_ok("jane@example.com") in (True, None)
        True
    """
    found = optional("email_validator")
    if found is None:
        return None
    try:
        found.validate_email(
            address,
            check_deliverability=False,
            allow_quoted_local=True,
            allow_domain_literal=True,
            test_environment=True,
        )
    except found.EmailNotValidError:
        return _is_special_use(address, found)
    return True


def _is_special_use(address: str, found: Any) -> bool:
    """Say whether it was rejected for its reserved domain only, which is no syntax."""
    domain = "." + address.rpartition("@")[2]
    return any(domain.endswith("." + name) for name in found.SPECIAL_USE_DOMAIN_NAMES)
