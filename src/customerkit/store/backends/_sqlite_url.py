"""Read the URL of a SQLite store."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from attrs import frozen

from customerkit.errors import InputError


@frozen
class Options:
    """Say where a SQLite store is and how it is opened.

    Args:
        path: The file, or ``:memory:``.
        timeout: Seconds to wait for another process.
        synchronous: ``full`` or ``normal``.
    """

    path: str
    timeout: float = 10.0
    synchronous: str = "full"


def parse(url: str) -> Options:
    """Return the options of a path or of ``sqlite:///path?name=value``.

    Raises:
        InputError: An option is unknown or no value of its kind.
    """
    if not url.startswith("sqlite:"):
        return Options(url)
    parts = urlsplit(url)
    given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    unknown = set(given) - {"timeout", "synchronous"}
    synchronous = given.get("synchronous", "full").lower()
    if unknown or synchronous not in ("full", "normal"):
        raise InputError(
            "a SQLite URL is sqlite:///path?timeout=seconds&synchronous=full or normal",
            unknown=sorted(unknown),
        )
    path = unquote(parts.path)[1:] or ":memory:"
    try:
        return Options(path, float(given.get("timeout", "10")), synchronous)
    except ValueError:
        raise InputError("the timeout of a SQLite URL is a number of seconds") from None
