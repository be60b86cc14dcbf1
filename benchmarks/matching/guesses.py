"""How often things happen to made-up people and their records."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Guesses:
    """How often things happen: guesses, none of them measured on real customers."""

    # who there is
    duplicates: float = 0.20  # of all records
    cluster_of: tuple[float, ...] = (0.78, 0.14, 0.05, 0.03)  # 2, 3, 4 or 5 records
    in_households: float = 0.25
    namesakes: float = 0.015
    # fields left empty, in first records and in duplicates
    no_given_name: float = 0.05
    no_family_name: float = 0.03
    no_gender: float = 0.15
    no_birth_date: float = 0.25
    no_email: float = 0.22
    no_phone: float = 0.28
    no_address: float = 0.08  # street, city and postcode at once
    no_street: float = 0.18
    no_city: float = 0.06
    no_postcode: float = 0.14
    no_country: float = 0.12
    # any record
    capitals: float = 0.03
    default_birth_date: float = 0.005
    # duplicates: names
    given_typo: float = 0.08
    given_misheard: float = 0.04
    given_other_form: float = 0.25  # of those who have one
    given_initial: float = 0.04
    family_typo: float = 0.08
    family_misheard: float = 0.04
    family_initial: float = 0.01
    names_swapped: float = 0.03
    accents_dropped: float = 0.30
    in_latin: float = 0.10  # of names in other scripts
    married: float = 0.05  # women
    # duplicates: addresses
    moved: float = 0.12
    street_short: float = 0.35
    street_typo: float = 0.08
    city_typo: float = 0.06
    postcode_wrong: float = 0.05
    # duplicates: contacts
    new_email: float = 0.12
    other_provider: float = 0.07
    email_typo: float = 0.05
    new_phone: float = 0.12
    phone_wrong: float = 0.05
    # duplicates: the rest
    birth_digit: float = 0.05
    birth_swapped: float = 0.03
    birth_year: float = 0.02
    birth_january: float = 0.02
    gender_wrong: float = 0.01
    gender_word: float = 0.10
    country_name: float = 0.15
    # Chinese names
    homophone: float = 0.06
    traditional: float = 0.03


_SHARES = {"duplicates", "in_households", "namesakes", "cluster_of"}


def _scaled(missing: float, errors: float) -> Guesses:
    usual = Guesses()
    names = [one.name for one in fields(Guesses) if one.name not in _SHARES]
    factor = {name: missing if name.startswith("no_") else errors for name in names}
    changed = {name: min(0.6, getattr(usual, name) * factor[name]) for name in names}
    return replace(usual, **changed)


PROFILES = {"clean": _scaled(0.4, 0.4), "usual": Guesses(), "dirty": _scaled(1.3, 1.7)}
