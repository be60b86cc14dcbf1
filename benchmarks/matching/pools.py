"""Names, places and numbers of many countries to draw made-up people from."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

# locale of Faker, country, its name, weight, calling code, trunk prefix, starts of mobile
# numbers, digits of a national number, house number first (1) or last (0)
_COUNTRIES = """
en_US US United_States 18 1 - 212,305,415,617,713,818,202,503 10 1
en_GB GB United_Kingdom 12 44 0 74,75,77,78,79 10 1
en_AU AU Australia 3 61 0 4 9 1
en_IN IN India 4 91 0 98,99,87,70 10 1
de_DE DE Germany 12 49 0 151,160,170,176 10 0
de_AT AT Austria 2 43 0 660,664,676 10 0
fr_FR FR France 8 33 0 6,7 9 1
es_ES ES Spain 6 34 - 6 9 0
es_MX MX Mexico 4 52 - 55,33,81 10 0
it_IT IT Italy 6 39 - 32,33,34 10 0
pt_BR BR Brazil 5 55 - 119,219,319 11 0
pt_PT PT Portugal 2 351 - 91,92,96 9 0
nl_NL NL Netherlands 4 31 0 6 9 0
pl_PL PL Poland 5 48 - 5,6,7 9 0
sv_SE SE Sweden 3 46 0 70,72,73,76 9 0
da_DK DK Denmark 1 45 - 2,4,5 8 0
fi_FI FI Finland 1 358 0 4,5 9 0
cs_CZ CZ Czechia 2 420 - 60,72,77 9 0
hu_HU HU Hungary 1 36 06 20,30,70 9 0
tr_TR TR Turkey 3 90 0 53,54,55 10 0
ru_RU RU Russia 4 7 8 90,91,92,96 10 0
uk_UA UA Ukraine 2 380 0 50,67,93 9 0
bg_BG BG Bulgaria 1 359 0 87,88,89 9 0
el_GR GR Greece 2 30 - 69 10 0
ar_SA SA Saudi_Arabia 2 966 0 50,53,55 9 0
"""
_DOMAINS = "gmail.com gmail.com gmail.com hotmail.com yahoo.com outlook.com icloud.com".split()
_LOCAL_DOMAINS = {
    "DE": "gmx.de web.de t-online.de",
    "AT": "gmx.at aon.at",
    "FR": "orange.fr free.fr laposte.net",
    "GB": "btinternet.com sky.com",
    "IT": "libero.it virgilio.it",
    "ES": "telefonica.net",
    "BR": "uol.com.br bol.com.br",
    "NL": "ziggo.nl kpnmail.nl",
    "PL": "wp.pl onet.pl interia.pl",
    "CZ": "seznam.cz",
    "RU": "mail.ru yandex.ru",
    "UA": "ukr.net",
    "US": "aol.com comcast.net",
}
_CYRILLIC = dict(
    zip(
        "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя",
        "a b v g g d e ye e zh z i i yi y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(
            " "
        ),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ",
        "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a _ a i a u i".split(),
        strict=True,
    )
)
_OTHERS = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "_": ""}
_LATIN = _CYRILLIC | _GREEK | _ARABIC | _OTHERS


def without_accents(text: str) -> str:
    """Return Latin letters without their marks, other letters as they are."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    kept = unicodedata.normalize("NFC", plain)
    return kept.translate({ord(k): v for k, v in _OTHERS.items()})


def in_latin(text: str) -> str:
    """Return Cyrillic, Greek and Arabic letters in Latin ones, roughly as people write them."""
    plain = without_accents(text.replace("й", "y").replace("ї", "yi"))
    written = []
    for letter in plain:
        other = _LATIN.get(letter.lower(), letter).replace("_", "")
        written.append(other.capitalize() if letter.isupper() else other)
    latin = "".join(written)
    return latin[:1].upper() + latin[1:]


def zipf(size: int, exponent: float, first: float) -> np.ndarray:
    """Return weights that fall with the rank, as those of names do; a larger first, slower."""
    return 1 / (np.arange(size) + first) ** exponent


def _same(text: str) -> str:
    return text


@dataclass
class Pool:
    """What the people of one country are drawn from."""

    country: str
    country_name: str
    weight: float
    calling: str
    trunk: str
    mobile: list[str]
    digits: int
    number_first: bool
    given: list[list[str]]  # of women, of men; the frequent ones first
    family: list[str]
    cities: list[str]  # of each place, that is: of each postcode
    postcodes: list[str]
    streets: list[str]
    domains: list[str]
    feminine: Callable[[str], str] = _same
    latin: Callable[[str], str] = in_latin
    native_script: bool = False  # names are not in Latin letters
    takes_name: float = 0.7  # couples who share a family name
    numbers_as_mail: float = 0.0  # mail addresses that are a number
    work_domains: list[str] = field(default_factory=list)
    family_weights: np.ndarray = field(default_factory=lambda: np.zeros(0))
    given_weights: list[np.ndarray] = field(default_factory=list)

    def __post_init__(self) -> None:
        words = "nova alpha blue prime delta terra orion vertex lumen quanta".split()
        ends = "tech group works data trade build".split()
        top = ".com" if self.country == "US" else f".{self.country.lower()}"
        self.work_domains = [f"{a}{b}{top}" for a in words for b in ends]
        if not len(self.family_weights):
            self.family_weights = zipf(len(self.family), 0.8, 10)
        if not self.given_weights:
            self.given_weights = [zipf(len(names), 0.9, 4) for names in self.given]

    def street_line(self, street: str, house: int) -> str:
        """Return street and house number in the order of the country."""
        return f"{house} {street}" if self.number_first else f"{street} {house}"


def _unique(draw: Callable[[], str], times: int) -> list[str]:
    return list(dict.fromkeys(draw() for _ in range(times)))


def with_rare(names: Sequence[str], size: int, draw: random.Random) -> list[str]:
    """Return the names and then made-up ones of their halves: the long tail of a country."""
    found = dict.fromkeys(names)
    words = [name for name in names if name.isalpha() and len(name) > 3]
    for _ in range(8 * size):
        if len(found) >= size:
            break
        front, end = draw.choice(words), draw.choice(words)
        found.setdefault(front[: (len(front) + 1) // 2] + end[len(end) // 2 :].lower())
    return list(found)


_ENDINGS = {
    "RU": [("ский", "ская"), ("ов", "ова"), ("ев", "ева"), ("ин", "ина")],
    "UA": [("ський", "ська"), ("ов", "ова"), ("ий", "а")],
    "BG": [("ов", "ова"), ("ев", "ева"), ("ски", "ска")],
    "PL": [("ski", "ska"), ("cki", "cka"), ("dzki", "dzka")],
    "CZ": [("ý", "á"), ("a", "ová"), ("", "ová")],
    "GR": [("ος", "ου"), ("ης", "η"), ("ας", "α")],
}


def _feminine(country: str) -> Callable[[str], str]:
    endings = _ENDINGS.get(country)
    if endings is None:
        return _same

    def change(name: str) -> str:
        for masculine, other in endings:
            if name.endswith(masculine) and not name.endswith("ová"):
                return name[: len(name) - len(masculine)] + other
        return name

    return change


def places(cities: Sequence[str], postcodes: Sequence[str]) -> tuple[list[str], list[str]]:
    """Give each city neighbouring postcodes, the large cities more of them."""
    weights = zipf(len(cities), 0.9, 3)
    counts = np.maximum(1, (weights / weights.sum() * len(postcodes)).astype(int))
    of_place = [city for city, count in zip(cities, counts, strict=True) for _ in range(count)]
    of_place = of_place[: len(postcodes)]
    return of_place, list(postcodes[: len(of_place)])


def _pool(line: str, seed: int) -> Pool:
    from faker import Faker

    code, country, name, weight, calling, trunk, mobile, digits, first = line.split()
    fake = Faker(code, use_weighting=False)
    fake.seed_instance(seed)
    draw = random.Random(seed)
    numbers = "0123456789"
    for provider in fake.get_providers():
        if isinstance(getattr(provider, "cities", None), list):  # Italy's come out of a set
            provider.cities = sorted(provider.cities)
    streets = [s.strip(numbers + " ,") for s in _unique(fake.street_name, 1500)]
    cities = _unique(fake.city, 1200)[:600]
    of_place, codes = places(cities, sorted(_unique(fake.postcode, 3000)))
    family = with_rare(_unique(fake.last_name_male, 2500), 5000, draw)
    if country in {"PL", "CZ", "RU", "UA", "BG"}:
        family = [n for n in family if not n.endswith(("ova", "ová", "ска", "ова", "ева", "ина"))]
    return Pool(
        country=country,
        country_name=name.replace("_", " "),
        weight=float(weight),
        calling=calling,
        trunk=trunk.strip("-"),
        mobile=mobile.split(","),
        digits=int(digits),
        number_first=first == "1",
        given=[_unique(fake.first_name_female, 1500), _unique(fake.first_name_male, 1500)],
        family=family,
        cities=of_place,
        postcodes=codes,
        streets=list(dict.fromkeys(streets)),
        domains=_DOMAINS + 2 * _LOCAL_DOMAINS.get(country, "").split(),
        feminine=_feminine(country),
        native_script=country in {"RU", "UA", "BG", "GR", "SA"},
    )


def world(seed: int) -> list[Pool]:
    """Return a pool for each of 25 countries; the lists of names are those of Faker."""
    return [_pool(line, seed) for line in _lines(_COUNTRIES.strip().splitlines())]


def _lines(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line]
