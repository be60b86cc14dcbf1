"""The conformance kit for storage backends: what a backend is, as tests.

Needs pytest and hypothesis: ``pip install 'customerkit[testing]'``.
"""

from customerkit.errors import MissingExtraError as _MissingExtraError

try:
    import hypothesis as _hypothesis  # noqa: F401 - said here what is missing, not deep inside
    import pytest
except ImportError as error:
    raise _MissingExtraError.of(error.name or "pytest", "testing") from error

# Before the modules below are imported, so that failing assertions show both sides.
pytest.register_assert_rewrite(
    *(f"customerkit.testing.{name}" for name in ("checks", "helpers", "programs"))
)

from customerkit.testing.backend import BackendTests, failures  # noqa: E402 - see above
from customerkit.testing.faults import FaultyBackend  # noqa: E402
from customerkit.testing.reference import ReferenceBackend  # noqa: E402
from customerkit.testing.strategies import conditions, keys, rows, values  # noqa: E402

__all__ = [
    "BackendTests",
    "FaultyBackend",
    "ReferenceBackend",
    "conditions",
    "failures",
    "keys",
    "rows",
    "values",
]
