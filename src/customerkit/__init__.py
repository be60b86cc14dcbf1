"""Turn what many channels say about customers into one clean, explained, reversible base."""

import importlib as _importlib
import sys as _sys
import types as _types
import typing as _typing

from customerkit import errors

if _typing.TYPE_CHECKING:
    from customerkit.base import CustomerBase, open  # noqa: A004 - the verb users type
    from customerkit.clean.plan import Plan
    from customerkit.clean.rules import (
        Correct,
        Deduplicate,
        ForwardFill,
        Lookup,
        Match,
        Standardise,
        default_ruleset,
    )
    from customerkit.collect.pipeline import Collected
    from customerkit.history import Version
    from customerkit.matches import Matching, Pair, Ties, match
    from customerkit.model.customer import Address, Contact, Customer, Identifier, Name
    from customerkit.model.likeness import Likeness
    from customerkit.model.log import Change, Run
    from customerkit.purchases import rfm
    from customerkit.rules.derive import Settled
    from customerkit.rules.ruleset import Ruleset
    from customerkit.score import Score, Scores, analysis_score, clean_score, update_score
    from customerkit.search import Highlight, Hit, SearchResult
    from customerkit.similar import BaseMatching
    from customerkit.store.copy import Copied, copy
    from customerkit.store.registry import register_backend
    from customerkit.store.search.searching import SearchLag
    from customerkit.update.edit import CLEARED

_HOMES = {
    "CustomerBase": "base",
    "open": "base",
    "Plan": "clean.plan",
    "Correct": "clean.rules",
    "Deduplicate": "clean.rules",
    "ForwardFill": "clean.rules",
    "Lookup": "clean.rules",
    "Match": "clean.rules",
    "Standardise": "clean.rules",
    "default_ruleset": "clean.rules",
    "Collected": "collect.pipeline",
    "Version": "history",
    "Matching": "matches",
    "Pair": "matches",
    "Ties": "matches",
    "match": "matches",
    "Address": "model.customer",
    "Contact": "model.customer",
    "Customer": "model.customer",
    "Identifier": "model.customer",
    "Name": "model.customer",
    "Change": "model.log",
    "Run": "model.log",
    "rfm": "purchases",
    "Settled": "rules.derive",
    "Ruleset": "rules.ruleset",
    "Score": "score",
    "Scores": "score",
    "analysis_score": "score",
    "clean_score": "score",
    "update_score": "score",
    "BaseMatching": "similar",
    "Likeness": "model.likeness",
    "Copied": "store.copy",
    "copy": "store.copy",
    "Highlight": "search",
    "Hit": "search",
    "SearchResult": "search",
    "register_backend": "store.registry",
    "SearchLag": "store.search.searching",
    "CLEARED": "update.edit",
}
"""Where each public name lives; its module is imported when the name is first used."""


def __getattr__(name: str) -> _typing.Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'customerkit' has no attribute {name!r}")
    found = getattr(_importlib.import_module(f"customerkit.{home}"), name)
    globals()[name] = found
    return found


class _Package(_types.ModuleType):
    """Keep a public name, such as ``match``, when the package of that name is imported."""

    def __setattr__(self, name: str, value: _typing.Any) -> None:
        if not (name in _HOMES and isinstance(value, _types.ModuleType)):
            super().__setattr__(name, value)


_sys.modules[__name__].__class__ = _Package


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "CLEARED",
    "Address",
    "BaseMatching",
    "Change",
    "Collected",
    "Contact",
    "Copied",
    "Correct",
    "Customer",
    "CustomerBase",
    "Deduplicate",
    "ForwardFill",
    "Highlight",
    "Hit",
    "Identifier",
    "Likeness",
    "Lookup",
    "Match",
    "Matching",
    "Name",
    "Pair",
    "Plan",
    "Ruleset",
    "Run",
    "Score",
    "Scores",
    "SearchLag",
    "SearchResult",
    "Settled",
    "Standardise",
    "Ties",
    "Version",
    "analysis_score",
    "clean_score",
    "copy",
    "default_ruleset",
    "errors",
    "match",
    "open",
    "register_backend",
    "rfm",
    "update_score",
]
