"""The one question that the rest of the worker asks: which other reports belong with this one, and why?"""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from casefile.vocabulary import MatchClass
from worker.matching.decision import Decision, decide
from worker.matching.index import ReportIndex
from worker.matching.values import Features, Finding

MOST_PER_CLASS = 50
"""Findings kept of each class for one report.

A thousand witnesses of one leak would otherwise make half a million pairs. Equality carries over, so the exact classes
lose nothing by it: every report of a large group is linked to the same fifty oldest ones.
"""


def find_matches(
    index: ReportIndex, report_id: UUID, features: Features, decision: Decision = decide
) -> tuple[Finding, ...]:
    """At most ``MOST_PER_CLASS`` findings of each class: the oldest of the exact ones, the nearest of the others."""
    by_class: dict[MatchClass, list[Finding]] = defaultdict(list)
    for candidate in index.candidates(report_id, features):
        for finding in decision(candidate):
            by_class[finding.match_class].append(finding)
    kept: list[Finding] = []
    for match_class in sorted(by_class):
        found = by_class[match_class]
        if not match_class.is_exact:
            found.sort(key=_nearest)
        kept += found[:MOST_PER_CLASS]
    return tuple(kept)


def _nearest(finding: Finding) -> int:
    return min((reason.agreement.distance or 0 for reason in finding.reasons if reason.agreement), default=0)
