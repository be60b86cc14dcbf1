"""Know personal names: their form, and what is no name."""

from __future__ import annotations

import re
from typing import ClassVar

from customerkit.roles._case import one_case, title_name
from customerkit.roles._couples import both
from customerkit.roles._thai import without_title
from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import bare, decoded, loose, narrow, plain, squash
from customerkit.roles.missing import is_missing

PLACEHOLDERS = frozenset(
    "test testing testtest testuser asdf asdfasdf asd asdfgh qwerty qwe xxx customer firstname "
    "lastname givenname familyname surname fullname yourname noname nolastname nofirstname fnu lnu "
    "anonymous anon dummy username defaultuser guestuser guestcustomer newcustomer testcustomer "
    "tba tbc tbd tbn occupier occupant householder homeowner resident currentresident "
    "theoccupier theoccupant thehouseholder thehomeowner theresident accountholder cardholder "
    "valuedcustomer "
    "walkin walkincustomer cashcustomer nobody blah unnamed unknown unknownunknown foo foobar "
    "babyboy babygirl bb bg babyboya babyboyb babygirla babygirlb babyunknown newborn newbornboy "
    "newborngirl infantboy infantgirl infantof "
    "qwer hjkl fgh jkl donotcall donaldduck mickeymouse abcxyz nonenone "
    "测试 測試 测试用户 客户 顾客 匿名 匿名用户 用户 新用户 散客 先生 女士 小姐 太太 老师 "
    "老師".split()
)
_LETTERS = re.compile(r"[^\W\d_]")
_FINE = re.compile(r"[^\d_@]*")
_SYMBOLS = re.compile(r"[!\"#$%*+/:;<=>?\[\\\]^{|}~]")
_SPACED_HAN = re.compile(r"[\u3400-\u9fff]( [\u3400-\u9fff])+")
_COMPANY = re.compile(
    r"(?<![^\s,(])(?:ltd|limited|llc|llp|inc|incorporated|corp|corporation|gmbh|plc|pty|s\.?à?a?\.?r\.?l"
    r"|s\.p\.a|b\.v|n\.v|pvt|ag & co|gbr|ohg|kgaa|oyj|aktiengesellschaft|sdn bhd|k\.k"
    r"|l\.l\.c|l\.l\.p|p\.l\.c)(?![^\s,.)])",
    re.IGNORECASE,
)
_COMPANY_CJK = re.compile("有限公司|有限责任公司|株式会社|주식회사|ООО |ОАО ")
_READ_AS = {"0": "o", "1": "l", "5": "s", "8": "b"}
_MISREAD = re.compile(r"(?:(?<=[a-z])|(?<![^ ]))[0158](?=[a-z])")


def fold(text: str) -> str:
    """Fold a name to what it is compared by: no case, accents, punctuation or blanks.

    Args:
        text: A name; CJK stays as it is.

    Returns:
        The folded name.

    Example:
        >>> fold("Zoë O'Brien-Smith")
        'zoeobriensmith'
    """
    return bare(text)


def standardise_name(value: str, whole: bool = False) -> Standard:
    """Return the standard form of a name or a part of it.

    Args:
        value: What a channel said.
        whole: Whether it is a full name.

    Returns:
        Its standard form.

    Example:
        >>> standardise_name(" JANE  O'BRIEN ").value
        "Jane O'Brien"
    """
    if value.isalpha() and value.isascii() and len(value) > 3 and value.istitle():
        return _judge(value, value)
    text = squash(value) if value.isascii() else _narrow_latin(value)
    if is_missing(text, "name"):
        return MISSING
    standard = _judge(text, text)
    if whole and len(text) < 4 and text.isupper():
        return standard  # IBM, or a person's initials
    if standard.valid is True and one_case(text):
        return _judge(title_name(text, whole), text)
    return standard


def _narrow_latin(value: str) -> str:
    text = narrow(value)
    return text.replace(" ", "") if _is_spelled(text) else text


def _is_spelled(text: str) -> bool:
    return False if len(text) > 9 else _SPACED_HAN.fullmatch(text) is not None and len(text) < 4


def _judge(text: str, said: str) -> Standard:
    if "@" in text:
        return Standard(said, False, "name.at_sign")
    if not _FINE.fullmatch(text):
        return Standard(said, False, "name.digits")
    if is_placeholder(text):
        return Standard(said, False, "name.placeholder")
    if not _LETTERS.search(text):
        return Standard(said, False, "name.no_letters")
    doubt = "symbols" if _SYMBOLS.search(text) else "company" if is_company(text) else None
    return Standard(text, None, f"name.{doubt}") if doubt else Standard(text, True)


def _reread(text: str) -> str:
    """Return a form with the letters that a machine read as digits: *s0phia*."""
    if text.isalpha():
        return text
    return _MISREAD.sub(lambda digit: _READ_AS[digit[0]], text)


def is_company(text: str) -> bool:
    """Say whether a text is surely a company's name: it says so itself.

    Args:
        text: A name.

    Returns:
        True where a legal form stands in it as a word of its own.

    Example:
        >>> is_company("ACME GmbH"), is_company("Acme, Inc."), is_company("Jane Lincoln")
        (True, True, False)
    """
    if text.isascii():
        return " " in text and _COMPANY.search(text) is not None
    return _COMPANY.search(text) is not None or _COMPANY_CJK.search(text) is not None


def is_placeholder(text: str) -> bool:
    """Say whether a text stands where a name should be.

    Args:
        text: A name.

    Returns:
        True for ``test``, ``asdf``, ``xxx`` and their like.

    Example:
        >>> is_placeholder("Test"), is_placeholder("Jane"), is_placeholder("aaaa")
        (True, False, True)
    """
    folded = plain(text)
    word = folded if folded.isalnum() else fold(folded)
    if word in PLACEHOLDERS:
        return True
    words = folded.split()
    if len(words) > 1 and all(word in PLACEHOLDERS or is_missing(word) for word in words):
        return True
    return len(word) > 2 and word.isascii() and len(set(word)) == 1 and word != "iii"


class NamePart(Role):
    """Share what given, family and full names have in common."""

    __slots__ = ()
    sensitivity: ClassVar[Sensitivity] = Sensitivity.PERSONAL
    whole: ClassVar[bool] = False

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the name with its usual blanks and case.

        Args:
            value: What a channel said.
            hint: Not used.

        Returns:
            The standard form; mixed case stays as it is.
        """
        return standardise_name(value, self.whole)

    def form(self, value: str) -> str | None:
        """Return the name in one word for each part, None for placeholders.

        Args:
            value: A name.

        Returns:
            Words without accents and signs, one blank between them.
        """
        if value.isalpha() and value.isascii():
            text = value.lower()
            return None if text in PLACEHOLDERS else text
        if is_missing(value, "name") or is_placeholder(value):
            return None
        value = without_title(decoded(value))
        if two := both(value):
            value = two[0]
        return _reread(loose(value)) or None

    def key(self, value: str) -> str | None:
        """Return the folded name, None for what is no name.

        Args:
            value: A standard form.

        Returns:
            Text that is equal for equal names.
        """
        standard = standardise_name(value, self.whole)
        if standard.value is None or standard.valid is False:
            return None
        return fold(standard.value) or None
