"""Phone numbers and mail addresses of made-up people."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from households import People
from pools import Pool

_HANDLES = (
    "sunny happy blue lucky tiger star moon king queen rock surf dream wolf fox angel shadow "
    "magic coffee pixel music racer ninja flower cherry storm river golden silver wild little"
).split()
_ASCII = re.compile("[^a-z0-9]+")


def draw_phones(
    people: People, pools: Sequence[Pool], draw: random.Random, *, shared: bool = True
) -> list[str]:
    """Return the national digits of each one's mobile phone, or of the one they share."""
    own = []
    for number in people.pool.tolist():
        pool = pools[number]
        start = draw.choice(pool.mobile)
        rest = pool.digits - len(start)
        own.append(start + f"{draw.randrange(10**rest):0{rest}d}")
    if not shared:
        return own
    return [own[other] for other in people.phone_of.tolist()]


def phone_line(pool: Pool, national: str, draw: random.Random) -> str:
    """Return a number in one of the forms people write it in."""
    half = len(national) // 2
    kind = draw.random()
    if kind < 0.35:
        return f"+{pool.calling}{national}"
    if kind < 0.55:
        return f"+{pool.calling} {national[:3]} {national[3 : half + 1]} {national[half + 1 :]}"
    if kind < 0.80:
        return pool.trunk + national
    if kind < 0.90:
        return f"{pool.trunk}{national[:3]}-{national[3 : half + 1]}-{national[half + 1 :]}"
    if kind < 0.96:
        return f"({pool.trunk}{national[:3]}) {national[3:]}"
    return f"00{pool.calling}{national}"


def _local_part(given: str, family: str, year: int, draw: random.Random) -> str:
    kind = draw.random()
    if kind < 0.30:
        return f"{given}.{family}"
    if kind < 0.42:
        return f"{given[:1]}.{family}"
    if kind < 0.54:
        return f"{given}{family}"
    if kind < 0.66:
        return f"{given}_{family}{year % 100:02d}"
    if kind < 0.78:
        return f"{given}{draw.randrange(1000)}"
    if kind < 0.88:
        return f"{family}{year}"
    return f"{draw.choice(_HANDLES)}{draw.choice(_HANDLES)}{draw.randrange(1000)}"


def draw_mails(
    people: People, pools: Sequence[Pool], draw: random.Random, *, shared: bool = True
) -> list[str]:
    """Return each one's mail address, or that of the one they share it with."""
    known: dict[tuple[int, str], str] = {}

    def plain(number: int, name: str) -> str:
        if (number, name) not in known:
            known[number, name] = _ASCII.sub("", pools[number].latin(name).lower())
        return known[number, name]

    own = []
    columns = (people.pool, people.gender, people.given, people.family, people.birth)
    for number, gender, given, family, birth in zip(*(c.tolist() for c in columns), strict=True):
        pool = pools[number]
        name = pool.family[family]
        local = _local_part(
            plain(number, pool.given[gender][given]) or "me",
            plain(number, name if gender else pool.feminine(name)) or "x",
            1970 + int(birth / 365.25),
            draw,
        )
        if pool.country == "CN" and draw.random() < 0.3:
            own.append(f"{draw.randrange(10**8, 3 * 10**9)}@qq.com")
            continue
        at_work = draw.random() < 0.1
        own.append(f"{local}@{draw.choice(pool.work_domains if at_work else pool.domains)}")
    if not shared:
        return own
    return [own[other] for other in people.mail_of.tolist()]


def other_provider(mail: str, draw: random.Random) -> str:
    """Return the same local part at another provider."""
    local, _, domain = mail.partition("@")
    others = ["gmail.com", "outlook.com", "yahoo.com", "icloud.com", "proton.me"]
    return f"{local}@{draw.choice([one for one in others if one != domain])}"
