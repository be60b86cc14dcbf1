"""Sample files: what eight channels of an invented tea shop say about its customers.

Everybody in them is made up. E-mail addresses end in names reserved for
examples; telephone numbers come from ranges kept free for fiction, or, for China,
from a prefix that is assigned to nobody. The files are messy on purpose: people
appear several times, values are missing or wrong, and a few rows cannot be read.

Example:
    >>> from customerkit import demo
    >>> sorted(demo.files()) == sorted(demo.CHANNELS)
    True
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "crm.csv": "crm",
        "newsletter.csv": "newsletter",
        "shop_customers.csv": "shop",
        "会员.csv": "members",
        "orders.csv": "shop",
        "web_events.jsonl": "web",
        "reviews.json": "reviews",
        "feedback.csv": "support",
    }
)
"""The channel that each file speaks for, in the order to collect them."""

ID_SPACES: Mapping[str, str] = MappingProxyType({"web_events.jsonl": "shop"})
"""Whose customer ids a file carries, where that is not its own channel."""

DESCRIPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "crm.csv": "customers from the sales team: repeated, misspelt, partly impossible",
        "newsletter.csv": "subscribers; semicolons, Windows-1252, dates with the day first",
        "shop_customers.csv": "shop accounts, in the columns of a Shopify export",
        "会员.csv": "members of the Chinese shop; Chinese header, GBK",
        "orders.csv": "order lines with returns and orders that name nobody",
        "web_events.jsonl": "what was viewed and put in the basket, JSON lines",
        "reviews.json": "product reviews, a JSON array",
        "feedback.csv": "complaints, questions and praise, open or solved",
    }
)
"""One line about each file."""


def files() -> dict[str, Path]:
    """Return where the sample files are.

    Returns:
        File name → path, in the order of :data:`CHANNELS`.

    Example:
        >>> files()["crm.csv"].is_file()
        True
    """
    folder = Path(__file__).parent
    return {name: folder / name for name in CHANNELS}


def copy(folder: str | Path) -> list[Path]:
    """Copy the sample files into a folder, to play with them there.

    Args:
        folder: Made where it does not exist.

    Returns:
        The copies.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     len(copy(folder))
        8
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(path, target / name)) for name, path in files().items()]


__all__ = ["CHANNELS", "DESCRIPTIONS", "ID_SPACES", "copy", "files"]
