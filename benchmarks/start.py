"""How long ``make run`` takes from a clean clone to "open this address", and the second start.

The package cache of pip is used as it is: run it twice to measure with a warm one. Goals: 90 s and 5 s.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tests.operations.processes import environment

ROOT = Path(__file__).resolve().parent.parent
READY = "Stop it with Ctrl-C."


def seconds_until_ready(clone: Path, env: dict[str, str]) -> float:
    """Run ``make run`` until the addresses are printed, then stop it as Ctrl-C does."""
    started = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"], cwd=clone, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        for line in process.stdout or ():
            if READY in line:
                return time.perf_counter() - started
        raise SystemExit("make run ended before it was ready.")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=60)


def main() -> None:
    """Clone the last commit, start twice, print both."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "suluh"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        env = environment(clone / "data")
        first, second = seconds_until_ready(clone, env), seconds_until_ready(clone, env)
        print(f"make run from a clean clone: {first:.1f} s (goal 90)")
        print(f"make run for the second time: {second:.1f} s (goal 5) = {second / first:.2f}")


if __name__ == "__main__":
    main()
