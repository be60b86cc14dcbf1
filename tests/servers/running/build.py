"""Programs that are built once from a folder of sources and kept in the user's cache."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import overload


@overload
def built(name: str, sources: Path) -> Path | None: ...
@overload
def built(name: str, sources: Path, build: Callable[[Path], None]) -> Path: ...
def built(name: str, sources: Path, build: Callable[[Path], None] | None = None) -> Path | None:
    """Return what was built of these sources, after building it where a way is given.

    It appears under its name only when it is complete, so processes that build
    it at once do not disturb each other.
    """
    target = _cache() / f"{name}-{_digest(sources)}"
    if target.exists() or build is None:
        return target if target.exists() else None
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{name}-", dir=target.parent) as folder:
        unfinished = Path(folder) / name
        build(unfinished)
        try:
            unfinished.rename(target)
        except OSError:
            if not target.exists():  # otherwise another process was quicker
                raise
    return target


def run(command: Sequence[str], folder: Path, **environment: str) -> None:
    """Run a compiler or what fetches libraries; what it says comes with the error."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{(done.stdout + done.stderr)[-3000:]}")


def _cache() -> Path:
    folder = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(folder) / "customerkit"


def _digest(sources: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(sources.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
