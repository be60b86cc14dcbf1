"""Check the parts of an address as RFC 5321 and RFC 5322 have them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

_ATOM = re.compile(r'[^\x00-\x20"(),.:;<>@\[\\\]\x7f]+')
_QUOTED = re.compile(r'"(?:[^\x00-\x1f"\\\x7f]|\\[\x20-\x7e])*"')
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


def local_problem(local: str, quoted: bool) -> str | None:
    """Return the code of what is wrong with a local part, if anything.

    Args:
        local: What stands before the at sign.
        quoted: Whether it stands in quotes.

    Returns:
        A code or None.

    Example:
        >>> local_problem("jane..x", False)
        'email.dots'
    """
    if len(local.encode("utf-8", "replace")) > 64:
        return "email.local_too_long"
    if quoted:
        fine = _QUOTED.fullmatch(local) and not _odd(local)
        return None if fine else "email.quotes"
    parts = local.split(".")
    if "" in parts:
        return "email.dots"
    if not all(map(_ATOM.fullmatch, parts)) or _odd(local):
        return "email.characters"
    return None


def _odd(text: str) -> bool:
    """Say whether a text has controls, surrogates, separators or unassigned characters."""
    return not text.isascii() and any(unicodedata.category(char)[0] in "CZ" for char in text)


def domain_problem(domain: str) -> str | None:
    """Return the code of what is wrong with a domain, if anything.

    Args:
        domain: A domain from :func:`unicode_domain`.

    Returns:
        A code or None.

    Example:
        >>> domain_problem("-example.com"), domain_problem("example"), domain_problem("münchen.de")
        ('email.domain', 'email.no_dot', None)
    """
    if domain.startswith("["):
        return None if _is_literal(domain) else "email.domain_literal"
    labels = domain.split(".")
    try:
        wire = [_wire(label) for label in labels]
    except (UnicodeError, ValueError):
        return "email.domain"
    if not all(len(label) < 64 and _LABEL.fullmatch(label) for label in wire):
        return "email.domain"
    if len(".".join(wire)) > 253:
        return "email.domain_too_long"
    if wire[-1].isdigit():
        return "email.numeric_domain"
    return None if len(wire) > 1 else "email.no_dot"


def _wire(label: str) -> str:
    if label.isascii():
        return label
    if not all(char == "-" or unicodedata.category(char)[0] in "LMN" for char in label):
        raise ValueError("label")
    return "xn--" + label.encode("punycode").decode("ascii")


def _is_literal(domain: str) -> bool:
    inner = domain[1:-1]
    if not domain.endswith("]") or "%" in inner:
        return False
    version = 6 if inner[:5] == "ipv6:" else 4
    try:
        return bool(_address_class(version)(inner[5:] if version == 6 else inner))
    except ValueError:
        return False


@cache
def _address_class(version: int) -> Callable[[str], object]:
    """Return the class of addresses, imported when the first literal is met."""
    import ipaddress

    return ipaddress.IPv6Address if version == 6 else ipaddress.IPv4Address


def unicode_domain(domain: str) -> str:
    """Return a domain in lower case, with its punycode labels as Unicode.

    Args:
        domain: A domain in either form.

    Returns:
        The domain in NFC; labels that do not decode stay.

    Example:
        >>> unicode_domain("XN--Mnchen-3ya.DE")
        'münchen.de'
    """
    domain = unicodedata.normalize("NFC", domain.lower())
    if "xn--" not in domain:
        return domain
    return ".".join(map(_decode, domain.split(".")))


def _decode(label: str) -> str:
    if not label.startswith("xn--") or not label.isascii():
        return label
    try:
        text = label[4:].encode("ascii").decode("punycode")
        same = unicodedata.normalize("NFC", text.lower()) == text and _wire(text) == label
    except (UnicodeError, ValueError, OverflowError):
        return label
    return text if same and not text.isascii() else label
