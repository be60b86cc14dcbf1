"""Know e-mail addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import ClassVar

from customerkit.roles._email_syntax import domain_problem, local_problem, unicode_domain
from customerkit.roles._extras import email_syntax_ok
from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import narrow
from customerkit.roles.missing import is_missing

_PLAIN = re.compile(
    r"(?=.{3,254}\Z)[a-z0-9_+\-]+(?:\.[a-z0-9_+\-]+){0,9}@"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_ANGLE = re.compile(r"[^<>]*<([^<>]*@[^<>]*)>")
_MAILTO = re.compile(r"mailto:\s*(.*@[^?]*)(?:\?.*)?", re.IGNORECASE | re.DOTALL)
_NOBODY = frozenset(
    "test testing tester test1 test2 test123 testuser testtest none null nil na unknown noemail "
    "nomail noreply donotreply nobody noone noemailaddress notprovided notavailable notgiven "
    "refused declined asdf asdfasdf qwerty xxx xx dummy fake invalid donotemail noaddress missing "
    "nomailaddress noemailprovided customernoemail abc abc123 foo foobar blah 123 1234 12345 "
    "123456 undefined mailerdaemon".split()
)
_EXAMPLE = frozenset(
    "a b x me my you your user username name yourname email mail youremail example sample someone "
    "somebody customer client guest firstname lastname firstnamelastname admin info anyone person "
    "anonymous noname address".split()
)
_EXAMPLE_DOMAINS = frozenset(["example.com", "example.org", "example.net", "test.com", "email.tst"])
_RESERVED = (".test", ".example", ".invalid", ".localhost")
_DOMAIN = re.compile(r"[a-z0-9.-]+")
_ODD = _NOBODY | _EXAMPLE
_GLUE = {46: None, 45: None, 95: None}
_GMAIL = frozenset(["gmail.com", "googlemail.com"])


class Email(Role):
    """Know e-mail addresses.

    Example:
        >>> Email().standardise("Jane <MAILTO:Jane@Example.COM>").value
        'jane@example.com'
        >>> Email().key("j.ane+shop@googlemail.com"), Email().key("test@test.com")
        ('jane@gmail.com', None)
    """

    __slots__ = ()
    name: ClassVar[str] = "email"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.PERSONAL
    half_life_days: ClassVar[float | None] = 1_100.0
    """Uncalibrated guess: mailing lists commonly report losing a fifth to a fourth a year."""

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the address in lower case, its domain in Unicode.

        Args:
            value: What a channel said; ``Name <address>`` and ``mailto:`` are read.
            hint: Not used.

        Returns:
            The address, with a code where it breaks a rule. ``email-validator``
            has a second say about unusual ones where it is installed.
        """
        if value.isascii():
            lower = value.lower()
            if _PLAIN.fullmatch(lower) and lower.find("@") < 65 and "xn--" not in lower:
                return Standard(lower, True)
        text = _address(value)
        if is_missing(text, "symbol"):
            return MISSING
        return _judge(text)

    def form(self, value: str) -> str | None:
        """Return the address in lower case, None for placeholders.

        Args:
            value: An address, also one with mistakes.

        Returns:
            The address without what stands behind a plus, which sorts one's mail; of Gmail
            without the dots too.
        """
        text = value.strip().lower()
        if "@" not in text and "//" in text and ":" not in text:
            text = text.replace("//", "@", 1)  # as airlines write it
        if "<" in text or not text.isascii() or text.startswith("mailto:"):
            text = _address(value).lower()
        local, at, domain = text.rpartition("@")
        if not at:
            return None if is_missing(text, "symbol") else text
        local = local.partition("+")[0]
        if domain in _GMAIL:
            local, domain = local.replace(".", ""), "gmail.com"
        if not local or _is_placeholder(local, domain):
            return None
        return f"{local}@{domain}"

    def forms(self, values: Sequence[str]) -> list[str | None]:
        """Return the form of many addresses; plain ones are not taken apart."""
        plain = _PlainDomains()
        found: list[str | None] = []
        for value, text in zip(values, _lowered(values), strict=True):
            local, _, domain = text.rpartition("@")
            word = local
            if not word.isalnum():
                word = local.replace(".", "").replace("_", "").replace("-", "")
            usual = len(word) > 3 and word.isalnum() and word.isascii() and word not in _ODD
            alike = usual and word[0] == word[-1] and word.count(word[0]) == len(word)
            if not usual or not plain[domain] or alike:
                found.append(self.form(value))
            elif domain in _GMAIL:
                found.append(local.replace(".", "") + "@gmail.com")
            else:
                found.append(text)
        return found

    def key(self, value: str) -> str | None:
        """Return the mailbox, None for what stands where an address should be.

        Args:
            value: A standard form.

        Returns:
            The address; dots and tags of Gmail addresses are folded.
        """
        standard = self.standardise(value)
        if standard.value is None or standard.valid is False:
            return None
        local, _, domain = standard.value.rpartition("@")
        if not local or _is_placeholder(local, domain):
            return None
        if domain in _GMAIL:
            local, domain = local.partition("+")[0].replace(".", ""), "gmail.com"
        return f"{local}@{domain}" if local else None


def _lowered(values: Sequence[str]) -> Sequence[str]:
    """Return texts in small letters, worked as one where that can be."""
    found = "\n".join(values).lower().split("\n")
    return found if len(found) == len(values) else [value.lower() for value in values]


class _PlainDomains(dict[str, bool]):
    """Say for each domain whether it is surely no example."""

    def __missing__(self, domain: str) -> bool:
        label = domain.partition(".")[0]
        odd = domain in _EXAMPLE_DOMAINS or label in _NOBODY
        found = not odd and not domain.endswith(_RESERVED) and bool(_DOMAIN.fullmatch(domain))
        self[domain] = found
        return found


def _address(value: str) -> str:
    text, before = _fold(value), ""
    while text != before:
        before = text
        found = _ANGLE.fullmatch(text) or _MAILTO.fullmatch(text)
        text = _fold(found[1]) if found else text
    return text


def _fold(text: str) -> str:
    if '"' not in text:
        return narrow(text)
    return unicodedata.normalize("NFC", text.strip())


def _judge(text: str) -> Standard:
    local, at, domain = text.rpartition("@")
    quoted = len(local) > 1 and local[0] == local[-1] == '"'
    problem = _split_problem(local, at, domain, quoted)
    if problem:
        return Standard(text, False, problem)
    domain = unicode_domain(domain)
    local = local if quoted else unicodedata.normalize("NFC", local.lower())
    address = f"{local}@{domain}"
    problem = local_problem(local, quoted) or domain_problem(domain)
    if not problem and len(address.encode()) > 254:
        problem = "email.too_long"
    if problem:
        return Standard(address, None if problem == "email.no_dot" else False, problem)
    if email_syntax_ok(address) is False:
        return Standard(address, False, "email.rejected")
    return Standard(address, True)


def _split_problem(local: str, at: str, domain: str, quoted: bool) -> str | None:
    if not at:
        return "email.no_at"
    if not quoted and "@" in local:
        return "email.several_at"
    if not local or not domain:
        return "email.no_domain" if local else "email.no_local_part"
    whole = domain if quoted else local + domain
    if any(char.isspace() for char in whole):
        return "email.blank"
    return None


def _is_placeholder(local: str, domain: str) -> bool:
    word = local.partition("+")[0].translate(_GLUE)
    if word in _NOBODY or not word or (len(word) > 2 and len(set(word)) == 1):
        return True
    label = domain.partition(".")[0]
    if word == label and len(word) < 4:
        return True
    example = domain in _EXAMPLE_DOMAINS or domain.endswith(_RESERVED) or label in _NOBODY
    return word in _EXAMPLE and (example or word == label)
