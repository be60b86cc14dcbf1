"""Cut the line at each socket operation of a run: a typed error, and a base old or new."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

import customerkit as ck
from customerkit.errors import TransientStoreError
from trials.check import ROWS, check, rows


class Proxy:
    """Pass bytes between clients and a server, and cut all lines at one operation.

    Args:
        port: Of the server, on this machine.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._lock = threading.Lock()
        self._lines: list[socket.socket] = []
        self._operations = 0
        self._at: int | None = None
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self, at: int | None) -> None:
        """Cut at the operation of this number from now on; None is never."""
        with self._lock:
            self._operations, self._at = 0, at

    @property
    def operations(self) -> int:
        """Return how many pieces passed since."""
        return self._operations

    def _serve(self) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = self._socket.accept()
                server = socket.create_connection(("127.0.0.1", self._target))
                with self._lock:
                    self._lines += [client, server]
                for ends in ((client, server), (server, client)):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(1 << 16):
                if self._is_cut():
                    self._drop()
                    return
                sink.sendall(piece)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _is_cut(self) -> bool:
        with self._lock:
            self._operations += 1
            return self._operations == self._at

    def _drop(self) -> None:
        with self._lock:
            lines, self._lines = self._lines, []
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def close(self) -> None:
        """Stop listening and cut all lines."""
        self._socket.close()
        self._drop()


@contextmanager
def through_proxy(url: str) -> Iterator[tuple[Proxy, str]]:
    """Lend a proxy and the URL that goes through it."""
    parts = urlsplit(url)
    assert parts.port is not None
    proxy = Proxy(parts.port)
    host = parts.netloc.replace(f":{parts.port}", f":{proxy.port}")
    try:
        yield proxy, urlunsplit(parts._replace(netloc=host))
    finally:
        proxy.close()


def cut_everywhere(url: str, every: int = 1) -> int:
    """Cut the line at each operation of a run, one after the other.

    Args:
        url: Of an empty base.
        every: Only each so-manieth operation.

    Returns:
        How many places were cut.
    """
    with through_proxy(url) as (proxy, near), ck.open(near) as base:
        base.collect(rows("before"), channel="crm")
        base.clean()
        proxy.cut(None)
        base.collect(rows("dry"), channel="crm")
        operations = proxy.operations
        base.clean()
        places = range(1, operations + 1, every)
        for at in places:
            _cut_once(proxy, base, at)
    return len(places)


def _cut_once(proxy: Proxy, base: ck.CustomerBase, at: int) -> None:
    runs = len(base.runs())
    proxy.cut(at)
    try:
        base.collect(rows(f"cut{at}-"), channel="crm")
        arrived = True
    except TransientStoreError:
        arrived = False
    finally:
        proxy.cut(None)
    found = base.runs()  # the next call works
    assert len(found) in ((runs + 1,) if arrived else (runs, runs + 1))
    base.collect(rows(f"cut{at}-"), channel="crm")  # again: nothing twice
    base.clean()
    check(base, since=runs)
    assert base.runs()[-1].verb == "clean"
    assert sum(1 for _ in base.customers()) % ROWS == 0
