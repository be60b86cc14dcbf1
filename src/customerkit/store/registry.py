"""Find the backend that a URL names, and import it only then."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, cast

from customerkit.errors import MissingExtraError, NotFoundError, UnknownSchemeError
from customerkit.store.protocol import Backend

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

Factory = Callable[[str], Backend]
_GROUP = "customerkit.backends"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):")  # two letters at least: C:\ is a drive
_BUILT_IN = {
    "memory": "customerkit.store.backends.memory:MemoryBackend",
    "sqlite": "customerkit.store.backends.sqlite:SQLiteBackend",
    "postgresql": "customerkit.store.backends.postgresql:PostgreSQLBackend",
    "mysql": "customerkit.store.backends.mysql:MySQLBackend",
    "mongodb": "customerkit.store.backends.mongodb:MongoDBBackend",
    "mongodb+srv": "customerkit.store.backends.mongodb:MongoDBBackend",
    "django": "customerkit.store.backends.django:DjangoBackend",
}
_EXTRAS = {
    "postgresql": "postgres",
    "mysql": "mysql",
    "mongodb": "mongo",
    "mongodb+srv": "mongo",
    "django": "django",
}
_registered: dict[str, Factory] = {}


def register_backend(scheme: str, factory: Factory) -> None:
    """Make a backend known at run time.

    Args:
        scheme: What its URLs begin with, without the colon.
        factory: Called with the URL.
    """
    _registered[scheme] = factory


def open_backend(url: str | os.PathLike[str] | Backend, *, create: bool = True) -> Backend:
    """Return the backend a URL names.

    Args:
        url: ``memory:``, ``sqlite:///path``, a plain path, another URL whose
            backend is installed, or a backend. One without transactions comes back
            behind a journal.
        create: Whether to create what the URL names where it does not exist.

    Raises:
        NotFoundError: It does not exist and is not to be created.
        UnknownSchemeError: No backend answers to the scheme.
        MissingExtraError: It exists, but the extra that brings it is not installed.

    Example:
        >>> type(open_backend("memory:")).__name__
        'MemoryBackend'
    """
    if not isinstance(url, str | os.PathLike):
        return atomic(url)
    text = os.fspath(url)
    factory = backend_of(_scheme(text))
    if not create and _absent(factory, text):
        raise NotFoundError(
            f"there is no base {redact(text)}; collect something into it first, "
            "or name another one",
            url=redact(text),
        )
    return atomic(factory(text))


def atomic(backend: Backend) -> Backend:
    """Return a backend whose transactions are atomic: itself, or a journal in front of it.

    Args:
        backend: Any; one that declares ``transactions=False`` gets a
            :class:`~customerkit.store.journal.Journal`.

    Example:
        >>> backend = open_backend("memory:")
        >>> atomic(backend) is backend
        True
    """
    if backend.capabilities.transactions:
        return backend
    from customerkit.store.journal import Journal  # only for stores that need it

    return Journal(backend)


def _absent(factory: Factory, url: str) -> bool:
    """Ask a backend whether it would create what a URL names; one that cannot tell would not."""
    ask = getattr(factory, "absent", None)
    return ask is not None and bool(ask(url))


def _scheme(text: str) -> str:
    found = _SCHEME.match(text)
    return found[1] if found else "sqlite"


def _installed() -> EntryPoints:
    from importlib.metadata import entry_points  # slow to import, seldom needed

    return entry_points(group=_GROUP)


def backend_of(scheme: str) -> Factory:
    """Return what makes the backend of a scheme, and import it.

    Raises:
        MissingExtraError: It exists, but the extra that brings it is not installed.
        UnknownSchemeError: There is none.

    Example:
        >>> backend_of("memory").__name__
        'MemoryBackend'
    """
    if scheme in _registered:
        return _registered[scheme]
    if scheme in _BUILT_IN:
        return _built_in(scheme)
    for point in _installed().select(name=scheme):
        return cast("Factory", point.load())
    if scheme in _EXTRAS:
        raise MissingExtraError.of(f"the {scheme} backend", _EXTRAS[scheme])
    raise UnknownSchemeError(
        f"no backend is called {scheme!r}; known: {', '.join(schemes())}", scheme=scheme
    )


def _built_in(scheme: str) -> Factory:
    module, _, name = _BUILT_IN[scheme].partition(":")
    try:
        return cast("Factory", getattr(import_module(module), name))
    except ModuleNotFoundError as error:
        if scheme not in _EXTRAS:
            raise
        raise MissingExtraError.of(
            f"{error.name}, which the {scheme} backend needs,", _EXTRAS[scheme]
        ) from error


def schemes() -> list[str]:
    """Return the schemes that are known here; some need an extra."""
    installed = {point.name for point in _installed()}
    return sorted(installed | _BUILT_IN.keys() | _registered.keys())


def redact(url: str) -> str:
    """Return a URL without its password.

    Example:
        >>> redact("postgresql://crm:secret@db/crm")
        'postgresql://crm:***@db/crm'
    """
    return re.sub(r"(//[^:/@]*):.*@", r"\1:***@", url)  # a password may hold an @ too
