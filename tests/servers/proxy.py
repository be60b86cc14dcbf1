"""A network between a client and its server that can be cut, or fall silent, at any moment."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit

_RESET = struct.pack("ii", 1, 0)  # close with a reset, as a dead peer's network does


class Proxy:
    """Pass bytes between clients and a server, and count how often.

    Args:
        url: The server's URL; :attr:`url` is the same through the proxy.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._server = (parts.hostname or "", parts.port or 0)
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        self.url = parts._replace(
            netloc=parts.netloc.replace(f":{parts.port}", f":{port}")
        ).geturl()
        self._lock = threading.Lock()
        self._at: int | None = None
        self._silent = False
        self.passed = self.asked = 0  # in all, and journeys to the server
        self._answered = True
        self.done = False

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def cut(self, at: int | None, *, silent: bool = False) -> None:
        """Cut the connection once, at the passing of bytes of this number from now on.

        Args:
            at: 1 is the next; None is never.
            silent: Pass nothing more instead, and say nothing.
        """
        with self._lock:
            self._at, self._silent, self.passed, self.done = at, silent, 0, False

    def _accept(self) -> None:
        with suppress(OSError):  # the listener was closed
            while True:
                client, _ = self._listener.accept()
                try:
                    server = socket.create_connection(self._server)
                except OSError:
                    client.close()
                    continue
                for ends in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, asks: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                self.asked += asks and self._answered  # bytes of one journey may come in parts
                self._answered = not asks
                if self._falls():
                    if self._silent:
                        return  # with both sockets open
                    break
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _falls(self) -> bool:
        with self._lock:
            self.passed += 1
            falls = self.passed == self._at
            self.done = self.done or falls
            return falls
