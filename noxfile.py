"""Everything a change has to pass: ``nox`` runs it all, ``nox -s NAME`` one part."""

from __future__ import annotations

from pathlib import Path

import nox

nox.options.error_on_missing_interpreters = False
nox.options.default_venv_backend = "venv"
nox.options.sessions = ["lint", "typing", "tests", "core_only", "package"]
EXTRAS = "fast,phone,email,excel,test"


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and that imports go down only."""
    session.install("-e", ".[lint]")
    session.run("ruff", "check", "src", "tests", "noxfile.py")
    session.run("lint-imports")


@nox.session
def typing(session: nox.Session) -> None:
    """Check all types strictly."""
    session.install("-e", ".[lint,fast]")
    session.run("mypy")


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Run all tests, in random order."""
    session.install(f".[{EXTRAS}]")
    session.run("pytest", "-q", "-n", "2", *session.posargs)


@nox.session
def core_only(session: nox.Session) -> None:
    """Run the tests with nothing optional installed."""
    session.install(".", "pytest", "hypothesis", "pytest-randomly", "pytest-xdist")
    session.run("pytest", "-q", "-n", "2", "tests")


@nox.session
def package(session: nox.Session) -> None:
    """Build the wheel and run the tests on it, away from the sources."""
    session.install("build")
    target = Path(session.create_tmp())
    session.run("python", "-m", "build", "--wheel", "--outdir", str(target), ".")
    wheel = max(target.glob("*.whl"), key=lambda path: path.stat().st_mtime)
    session.install(f"customerkit[{EXTRAS}] @ {wheel.resolve().as_uri()}")
    session.run("pytest", "-q", "-n", "2", "tests", "-k", "main_job or public")
