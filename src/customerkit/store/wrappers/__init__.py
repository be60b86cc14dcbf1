"""Wrappers: what can be put around any store, and around each other."""

from customerkit.store.wrappers.base import Wrapper, unwrap
from customerkit.store.wrappers.logged import Logged
from customerkit.store.wrappers.read_only import ReadOnly

__all__ = ["Logged", "ReadOnly", "Wrapper", "unwrap"]
