"""What staff set down about a case once: the decision on the duty to report, since when it was known, why it ended.

Remarks are sealed and only ever added; the newest of a kind counts. As in ``triage.casework``, what writes begins its
own write transaction and leaves the commit to the caller.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from casefile.contents import REMARK_NOTE, encode_json
from casefile.models import Case, CaseRemark
from casefile.sealing import seal_note
from casefile.vocabulary import ClosingReason, CustodyAction, DutyOutcome, RemarkKind
from casefile.wib import local_date
from triage.casework import Doing, lock_unfinished, log_case
from triage.errors import WrongStateError
from triage.reader import Reader

REASON_LIMIT = 1000
"""Characters of a reason or note."""


@dataclass(frozen=True)
class DutyDecision:
    """``outcome`` is None where a decision was taken back: the clock runs again."""

    outcome: DutyOutcome | None
    reason: str


@dataclass(frozen=True)
class Remark:
    """One remark as shown. ``said`` is None where it does not open."""

    kind: RemarkKind
    staff_id: UUID
    said_on: date
    said: Mapping[str, Any] | None

    @property
    def text(self) -> str | None:
        """The words of a reason or note."""
        return None if self.said is None else str(self.said.get("text", ""))

    @property
    def closing_reason(self) -> ClosingReason | None:
        """Why a case was closed."""
        value = self.said.get("reason") if self.said else None
        return ClosingReason(value) if value in set(ClosingReason) else None

    @property
    def duty(self) -> DutyDecision | None:
        """What was decided on the duty to report."""
        if self.said is None or self.kind is not RemarkKind.DUTY:
            return None
        outcome = self.said.get("outcome")
        return DutyDecision(DutyOutcome(outcome) if outcome else None, str(self.said.get("text", "")))

    @property
    def known_on(self) -> date | None:
        """Since when the person harmed has known; None: as if since the report."""
        known = self.said.get("known_on") if self.said else None
        return date.fromisoformat(known) if known else None


def list_remarks(session: Session, case_id: UUID, reader: Reader) -> list[Remark]:
    """All remarks on a case, newest first."""
    rows = select(CaseRemark).where(CaseRemark.case_id == case_id).order_by(CaseRemark.number.desc())
    return [_open(row, reader) for row in session.scalars(rows)]


def newest(remarks: list[Remark], kind: RemarkKind) -> Remark | None:
    """The one that counts."""
    return next((remark for remark in remarks if remark.kind is kind), None)


def decide_duty(session: Session, code: str, decision: DutyDecision, doing: Doing) -> None:
    """Record what was decided on the duty to report (UU 12/2022 art. 41), or that the decision is taken back.

    Needs no claim: a supervisor may decide. Raises ``WrongStateError`` also when there is nothing to take back;
    otherwise as ``lock_unfinished``.
    """
    case = lock_unfinished(session, code, doing)
    standing = newest(list_remarks(session, case.id, doing.reader), RemarkKind.DUTY)
    takes_back = decision.outcome is None
    if takes_back and (standing is None or (standing.duty is not None and standing.duty.outcome is None)):
        raise WrongStateError
    outcome = decision.outcome.value if decision.outcome else None
    add_remark(session, case, RemarkKind.DUTY, {"outcome": outcome, "text": decision.reason}, doing)
    log_case(session, case.id, CustodyAction.DUTY_TAKEN_BACK if takes_back else CustodyAction.DUTY_DECIDED, doing)


def set_known_day(session: Session, code: str, known_on: date | None, doing: Doing) -> None:
    """Since when the person harmed has known (UU 1/2023 art. 29); None counts from the report. As ``decide_duty``."""
    case = lock_unfinished(session, code, doing)
    add_remark(session, case, RemarkKind.KNOWN, {"known_on": known_on.isoformat() if known_on else None}, doing)
    log_case(session, case.id, CustodyAction.KNOWN_DAY_SET, doing)


def add_remark(session: Session, case: Case, kind: RemarkKind, said: Mapping[str, Any], doing: Doing) -> None:
    """Write one remark on a locked case, which counts as a change of the case."""
    remark_id = uuid.uuid4()
    last = session.scalar(select(func.max(CaseRemark.number)).where(CaseRemark.case_id == case.id))
    session.add(
        CaseRemark(
            id=remark_id,
            case_id=case.id,
            number=(last or 0) + 1,
            kind=kind,
            staff_id=doing.staff_id,
            said_on=local_date(doing.now),
            box=seal_note(doing.office.office, encode_json(said), REMARK_NOTE, remark_id.bytes),
            epoch=doing.office.epoch,
        )
    )
    flag_modified(case, "status")


def _open(row: CaseRemark, reader: Reader) -> Remark:
    return Remark(row.kind, row.staff_id, row.said_on, reader.open_values(row.box, row.epoch, REMARK_NOTE, row.id))
