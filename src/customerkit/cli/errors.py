"""Turn errors into one line and an exit code."""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence

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


def run_safely(group: click.Group, arguments: Sequence[str] | None) -> int:
    """Run a command and return its exit code; errors become one line.

    Args:
        group: The commands.
        arguments: What was typed.
    """
    try:
        group.main(arguments, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; nothing of this run was kept", err=True)
        return 130
    except CustomerKitError as error:
        _show(error)
        return next((code for kind, code in _CODES if isinstance(error, kind)), 1)
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 - the last resort: a user is shown a line, not a traceback
        _show(error)
        return 1
    return 0


def _show(error: Exception) -> None:
    if os.environ.get("CUSTOMERKIT_DEBUG"):
        traceback.print_exception(error)
        return
    expected = isinstance(error, CustomerKitError)
    text = str(error) if expected else f"{type(error).__name__}: {error}"
    hint = "" if expected else " (set CUSTOMERKIT_DEBUG=1 to see where)"
    click.echo(f"customerkit: {text}{hint}", err=True)
