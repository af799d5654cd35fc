"""What a team writes about a case: private notes, a safety plan, a risk assessment, services given.

Each is a *paper*: sealed to the office, kept in versions, never shown to the reporter. ``contents`` holds what can
stand in one, ``writing`` writes, corrects and withdraws, ``opening`` opens them with a custody entry, ``risk`` lists
signs of danger (docs/decisions/0016-papers-and-pauses.md).
"""

from triage.papers.contents import Note, PaperContents, RiskAssessment, SafetyPlan, Service, kind_of
from triage.papers.opening import OpenedPaper, OpenedVersion, count_papers, find_single, get_kind, read_papers
from triage.papers.risk import is_partner_case, list_mentioned, list_signs, suggest_level
from triage.papers.writing import correct_paper, may_withdraw, withdraw_paper, write_paper

__all__ = [
    "Note",
    "OpenedPaper",
    "OpenedVersion",
    "PaperContents",
    "RiskAssessment",
    "SafetyPlan",
    "Service",
    "correct_paper",
    "count_papers",
    "find_single",
    "get_kind",
    "is_partner_case",
    "kind_of",
    "list_mentioned",
    "list_signs",
    "may_withdraw",
    "read_papers",
    "suggest_level",
    "withdraw_paper",
    "write_paper",
]
