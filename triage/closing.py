"""The end of the work on a case: closing, what was still open, taking a closing back at once, taking a case up again.

As in ``triage.casework``, what writes begins its own write transaction and leaves the commit to the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from casefile.models import Bundle, Case, Takedown
from casefile.vocabulary import BundleState, CaseStatus, ClosingReason, CustodyAction, PublicStatus, RemarkKind
from casefile.wib import start_of_day
from triage.casework import (
    LEASE,
    Doing,
    get_receipt_status,
    list_report_ids,
    lock_case,
    log_case,
    open_for_change,
    tell_reporter,
)
from triage.errors import ChangedError, WrongStateError
from triage.remarks import add_remark

UNDO_FOR = timedelta(minutes=10)
"""How long whoever closed a case may take that back as if it had not been."""

_TIMES = ("received_at", "due_at", "first_read_at", "first_reply_at")
_TEXT = "text"


@dataclass(frozen=True)
class OpenEnds:
    """What is still open when a case is about to be closed; it warns and bars nothing."""

    tasks: int
    has_news: bool
    duty_runs: bool
    takedowns: int
    bundles: int
    referrals: int

    def __bool__(self) -> bool:
        return any((self.tasks, self.has_news, self.duty_runs, self.takedowns, self.bundles, self.referrals))


@dataclass(frozen=True)
class Kept:
    """What a closing cut off, for taking it back. Lies nowhere but in the sealed session of who closed the case."""

    case_id: UUID
    version: int
    closed_at: datetime
    status: CaseStatus
    has_news: bool
    told: PublicStatus | None
    times: Mapping[str, datetime]
    asked: Mapping[UUID, datetime]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "case_id": self.case_id.hex,
            "version": self.version,
            "closed_at": self.closed_at.isoformat(),
            "status": self.status.value,
            "has_news": self.has_news,
            "told": self.told and self.told.value,
            "times": {name: at.isoformat() for name, at in self.times.items()},
            "asked": {asked.hex: at.isoformat() for asked, at in self.asked.items()},
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Kept:
        """The inverse of ``to_json``. Raises ``KeyError`` or ``ValueError`` on another form."""
        return cls(
            case_id=UUID(stored["case_id"]),
            version=stored["version"],
            closed_at=datetime.fromisoformat(stored["closed_at"]),
            status=CaseStatus(stored["status"]),
            has_news=stored["has_news"],
            told=PublicStatus(stored["told"]) if stored["told"] else None,
            times={name: datetime.fromisoformat(at) for name, at in stored["times"].items() if name in _TIMES},
            asked={UUID(asked): datetime.fromisoformat(at) for asked, at in stored["asked"].items()},
        )

    def can_be_undone(self, case: Case, now: datetime) -> bool:
        """Whether the case is still as this closing left it, and the closing is fresh."""
        is_same = case.id == self.case_id and case.version == self.version and case.status is CaseStatus.CLOSED
        return is_same and now - self.closed_at < UNDO_FOR


def count_bundles(session: Session, case_id: UUID) -> int:
    """Bundles that were asked for and wait for a second person, or were approved and not yet fetched."""
    waits = Bundle.state.in_([BundleState.REQUESTED, BundleState.APPROVED]) & Bundle.exported_at.is_(None)
    return session.scalar(select(func.count()).where(Bundle.case_id == case_id, waits)) or 0


def close(session: Session, code: str, reason: ClosingReason, note: str, doing: Doing) -> Kept:
    """Close a case with a cleaned note, which may be empty. All times are cut to the day (docs/decisions/0004).

    Raises as ``open_for_change``. Returns what was cut off.
    """
    case = open_for_change(session, code, doing)
    add_remark(session, case, RemarkKind.CLOSING, {"reason": reason.value, _TEXT: note}, doing)
    before = (case.status, case.has_news, _told(session, case))
    case.status, case.closed_at = CaseStatus.CLOSED, start_of_day(doing.now)
    case.claimed_by = case.claimed_at = case.claim_expires_at = None
    case.has_news = False
    times = {name: at for name in _TIMES if (at := getattr(case, name)) is not None}
    for name, at in times.items():
        setattr(case, name, start_of_day(at))
    asked = _cut_takedowns(session, case)
    tell_reporter(session, case.id, PublicStatus.CLOSED, doing.now)
    log_case(session, case.id, CustodyAction.CLOSED, doing, {"reason": reason.value})
    session.flush()
    return Kept(case.id, case.version, doing.now, *before, times, asked)


def undo_closing(session: Session, code: str, kept: Kept, doing: Doing) -> Case:
    """Take a closing back: the case is as it was, held by the same person. Raises ``WrongStateError`` when too late.

    The custody log keeps both acts; the closing note stays with the case's remarks.
    """
    case = lock_case(session, code)
    if not kept.can_be_undone(case, doing.now):
        raise WrongStateError
    case.status, case.closed_at, case.has_news = kept.status, None, kept.has_news
    for name, at in kept.times.items():
        setattr(case, name, at)
    for row in session.scalars(select(Takedown).where(Takedown.case_id == case.id, Takedown.id.in_(kept.asked))):
        row.asked_at = kept.asked[row.id]
    case.claimed_by, case.claimed_at, case.claim_expires_at = doing.staff_id, doing.now, doing.now + LEASE
    tell_reporter(session, case.id, kept.told or PublicStatus.READ, doing.now)
    log_case(session, case.id, CustodyAction.CLOSING_UNDONE, doing)
    return case


def reopen(session: Session, code: str, reason: str, doing: Doing) -> Case:
    """Take up a closed case again, with a cleaned reason; empty where the news on the screen is the reason.

    Raises ``ChangedError``, and ``WrongStateError`` unless it is closed; a withdrawn one stays withdrawn.
    """
    case = lock_case(session, code)
    if doing.version is not None and doing.version != case.version:
        raise ChangedError
    if case.status is not CaseStatus.CLOSED:
        raise WrongStateError
    case.status, case.closed_at = CaseStatus.OPEN, None
    case.claimed_by, case.claimed_at, case.claim_expires_at = doing.staff_id, doing.now, doing.now + LEASE
    if reason:
        add_remark(session, case, RemarkKind.REOPENING, {_TEXT: reason}, doing)
    tell_reporter(session, case.id, PublicStatus.READ, doing.now)
    log_case(session, case.id, CustodyAction.REOPENED, doing)
    return case


def _told(session: Session, case: Case) -> PublicStatus | None:
    told = [get_receipt_status(session, report_id) for report_id in list_report_ids(session, case.id)]
    return next((status for status in told if status is not None), None)


def _cut_takedowns(session: Session, case: Case) -> dict[UUID, datetime]:
    rows = session.execute(select(Takedown.id, Takedown.asked_at).where(Takedown.case_id == case.id))
    asked = {row.id: row.asked_at for row in rows}
    for takedown_id, at in asked.items():
        cut = update(Takedown).where(Takedown.id == takedown_id).values(asked_at=start_of_day(at))
        session.execute(cut.execution_options(synchronize_session=False))
    return asked
