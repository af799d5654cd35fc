"""What a person is writing to a reporter and has not sent: sealed to the office, one a person and case, their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casefile.contents import DRAFT_NOTE
from casefile.database import begin_write
from casefile.errors import UnsealError
from casefile.models import Case, ReplyDraft
from casefile.sealing import seal_note
from casefile.unsealing import open_note
from casefile.vocabulary import CaseStatus
from triage.casework import Doing, renew
from triage.errors import MissingKeyError, WrongStateError
from triage.reader import Reader

TYPED_LIMIT = 10_000
"""Characters that a draft keeps: more than may be sent, so that what is too long can be shortened."""


@dataclass(frozen=True)
class Draft:
    """A draft as its writer sees it; ``text`` is None where it does not open."""

    text: str | None = field(repr=False)
    saved_at: datetime


def find_draft(session: Session, case_id: UUID, reader: Reader) -> Draft | None:
    """The reader's own draft for a case."""
    row = session.get(ReplyDraft, (case_id, reader.staff_id))
    return None if row is None else Draft(_open(row, reader), row.saved_at)


def save_draft(session: Session, case_id: UUID, text: str, doing: Doing) -> None:
    """Keep a cleaned ``text`` in the place of the person's draft; an empty one discards it. The caller commits.

    Writing is work: it keeps the person's own claim. Raises ``WrongStateError`` for a withdrawn report, of which
    nothing is kept any more.
    """
    begin_write(session)
    status = session.scalar(select(Case.status).where(Case.id == case_id).with_for_update())
    if status is None or status is CaseStatus.WITHDRAWN:
        raise WrongStateError
    renew(session, case_id, doing.staff_id, doing.now)
    if not text:
        discard_draft(session, case_id, doing.staff_id)
        return
    row = session.get(ReplyDraft, (case_id, doing.staff_id))
    if row is None:
        row = ReplyDraft(case_id=case_id, staff_id=doing.staff_id)
        session.add(row)
    row.saved_at, row.epoch = doing.now, doing.office.epoch
    row.box = seal_note(doing.office.office, text.encode(), DRAFT_NOTE, _place(row))
    session.flush()


def discard_draft(session: Session, case_id: UUID, staff_id: UUID) -> None:
    """Erase a person's draft; none is fine. The caller commits."""
    begin_write(session)
    own = delete(ReplyDraft).where(ReplyDraft.case_id == case_id, ReplyDraft.staff_id == staff_id)
    session.execute(own)


def put_back(session: Session, case_id: UUID, text: str, doing: Doing) -> None:
    """Make ``text`` the person's draft, before what they have begun to write meanwhile. The caller commits."""
    begun = find_draft(session, case_id, doing.reader)
    texts = [text, begun.text or "" if begun else ""]
    save_draft(session, case_id, "\n\n".join(filter(None, texts)), doing)


def _open(row: ReplyDraft, reader: Reader) -> str | None:
    try:
        return open_note(reader.key(row.epoch), row.box, DRAFT_NOTE, _place(row)).decode()
    except (UnsealError, MissingKeyError, UnicodeDecodeError):
        return None


def _place(row: ReplyDraft) -> bytes:
    """A draft opens in the place of its writer and its case alone."""
    return row.case_id.bytes + row.staff_id.bytes
