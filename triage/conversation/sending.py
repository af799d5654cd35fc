"""A reply: sealed to both sides, hidden from the reporter for a minute, and taken back until then.

Whether a reply can still be taken back is decided by its own row: one conditional DELETE, on PostgreSQL under a policy
that lets the desk remove nothing that may have been seen (docs/decisions/0014-conversation.md).
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casefile.boxes import PublicKey
from casefile.models import Case, HeldReply, Message
from casefile.sealing import seal_message
from casefile.vocabulary import Author, CaseStatus, CustodyAction
from casefile.wib import local_date
from triage.casework import Doing, lock_case, log_case, open_for_change
from triage.conversation.drafts import discard_draft, put_back
from triage.conversation.thread import HOLD, MARGIN, open_text
from triage.errors import WrongStateError
from triage.reading import REPLY, read_report
from triage.rows import count_changed

REPLY_LIMIT = 4000
"""Characters of one reply."""

_ATTEMPTS = 3


def reply(session: Session, code: str, report_id: UUID, text: str, doing: Doing) -> int:
    """Send a cleaned, non-empty ``text`` to the reporter; the caller commits. Returns the message's number.

    The writer's draft is gone with it. The reporter's key lies in the report, so replying reads it, with its own
    custody entry. Raises as ``read_report`` and ``open_for_change``.
    """
    contents = read_report(session, report_id, doing.reader, doing.now, REPLY)
    if not contents.reporter_key:
        raise WrongStateError
    case = open_for_change(session, code, doing)
    number = _insert(session, report_id, text.encode(), PublicKey.from_text(contents.reporter_key), doing)
    session.add(
        HeldReply(
            report_id=report_id,
            number=number,
            staff_id=doing.staff_id,
            status_before=case.status,
            had_news=case.has_news,
            is_first_reply=case.first_reply_at is None,
        )
    )
    case.first_reply_at = case.first_reply_at or doing.now
    case.status, case.has_news = CaseStatus.WAITING_FOR_REPORTER, False
    discard_draft(session, case.id, doing.staff_id)
    log_case(session, case.id, CustodyAction.REPLIED, doing, {"message": number})
    return number


def take_back(session: Session, code: str, report_id: UUID, number: int, doing: Doing) -> None:
    """Remove one's own reply before the reporter can see it: its text is a draft again, the case as it stood before.

    Needs no claim, nor that the case is open still: own words may be taken back as long as nobody read them. Taking
    back twice is taking back once. The caller commits. Raises ``NotFoundError``; ``WrongStateError`` for what the
    reporter may have seen by now and for what another person wrote.
    """
    case = lock_case(session, code)
    message = session.get(Message, (report_id, number))
    if message is None:
        return
    held = session.get(HeldReply, (report_id, number))
    if held is None or held.staff_id != doing.staff_id:
        raise WrongStateError
    text = open_text(message, doing.reader)
    session.delete(held)
    session.flush()
    unseen = delete(Message).where(Message.report_id == report_id, Message.number == number)
    unseen = unseen.where(Message.author == Author.OFFICE, Message.shown_from > doing.now + MARGIN)
    if count_changed(session, unseen) != 1:
        session.rollback()
        raise WrongStateError
    _restore(session, case, held)
    put_back(session, case.id, text or "", doing)
    log_case(session, case.id, CustodyAction.REPLY_TAKEN_BACK, doing, {"message": number})


def was_just_sent(session: Session, report_id: UUID, text: str, doing: Doing) -> bool:
    """Whether the person has this very reply on its way: a button pressed twice is one reply."""
    own = select(Message).join(HeldReply, HeldReply.number == Message.number)
    own = own.where(Message.report_id == report_id, HeldReply.report_id == report_id)
    rows = session.scalars(own.where(HeldReply.staff_id == doing.staff_id))
    return any(open_text(row, doing.reader) == text for row in rows)


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
            shown_from=doing.now + HOLD + MARGIN,
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


def _restore(session: Session, case: Case, undone: HeldReply) -> None:
    """What the reply changed of the case, as far as nothing else changed it since."""
    behind = select(HeldReply).where(HeldReply.report_id == undone.report_id, HeldReply.number > undone.number)
    following = session.scalars(behind.order_by(HeldReply.number).limit(1)).one_or_none()
    if following is not None:
        _inherit(session, case, undone, following)
        return
    if undone.is_first_reply:
        case.first_reply_at = None
    case.has_news = case.has_news or undone.had_news
    if case.status is CaseStatus.WAITING_FOR_REPORTER:
        is_untouched = case.claimed_by is None and case.first_reply_at is None
        case.status = CaseStatus.WAITING if is_untouched else undone.status_before


def _inherit(session: Session, case: Case, undone: HeldReply, following: HeldReply) -> None:
    """Another reply went out meanwhile: it stands now for what the first one did."""
    following.status_before, following.had_news = undone.status_before, undone.had_news or following.had_news
    sent = session.scalar(
        select(Message.shown_from).where(Message.report_id == following.report_id, Message.number == following.number)
    )
    if undone.is_first_reply and sent is not None:
        following.is_first_reply, case.first_reply_at = True, sent - MARGIN - HOLD
