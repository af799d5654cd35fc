"""The page of the conversation, as several views show it: fresh, or with what was typed and a message."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import render_template
from flask.globals import request
from flask_babel import format_decimal

from casefile.additions import Choices
from casefile.contents import QueueSummary
from casefile.models import Case
from casefile.text import clean_text
from casefile.vocabulary import PerpetratorAccess
from triage.additions import list_events
from triage.casework import get_case, get_receipt_status, list_report_ids
from triage.conversation import (
    REPLY_LIMIT,
    TYPED_LIMIT,
    Piece,
    Thread,
    discard_draft,
    find_draft,
    find_opened_on,
    mark_seen,
    read_thread,
    save_draft,
)
from triage.conversation_in_words import name_giveaways
from triage.errors import NotFoundError, WrongStateError
from triage.extensions import db
from triage.gate import doing, person
from triage.message_templates import Address, list_templates
from triage.permissions import Permission
from triage.queue import open_summary


@dataclass(frozen=True)
class Box:
    """What stands in the reply box. ``pieces`` and ``look_token``: it may give away, and is asked about once."""

    text: str
    fault: str | None = None
    pieces: tuple[Piece, ...] = ()
    look_token: str | None = None


@dataclass(frozen=True)
class SafeWriting:
    """What the reporter said that whoever answers must know. ``choices`` is None where nothing opens."""

    choices: Choices | None
    is_unreadable: bool
    holds_phone: bool
    lives_there: bool


def typed_text() -> str:
    """What was in the reply box, cleaned, and not cut to what may be sent."""
    return clean_text(request.form.get("text", ""), TYPED_LIMIT)


def find_report(code: str) -> tuple[Case, UUID]:
    """The case and its first report. Raises ``NotFoundError``."""
    session = db.session()
    case = get_case(session, code)
    report_ids = list_report_ids(session, case.id)
    if not report_ids:
        raise NotFoundError
    return case, report_ids[0]


def keep_draft(code: str, text: str) -> bool:
    """Keep what was typed and not sent; False where nothing is kept any more. Commits."""
    session, act = db.session(), doing()
    session.rollback()
    case_id = get_case(session, code).id
    session.rollback()
    try:
        save_draft(session, case_id, text, act)
    except WrongStateError:
        session.rollback()
        return False
    session.commit()
    return True


def drop_draft(code: str) -> None:
    """Erase the person's draft. Commits."""
    session = db.session()
    case_id = get_case(session, code).id
    session.rollback()
    discard_draft(session, case_id, person().staff_id)
    session.commit()


def render_conversation(code: str, box: Box | None = None) -> str:
    """The page; looking at it is on record. Without ``box`` the person's draft stands in the reply box."""
    session, act = db.session(), doing()
    session.rollback()
    case, report_id = find_report(code)
    case_id = case.id
    session.rollback()
    thread = read_thread(session, report_id, act)
    mark_seen(session, case_id, act)
    session.commit()
    case = get_case(session, code)
    draft = find_draft(session, case_id, act.reader) if person().may(Permission.CONVERSATION_WRITE) else None
    box = box or Box(draft.text or "" if draft else "")
    return render_template(
        "triage/conversation.html",
        case=case,
        tab="conversation",
        thread=thread,
        events=list_events(session, report_id),
        receipt_status=get_receipt_status(session, report_id),
        opened_on=find_opened_on(session, report_id),
        safe=_safe_writing(thread, open_summary(case, act.reader)),
        templates=list_templates(session),
        draft=draft,
        box=box,
        named=name_giveaways(box.pieces),
        limit=format_decimal(REPLY_LIMIT),
    )


def read_address(code: str) -> Address:
    """How the case's reporter is written to, as far as it is known. The look is on record."""
    report_id = find_report(code)[1]
    db.session.rollback()
    return _address(read_thread(db.session(), report_id, doing()))


def _address(thread: Thread) -> Address:
    choices = thread.choices.choices if thread.choices else None
    return Address.of(choices)


def _safe_writing(thread: Thread, summary: QueueSummary | None) -> SafeWriting:
    access = summary.answers.access if summary else frozenset()
    chosen = thread.choices
    return SafeWriting(
        choices=chosen.choices if chosen else None,
        is_unreadable=chosen is not None and chosen.choices is None,
        holds_phone=PerpetratorAccess.HOLDS_PHONE in access,
        lives_there=PerpetratorAccess.SAME_HOUSE in access,
    )
