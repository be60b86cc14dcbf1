"""What happens to a value that another person types at another time."""

from __future__ import annotations

import datetime as dt
import random

_ROWS = (
    "qwertyuiop asdfghjkl zxcvbnm 1234567890 йцукенгшщзхъ фывапролджэ ячсмитьбю "
    "ςερτυθιοπ ασδφγηξκλ ζχψωβνμ ضصثقفغعهخحج شسيبلاتنمك ءؤرىةوزظ"
).split()
_NEAR: dict[str, str] = {}
for _row in _ROWS:
    for _at, _letter in enumerate(_row):
        _NEAR[_letter] = _row[max(0, _at - 1) : _at] + _row[_at + 1 : _at + 2]

_SOUNDS = [
    pair.split("=")
    for pair in (
        "ph=f f=ph ck=k c=k k=c ie=y y=i i=y s=z z=s th=t ei=ai ai=ay ll=l l=ll nn=n n=nn ss=s "
        "tt=t t=tt v=w w=v sch=sh ou=u oo=u ee=i ea=ee qu=kw x=ks ae=e oe=o ue=u j=y mm=m ch=k "
        "gh=g ey=y er=ar en=in о=а а=о и=е е=и ы=и η=ι ι=η ο=ω ω=ο ει=ι ه=ة ا=أ ى=ي"
    ).split()
]

# Names everybody knows; what stands on a line is used for one another.
_SHORT = """
robert rob bob bobby|william will bill billy liam|richard rick dick rich|james jim jimmy jamie
john johnny jack|joseph joe joey|michael mike mick mickey|thomas tom tommy|charles charlie chuck
edward ed eddie ted|daniel dan danny|david dave davy|matthew matt|andrew andy drew|anthony tony
christopher chris kit|nicholas nick|alexander alex sandy|benjamin ben|samuel sam|steven steve
stephen steve|patrick pat paddy|peter pete|philip phil|gregory greg|jeffrey jeff|kenneth ken
lawrence larry|leonard len lenny|raymond ray|ronald ron|donald don|timothy tim|walter walt
elizabeth liz beth betty lisa eliza|katherine kate katie kathy|catherine cathy cath kate
margaret maggie meg peggy|jennifer jen jenny|jessica jess|rebecca becky|susan sue susie
patricia pat patty trish|barbara barb|deborah debbie|victoria vicky tori|amanda mandy
christina chris tina|samantha sam|kimberly kim|theresa terry|dorothy dot|pamela pam|judith judy
jacqueline jackie|abigail abby|joshua josh|jonathan jon|nathaniel nate|frederick fred freddie
hans johannes johann|friedrich fritz|wolfgang wolf|maximilian max|sebastian basti|heinrich heinz
josef sepp|georg schorsch|katharina kathi|elisabeth lisa elli|johanna hanna|magdalena lena
francisco paco pancho|jose pepe|ignacio nacho|guadalupe lupe|dolores lola|concepcion concha
rafael rafa|manuel manolo|antonio tonio toni|giuseppe beppe pino|giovanni gianni|francesco franco
alessandro sandro|luigi gigi|salvatore totò|jan johan|willem wim|cornelis kees|hendrik henk
katarzyna kasia|małgorzata gosia|agnieszka aga|aleksandra ola|krzysztof krzysiek|tomasz tomek
stanisław staszek|joanna asia|jan janek|jiří jirka|josef pepa|františek franta|mehmet memo
александр саша шура|мария маша|екатерина катя|анна аня|дмитрий дима|иван ваня|сергей серёжа
наталья наташа|татьяна таня|елена лена|владимир вова|михаил миша|алексей лёша|юлия юля
γεώργιος γιώργος|κωνσταντίνος κώστας|ιωάννης γιάννης|δημήτριος δημήτρης|αικατερίνη κατερίνα
محمد أحمد محمود
"""
_OTHER_NAMES: dict[str, list[str]] = {}
for _group in _SHORT.replace("\n", "|").strip("|").split("|"):
    _names = _group.split()
    for _name in _names:
        _OTHER_NAMES.setdefault(_name, []).extend(n for n in _names if n != _name)
_OTHER_NAMES.pop("محمد", None)  # three men's names, not three forms of one
_OTHER_NAMES.pop("أحمد", None)
_OTHER_NAMES.pop("محمود", None)

_STREETS = {
    "Street": "St",
    "Road": "Rd",
    "Avenue": "Ave",
    "Drive": "Dr",
    "Lane": "Ln",
    "Court": "Ct",
    "Square": "Sq",
    "Boulevard": "Blvd",
    "Parkway": "Pkwy",
    "straße": "str.",
    "Straße": "Str.",
    "gasse": "g.",
    "rue": "r.",
    "avenue": "av.",
    "boulevard": "bd",
    "Calle": "C/",
    "Avenida": "Av.",
    "Plaza": "Pza.",
    "Via": "V.",
    "Piazza": "P.za",
    "Rua": "R.",
    "Travessa": "Tv.",
    "straat": "str.",
    "gatan": "g.",
    "vägen": "v.",
    "ulica": "ul.",
    "aleja": "al.",
    "улица": "ул.",
    "проспект": "пр.",
    "вулиця": "вул.",
    "Mahallesi": "Mah.",
    "Sokak": "Sk.",
}


def typo(text: str, draw: random.Random) -> str:
    """Return the text with a neighbouring key, a swap, a lost or a doubled letter."""
    if len(text) < 2:
        return text
    at = draw.randrange(len(text) - 1) + (draw.random() < 0.85)
    kind = draw.random()
    letter = text[at]
    if kind < 0.35 and letter.lower() in _NEAR:
        near = draw.choice(_NEAR[letter.lower()])
        return text[:at] + (near.upper() if letter.isupper() else near) + text[at + 1 :]
    if kind < 0.6 and at + 1 < len(text):
        return text[:at] + text[at + 1] + letter + text[at + 2 :]
    if kind < 0.85 and len(text) > 3:
        return text[:at] + text[at + 1 :]
    return text[: at + 1] + letter.lower() + text[at + 1 :]


def misheard(text: str, draw: random.Random) -> str:
    """Return the text spelled otherwise, sounding much the same; else with a typo."""
    low = text.lower()
    fits = [pair for pair in _SOUNDS if pair[0] in low[1:]]
    if not fits:
        return typo(text, draw)
    old, new = draw.choice(fits)
    at = low.index(old, 1)
    return text[:at] + new + text[at + len(old) :]


def other_name(text: str, draw: random.Random) -> str:
    """Return a short or a full form of a given name where there is one."""
    others = _OTHER_NAMES.get(text.lower())
    if others:
        return draw.choice(others).capitalize()
    return text.replace("-", " ").split(" ", maxsplit=1)[0]


def initial(text: str, draw: random.Random) -> str:
    """Return the first letter, with or without a full stop."""
    return text[:1] + draw.choice(["", "."])


def cased(text: str, draw: random.Random) -> str:
    """Return the text in capitals or in small letters."""
    return text.upper() if draw.random() < 0.6 else text.lower()


def short_street(text: str, draw: random.Random) -> str:
    """Return a street with its type abbreviated where it has one that is known."""
    for full, short in _STREETS.items():
        if full in text:
            return text.replace(full, short)
    return text


def wrong_digit(text: str, draw: random.Random) -> str:
    """Return the text with one digit of it, not the first, changed."""
    places = [at for at, letter in enumerate(text) if letter.isdigit()][1:]
    if not places:
        return text
    at = draw.choice(places)
    return text[:at] + draw.choice("0123456789".replace(text[at], "")) + text[at + 1 :]


def wrong_day(text: str, draw: random.Random) -> str:
    """Return a date that differs in one digit of its year, month or day."""
    day = dt.date.fromisoformat(text)
    kind = draw.randrange(3)
    if kind == 0:
        shift = draw.choice([1, -1, 2, 10, -10, 3])
        return f"{day.year + shift}{text[4:]}"
    if kind == 1:
        other = draw.choice([m for m in range(1, 13) if m != day.month])
        return f"{day.year}-{other:02d}-{min(day.day, 28):02d}"
    near = [d for d in (1, -1, 2, 10, -10) if 1 <= day.day + d <= 28]
    return f"{text[:8]}{day.day + draw.choice(near or [-day.day + 1]):02d}"


def swapped_day(text: str, draw: random.Random) -> str:
    """Return a date with day and month exchanged where that is a date."""
    return f"{text[:4]}-{text[8:]}-{text[5:7]}" if int(text[8:]) <= 12 else text


def only_year(text: str, draw: random.Random) -> str:
    """Return the year alone."""
    return text[:4]


def first_january(text: str, draw: random.Random) -> str:
    """Return what a form puts in for one who tells the year alone."""
    return f"{text[:4]}-01-01"


def mail_typo(text: str, draw: random.Random) -> str:
    """Return a mail address with a typo in its local part, sometimes in its domain."""
    local, _, domain = text.partition("@")
    if draw.random() < 0.2:
        return f"{local}@{typo(domain, draw)}"
    return f"{typo(local, draw)}@{domain}"
