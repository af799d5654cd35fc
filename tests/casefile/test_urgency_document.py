"""docs/urgency.md is what staff and lawyers read: its tables say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from casefile.urgency.rules import RULES
from casefile.vocabulary import Urgency
from casefile.wording import label

DOCUMENT = Path(__file__).parents[2] / "docs" / "urgency.md"
ROW = re.compile(r"^\| `(?P<code>\w+)` \|.*\| (?P<points>\d+) \| (?P<floor>P\d|–) \|$", re.MULTILINE)


def test_the_document_lists_every_rule_with_its_points_and_floor_in_order():
    written = [row.group("code", "points", "floor") for row in ROW.finditer(DOCUMENT.read_text("utf-8"))]
    reasons = [rule.reason for rule in RULES]
    assert written == [(str(r.code), str(r.points), str(r.floor or "–")) for r in reasons]


def test_the_document_names_the_levels_as_the_screens_do():
    text = DOCUMENT.read_text("utf-8")
    for level in Urgency:
        assert f"| {level} | **{label(level)}** |" in text
