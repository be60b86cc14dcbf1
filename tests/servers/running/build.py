"""Programs that are built once from a folder of sources and kept in the user's cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def built(name: str, sources: Path, build: Callable[[Path], None] | None = None) -> Path | None:
    """Return what was built of these sources, after building it where a way is given.

    It appears under its name only when it is complete, so processes that build
    it at once do not disturb each other.
    """
    target = _cache() / f"{name}-{_digest(sources)}"
    if target.exists() or build is None:
        return target if target.exists() else None
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        build(unfinished)
        if not target.exists():
            unfinished.rename(target)
    finally:
        _remove(unfinished)
    return target


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
    """Run a compiler or what fetches libraries; what it says comes with the error."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
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


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
