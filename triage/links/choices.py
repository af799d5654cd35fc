"""What a person can say of a pair, and in what order classes of match are read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casefile.vocabulary import CustodyAction, LinkState, MatchClass
from triage.links.reasons import DecisionReason


class Choice(StrEnum):
    """What a person says about a pair. None is preselected."""

    RELATED = "terkait"
    UNRELATED = "tidak"
    UNSURE = "belum"
    UNDO = "batal"

    @property
    def needs_reason(self) -> bool:
        """What settles a pair needs one; doubt does not, nor going back."""
        return self in {Choice.RELATED, Choice.UNRELATED}


@dataclass(frozen=True)
class Verdict:
    """What a person decided, why, and the ``Pair.seen`` that was on the screen."""

    choice: Choice
    reason: DecisionReason
    seen: int


STATES = {
    Choice.RELATED: LinkState.LINKED,
    Choice.UNRELATED: LinkState.REJECTED,
    Choice.UNSURE: LinkState.SUGGESTED,
}
"""The state that a choice leaves. That of ``UNDO`` is what stood before."""

ACTS = {
    Choice.RELATED: CustodyAction.LINK_CONFIRMED,
    Choice.UNRELATED: CustodyAction.LINK_REJECTED,
    Choice.UNSURE: CustodyAction.LINK_LEFT_OPEN,
    Choice.UNDO: CustodyAction.LINK_UNDONE,
}

STRENGTH = (
    MatchClass.SAME_FILE,
    MatchClass.SAME_ACCOUNT,
    MatchClass.SAME_ADDRESS,
    MatchClass.SAME_DIGEST,
    MatchClass.DUPLICATE,
    MatchClass.SAME_CONVERSATION,
    MatchClass.SAME_PICTURE,
    MatchClass.SAME_HANDLE,
    MatchClass.WEAK,
)
"""In what order classes are read: what says most of a pair first."""
