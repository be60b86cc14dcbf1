from pathlib import Path

from customerkit.store.backends.memory import MemoryBackend
from customerkit.testing import BackendTests


class TestMemory(BackendTests):
    def open_store(self, where: Path) -> MemoryBackend:
        return MemoryBackend()
