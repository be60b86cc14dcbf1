"""Made-up people who share what usually tells people apart: colleagues, couples, twins, guests."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import people
from rows import Row

Person = dict[str, str]
Home = tuple[str, str, str]
_FIELDS = ("given_name", "family_name", "birth_date", "email", "phone", "street", "city",
           "postcode", "company")  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_COMPANY = (1, 1, 2, 3, 5, 8, 15, 40)  # people
_ORDERS = (1, 1, 2, 5, 10, 30)


def misspelt(word: str, draw: random.Random) -> str:
    """Return a word with one mistake."""
    if len(word) < 4:
        return word
    at = draw.randrange(1, len(word))
    new = draw.choice(_LETTERS)
    crossed = word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    return draw.choice([word[:at] + word[at + 1 :], word[:at] + new + word[at + 1 :], crossed])


class Makers:
    """Draw people of whom no two are one.

    Args:
        count: How many can be drawn.
        seed: The same seed gives the same people.
    """

    def __init__(self, count: int, seed: int) -> None:
        self.draw = random.Random(seed)
        row = people.generate(3 * count, seed, columns=_FIELDS[:-1])
        self._names = [
            pair for pair in zip(row["given_name"], row["family_name"], strict=True) if all(pair)
        ]
        homes = zip(row["street"], row["city"], row["postcode"], strict=True)
        self._homes: list[Home] = [home for home in homes if all(home)]

    def home(self) -> Home:
        """Return an address."""
        return self.draw.choice(self._homes)

    def phone(self) -> str:
        """Return a number."""
        return f"+447{self.draw.randrange(10**8, 10**9)}"

    def mail(self, person: Person) -> str:
        """Return an address made of a name."""
        given, family = person["given_name"].lower(), person["family_name"].lower()
        sign, number = self.draw.choice("._-"), self.draw.choice(["", self.draw.randrange(100)])
        return f"{given}{sign}{family}{number}@{self.draw.choice('abcd')}mail.example".replace(
            " ", ""
        )

    def person(self) -> Person:
        """Return somebody with everything but a company."""
        given, family = self.draw.choice(self._names)[0], self.draw.choice(self._names)[1]
        year, month, day = (self.draw.randrange(*ends) for ends in ((1940, 2005), (1, 13), (1, 29)))
        street, city, postcode = self.home()
        found = {"given_name": given, "family_name": family, "phone": self.phone()}
        found |= {"birth_date": f"{year}-{month:02}-{day:02}", "company": ""}
        found |= {"street": street, "city": city, "postcode": postcode}
        return found | {"email": self.mail(found)}

    def again(self, person: Person, blank: float, *, moves: float, contacts: float) -> Person:
        """Return what another channel says of somebody."""
        draw, found = self.draw, dict(person)
        for name in ("given_name", "family_name"):
            if draw.random() < 0.1:
                found[name] = misspelt(found[name], draw)
        if draw.random() < 0.05:
            found["given_name"] = found["given_name"][0]
        if draw.random() < contacts:
            found["email"] = self.mail(person)
        if draw.random() < contacts:
            found["phone"] = self.phone()
        if draw.random() < moves:
            found["street"], found["city"], found["postcode"] = self.home()
        return self.leave_out(found, blank)

    def leave_out(self, person: Person, blank: float) -> Person:
        """Return somebody with some fields empty, never a name."""
        return {
            name: "" if name not in _FIELDS[:2] and self.draw.random() < blank else value
            for name, value in person.items()
        }


def _usual(makers: Makers, groups: Iterator[list[Person]]) -> Iterator[tuple[int, Person]]:
    """Yield the records of people, a fifth of whom have several."""
    number = 0
    for group in groups:
        for person in group:
            yield number, makers.leave_out(person, 0.15)
            for _ in range(makers.draw.choice([1, 1, 1, 2]) if makers.draw.random() < 0.2 else 0):
                yield number, makers.again(person, 0.15, moves=0.08, contacts=0.2)
            number += 1


def _colleagues(makers: Makers) -> Iterator[tuple[int, Person]]:
    draw, number = makers.draw, 0
    while True:
        name, switchboard = f"{makers.person()['family_name']} {number}", makers.phone()
        firm = f"firm{number}.example"
        street, city, postcode = makers.home()
        place = {"company": name, "street": street, "city": city, "postcode": postcode}
        for _ in range(draw.choice(_COMPANY)):
            person = {**makers.person(), **place, "birth_date": ""}
            own = f"{person['given_name'][0]}.{person['family_name']}@{firm}".lower()
            for again in range(draw.choice([2, 2, 3]) if draw.random() < 0.3 else 1):
                found = makers.again(person, 0.15, moves=0, contacts=0) if again else dict(person)
                found["email"] = draw.choice([own, own, f"info@{firm}", f"info@{firm}", ""])
                found["phone"] = draw.choice([person["phone"], switchboard, switchboard, ""])
                yield number, found
            number += 1


def _couples(makers: Makers) -> Iterator[tuple[int, Person]]:
    shared = ("family_name", "street", "city", "postcode", "phone", "email")

    def couples() -> Iterator[list[Person]]:
        while True:
            one, other = ({**makers.person(), "birth_date": ""} for _ in range(2))
            yield [one, {**other, **{name: one[name] for name in shared}}]

    return _usual(makers, couples())


def _twins(makers: Makers) -> Iterator[tuple[int, Person]]:
    shared = ("family_name", "street", "city", "postcode", "birth_date")

    def families() -> Iterator[list[Person]]:
        while True:
            one, other = makers.person(), makers.person()
            twin = {**other, **{name: one[name] for name in shared}}
            yield [one, twin] if makers.draw.random() < 0.1 else [one, other]

    return _usual(makers, families())


def _guests(makers: Makers) -> Iterator[tuple[int, Person]]:
    number = 0
    while True:
        person = {**makers.person(), "birth_date": "", "phone": ""}
        yield number, makers.leave_out(person, 0.15)
        for _ in range(makers.draw.choice(_ORDERS) - 1):
            found = makers.again(person, 0.15, moves=0.05, contacts=0.1)
            yield number, {**found, "phone": ""}
        number += 1


KINDS: dict[str, Callable[[Makers], Iterator[tuple[int, Person]]]] = {
    "colleagues": _colleagues,
    "couples": _couples,
    "twins": _twins,
    "guests": _guests,
}


def generate(kind: str, records: int, seed: int) -> Row:
    """Return columns of made-up records, the one named `person` saying whose they are.

    Args:
        kind: `colleagues` behind one mailbox and switchboard, `couples` with one mailbox,
            phone and address, `twins` among others, or `guests` who order often.
        records: How many records.
        seed: The same seed gives the same records.
    """
    made = KINDS[kind](Makers(records, seed))
    rows = [next(made) for _ in range(records)]
    random.Random(seed).shuffle(rows)
    columns = {name: [row.get(name, "") for _, row in rows] for name in _FIELDS}
    stated = {name: column for name, column in columns.items() if any(column)}
    return {**stated, "person": [number for number, _ in rows]}
