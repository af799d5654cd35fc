"""Related reports: why they may belong together, what speaks against it, and what people decided."""

from triage.links.choices import STRENGTH, Choice, Verdict
from triage.links.deciding import PastDecision, decide, list_decisions
from triage.links.pairs import Pair, PairPage, find_next, get_pair, list_pairs
from triage.links.reasons import DecisionReason
from triage.links.sight import Barrier, Side, Sight, Viewer

__all__ = [
    "STRENGTH",
    "Barrier",
    "Choice",
    "DecisionReason",
    "Pair",
    "PairPage",
    "PastDecision",
    "Side",
    "Sight",
    "Verdict",
    "Viewer",
    "decide",
    "find_next",
    "get_pair",
    "list_decisions",
    "list_pairs",
]
