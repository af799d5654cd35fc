"""The one question that the rest of the worker asks: which other reports belong with this one, and why?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from casefile.vocabulary import MatchClass
from worker.matching.decision import Decision, decide
from worker.matching.values import Candidate, Finding

MOST_PER_CLASS = 10
"""Findings kept of each class for one report.

A thousand witnesses of one leak would otherwise make half a million pairs. Equality carries over, so the exact classes
lose nothing by it: every report of a large group is linked to the same oldest ones.
"""


def choose_findings(
    candidates: Iterable[Candidate], decision: Decision = decide, most: int = MOST_PER_CLASS
) -> tuple[Finding, ...]:
    """At most ``most`` findings of each class: the oldest of the exact ones, the strongest of the others."""
    by_class: dict[MatchClass, list[Finding]] = defaultdict(list)
    for candidate in candidates:
        for finding in decision(candidate):
            by_class[finding.match_class].append(finding)
    kept: list[Finding] = []
    for match_class in sorted(by_class):
        found = by_class[match_class]
        if not match_class.is_exact:
            found.sort(key=lambda finding: -finding.score)
        kept += found[:most]
    return tuple(kept)
