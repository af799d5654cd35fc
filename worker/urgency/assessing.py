"""From answers to a level with its reasons."""

from __future__ import annotations

from datetime import timedelta

from casefile.submission import Answers
from worker.urgency.clock import reasons_of_wait
from worker.urgency.reasons import Assessment, MatchFacts, weigh
from worker.urgency.rules import RULES


def assess(answers: Answers, facts: MatchFacts, waited: timedelta | None = None) -> Assessment:
    """Apply every rule of docs/urgency.md to one report.

    Without ``waited`` this is the level before ageing, the one that sets the due time. With the time since
    the report was received, the reasons of waiting are added and can raise the level; they never lower it.
    """
    fresh = weigh(tuple(rule.reason for rule in RULES if rule.holds(answers, facts)))
    if waited is None:
        return fresh
    return weigh(fresh.reasons + reasons_of_wait(fresh.level, waited))
