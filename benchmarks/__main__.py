"""``python -m benchmarks [NAME...]``: run some or all benchmarks, one after the other, each in its own process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NAMES = ("bundle", "custody", "device", "desk", "fingerprints", "journey", "start")


def main() -> None:
    """Runs what was named, or everything."""
    names = sys.argv[1:] or list(NAMES)
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        raise SystemExit(f"There is no benchmark {unknown[0]!r}; there are {', '.join(NAMES)}.")
    for name in names:
        print(f"== {name}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=Path(__file__).parent.parent, check=True)


if __name__ == "__main__":
    main()
