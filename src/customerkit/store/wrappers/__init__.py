"""Wrappers: what can be put around any store, and around each other."""

from customerkit.store.wrappers._options import cached
from customerkit.store.wrappers._redis import Redis
from customerkit.store.wrappers.base import Wrapper, unwrap
from customerkit.store.wrappers.caching import Cached, CacheInfo
from customerkit.store.wrappers.logged import Logged
from customerkit.store.wrappers.read_only import ReadOnly

__all__ = [
    "CacheInfo",
    "Cached",
    "Logged",
    "ReadOnly",
    "Redis",
    "Wrapper",
    "cached",
    "unwrap",
]
