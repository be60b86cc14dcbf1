"""Every check of the project; `nox` runs those that a change must pass.

Each session makes its own environment, so nothing but Python and nox has to be
installed. A Python version that is not there is skipped, and nox says so.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "typing", "tests", "core_only", "docs", "package"]

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = ["3.11", "3.12", "3.13"]
WORKERS = ["-n", "2"]
# Properties are searched thoroughly once; elsewhere fewer examples do.
QUICK = {"HYPOTHESIS_PROFILE": "quick"}

# Another package brings a backend; tests of how it is found need it installed.
PLUGIN = ["--no-deps", "-e", "tests/plugin"]


def group(*names: str) -> list[str]:
    """Return the requirements of dependency groups."""
    return list(nox.project.dependency_groups(PROJECT, *names))


@nox.session
def lint(session: nox.Session) -> None:
    """Style, formatting, and who imports whom."""
    session.install(*group("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("lint-imports", env={"PYTHONPATH": "src"})


@nox.session
def typing(session: nox.Session) -> None:
    """Types of the package and of the examples."""
    session.install("-e", ".", *group("typing"))
    session.run("mypy")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """All tests with all extras, and in a Django project."""
    session.install("-e", ".[all,stores,django]", *group("test"))
    session.install(*PLUGIN)
    env = {} if session.python == PYTHONS[0] else QUICK
    session.run("pytest", *WORKERS, *session.posargs, env=env)


@nox.session
def core_only(session: nox.Session) -> None:
    """The tests that need none of the extras, with none of them installed."""
    session.install("-e", ".", *group("test"))
    session.install(*PLUGIN)
    options = [*WORKERS, "--doctest-ignore-import-errors", *session.posargs]
    session.run("pytest", *options, env=QUICK)


@nox.session(python=PYTHONS[0])
def servers(session: nox.Session) -> None:
    """Tests on real servers: those found here are started, those missing are named (slow)."""
    session.log("tests/servers/install.sh installs the servers, on Debian, as root")
    session.install("-e", ".[all,servers,django]", *group("test"))
    session.run("pytest", "tests/servers", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation, every warning an error, and run every code block."""
    session.install("-e", ".[all]", *group("docs", "test"))
    target = Path(session.create_tmp()) / "html"
    session.run("sphinx-build", "-n", "-W", "--keep-going", "-q", "-E", "docs", str(target))
    session.run("pytest", "tests/test_docs.py", "tests/test_public_api.py")
    session.log("open %s", target / "index.html")


@nox.session
def package(session: nox.Session) -> None:
    """Build the wheel and test what it installs, away from the sources."""
    session.install("build", *group("test"))
    away = Path(session.create_tmp()).resolve() / "away"
    shutil.rmtree(away, ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(away / "dist"), silent=True)
    for name in ("tests", "docs"):
        shutil.copytree(name, away / name, ignore=shutil.ignore_patterns("_build", "__pycache__"))
    for name in ("README.md", "pyproject.toml"):
        shutil.copy(name, away)
    (wheel,) = (away / "dist").glob("*.whl")
    session.install("--force-reinstall", "--no-deps", str(wheel))
    session.install(f"{wheel}[all,stores,django]")
    session.chdir(away)
    session.install(*PLUGIN)
    session.run("customerkit", "--help", silent=True)
    # What a wheel may lack: modules, data, templates, entry points. The rest ran before.
    ran = [
        "tests/base/test_main_job.py",
        "tests/cli",
        "tests/contrib",
        "tests/store/test_plugin.py",
    ]
    ran += [str(path) for path in sorted(Path("tests").glob("test_*.py"))]
    options = [*WORKERS, "--pyargs", "customerkit", *ran, *session.posargs]
    session.run("pytest", *options, env=QUICK)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure speed and memory, each figure beside its yardstick (slow)."""
    session.install("-e", ".[all]", *group("bench"))
    for script in sorted(Path("benchmarks").glob("bench_*.py")):
        session.run("python", str(script), *session.posargs)


@nox.session
def bench_matching(session: nox.Session) -> None:
    """Measure matching beside Splink, on made-up people and on others' data (slow)."""
    session.install("-e", ".[all]", "splink>=5", *group("bench"))
    data = ["fake_1000", "febrl3", "world:100000:1", "chinese:100000:1"]
    session.run("python", "benchmarks/matching/bench_matching.py", *(session.posargs or data))


@nox.session
def bench_stores(session: nox.Session) -> None:
    """Measure stores, search and cache on real servers, each beside its yardstick (slow)."""
    session.install("-e", ".[all,servers]", *group("test", "bench"))
    for script in sorted(Path("benchmarks/stores").glob("bench_*.py")):
        session.run("python", str(script), *session.posargs)
