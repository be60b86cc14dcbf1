"""Search customers: ask an index for candidates, read them again, rank and count them."""

from customerkit.search.find import FACETS, Search
from customerkit.search.results import Found, Highlight, Hit

__all__ = ["FACETS", "Found", "Highlight", "Hit", "Search"]
