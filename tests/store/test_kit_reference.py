from pathlib import Path

from customerkit.testing import BackendTests, ReferenceBackend


class TestReference(BackendTests):
    def open_store(self, where: Path) -> ReferenceBackend:
        return ReferenceBackend()
