"""What every server shares: start, wait until it answers, kill, stop, leave nothing behind."""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

import pytest

from running.process import alive, end, free_port, obstacle, owner, until, wrapped

_PREFIX = "ck-server-"


def sweep() -> None:
    """Remove the folders of servers whose starters were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}[0-9]*-*"):
        if not alive(int(folder.name.removeprefix(_PREFIX).partition("-")[0])):
            shutil.rmtree(folder, ignore_errors=True)


class Server(ABC):
    """One server; a subclass says how it is prepared, started, asked and emptied.

    Where the environment names a URL, that server is used as it is: nothing is
    started or stopped, and whatever would kill it skips the test.
    """

    title: ClassVar[str]
    variable: ClassVar[str]
    durable: ClassVar[bool] = True
    user: ClassVar[str | None] = None
    quit_signal: ClassVar[signal.Signals] = signal.SIGTERM
    drop_signal: ClassVar[signal.Signals] = signal.SIGKILL  # when its data is removed anyway
    seconds_to_start: ClassVar[float] = 60
    seconds_to_stop: ClassVar[float] = 30

    def __init__(self) -> None:
        given = os.environ.get(self.variable, "")
        self.own = not given
        self.port = free_port() if self.own else urlsplit(given).port or 0
        self.password = secrets.token_hex(8)
        self.url = given or self.own_url()
        self.folder = Path()
        self._process: subprocess.Popen[bytes] | None = None

    # ── what a subclass says ────────────────────────────────────────────────

    @classmethod
    @abstractmethod
    def lacking(cls) -> str | None:
        """Say which program is not installed, or None."""

    @abstractmethod
    def own_url(self) -> str:
        """Return the URL of the server started here."""

    @abstractmethod
    def prepare(self) -> None:
        """Fill the empty folder before the first start."""

    @abstractmethod
    def command(self) -> list[str]:
        """Return the command that runs the server in the foreground."""

    @abstractmethod
    def connect(self, url: str = "") -> Any:
        """Return the plain client of the server, or of one of its databases."""

    @abstractmethod
    def ping(self) -> None:
        """Ask the server something small; raise if it does not answer."""

    @abstractmethod
    def fresh(self) -> contextlib.AbstractContextManager[str]:
        """Give the URL of a new, empty database that is dropped at the end."""

    # ── what all do ─────────────────────────────────────────────────────────

    @classmethod
    def missing(cls) -> str | None:
        """Say why there is no such server here, or None: it is there or its URL is given."""
        if os.environ.get(cls.variable):
            return None
        lacking = cls.lacking() or obstacle(cls.user)
        return lacking and f"{cls.title}: {lacking}, and {cls.variable} is not set"

    @property
    def pid(self) -> int:
        """Return the number of the server's process."""
        if self._process is None:
            raise RuntimeError(f"{self.title} is not running")
        return self._process.pid

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> Self:
        """Start the server in a new folder, or check that the one of the URL answers."""
        if not self.own:
            self.ping()
            return self
        atexit.register(self.stop)
        sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        try:
            self._give_to_user()
            self.prepare()
            self._run()
        except BaseException:
            self.stop()
            raise
        return self

    def kill(self) -> None:
        """End the server at once, as a power cut would, and whatever it had started."""
        self._need_own()
        if self._process is not None:
            end(self._process)
            self._process = None

    def restart(self) -> None:
        """Start the server again with the data and the port it had."""
        self._need_own()
        self._halt(self.quit_signal)
        self._run()

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if not self.own:
            return
        self._halt(self.drop_signal)
        atexit.unregister(self.stop)
        if self.folder != Path():
            shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *command: str | Path) -> None:
        """Run a program that prepares the server, as the server's own user."""
        done = subprocess.run(
            wrapped(command, self.user),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed\n{done.stdout[-2000:]}{done.stderr[-2000:]}")

    def write(self, name: str, text: str) -> Path:
        """Write a file into the server's folder that its user can read, and nobody else."""
        path = self.folder / name
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
        if uid_gid := owner(self.user):
            os.chown(path, *uid_gid)
        return path

    def name(self) -> str:
        """Return a new name for a database."""
        return f"ck_{secrets.token_hex(6)}"

    def _give_to_user(self) -> None:
        if uid_gid := owner(self.user):
            os.chown(self.folder, *uid_gid)

    def _need_own(self) -> None:
        if not self.own:
            pytest.skip(f"{self.title} of {self.variable} is not ours to kill")

    def _halt(self, how: signal.Signals) -> None:
        if self._process is not None:
            end(self._process, how, self.seconds_to_stop)
            self._process = None

    def _run(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                wrapped(self.command(), self.user),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(self._answers, self.seconds_to_start, self._no_answer)

    def _answers(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(f"{self.title} ended while it started\n{self._log()}")
        try:
            self.ping()
        except ImportError:  # waiting brings no client
            raise
        except Exception:  # noqa: BLE001 - each client says in its own way that nobody is there
            return False
        return True

    def _no_answer(self) -> str:
        return f"{self.title} does not answer on port {self.port}\n{self._log()}"

    def _log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-3000:]
