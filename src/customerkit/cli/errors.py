"""Turn errors into one line and an exit code."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, NoReturn

import click

from customerkit.errors import (
    AmbiguousError,
    ConflictError,
    CustomerKitError,
    InputError,
    MissingExtraError,
    NotFoundError,
    StoreError,
    UndoError,
)

_CODES: tuple[tuple[type[CustomerKitError], int], ...] = (
    (StoreError, 6),
    (InputError, 3),
    (NotFoundError, 4),
    (AmbiguousError, 4),
    (ConflictError, 5),
    (MissingExtraError, 7),
    (UndoError, 8),
)
MEANINGS: Mapping[int, str] = MappingProxyType(
    {
        0: "done",
        1: "an error that should not happen",
        2: "wrong usage of a command",
        3: "input that cannot be used: a file, a mapping, a field, a value, nothing to score",
        4: "not found, or several found: a base, a customer, a run",
        5: "somebody else wrote first",
        6: "the store failed: locked, full, read-only, damaged, of a newer version",
        7: "an optional package is missing",
        8: "a run that cannot be undone",
        130: "interrupted, or answered with no",
    }
)
"""What each exit code means."""
_SHORT = "0 done, 2 usage, 3 bad input, 4 not found, 5 conflict, 6 store"
EPILOG = f"Exit codes: {_SHORT}, 7 missing extra, 8 cannot be undone, 130 interrupted."


class SafeGroup(click.Group):
    """Hold commands whose errors become one line and an exit code, never a traceback."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> NoReturn:
        """Run a command and exit with its code."""
        words = list(sys.argv[1:] if args is None else args)
        run = partial(super().main, words, *rest, **{**options, "standalone_mode": False})
        sys.exit(_safely(run, "--json" in words))


def _safely(run: Callable[[], object], as_json: bool) -> int:
    try:
        run()
    except click.ClickException as error:
        error.show()
        return _told(error.exit_code, type(error).__name__, error.format_message(), as_json)
    except (click.Abort, KeyboardInterrupt):
        message = "interrupted; nothing of this run was kept"
        click.echo(message, err=True)
        return _told(130, "Interrupted", message, as_json)
    except BrokenPipeError:
        return _hang_up()
    except CustomerKitError as error:
        _show(error)
        code = next((code for kind, code in _CODES if isinstance(error, kind)), 1)
        return _told(code, type(error).__name__, str(error), as_json)
    except Exception as error:  # noqa: BLE001 - the last resort: a user is shown a line
        _show(error)
        return _told(1, type(error).__name__, "unexpected", as_json)
    return 0


def _hang_up() -> int:
    """Stop quietly when the reader has gone, as ``head`` does."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - until the end
    return 0


def _told(code: int, kind: str, message: str, as_json: bool) -> int:
    """Tell a program on standard output what a person reads on standard error."""
    if as_json:
        document = {"error": {"type": kind, "message": message, "exit_code": code}}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    return code


def _show(error: Exception) -> None:
    if os.environ.get("CUSTOMERKIT_DEBUG"):
        traceback.print_exception(error)
        return
    expected = isinstance(error, CustomerKitError)
    text = str(error) if expected else f"{type(error).__name__}: {error}"
    hint = "" if expected else " (set CUSTOMERKIT_DEBUG=1 to see where)"
    click.echo(f"customerkit: {text}{hint}", err=True)
