"""Work on several things at once in processes: Python itself runs one thread at a time."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Generic, TypeVar, cast

from customerkit.threads import workers

Answer = TypeVar("Answer")
Task = Callable[[], Answer]
_SERVE = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from customerkit.match.aside import serve; serve()"
)
_UNFIT = (OSError, EOFError, ValueError, pickle.PickleError, AttributeError, ImportError)
"""What says that a process cannot be had, is gone, or cannot do the task."""


class Aside(Generic[Answer]):
    """Do tasks here and in helping processes; whoever is free takes the next.

    A process imports this library, and nothing of the program that runs. It takes a quarter
    of a second to begin, which passes while something else is done: helpers are started when
    the block is entered. What they fail at is done here.

    Args:
        most: So many tasks there are at most.

    Example:
        >>> from functools import partial
        >>> with Aside(2) as aside:
        ...     aside.answers([partial(sorted, "ba"), partial(sorted, "dc")])
        [['a', 'b'], ['c', 'd']]
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._helpers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Aside[Answer]:
        paths = [entry or str(Path.cwd()) for entry in sys.path]  # it imports what this does
        try:
            for _ in range(min(workers(), self._most) - 1):
                self._helpers.append(_started())
                _send(paths, cast("IO[bytes]", self._helpers[-1].stdin))
        except _UNFIT:  # there may be fewer
            pass
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _end(self) -> None:
        for helper in self._helpers:
            helper.kill()
            helper.communicate()

    def answers(self, tasks: Sequence[Task[Answer]]) -> list[Answer]:
        """Return the answer of each task, in their order.

        Args:
            tasks: The costliest first; functions of a module, or partial ones, of what is
                pickled in little time.

        Raises:
            Exception: What a task raises.
        """
        if not self._helpers:
            return list(map(_here, tasks))
        waiting = deque(enumerate(tasks))
        found: dict[int, Answer] = {}

        def work(run: Callable[[Task[Answer]], Answer]) -> None:
            while waiting:
                try:
                    at, task = waiting.popleft()
                except IndexError:  # another was faster
                    return
                try:
                    found[at] = run(task)
                except _HelperError:
                    waiting.append((at, task))
                    return

        with ThreadPoolExecutor(len(self._helpers)) as pool:
            others = [pool.submit(work, _Asked[Answer](helper)) for helper in self._helpers]
            try:
                work(_here)
            except BaseException:
                self._end()  # who waits for an answer waits no longer
                raise
        for other in others:
            other.result()
        work(_here)  # what helpers failed at last
        return [found[at] for at in range(len(tasks))]


class _HelperError(Exception):
    """Say that a helper did not do its task."""


def _here(task: Task[Answer]) -> Answer:
    return task()


class _Asked(Generic[Answer]):
    """Have tasks done by a helper."""

    def __init__(self, helper: subprocess.Popen[bytes]) -> None:
        self._helper = helper

    def __call__(self, task: Task[Answer]) -> Answer:
        to, answers = cast("IO[bytes]", self._helper.stdin), cast("IO[bytes]", self._helper.stdout)
        try:
            _send(task, to)
            found: Answer = pickle.load(answers)  # noqa: S301 - from our own process
        except _UNFIT as error:
            raise _HelperError from error
        return found


def _started() -> subprocess.Popen[bytes]:
    """Start a helper."""
    if not sys.executable or getattr(sys, "frozen", False):
        raise OSError("no interpreter can be started")
    command = [sys.executable, "-I", "-c", _SERVE]
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603 - our own interpreter and words
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    )


def _send(what: object, to: IO[bytes]) -> None:
    pickle.dump(what, to, protocol=5)
    to.flush()


def serve() -> None:
    """Answer tasks from standard input until it ends; the work of a helper."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks is interrupted, and ends this
    tasks, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    while (task := _next(tasks)) is not None:
        _send(task(), answers)


def _next(tasks: BinaryIO) -> Callable[[], object] | None:
    try:
        found: Callable[[], object] = pickle.load(tasks)  # noqa: S301 - from our own process
    except EOFError:
        return None
    return found
