"""What the browser tests measure with: Node, which Playwright brings, and what ``make browser-tools`` installs."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import axe_playwright_python
import playwright
import pytest

ROOT = Path(__file__).parents[2]
INSTALLED = ROOT / "build" / "browser-tools" / "node_modules"
NODE = Path(playwright.__path__[0]) / "driver" / "node"
IS_CI = os.environ.get("CI") == "true"
BUNDLED_AXE = Path(axe_playwright_python.__path__[0]) / "axe.min.js"


def axe_source() -> str:
    """The newest axe-core at hand: the installed one, else the older one of a Python package, but never in CI."""
    newest = INSTALLED / "axe-core" / "axe.min.js"
    return (newest if IS_CI or newest.exists() else BUNDLED_AXE).read_text("utf-8")


def need_tools() -> None:
    """Skips the test where the tools are not installed, and says how to install them; in CI that is a failure."""
    if INSTALLED.exists():
        return
    words = "what the browser tests measure with is not installed: run make browser-tools (it needs npm)"
    pytest.fail(words) if IS_CI else pytest.skip(words)


def run_node(script: str, argument: object, *, patience: float) -> Any:
    """What a script in ``node/`` answers to one argument, both as JSON; ``patience`` in seconds."""
    need_tools()
    run = subprocess.run(
        [NODE, Path(__file__).parent / "node" / script, json.dumps(argument)],
        env={**os.environ, "SULUH_BROWSER_TOOLS": str(INSTALLED)},
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
    )
    assert run.returncode == 0, f"{script}: {run.stderr}"
    return json.loads(run.stdout)
