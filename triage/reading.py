"""Opening a report: the only place that does. Nothing is shown before the look is on record.

``read_report`` commits by itself, so that no caller can have the contents without the custody entry.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casefile.contents import CONTENTS_KIND, CONTENTS_PART, ReportContents
from casefile.custody import Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.errors import SealingError, UnsealError
from casefile.models import Case, CaseReport, KeySlot, Receipt, ReportPart, Withdrawal
from casefile.unsealing import open_data_key, open_part
from casefile.vocabulary import CustodyAction, PublicStatus, SlotRole
from casefile.wib import local_date
from triage.errors import MissingKeyError, NotFoundError, WrongStateError
from triage.reader import Reader

STORY = "story"
REPLY = "reply"
BUNDLE = "bundle"


def read_report(
    session: Session, report_id: UUID, reader: Reader, now: datetime, purpose: str = STORY
) -> ReportContents:
    """Open a report for ``purpose`` (one of this module's codes) and commit the custody entry that says so.

    Raises ``UnsealError`` when the report is damaged or was moved, after that too was put on record;
    ``MissingKeyError`` when the reader was granted no key for it; ``NotFoundError`` when it is not there;
    ``WrongStateError`` when its reporter has asked for erasure, from that moment on.
    """
    begin_write(session)
    if session.get(Withdrawal, report_id) is not None:
        raise WrongStateError
    part = session.get(ReportPart, (report_id, CONTENTS_PART))
    if part is None or part.kind != CONTENTS_KIND:
        raise NotFoundError
    act = Act(CustodyAction.READ, staff_actor(reader.staff_id), now, {"purpose": purpose})
    try:
        contents = ReportContents.from_bytes(_open(session, part, reader))
    except (SealingError, ValueError, KeyError, TypeError):
        append_entry(session, report_id, replace(act, action=CustodyAction.READ_FAILED))
        session.commit()
        raise UnsealError("the report does not open") from None
    _mark_read(session, report_id, now)
    append_entry(session, report_id, act)
    session.commit()
    return contents


def _open(session: Session, part: ReportPart, reader: Reader) -> bytes:
    office = KeySlot.role == SlotRole.OFFICE
    slots = session.scalars(select(KeySlot).where(KeySlot.report_id == part.report_id, office)).all()
    readable = [slot for slot in slots if slot.epoch in reader.epochs]
    if not readable:
        raise MissingKeyError if slots else UnsealError("no slot")
    slot = max(readable, key=lambda slot: slot.epoch)
    data_key = open_data_key(reader.key(slot.epoch), slot.wrapped, SlotRole.OFFICE, part.report_id)
    return open_part(data_key, part.box, part.report_id, part.position, part.kind)


def _mark_read(session: Session, report_id: UUID, now: datetime) -> None:
    case_id = select(CaseReport.case_id).where(CaseReport.report_id == report_id)
    unread = update(Case).where(Case.id == case_id.scalar_subquery(), Case.first_read_at.is_(None))
    session.execute(unread.values(first_read_at=now).execution_options(synchronize_session=False))
    received = update(Receipt).where(Receipt.report_id == report_id, Receipt.status == PublicStatus.RECEIVED)
    session.execute(
        received.values(status=PublicStatus.READ, status_on=local_date(now)),
        execution_options={"synchronize_session": False},
    )
