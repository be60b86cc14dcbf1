"""Read the typed columns of activities from text, exactly or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from attrs import define, frozen

from customerkit.model.batch import Batch
from customerkit.roles import role
from customerkit.roles.money import to_minor
from customerkit.roles.time import to_millis


@frozen
class Unreadable:
    """Stand for a value that could not be read.

    Args:
        code: Stable problem code.
    """

    code: str


Answer = int | str | None | Unreadable


def millis(value: str | None, hint: str | None = None) -> int | Unreadable | None:
    """Return epoch milliseconds of a time as a file gives it.

    Example:
        >>> millis("2010-12-01 08:26:00")
        1291191960000
        >>> millis("03/04/2024")
        Unreadable(code='date.ambiguous')
    """
    if value is None:
        return None
    standard = role("time").standardise(value, hint)
    if standard.value is None:
        return None
    found = to_millis(standard.value) if standard.valid is not False else None
    return Unreadable(standard.code or "time.unreadable") if found is None else found


def milli(value: str | None, hint: str | None = None) -> int | Unreadable | None:
    """Return thousandths of a number.

    Example:
        >>> milli("2.5"), milli("six")
        (2500, Unreadable(code='number.not_a_number'))
    """
    exact = _exact(value, "number", hint)
    return exact if exact is None or isinstance(exact, Unreadable) else round(exact * 1000)


def price(value: str | None, hint: str | None = None) -> str | Unreadable | None:
    """Return an amount of money as exact decimal text, without its currency."""
    exact = _exact(value, "money", hint)
    return exact if exact is None or isinstance(exact, Unreadable) else f"{exact:f}"


def _exact(value: str | None, kind: str, hint: str | None) -> Decimal | Unreadable | None:
    if value is None:
        return None
    standard = role(kind).standardise(value, hint)
    if standard.value is None:
        return None
    try:
        return Decimal(standard.value.split(" ")[0])
    except ArithmeticError:
        return Unreadable(standard.code or f"{kind}.invalid")


def minor(
    amount: str | None, quantity: int | None, unit_price: str | None, currency: str | None
) -> int | None:
    """Return the amount of a line in minor units: as given, else quantity times price.

    Example:
        >>> minor(None, 6000, "2.55", "GBP")
        1530
    """
    if amount is None:
        if quantity is None or unit_price is None:
            return None
        amount = f"{Decimal(quantity) / 1000 * Decimal(unit_price):f}"
    found = to_minor(amount, currency)
    if found is None:
        return None
    negative = quantity is not None and quantity < 0 < found[0]
    return -found[0] if negative else found[0]


def kind_of_line(quantity: int | None, amount: int | None) -> str:
    """Return what a purchase line is.

    Args:
        quantity: Thousandths; negative when goods came back.
        amount: Minor units.

    Returns:
        ``sale``; ``return`` where goods came back for money; ``adjustment`` where
        goods went without money or money without goods.

    Example:
        >>> kind_of_line(1000, 250), kind_of_line(-1000, -250), kind_of_line(-1000, 0)
        ('sale', 'return', 'adjustment')
    """
    if quantity is not None and quantity < 0:
        return "return" if amount else "adjustment"
    if amount is not None and amount < 0:
        return "return" if quantity is None else "adjustment"
    return "sale"


Reader = Callable[[str | None], Any]


def readers(hints: Mapping[str, str]) -> dict[str, Reader]:
    """Return the reader of each typed column: ``{said column: function}``."""
    return {
        "occurred": partial(millis, hint=hints.get("occurred")),
        "solved_at": partial(millis, hint=hints.get("solved_at")),
        "quantity": partial(milli, hint=hints.get("quantity")),
        "rating": partial(milli, hint=hints.get("rating")),
        "unit_price": partial(price, hint=hints.get("unit_price")),
        "amount": partial(price, hint=hints.get("amount")),
    }


_STORED = {"quantity": "quantity_milli", "rating": "rating_milli"}


def read(batch: Batch, hints: Mapping[str, str]) -> tuple[Batch, dict[int, str]]:
    """Read the typed columns of a batch.

    Args:
        batch: Activity columns as text, by the names files say them with.
        hints: Column → evidence of the whole column.

    Returns:
        The batch with typed columns, and row index → code of what is unreadable.
    """
    troubles: dict[int, str] = {}
    columns: dict[str, Any] = {}
    known = readers(hints)
    for name in batch.names:
        if name not in known:
            columns[name] = batch.column(name)
            continue
        answers = batch.map(name, known[name])
        if any(isinstance(answer, Unreadable) for answer in set(answers)):
            answers = _reported(answers, troubles)
        columns[_STORED.get(name, name)] = answers
    return Batch.from_columns(columns, len(batch)), troubles


def _reported(answers: Sequence[Any], troubles: dict[int, str]) -> list[Any]:
    for at, answer in enumerate(answers):
        if isinstance(answer, Unreadable):
            troubles.setdefault(at, answer.code)
    return [None if isinstance(answer, Unreadable) else answer for answer in answers]


@define
class Currencies:
    """Tell the currency of purchase lines, in the order of the file.

    Shops write it in the first line of a purchase only, so the lines behind it
    share it.

    Args:
        default: Of purchases that name none.
    """

    default: str | None = None
    _purchase: object = None
    _currency: str | None = None

    def of(self, purchases: Sequence[object], given: Sequence[Any]) -> list[str | None]:
        """Return the currency of each line.

        Example:
            >>> Currencies("EUR").of(["p1", "p1", "p2"], ["GBP", None, None])
            ['GBP', 'GBP', 'EUR']
        """
        found = []
        for purchase, said in zip(purchases, given, strict=True):
            goes_on = purchase is not None and purchase == self._purchase
            self._currency = said or (self._currency if goes_on else self.default)
            self._purchase = purchase
            found.append(self._currency)
        return found


def price_lines(batch: Batch, known: Currencies) -> Batch:
    """Return purchase lines with amount, currency and kind worked out.

    Args:
        batch: Lines with typed quantity, price and amount where given.
        known: Tells the currency of each.
    """
    length = len(batch)
    nothing = [None] * length
    columns = {
        name: batch.column(name) for name in ("purchase_id", "currency") if name in batch.names
    }
    purchases, given = (columns.get(name, nothing) for name in ("purchase_id", "currency"))
    currencies = known.of(purchases, given)
    quantities = batch.column("quantity_milli") if "quantity_milli" in batch.names else nothing
    parts = [
        batch.column(name) if name in batch.names else nothing for name in ("amount", "unit_price")
    ]
    lines = list(zip(parts[0], quantities, parts[1], currencies, strict=True))
    amounts = {line: minor(*line) for line in set(lines)}  # type: ignore[arg-type]
    found = [amounts[line] for line in lines]
    kinds = [
        kind_of_line(quantity, amount)  # type: ignore[arg-type]
        for quantity, amount in zip(quantities, found, strict=True)
    ]
    kept = batch.select([name for name in batch.names if name != "amount"])
    return kept.with_columns({"amount_minor": found, "currency": currencies, "kind": kinds})
