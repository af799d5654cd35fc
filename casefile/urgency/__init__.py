"""How urgent a report is, why, and until when: pure rules on coded answers. In words: docs/urgency.md."""

from casefile.urgency.assessing import assess
from casefile.urgency.clock import (
    OFFICE_HOURS,
    TARGETS,
    OfficeHours,
    Target,
    aged_level,
    due_at,
    queue_key,
    waiting_points,
    waiting_reasons,
)
from casefile.urgency.reasons import Assessment, MatchFacts, Reason, Thresholds, level_of, level_of_score
from casefile.urgency.standing import StandingRules, find_earlier_values, find_rules
from casefile.urgency.values import RULES_ITEM, SHIPPED_VALUES, RuleValues

__all__ = [
    "OFFICE_HOURS",
    "RULES_ITEM",
    "SHIPPED_VALUES",
    "TARGETS",
    "Assessment",
    "MatchFacts",
    "OfficeHours",
    "Reason",
    "RuleValues",
    "StandingRules",
    "Target",
    "Thresholds",
    "aged_level",
    "assess",
    "due_at",
    "find_earlier_values",
    "find_rules",
    "level_of",
    "level_of_score",
    "queue_key",
    "waiting_points",
    "waiting_reasons",
]
