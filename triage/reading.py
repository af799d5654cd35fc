"""Opening a report and what was added to it: the only place that does. Nothing is shown before it is on record.

``read_report`` commits by itself, so that no caller can have the contents without the custody entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from casefile.additions import Choices, Material
from casefile.contents import CONTENTS_KIND, CONTENTS_PART, ReportContents
from casefile.custody import Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.errors import SealingError, UnsealError
from casefile.models import Addition, Case, CaseReport, KeySlot, Message, Receipt, ReportPart, Withdrawal
from casefile.unsealing import open_data_key, open_part
from casefile.vocabulary import AdditionKind, Author, CustodyAction, PublicStatus, SlotRole
from casefile.wib import local_date
from triage.additions import OpenedAddition, OpenedReport, take_together
from triage.errors import MissingKeyError, NotFoundError, WrongStateError
from triage.exposure import count_opening
from triage.reader import Reader

STORY = "story"
REPLY = "reply"
BUNDLE = "bundle"
REFERRAL = "referral"
TAKEDOWN = "takedown"


def read_report(session: Session, report_id: UUID, reader: Reader, now: datetime, purpose: str = STORY) -> OpenedReport:
    """Open a report with its additions for ``purpose`` (one of this module's codes), and commit the entry that says so.

    An addition that does not open is there, closed, and not in what stands.
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
    rows = session.scalars(select(Addition).where(Addition.report_id == report_id).order_by(Addition.number)).all()
    opened = take_together(contents, [_open_addition(row, reader) for row in rows])
    _mark_read(session, report_id, now)
    if purpose == STORY:
        _mark_additions_read(session, rows, opened, reader)
        count_opening(session, report_id, reader.staff_id, now)
    append_entry(session, report_id, _with_additions(act, opened))
    session.commit()
    return opened


def open_choices(session: Session, report_id: UUID, reader: Reader) -> OpenedAddition | None:
    """The newest consents and safe contact, closed where they do not open; None where there are none.

    Opens no story. The caller puts the look on record in the same transaction.
    """
    chosen = select(Addition).where(Addition.report_id == report_id, Addition.kind == AdditionKind.CONSENT)
    row = session.scalars(chosen.order_by(Addition.number.desc()).limit(1)).one_or_none()
    return None if row is None else _open_addition(row, reader)


def _open(session: Session, part: ReportPart, reader: Reader) -> bytes:
    office = KeySlot.role == SlotRole.OFFICE
    slots = session.scalars(select(KeySlot).where(KeySlot.report_id == part.report_id, office)).all()
    readable = [slot for slot in slots if slot.epoch in reader.epochs]
    if not readable:
        raise MissingKeyError if slots else UnsealError("no slot")
    slot = max(readable, key=lambda slot: slot.epoch)
    data_key = open_data_key(reader.key(slot.epoch), slot.wrapped, SlotRole.OFFICE, part.report_id)
    return open_part(data_key, part.box, part.report_id, part.position, part.kind)


def _open_addition(row: Addition, reader: Reader) -> OpenedAddition:
    said = OpenedAddition(row.number, row.kind, row.added_on)
    try:
        key = reader.key(row.epoch)
        data_key = open_data_key(key, row.office_slot, SlotRole.OFFICE, row.report_id, row.number)
        contents = open_part(data_key, row.box, row.report_id, row.number, row.kind.value)
        if row.kind is AdditionKind.MATERIAL:
            return replace(said, material=Material.from_bytes(contents))
        return replace(said, choices=Choices.from_bytes(contents))
    except (SealingError, MissingKeyError, ValueError, KeyError, TypeError):
        return said


def _with_additions(act: Act, opened: OpenedReport) -> Act:
    """The entry names how far the additions were read, where there are any."""
    numbers = [one.number for one in opened.material if one.is_open]
    return replace(act, detail={**(act.detail or {}), "additions": max(numbers)}) if numbers else act


def _mark_additions_read(session: Session, rows: Sequence[Addition], opened: OpenedReport, reader: Reader) -> None:
    """The reporter sees that additions were read. Where no message is new, the case has no news any more."""
    for row, addition in zip(rows, opened.additions, strict=True):
        row.is_read = row.is_read or addition.is_open
    if not rows:
        return
    report_id = rows[0].report_id
    newest = select(func.max(Message.number)).where(Message.report_id == report_id).scalar_subquery()
    is_unanswered = exists().where(
        Message.report_id == report_id, Message.number == newest, Message.author == Author.REPORTER
    )
    case_id = select(CaseReport.case_id).where(CaseReport.report_id == report_id).scalar_subquery()
    seen = update(Case).where(Case.id == case_id, Case.claimed_by == reader.staff_id, ~is_unanswered)
    session.execute(seen.values(has_news=False), execution_options={"synchronize_session": False})


def _mark_read(session: Session, report_id: UUID, now: datetime) -> None:
    case_id = select(CaseReport.case_id).where(CaseReport.report_id == report_id)
    unread = update(Case).where(Case.id == case_id.scalar_subquery(), Case.first_read_at.is_(None))
    session.execute(unread.values(first_read_at=now).execution_options(synchronize_session=False))
    received = update(Receipt).where(Receipt.report_id == report_id, Receipt.status == PublicStatus.RECEIVED)
    session.execute(
        received.values(status=PublicStatus.READ, status_on=local_date(now)),
        execution_options={"synchronize_session": False},
    )
