"""From answers to a level with its reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from casefile.submission import Answers
from casefile.urgency.clock import reasons_of_wait
from casefile.urgency.reasons import Assessment, MatchFacts, Reason, weigh
from casefile.urgency.rules import RULES
from casefile.urgency.values import SHIPPED_VALUES, RuleValues


def assess(
    answers: Answers, facts: MatchFacts, waited: timedelta | None = None, values: RuleValues = SHIPPED_VALUES
) -> Assessment:
    """Apply every rule of docs/urgency.md to one report, each with its value of ``values``.

    Without ``waited`` this is the level before ageing, the one that sets the due time. With the time since
    the report was received, the reasons of waiting are added and can raise the level; they never lower it.
    """
    held = tuple(_valued(rule.reason, values) for rule in RULES if rule.holds(answers, facts))
    fresh = weigh(held, values.thresholds)
    if waited is None:
        return fresh
    return weigh(fresh.reasons + reasons_of_wait(fresh.level, waited), values.thresholds)


def _valued(reason: Reason, values: RuleValues) -> Reason:
    points = values.points.get(reason.code, reason.points)
    return replace(reason, points=points, floor=values.floors.get(reason.code, reason.floor))
