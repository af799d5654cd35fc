"""``verify.pyz``: this package in one file that Python runs as it is. Same sources, same bytes."""

from __future__ import annotations

from pathlib import Path

from verifier.archive import write_archive

_HERE = Path(__file__).parent
_START = "__main__.py"


def build_pyz() -> bytes:
    """The verifier as a zip application (PEP 441). It must not travel inside the bundle that it checks."""
    modules = {f"{_HERE.name}/{path.name}": path.read_bytes() for path in _HERE.glob("*.py")}
    return write_archive({**modules, _START: modules[f"{_HERE.name}/{_START}"]}.items())
