"""Turn errors into one line and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from functools import partial
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


class SafeGroup(click.Group):
    """Hold commands whose errors become one line and an exit code, never a traceback."""

    def main(self, *args: Any, **options: Any) -> NoReturn:
        """Run a command and exit with its code."""
        run = partial(super().main, *args, **{**options, "standalone_mode": False})
        sys.exit(_safely(run))


def _safely(run: Callable[[], object]) -> int:
    try:
        run()
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
    except Exception as error:  # noqa: BLE001 - the last resort: a user is shown a line
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
