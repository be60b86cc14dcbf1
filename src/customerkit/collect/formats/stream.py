"""Bytes of a text file: unpacked, without byte order mark, cut at line ends."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from attrs import define

from customerkit.collect.formats.binary import reads_as
from customerkit.collect.formats.source import LIMITS, Limits
from customerkit.errors import EncodingError, LimitError, SourceError, SourceNotFoundError

HEAD = 256 * 1024
LINE = 16  # a line may be this many times as long as a cell
_ASCII_BASED = ("utf-8", "ascii", "gb18030", "cp1252")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@define
class Stream:
    r"""Read a file as bytes of an encoding in which ASCII means itself.

    Args:
        path: The file; gzip is unpacked.
        encoding: Its encoding, None until it is told from evidence.
        limits: How large it may be.
        head: Its first bytes, already converted.
        newline: ``\r`` in files with old Macintosh line ends, else ``\n``.
        outer: The encoding that is converted to UTF-8 on the way, or None.
    """

    path: Path
    encoding: str | None = None
    limits: Limits = LIMITS
    head: bytes = b""
    newline: str = "\n"
    outer: str | None = None
    _bom: int = 0

    @classmethod
    def open(cls, path: Path, encoding: str | None = None, limits: Limits = LIMITS) -> Stream:
        """Look at the first bytes of a file.

        Args:
            path: The file.
            encoding: Its encoding where known.
            limits: How large it may be.

        Raises:
            SourceError: It cannot be read.
            EncodingError: The encoding has an unknown name.
        """
        stream = cls(path, limits=limits)
        with guarded(path), stream._raw() as file:
            raw = file.read(HEAD)
        stream._tell(raw, encoding)
        with guarded(path), stream._converted() as file:
            stream.head = file.read(HEAD)
        if b"\n" not in stream.head and b"\r" in stream.head:
            stream.newline = "\r"
            stream.head = stream.head.replace(b"\r", b"\n")
        return stream

    def _tell(self, raw: bytes, encoding: str | None) -> None:
        mark = next((item for item in _BOMS if raw.startswith(item[0])), None)
        name = _codec(encoding) if encoding else mark[1] if mark else _utf16(raw)
        if mark and name in (mark[1], "utf-16"):
            self._bom, name = len(mark[0]), mark[1]
        if name is not None and name not in _ASCII_BASED:
            self.outer, self.encoding = name, "utf-8"
        else:
            self.encoding = "utf-8" if name == "ascii" else name

    @property
    def label(self) -> str:
        """Return the name of the file's encoding."""
        if self.outer is None and self.encoding == "utf-8" and self._bom:
            return "utf-8-sig"
        return self.outer or self.encoding or "ascii"

    def _raw(self) -> IO[bytes]:
        with guarded(self.path):
            file = self.path.open("rb")
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
        if not packed:
            return file
        file.close()
        return cast("IO[bytes]", gzip.open(self.path))

    def _converted(self) -> IO[bytes]:
        file = self._raw()
        file.read(self._bom)
        if self.outer is None:
            return file
        return cast("IO[bytes]", io.BufferedReader(_Converter(file, self.outer)))

    def blocks(self, size: int, skip: int = 0) -> Iterator[bytes]:
        """Yield the bytes in blocks that end at a line end, but for the last.

        Args:
            size: About how large.
            skip: Bytes to leave out at the start.

        Raises:
            LimitError: The file, or a single line of it, is too large.
            SourceError: The file is damaged.
        """
        carry: list[bytes] = []
        for piece in self.pieces(size, skip):
            cut = piece.rfind(b"\n") + 1
            if not cut:
                carry.append(piece)
                self._check_line(carry)
                continue
            yield b"".join([*carry, piece[:cut]]) if carry else piece[:cut]
            carry = [piece[cut:]] if cut < len(piece) else []
        if carry:
            yield b"".join(carry)

    def _check_line(self, carry: list[bytes]) -> None:
        allowed = LINE * self.limits.cell
        if sum(map(len, carry)) > allowed:
            raise LimitError(f"{self.path.name} holds a line of more than {allowed:,} bytes")

    def pieces(self, size: int, skip: int = 0) -> Iterator[bytes]:
        """Yield the bytes as they come.

        Args:
            size: At most so many at a time.
            skip: Bytes to leave out at the start.

        Raises:
            LimitError: The file is too large.
            SourceError: The file is damaged.
        """
        total = 0
        with guarded(self.path), self._converted() as file:
            file.read(skip)
            while piece := file.read(size):
                total += len(piece)
                if total > self.limits.bytes:
                    raise LimitError(f"{self.path.name} is larger than {self.limits.bytes:,} bytes")
                yield piece.replace(b"\r", b"\n") if self.newline == "\r" else piece


class guarded:  # noqa: N801 - reads as a verb in with statements
    """Turn failures of reading a file into typed errors.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        name = self.path.name
        if isinstance(error, SourceError):
            return
        if isinstance(error, FileNotFoundError):
            raise SourceNotFoundError(f"there is no file {name}; check its path") from error
        if isinstance(error, IsADirectoryError):
            raise SourceError(f"{name} is a directory; give one of its files") from error
        if isinstance(error, (gzip.BadGzipFile, EOFError, zlib.error)):
            raise SourceError(f"{name} is a damaged gzip file; fetch it again") from error
        if isinstance(error, OSError):
            raise SourceError(f"{name} cannot be read: {error.strerror}") from error


class _Converter(io.RawIOBase):
    """Convert to UTF-8; what cannot be decoded stays invalid, so its row is told apart."""

    def __init__(self, file: IO[bytes], encoding: str) -> None:
        errors = "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"
        self._file = file
        self._decode = codecs.getincrementaldecoder(encoding)(errors).decode
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._left:
            piece = self._file.read(HEAD)
            self._left = self._convert(piece)
            if not piece:
                break
        part, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def _convert(self, piece: bytes) -> bytes:
        try:
            text = self._decode(piece, final=not piece)
        except UnicodeDecodeError:
            return b"\xff"
        try:
            return text.encode()
        except UnicodeEncodeError:
            return _forced(text)

    def close(self) -> None:
        self._file.close()
        super().close()


def _forced(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        raise EncodingError(f"no encoding is called {name!r:.40}; try 'utf-8' or 'gbk'") from None
    return {"utf-8-sig": "utf-8", "gbk": "gb18030", "gb2312": "gb18030"}.get(found, found)


def _utf16(raw: bytes) -> str | None:
    """Tell UTF-16 without byte order mark: zeros at every second place, hardly ever both."""
    raw = raw[: len(raw) & ~1]
    low, high = raw[1::2].count(0), raw[0::2].count(0)
    if (low + high) * 50 < len(raw) or not raw:
        return None
    name, strays = ("utf-16-le", high) if low > high else ("utf-16-be", low)
    text = raw.decode(name, "replace")
    clean = "\ufffd" not in text[:-1] and "\0" not in text
    clean = clean and (strays * 20 <= low + high or reads_as(raw, name))
    return name if clean and ("\n" in text or "\r" in text) else None
