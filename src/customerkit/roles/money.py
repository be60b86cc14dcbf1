"""Know amounts of money."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import ClassVar

from customerkit.roles.base import MISSING, Role, Sensitivity, Standard
from customerkit.roles.fold import digits
from customerkit.roles.missing import is_missing
from customerkit.roles.number import (
    AmbiguousNumberError,
    decimal_text,
    read_number,
    separator_evidence,
)

_CODES = frozenset(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP "
    "GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES "
    "KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR "
    "MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB "
    "RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD "
    "TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG".split()
)
_EXPONENTS = (
    dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(), 0)
    | dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
    | {"CLF": 4}
)
_SIGNS: dict[str, str | None] = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS",
    "฿": "THB", "₫": "VND", "₴": "UAH", "₦": "NGN", "₱": "PHP", "₸": "KZT", "zł": "PLN",
    "kč": "CZK", "元": "CNY", "人民币": "CNY", "rmb": "CNY", "cn¥": "CNY", "円": "JPY",
    "jp¥": "JPY", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD",
    "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL", "nt$": "TWD", "mx$": "MXN",
    "euro": "EUR", "euros": "EUR", "chf": "CHF", "fr.": "CHF", "美元": "USD", "欧元": "EUR",
    "英镑": "GBP", "日元": "JPY", "港币": "HKD", "港元": "HKD",
    "$": None, "¥": None, "￥": None, "kr": None, "kr.": None, "rs": None, "rs.": None,
    "块": None, "圆": "CNY", "dollar": None, "dollars": None, "pounds": None,
}  # fmt: skip
_WORD = r"[^\d\s.,'()+\-−–][^\d\s,'()+\-−–]*"
_MONEY = re.compile(
    rf"(?P<sign>[-−–+]?) ?(?P<before>{_WORD})? ?(?P<number>[-−–+]?[\d.,][\d.,' ]*?)"
    rf"(?P<minus> ?[-−])? ?(?P<after>{_WORD})?(?P<late> ?[-−])?"
)
_STANDARD = re.compile(r"(-?\d+(?:\.\d+)?)(?: ([A-Z]{3}))?", re.ASCII)
_SWISS_DASH = re.compile(r"(.*\d)[.,][-–—]+(.*)")
_ROUND = ROUND_HALF_EVEN


def minor_digits(currency: str | None) -> int:
    """Return how many decimals the minor units of a currency have; two where unknown.

    Example:
        >>> minor_digits("EUR"), minor_digits("JPY"), minor_digits(None)
        (2, 0, 2)
    """
    return _EXPONENTS.get(currency or "", 2)


def to_minor(text: str, currency: str | None = None) -> tuple[int, str | None] | None:
    """Return an amount in whole minor units.

    Args:
        text: A standard form; its own currency comes first.
        currency: The currency where the text has none.

    Returns:
        Minor units, rounded half to even, and the currency; None for what is no
        standard form. Without a currency there are a hundred minor units.

    Example:
        >>> to_minor("12.345 EUR"), to_minor("12", "JPY"), to_minor("$12")
        ((1234, 'EUR'), (12, 'JPY'), None)
    """
    found = _STANDARD.fullmatch(text)
    if found is None:
        return None
    unit = found[2] or currency
    context = Context(prec=len(text) + 10, rounding=_ROUND)
    scaled = Decimal(found[1]).scaleb(minor_digits(unit), context)
    return int(scaled.to_integral_value(rounding=_ROUND)), unit


class Money(Role):
    """Know amounts of money: ``12.34 EUR``, or ``12.34`` where the currency is not known.

    Example:
        >>> Money().standardise("(1.234,50 €)").value, Money().standardise("$5").value
        ('-1234.5 EUR', '5')
    """

    __slots__ = ()
    name: ClassVar[str] = "money"
    sensitivity: ClassVar[Sensitivity] = Sensitivity.PERSONAL
    half_life_days: ClassVar[float | None] = 365.0
    """Uncalibrated guess: sums about customers grow with every purchase."""
    column_hint: ClassVar[bool] = True

    def standardise(self, value: str, hint: str | None = None) -> Standard:
        """Return the amount with its currency.

        Args:
            value: What a channel said.
            hint: The decimal separator of the column, ``.`` or ``,``.

        Returns:
            The amount; a sign of several currencies ($, ¥, kr) is reported by code.
        """
        text = digits(value)
        if is_missing(text):
            return MISSING
        found = _MONEY.fullmatch(_unwrapped(text))
        if found is None:
            return Standard(text, False, "money.unreadable")
        try:
            amount = read_number(found["number"].strip(), hint)
        except AmbiguousNumberError:
            return Standard(text, None, "number.ambiguous")
        return _judge(text, found, amount)

    def observe(self, values: Iterable[str]) -> frozenset[str]:
        """Return which decimal separators the values show."""
        return separator_evidence(values)

    def resolve(self, evidence: frozenset[str]) -> str | None:
        """Return the decimal separator of the column, None where evidence conflicts."""
        return next(iter(evidence)) if len(evidence) == 1 else None


def _unwrapped(text: str) -> str:
    """Return a text with a minus for its parentheses, and without a Swiss dash."""
    inner = text[1:-1].strip()
    if text[:1] == "(" and text[-1:] == ")":
        text = "-" + inner
    found = _SWISS_DASH.fullmatch(text)
    return found[1] + found[2] if found else text


def _judge(text: str, found: re.Match[str], amount: Decimal | None) -> Standard:
    marks = [found["sign"] or "", found["minus"] or "", found["late"] or "", found["number"][:1]]
    minus = sum(mark.strip() in ("-", "−", "–") for mark in marks if mark.strip())
    words = [word for word in (found["before"], found["after"]) if word]
    known = [_currency(word) for word in words]
    number = decimal_text(abs(amount)) if amount is not None else None
    if number is None or minus > 1 or any(code == "?" for code in known):
        return Standard(text, False, "money.unreadable")
    number = "-" + number if minus and number != "0" else number
    units = {code for code in known if code}
    if len(units) > 1:
        return Standard(text, False, "money.two_currencies")
    if units:
        return Standard(f"{number} {units.pop()}", True)
    return Standard(number, True, "money.ambiguous_currency" if words else None)


def _currency(word: str) -> str | None:
    """Return the currency of a word, None for an ambiguous sign, ``?`` for no currency."""
    upper = word.upper()
    return upper if upper in _CODES else _SIGNS.get(word.casefold(), "?")
