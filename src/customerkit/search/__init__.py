"""Search customers: ask an index for candidates, read them again, rank and count them."""

from customerkit.search.find import FACETS, Search
from customerkit.search.results import Highlight, Hit, SearchResult

__all__ = ["FACETS", "Highlight", "Hit", "Search", "SearchResult"]
