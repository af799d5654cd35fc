"""The conversation with the reporter: reading it is on record, and an answer is sealed to both sides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casefile.boxes import PublicKey
from casefile.custody import Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.errors import UnsealError
from casefile.models import Case, Message
from casefile.sealing import seal_message
from casefile.text import looks_like_phone_or_nik
from casefile.unsealing import open_message
from casefile.vocabulary import Author, CaseStatus, CustodyAction
from casefile.wib import local_date
from triage.casework import Doing, log_case, open_for_change
from triage.errors import MissingKeyError
from triage.reader import Reader
from triage.reading import REPLY, read_report

REPLY_LIMIT = 4000
"""Characters of one reply."""

_ATTEMPTS = 3
_LINK = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|id|net|org|me|co|link|ly)\b", re.IGNORECASE)


@dataclass(frozen=True)
class ThreadMessage:
    """One message as shown; ``text`` is None where it does not open."""

    number: int
    author: Author
    sent_on: date
    text: str | None


def read_messages(session: Session, report_id: UUID, doing: Doing) -> list[ThreadMessage]:
    """The thread, oldest first. Where there is something to read, the look is put on record and committed.

    Reading as the holder of the case takes the mark of something new away.
    """
    begin_write(session)
    rows = session.scalars(select(Message).where(Message.report_id == report_id).order_by(Message.number))
    thread = [ThreadMessage(row.number, row.author, row.sent_on, _open_message(row, doing.reader)) for row in rows]
    if thread:
        detail = {"last": thread[-1].number}
        act = Act(CustodyAction.MESSAGES_READ, staff_actor(doing.staff_id), doing.now, detail)
        append_entry(session, report_id, act)
    session.commit()
    return thread


def mark_seen(session: Session, case_id: UUID, doing: Doing) -> None:
    """The holder has seen what is new. Not a change that others must look at. The caller commits."""
    begin_write(session)
    mine = update(Case).where(Case.id == case_id, Case.claimed_by == doing.staff_id, Case.has_news.is_(True))
    session.execute(mine.values(has_news=False))


def needs_second_look(text: str) -> bool:
    """Whether a reply holds a phone number, a NIK or a link: shown on a shared phone, any of them may give away."""
    return bool(looks_like_phone_or_nik(text)) or _LINK.search(text) is not None


def reply(session: Session, code: str, report_id: UUID, text: str, doing: Doing) -> int:
    """Send a cleaned, non-empty ``text`` to the reporter; the caller commits. Returns the message's number.

    The reporter's key lies in the report, so replying reads it, with its own custody entry. Raises as ``read_report``
    and ``open_for_change``.
    """
    contents = read_report(session, report_id, doing.reader, doing.now, REPLY)
    held = open_for_change(session, code, doing)
    reporter = PublicKey.from_text(contents.reporter_key)
    number = _insert(session, report_id, text.encode(), reporter, doing)
    held.first_reply_at = held.first_reply_at or doing.now
    held.status, held.has_news = CaseStatus.WAITING_FOR_REPORTER, False
    log_case(session, held.id, CustodyAction.REPLIED, doing, {"message": number})
    return number


def was_just_sent(session: Session, report_id: UUID, text: str, reader: Reader) -> bool:
    """Whether the newest message is this very reply: a button pressed twice is one reply."""
    newest = select(Message).where(Message.report_id == report_id).order_by(Message.number.desc()).limit(1)
    row = session.scalar(newest)
    return row is not None and row.author is Author.OFFICE and _open_message(row, reader) == text


def _insert(session: Session, report_id: UUID, text: bytes, reporter: PublicKey, doing: Doing) -> int:
    """The reporter may be writing at this moment: the loser of the number takes the next one."""
    office = doing.office
    for attempt in range(_ATTEMPTS):
        last = session.scalar(select(func.max(Message.number)).where(Message.report_id == report_id))
        number = (last or 0) + 1
        message = Message(
            report_id=report_id,
            number=number,
            author=Author.OFFICE,
            sent_on=local_date(doing.now),
            epoch=office.epoch,
            office_box=seal_message(office.office, text, report_id, number, "office"),
            reporter_box=seal_message(reporter, text, report_id, number, "reporter"),
        )
        try:
            with session.begin_nested():
                session.add(message)
        except IntegrityError:
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return number
    raise AssertionError("the loop returns or raises")


def _open_message(row: Message, reader: Reader) -> str | None:
    try:
        opened = open_message(reader.key(row.epoch), row.office_box, row.report_id, row.number, "office")
        return opened.decode()
    except (UnsealError, MissingKeyError, UnicodeDecodeError):
        return None
