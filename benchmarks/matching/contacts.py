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
    half = 3 + (len(national) - 3) // 2
    first, second, third = national[:3], national[3:half], national[half:]
    kind = draw.random()
    if kind < 0.35:
        return f"+{pool.calling}{national}"
    if kind < 0.55:
        return f"+{pool.calling} {first} {second} {third}"
    if kind < 0.80:
        return pool.trunk + national
    if kind < 0.90:
        return f"{pool.trunk}{first}-{second}-{third}"
    if kind < 0.96:
        return f"({pool.trunk}{first}) {second}{third}"
    return f"00{pool.calling}{national}"


def _local_part(given: str, family: str, year: int, draw: random.Random) -> str:
    forms = (
        (0.30, f"{given}.{family}"),
        (0.42, f"{given[:1]}.{family}"),
        (0.54, f"{given}{family}"),
        (0.66, f"{given}_{family}{year % 100:02d}"),
        (0.78, f"{given}{draw.randrange(1000)}"),
        (0.88, f"{family}{year}"),
        (1.00, f"{draw.choice(_HANDLES)}{draw.choice(_HANDLES)}{draw.randrange(1000)}"),
    )
    kind = draw.random()
    return next(form for limit, form in forms if kind < limit)


def _free(local: str, domain: str, taken: set[str], draw: random.Random) -> str:
    """Return a mail address nobody has yet, with a number where the local part is taken."""
    mail = f"{local}@{domain}"
    while mail in taken:
        mail = f"{local}{draw.randrange(1, 10_000)}@{domain}"
    taken.add(mail)
    return mail


def draw_mails(
    people: People,
    pools: Sequence[Pool],
    draw: random.Random,
    taken: set[str],
    *,
    shared: bool = True,
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
        domain = draw.choice(pool.work_domains if draw.random() < 0.1 else pool.domains)
        if draw.random() < pool.numbers_as_mail:
            local, domain = str(draw.randrange(10**8, 3 * 10**9)), "qq.com"
        own.append(_free(local, domain, taken, draw))
    if not shared:
        return own
    return [own[other] for other in people.mail_of.tolist()]


def other_provider(mail: str, draw: random.Random) -> str:
    """Return the same local part at another provider."""
    local, _, domain = mail.partition("@")
    others = ["gmail.com", "outlook.com", "yahoo.com", "icloud.com", "proton.me"]
    return f"{local}@{draw.choice([one for one in others if one != domain])}"
