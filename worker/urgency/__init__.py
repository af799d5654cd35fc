"""How urgent a report is, why, and until when: pure rules on coded answers. In words: docs/urgency.md."""

from worker.urgency.assessing import assess
from worker.urgency.clock import (
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
from worker.urgency.reasons import Assessment, MatchFacts, Reason, level_of, level_of_score

__all__ = [
    "OFFICE_HOURS",
    "TARGETS",
    "Assessment",
    "MatchFacts",
    "OfficeHours",
    "Reason",
    "Target",
    "aged_level",
    "assess",
    "due_at",
    "level_of",
    "level_of_score",
    "queue_key",
    "waiting_points",
    "waiting_reasons",
]
