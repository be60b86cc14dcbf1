"""Processes and ports: start under a user, wait with a deadline, end with all descendants."""

from __future__ import annotations

import contextlib
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

# Below the ports that systems give to outgoing connections, so that none of
# those takes the place of a server while it restarts.
PORTS = range(20000, 32000)


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    for port in random.SystemRandom().sample(PORTS, 50):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError(f"no free port of {PORTS}")


def owner(user: str | None) -> tuple[int, int] | None:
    """Return the numbers of the user that a server runs as, or None: as whoever runs the tests."""
    if user is None or os.geteuid() != 0:
        return None
    found = pwd.getpwnam(user)
    return found.pw_uid, found.pw_gid


def obstacle(user: str | None) -> str | None:
    """Say why root cannot start a server as this user, or None."""
    if user is None or os.geteuid() != 0:
        return None
    if shutil.which("setpriv") is None:
        return "setpriv was not found (Debian: util-linux)"
    try:
        pwd.getpwnam(user)
    except KeyError:
        return f"there is no user {user}"
    return None


def wrapped(command: Sequence[str | Path], user: str | None) -> list[str]:
    """Return the command as its user, who dies with the tests even if those are killed."""
    words = [str(word) for word in command]
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return words
    as_user = [f"--reuid={user}", f"--regid={user}", "--clear-groups"] if owner(user) else []
    return [setpriv, "--pdeathsig=KILL", *as_user, *words]


def until(done: Callable[[], bool], seconds: float, complaint: Callable[[], str]) -> None:
    """Ask again and again until it is so, for so many seconds at most."""
    deadline = time.monotonic() + seconds
    pause = 0.02
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(complaint())
        time.sleep(pause)
        pause = min(pause * 1.5, 0.5)


def descendants(pid: int) -> list[int]:
    """Return the processes that a process started, and those that they started."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            _, _, fields = stat.read_text(errors="replace").rpartition(")")
            children.setdefault(int(fields.split()[1]), []).append(int(stat.parent.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found[1:]


def alive(pid: int) -> bool:
    """Say whether a process runs; one that ended and that nobody waited for does not."""
    try:
        os.kill(pid, 0)
        _, _, fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")
    except OSError:
        return False
    return fields.split()[0] != "Z"


def end(
    process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGKILL, seconds: float = 30
) -> None:
    """End a process and all that it started: kindly for so many seconds, then by force."""
    started = descendants(process.pid)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.send_signal(how)
        process.wait(seconds)
    process.kill()
    process.wait()
    for pid in started:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    until(lambda: not any(map(alive, started)), 30, lambda: f"{started} cannot be killed")
