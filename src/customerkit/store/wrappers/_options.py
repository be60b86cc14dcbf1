"""Read what a user says about the cache of a base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from customerkit.errors import InputError
from customerkit.store.protocol import Backend
from customerkit.store.wrappers._redis import Redis
from customerkit.store.wrappers.caching import Cached

_HELD = {"stale": float, "entries": int, "size": int}
_SHARED = {"ttl": float, "timeout": float}
_TO_REDIS = {"ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_cert_reqs", "db"}
_SCHEMES = ("redis", "rediss", "unix")


def cached(backend: Backend, cache: str | bool | None = None, *, name: str = "") -> Backend:
    """Return a backend with the cache that is asked for.

    Args:
        backend: The store.
        cache: None caches what is remote, in the process; True caches anything, False
            nothing. ``memory:?stale=0.1&entries=5000&size=10000000`` says how, and
            ``redis://host:port/0?stale=0.1&ttl=300&timeout=0.05`` shares what was read
            with other processes.
        name: Tells the base from copies of it.

    Raises:
        InputError: The URL is none of these.
        MissingExtraError: redis-py is not installed.

    Example:
        >>> from customerkit.store.backends.memory import MemoryBackend
        >>> store = MemoryBackend()
        >>> cached(store) is store, type(cached(store, True)).__name__
        (True, 'Cached')
    """
    wanted = backend.capabilities.remote if cache is None else cache
    if not wanted:
        return backend
    return Cached(backend) if wanted is True else _by_url(backend, wanted, name)


def _by_url(backend: Backend, url: str, name: str) -> Cached:
    parts = urlsplit(url)
    said = dict(parse_qsl(parts.query))
    held: dict[str, Any] = _taken(said, _HELD)
    if parts.scheme == "memory" and not said:
        return Cached(backend, **held)
    if parts.scheme not in _SCHEMES:
        raise InputError(f"a cache is memory: or {':// or '.join(_SCHEMES)}://, with known options")
    shared: dict[str, Any] = _taken(said, _SHARED)
    if not said.keys() <= _TO_REDIS:
        known = sorted({*_HELD, *_SHARED, *_TO_REDIS})
        raise InputError(f"a cache has no option {min(said)!r:.40}; it has {', '.join(known)}")
    address = parts._replace(query=urlencode(said)).geturl()
    try:
        redis = Redis(address, name=name, **shared)
    except ValueError as error:
        raise InputError("the URL of the cache is none that Redis knows") from error
    return Cached(backend, shared=redis, **held)


def _taken(said: dict[str, str], kinds: Mapping[str, type]) -> dict[str, Any]:
    """Take the options of some kinds out of what was said."""
    found = {}
    for option, kind in kinds.items():
        if option in said:
            try:
                found[option] = kind(said.pop(option))
            except ValueError:
                raise InputError(f"{option} of a cache is a number") from None
            if found[option] < 0:
                raise InputError(f"{option} of a cache is not negative")
    return found
