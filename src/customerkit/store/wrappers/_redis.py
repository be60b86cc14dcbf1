"""Share what processes read in Redis, which may be slow, wrong or dead at any time."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, TypeVar

from customerkit.errors import MissingExtraError, ReadOnlyStoreError
from customerkit.model.tables import META
from customerkit.store.protocol import Backend
from customerkit.store.wrappers._changes import State
from customerkit.store.wrappers._entries import Entry

T = TypeVar("T")
K = TypeVar("K")
_LOGGER = logging.getLogger("customerkit.cache")
_IDENTITY = "cache:base"
_LONGEST = 30.0  # seconds between two tries to reach a server that is gone
_MANY = 500
_BYTES = "bytes as hexadecimal digits"


class Breaker:
    """Leave a server alone for a while after it failed: longer each time, up to a bound.

    Args:
        clock: Tells seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._pause, self._until = clock, 0.0, float("-inf")

    @property
    def closed(self) -> bool:
        """Say whether the server may be asked."""
        return self._clock() >= self._until

    def failed(self) -> None:
        """Leave it alone, twice as long as the last time."""
        self._pause = min(_LONGEST, 2 * self._pause or 1.0)
        self._until = self._clock() + self._pause

    def worked(self) -> None:
        """Trust it again."""
        self._pause = 0.0


class Redis:
    """Keep answers in Redis for other processes, each at most some seconds.

    Names of entries are keyed digests, so nobody reads from them what was looked up;
    the values are rows as the store has them. What cannot be had in time, or read, is
    taken for absent; after a failure the server is left alone, a second at first and
    half a minute at most.

    Args:
        url: ``redis://host:port/database``, ``rediss://…`` with TLS, ``unix://…``.
        name: Tells bases apart that are copies of each other, such as their URL.
        ttl: Seconds after which an entry is gone.
        timeout: Seconds to wait for the server, each time.

    Raises:
        MissingExtraError: redis-py is not installed.
    """

    def __init__(
        self, url: str, *, name: str = "", ttl: float = 300, timeout: float = 0.05
    ) -> None:
        self._client, self._errors = _client(url, timeout)
        self._slow = 2 * timeout
        self._name, self._ttl = name, max(1, round(ttl * 1000))
        self._secret: bytes | None = None
        self._base = ""
        self._wanted = self._dropped = 0  # drops; the last one wanted comes before any reading
        self._breaker = Breaker()

    @property
    def alive(self) -> bool:
        """Say whether the server is asked at present."""
        return self._secret is not None and self._breaker.closed

    def begin(self, backend: Backend) -> None:
        """Learn which base this is; a base that may only be read has to know it already."""
        row = backend.get(META, [_IDENTITY])[0]
        if row is None:
            try:
                with backend.transaction():
                    row = backend.get(META, [_IDENTITY])[0]
                    if row is None:
                        row = {"name": _IDENTITY, "value": secrets.token_hex(32), "version": 1}
                        backend.put(META, [row])
            except ReadOnlyStoreError:
                return
        self._secret = bytes.fromhex(str(row["value"]))
        self._base = f"customerkit:{self._digest('base')}:"

    def fetch(self, texts: Mapping[K, str], read: Callable[[Any], Any]) -> dict[K, Entry]:
        """Return the entries that are there, by key.

        Args:
            texts: Key → the question as a text.
            read: Makes an answer of what was written; raises where it is none.
        """
        names = [self._named(text) for text in texts.values()] if self.alive else []
        found = self._ask(lambda: self._client.mget(names)) if names else None
        entries = (_entry(data, read) for data in found or ())
        return {key: entry for key, entry in zip(texts, entries, strict=False) if entry}

    def keep(self, entries: Mapping[str, Entry], write: Callable[[Any], Any]) -> None:
        """Keep entries for others.

        Args:
            entries: By their questions as texts.
            write: Makes of an answer what JSON can hold, and bytes.
        """
        if not self.alive or not entries:
            return

        def send() -> None:
            with self._client.pipeline(transaction=False) as pipe:
                for text, entry in entries.items():
                    pipe.set(self._named(text), _told(entry, write), px=self._ttl)
                pipe.execute()

        self._ask(send)

    def drop(self) -> None:
        """Drop all entries of this base, also those of its copies; now or as soon as possible."""
        self._wanted += 1
        if self._secret is not None:
            self._ask(lambda: None, patient=False)

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def _ask(self, job: Callable[[], T], *, patient: bool = True) -> T | None:
        """Do something with the server; None where it does not work."""
        if patient and not self._breaker.closed:
            return None
        begun = monotonic()
        try:
            if self._dropped < self._wanted:
                self._drop()
            answer = job()
        except self._errors as error:
            self._breaker.failed()
            _LOGGER.warning("Redis does not answer (%s); going on without", type(error).__name__)
            return None
        if monotonic() - begun > self._slow and patient:
            self._breaker.failed()
        else:
            self._breaker.worked()
        return answer

    def _drop(self) -> None:
        wanted, cursor = self._wanted, 0
        while True:
            cursor, names = self._client.scan(cursor, match=f"{self._base}*", count=_MANY)
            if names:
                self._client.unlink(*names)
            if not cursor:
                break
        self._dropped = wanted

    def _digest(self, text: str) -> str:
        data = text.encode("utf-8", "backslashreplace")
        return hashlib.blake2b(data, key=self._secret or b"", digest_size=16).hexdigest()

    def _named(self, text: str) -> str:
        return self._base + self._digest(f"{self._name}\x1f{text}")


def _client(url: str, timeout: float) -> tuple[Any, tuple[type[BaseException], ...]]:
    try:
        import redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry
    except ImportError as error:
        raise MissingExtraError.of("redis", "redis") from error
    limits = {"socket_timeout": timeout, "socket_connect_timeout": timeout}
    client = redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0), **limits)
    return client, (redis.RedisError, OSError)


def _told(entry: Entry, write: Callable[[Any], Any]) -> str:
    facts = [entry.state.run, entry.state.other, entry.words, write(entry.value)]
    return json.dumps(facts, default=lambda value: {_BYTES: value.hex()})


def _plain(told: dict[str, Any]) -> Any:
    return bytes.fromhex(told[_BYTES]) if told.keys() == {_BYTES} else told


def _entry(data: Any, read: Callable[[Any], Any]) -> Entry | None:
    """Return an entry, None where it is none of ours."""
    try:
        run, other, words, told = json.loads(data, object_hook=_plain)
        state = State(int(run), str(other))
        return Entry(state, tuple(map(str, words)), read(told))
    except (TypeError, ValueError, LookupError):
        return None
