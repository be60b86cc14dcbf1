"""State what is expected of each field before any data is seen: guesses, all of them.

For each field the shares of its levels, for records of one person, for records of two
people of one household or family, of father and son of one name, and of two people at one
place: colleagues of a company, members of a club, flatmates. The data corrects them, see
:mod:`customerkit.match.learn`.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from customerkit.match.contexts import APART

Shares = Mapping[str, float]

MATCH: Mapping[str, Shares] = {
    "given_name": {
        "same": 0.75, "nickname": 0.05, "near_rare": 0.05, "near": 0.035, "part": 0.02,
        "initial": 0.03, "homophone_rare": 0.01, "homophone": 0.01, "far_rare": 0.024,
        "far": 0.016, "swapped": 0.02, "other_initial": 0.004, "different": 0.016,
    },
    "family_name": {
        "same": 0.77, "nickname": 0.005, "near_rare": 0.05, "near": 0.035, "part": 0.02,
        "initial": 0.005, "homophone_rare": 0.01, "homophone": 0.01, "far_rare": 0.024,
        "far": 0.016, "swapped": 0.02, "other_initial": 0.002, "different": 0.068,
    },
    "middle_name": {
        "same": 0.65, "nickname": 0.01, "near_rare": 0.04, "near": 0.01, "part": 0.03,
        "initial": 0.15, "homophone_rare": 0.005, "homophone": 0.005, "far_rare": 0.018,
        "far": 0.012, "swapped": 0.02, "other_initial": 0.02, "different": 0.03,
    },
    "birth_date": {
        "same": 0.82, "near": 0.07, "partial": 0.03, "two_parts": 0.02, "year": 0.02,
        "next_year": 0.01, "different": 0.02, "generation": 0.01,
    },
    "age": {"same": 0.5, "near": 0.3, "few": 0.1, "different": 0.07, "generation": 0.03},
    "email_year": {"same": 0.6, "near": 0.04, "different": 0.36},
    "email": {"same": 0.62, "elsewhere": 0.06, "local": 0.05, "near": 0.06, "letters": 0.03,
              "far": 0.03, "different": 0.15},
    "phone": {"same": 0.6, "elsewhere": 0.1, "end": 0.03, "near": 0.06, "shown": 0.08, "far": 0.01,
              "different": 0.2},
    "street": {"same": 0.65, "near": 0.1, "part": 0.01, "name": 0.03, "far": 0.02,
               "different": 0.19},
    "city": {"same": 0.8, "near": 0.05, "latin": 0.01, "far": 0.02, "different": 0.12},
    "postcode": {"same": 0.76, "near": 0.05, "area": 0.03, "different": 0.16},
    "gender": {"same": 0.98, "different": 0.02},
    "birth_place": {"same": 0.85, "near": 0.04, "latin": 0.01, "far": 0.02, "different": 0.08},
    "company": {"same": 0.6, "near": 0.05, "name": 0.05, "far": 0.02, "different": 0.28},
    "occupation": {"same": 0.75, "near": 0.03, "different": 0.22},
    "suffix": {"same": 0.97, "different": 0.03},
    "relative": {"same": 0.7, "near": 0.08, "name": 0.1, "far": 0.02, "different": 0.1},
    "national_id": {"same": 0.9, "near": 0.06, "shown": 0.08, "far": 0.02, "different": 0.02},
    "tax_id": {"same": 0.9, "near": 0.06, "far": 0.02, "different": 0.02},
    "account": {"same": 0.5, "elsewhere": 0.1, "near": 0.05, "shown": 0.08, "different": 0.35},
}  # fmt: skip

HOUSEHOLD: Mapping[str, Shares] = {
    "given_name": {
        "same": 0.007, "nickname": 0.005, "near_rare": 0.004, "near": 0.016, "part": 0.02,
        "initial": 0.02, "homophone_rare": 0.0015, "homophone": 0.0035, "far_rare": 0.00525,
        "far": 0.02975, "swapped": 0.0001, "other_initial": 0.04, "different": 0.83,
    },
    "family_name": {
        "same": 0.7, "nickname": 0.001, "near_rare": 0.035, "near": 0.02, "part": 0.02,
        "initial": 0.002, "homophone_rare": 0.0006, "homophone": 0.0014, "far_rare": 0.015,
        "far": 0.015, "swapped": 0.0001, "other_initial": 0.002, "different": 0.195,
    },
    "middle_name": {
        "same": 0.05, "nickname": 0.001, "near_rare": 0.002, "near": 0.008, "part": 0.01,
        "initial": 0.05, "homophone_rare": 0.0003, "homophone": 0.0007, "far_rare": 0.004,
        "far": 0.016, "swapped": 0.008, "other_initial": 0.25, "different": 0.6,
    },
    "birth_date": {
        "same": 0.03, "near": 0.01, "partial": 0.001, "two_parts": 0.005, "year": 0.05,
        "next_year": 0.1, "different": 0.45, "generation": 0.354,
    },
    "age": {"same": 0.04, "near": 0.09, "few": 0.16, "different": 0.3, "generation": 0.41},
    "email_year": {"same": 0.04, "near": 0.09, "different": 0.87},
    "email": {"same": 0.08, "elsewhere": 0.04, "local": 0.01, "near": 0.01, "letters": 0.02,
              "far": 0.01, "different": 0.83},
    "phone": {"same": 0.2, "elsewhere": 0.1, "end": 0.005, "near": 0.03, "shown": 0.03, "far": 0.01,
              "different": 0.655},
    "street": {"same": 0.8, "near": 0.1, "part": 0.01, "name": 0.01, "far": 0.01,
               "different": 0.07},
    "city": {"same": 0.88, "near": 0.06, "latin": 0.005, "far": 0.005, "different": 0.05},
    "postcode": {"same": 0.88, "near": 0.05, "area": 0.02, "different": 0.05},
    "gender": {"same": 0.42, "different": 0.58},
    "birth_place": {"same": 0.4, "near": 0.02, "latin": 0.005, "far": 0.005, "different": 0.57},
    "company": {"same": 0.15, "near": 0.01, "name": 0.01, "far": 0.01, "different": 0.82},
    "occupation": {"same": 0.1, "near": 0.01, "different": 0.89},
    "suffix": {"same": 0.3, "different": 0.7},
    "relative": {"same": 0.35, "near": 0.03, "name": 0.03, "far": 0.01, "different": 0.58},
    "national_id": {"same": 0.001, "near": 0.01, "shown": 0.001, "far": 0.01, "different": 0.979},
    "tax_id": {"same": 0.01, "near": 0.01, "far": 0.01, "different": 0.97},
    "account": {"same": 0.06, "elsewhere": 0.04, "near": 0.02, "shown": 0.03, "different": 0.88},
}  # fmt: skip

NAMESAKES: Mapping[str, Shares] = {
    **HOUSEHOLD,
    **{name: MATCH[name] for name in ("given_name", "family_name", "middle_name", "gender")},
    "birth_date": {
        "same": 0.003, "near": 0.003, "partial": 0.002, "two_parts": 0.004, "year": 0.002,
        "next_year": 0.002, "different": 0.03, "generation": 0.954,
    },
    "age": {"same": 0.003, "near": 0.003, "few": 0.005, "different": 0.03, "generation": 0.959},
    "email_year": {"same": 0.01, "near": 0.01, "different": 0.98},
    "suffix": {"same": 0.05, "different": 0.95},
    "email": {"same": 0.04, "elsewhere": 0.02, "local": 0.005, "near": 0.005, "letters": 0.01,
              "far": 0.005, "different": 0.915},
    "phone": {"same": 0.1, "elsewhere": 0.05, "end": 0.0025, "near": 0.015, "shown": 0.015,
              "far": 0.005, "different": 0.8275},
    "street": {"same": 0.4, "near": 0.05, "part": 0.005, "name": 0.006, "far": 0.005,
               "different": 0.534},
    "city": {"same": 0.62, "near": 0.042, "latin": 0.0035, "far": 0.0045, "different": 0.33},
    "postcode": {"same": 0.616, "near": 0.036, "area": 0.017, "different": 0.331},
}  # fmt: skip
"""Father and son of one name, a generation apart; half of them live in one house."""

COLLEAGUES: Mapping[str, Shares] = {
    "email": {"same": 0.1, "elsewhere": 0.05, "local": 0.01, "near": 0.01, "letters": 0.01,
              "far": 0.01, "different": 0.81},
    "phone": {"same": 0.3, "elsewhere": 0.1, "end": 0.005, "near": 0.05, "shown": 0.03, "far": 0.05,
              "different": 0.495},
    "street": {"same": 0.8, "near": 0.1, "part": 0.01, "name": 0.01, "far": 0.01,
               "different": 0.07},
    "city": {"same": 0.88, "near": 0.06, "latin": 0.005, "far": 0.005, "different": 0.05},
    "postcode": {"same": 0.88, "near": 0.05, "area": 0.02, "different": 0.05},
    "company": {"same": 0.75, "near": 0.1, "name": 0.05, "far": 0.03, "different": 0.07},
    "tax_id": {"same": 0.2, "near": 0.01, "far": 0.01, "different": 0.78},
}  # fmt: skip
"""What colleagues share: in all other fields they are strangers."""

STRANGER: Mapping[str, Shares] = {
    "given_name": {"same": 3e-3, "nickname": 1e-3, "near_rare": 0.0005, "near": 0.0045,
                   "part": 2e-3, "initial": 2e-3, "homophone_rare": 1e-05, "homophone": 9e-05,
                   "far_rare": 0.002, "far": 0.018, "swapped": 1e-5, "other_initial": 0.04},
    "family_name": {"same": 1e-3, "nickname": 1e-4, "near_rare": 0.0002, "near": 0.0018,
                    "part": 1e-3, "initial": 1e-4, "homophone_rare": 1e-05, "homophone": 9e-05,
                    "far_rare": 0.001, "far": 0.009, "swapped": 1e-5, "other_initial": 2e-3},
    "middle_name": {"same": 5e-3, "nickname": 1e-3, "near_rare": 0.0005, "near": 0.0045,
                    "part": 1e-3, "initial": 3e-2, "homophone_rare": 1e-05, "homophone": 9e-05,
                    "far_rare": 0.002, "far": 0.018, "swapped": 1e-3, "other_initial": 0.25},
    "birth_date": {"same": 5e-5, "near": 5e-4, "partial": 2e-3, "two_parts": 3e-3, "year": 1.5e-2,
                   "next_year": 3e-2, "generation": 0.5},
    "age": {"same": 0.015, "near": 0.03, "few": 0.1, "generation": 0.5},
    "email_year": {"same": 0.015, "near": 0.03},
    "email": {"same": 1e-6, "elsewhere": 1e-6, "local": 1e-5, "near": 1e-6, "letters": 3e-5,
              "far": 1e-6},
    "phone": {"same": 1e-6, "elsewhere": 1e-6, "end": 1e-6, "near": 1e-6, "shown": 2e-4,
              "far": 3e-6},
    "street": {"same": 2e-5, "near": 1e-5, "part": 1e-5, "name": 1e-3, "far": 1e-4},
    "city": {"same": 1e-2, "near": 1e-3, "latin": 1e-5, "far": 1e-3},
    "postcode": {"same": 1e-3, "near": 3e-3, "area": 1e-2},
    "gender": {"same": 0.5, "different": 0.5},
    "birth_place": {"same": 1e-2, "near": 1e-3, "latin": 1e-5, "far": 1e-3},
    "company": {"same": 1e-3, "near": 1e-4, "name": 1e-4, "far": 1e-4},
    "occupation": {"same": 3e-2, "near": 1e-3},
    "suffix": {"same": 0.5, "different": 0.5},
    "relative": {"same": 1e-3, "near": 5e-4, "name": 5e-3, "far": 1e-3},
    "national_id": {"same": 1e-7, "near": 1e-6, "shown": 2e-4, "far": 1e-5},
    "tax_id": {"same": 1e-7, "near": 1e-6, "far": 1e-5},
    "account": {"same": 1e-6, "elsewhere": 1e-6, "near": 1e-5, "shown": 2e-4},
}  # fmt: skip
"""Shares for strangers where no random pair shows better."""

CONTEXT: Mapping[str, Shares] = {
    "given_name": {**STRANGER["given_name"], "same": 6e-3},
    "family_name": {**STRANGER["family_name"], "same": 3e-3},
    "email": {
        "same": 2e-4,
        "elsewhere": 1e-4,
        "local": 3e-3,
        "near": 1e-3,
        "letters": 0.15,
        "far": 1e-3,
    },
    "street": {"same": 1e-2, "near": 2e-3, "part": 1e-3, "name": 2e-2, "far": 1e-3},
    "city": {"same": 0.93, "near": 0.02, "latin": 1e-3, "far": 1e-3},
    "gender": {"same": 0.97},
    "relative": {"same": 5e-3, "near": 2e-3, "name": 1e-2, "far": 2e-3},
}
"""Shares for strangers who agree on what the field depends on: names, or the postcode."""

HOUSEHOLD_CONTEXT: Mapping[str, Shares] = {
    "given_name": HOUSEHOLD["given_name"],
    "family_name": HOUSEHOLD["family_name"],
    "email": {"same": 0.1, "elsewhere": 0.05, "local": 0.03, "near": 0.03, "letters": 0.2,
              "far": 0.02, "different": 0.57},
    "street": {"same": 0.87, "near": 0.1, "part": 0.01, "name": 0.005, "far": 0.005,
               "different": 0.01},
    "city": {"same": 0.95, "near": 0.03, "latin": 0.005, "far": 0.005, "different": 0.01},
    "gender": {"same": 0.95, "different": 0.05},
    "relative": HOUSEHOLD["relative"],
}  # fmt: skip

NAMESAKES_CONTEXT: Mapping[str, Shares] = {
    **HOUSEHOLD_CONTEXT,
    **{name: NAMESAKES[name] for name in ("given_name", "family_name", "relative", "gender")},
    "email": {"same": 0.05, "elsewhere": 0.025, "local": 0.016, "near": 0.015, "letters": 0.175,
              "far": 0.01, "different": 0.709},
    "street": {"same": 0.44, "near": 0.051, "part": 0.005, "name": 0.013, "far": 0.003,
               "different": 0.488},
}  # fmt: skip

COLLEAGUES_CONTEXT: Mapping[str, Shares] = {
    name: HOUSEHOLD_CONTEXT[name] for name in HOUSEHOLD_CONTEXT if name in COLLEAGUES
}

MATCH_CONTEXT: Mapping[str, Shares] = {
    "given_name": MATCH["given_name"],
    "family_name": MATCH["family_name"],
    "email": {"same": 0.62, "elsewhere": 0.06, "local": 0.06, "near": 0.07, "letters": 0.04,
              "far": 0.03, "different": 0.12},
    "street": {"same": 0.8, "near": 0.14, "part": 0.01, "name": 0.02, "far": 0.02,
               "different": 0.01},
    "city": {"same": 0.92, "near": 0.04, "latin": 0.01, "far": 0.02, "different": 0.01},
    "gender": {"same": 0.99, "different": 0.01},
    "relative": MATCH["relative"],
}  # fmt: skip

MATCH_APART: Mapping[str, Shares] = {
    "street": {"same": 0.12, "near": 0.05, "part": 0.005, "name": 0.03, "far": 0.015,
               "different": 0.78},
    "city": {"same": 0.5, "near": 0.04, "latin": 0.01, "far": 0.02, "different": 0.43},
}  # fmt: skip
"""Shares for one person whose postcodes are far from each other: most have moved."""

HOUSEHOLD_APART: Mapping[str, Shares] = {
    "street": {"same": 0.05, "near": 0.02, "part": 0.005, "name": 0.02, "far": 0.005,
               "different": 0.9},
    "city": {"same": 0.5, "near": 0.03, "latin": 0.005, "far": 0.015, "different": 0.45},
}  # fmt: skip
"""Shares for relatives, or colleagues, whose postcodes are far from each other."""


@frozen
class Told:
    """Hold what is expected of each class: field → shares of its levels.

    A class that says nothing of a field is as strangers are in it.
    """

    match: Mapping[str, Shares]
    household: Mapping[str, Shares]
    namesakes: Mapping[str, Shares]
    colleagues: Mapping[str, Shares]
    stranger: Mapping[str, Shares]


ALONE = Told(MATCH, HOUSEHOLD, NAMESAKES, COLLEAGUES, STRANGER)
IN_CONTEXT = Told(MATCH_CONTEXT, HOUSEHOLD_CONTEXT, NAMESAKES_CONTEXT, COLLEAGUES_CONTEXT, CONTEXT)
FAR = Told(MATCH_APART, HOUSEHOLD_APART, HOUSEHOLD_APART, HOUSEHOLD_APART, STRANGER)


def told(field: str, context: int) -> Told:
    """Return what is expected of a field in one of its contexts."""
    if context == 0:
        return ALONE
    return FAR if context % APART == 0 and field in MATCH_APART else IN_CONTEXT


PER_RECORD = (0.2, 0.3, 0.01, 0.1)
"""Pairs of each class but strangers for each record, before the data is seen."""
MOST_MATCHES = 4e-4
"""The share of all pairs that each of these has at most, before that."""
