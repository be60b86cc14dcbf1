"""Turn what many channels say about customers into one clean, explained, reversible base."""

from customerkit import errors
from customerkit.base import CustomerBase, open  # noqa: A004 - the verb users type
from customerkit.clean.plan import Plan
from customerkit.clean.rules import (
    Correct,
    Deduplicate,
    ForwardFill,
    Lookup,
    Standardise,
    default_ruleset,
)
from customerkit.collect.pipeline import Collected
from customerkit.model.customer import Address, Contact, Customer, Identifier, Name
from customerkit.model.log import Change, Run
from customerkit.purchases import rfm
from customerkit.rules.derive import Settled
from customerkit.rules.ruleset import Ruleset
from customerkit.score import Score, Scores, analysis_score, clean_score, update_score
from customerkit.store.registry import register_backend
from customerkit.update.edit import CLEARED

__all__ = [
    "CLEARED",
    "Address",
    "Change",
    "Collected",
    "Contact",
    "Correct",
    "Customer",
    "CustomerBase",
    "Deduplicate",
    "ForwardFill",
    "Identifier",
    "Lookup",
    "Name",
    "Plan",
    "Ruleset",
    "Run",
    "Score",
    "Scores",
    "Settled",
    "Standardise",
    "analysis_score",
    "clean_score",
    "default_ruleset",
    "errors",
    "open",
    "register_backend",
    "rfm",
    "update_score",
]
