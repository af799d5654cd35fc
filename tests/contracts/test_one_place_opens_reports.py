"""Stories are opened by ``triage.reading`` alone, which writes the custody entry; bleach is called in one place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("casefile", "web", "intake", "triage", "worker", "operations")


def modules_that_name(*names: str) -> set[str]:
    """Modules with an import, a call or an attribute of one of these names."""
    found = set()
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            used = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
            if used in names and not isinstance(node, ast.FunctionDef):
                found.add(str(path.relative_to(ROOT)))
    return found


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (("open_part", "open_data_key"), {"triage/reading.py"}),
        (("bleach",), {"casefile/text.py"}),
        (("open_worker_envelope", "open_worker_addition"), {"worker/payloads.py"}),
        (("open_entry",), {"worker/matching/__init__.py", "worker/matching/index.py", "worker/runtime.py"}),
    ],
)
def test_what_must_have_one_door_has_one(names: tuple[str, ...], places: set[str]) -> None:
    assert modules_that_name(*names) == places
