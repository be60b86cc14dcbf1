"""The main job on the sample files, as a typed program."""

from __future__ import annotations

import customerkit as ck
from customerkit import demo


def main(url: str = "memory:") -> int:
    """Collect every sample file, clean, and return how many customers there are."""
    with ck.open(url) as base:
        for name, path in demo.files().items():
            space = demo.ID_SPACES.get(name)
            base.collect(path, channel=demo.CHANNELS[name], external_ids=space)
        settled: ck.Settled = base.clean()
        return len(settled.created)


if __name__ == "__main__":
    print(main(), "customers")
