"""Two people change one case: what the second one saw, and what has changed since.

Every form that changes a case carries what stood on its page (``Seen``). When that is no longer so, nothing is saved:
the person sees who did what, which facts differ, and the own text, and decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casefile.models import Case, CustodyEntry
from casefile.vocabulary import CaseStatus, CustodyAction, Urgency
from triage.casework import list_report_ids
from triage.history import PastAct, list_history

LOOKS = frozenset(
    {
        CustodyAction.READ,
        CustodyAction.READ_FAILED,
        CustodyAction.MESSAGES_READ,
        CustodyAction.PAPERS_READ,
        CustodyAction.REFERRALS_READ,
    }
)
"""Acts that change nothing: they explain no clash."""

_NOBODY = "-"


@dataclass(frozen=True)
class Seen:
    """What a page showed of a case: its version, how long its history was, level, state, holder."""

    version: int
    acts: int
    level: Urgency
    status: CaseStatus
    holder: UUID | None

    def __str__(self) -> str:
        holder = self.holder.hex if self.holder else _NOBODY
        return ".".join((str(self.version), str(self.acts), self.level.value, self.status.value, holder))

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """The inverse of ``str``; None for anything else, as a form of an older page sends."""
        try:
            version, acts, level, status, holder = text.split(".")
            held_by = None if holder == _NOBODY else UUID(holder)
            return cls(int(version), int(acts), Urgency(level), CaseStatus(status), held_by)
        except ValueError:
            return None


@dataclass(frozen=True)
class SeenRow:
    """A row with a version of its own, as it stood on the screen."""

    id: UUID
    version: int


@dataclass(frozen=True)
class Changes:
    """``acts`` since the page was opened, oldest first, looks left out; ``before`` and ``now`` hold the facts.

    No act explains what the rules changed by themselves: a level that rose, a due time.
    """

    acts: tuple[PastAct, ...]
    before: Seen | None
    now: Seen


def see(session: Session, case: Case) -> Seen:
    """What a page shows of the case at this moment. Acts are counted on one chain: all chains get them."""
    chain = list_report_ids(session, case.id)[:1]
    acts = select(func.count()).select_from(CustodyEntry).where(CustodyEntry.report_id.in_(chain))
    return Seen(case.version, session.scalar(acts) or 0, case.level, case.status, case.claimed_by)


def list_changes(session: Session, case: Case, before: Seen | None) -> Changes:
    """What happened to the case since ``before`` was shown; without it, no act can be told to be newer."""
    acts: list[PastAct] = []
    for chain in list_report_ids(session, case.id)[:1]:
        past = list_history(session, chain).acts
        acts = [act for act in reversed(past) if before and act.number > before.acts and act.action not in LOOKS]
    return Changes(tuple(acts), before, see(session, case))
