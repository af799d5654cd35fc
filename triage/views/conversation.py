"""The conversation with the reporter."""

from __future__ import annotations

import hashlib
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.errors import UnsealError
from casefile.models import Case
from casefile.text import clean_text
from triage.additions import list_events
from triage.casework import get_case, get_receipt_status, list_report_ids
from triage.conversation import REPLY_LIMIT, mark_seen, needs_second_look, read_messages, reply, was_just_sent
from triage.errors import ChangedError, NotFoundError, TakenError, WrongStateError
from triage.extensions import db
from triage.gate import doing
from triage.permissions import Permission, requires
from triage.views.casework import CONFLICT, INVALID, show_taken
from triage.views.typed import seen_version

blueprint = Blueprint("conversation", __name__)


@blueprint.get("/kasus/<code>/percakapan")
@requires(Permission.CONVERSATION_READ)
def show(code: str) -> ResponseReturnValue:
    """The thread; looking at it is on record."""
    return _page(code)


@blueprint.post("/kasus/<code>/percakapan")
@requires(Permission.CONVERSATION_WRITE)
def send(code: str) -> ResponseReturnValue:
    """A reply. Text that may give away on a shared phone is shown once more before it goes."""
    text = clean_text(request.form.get("text", ""), REPLY_LIMIT)
    if not text:
        return _page(code, fault=_("Tulis balasan dulu.")), INVALID
    token = hashlib.sha256(text.encode()).hexdigest()
    if needs_second_look(text) and request.form.get("looked_at") != token:
        return _page(code, typed=text, look_token=token), INVALID
    return _send(code, text)


def _send(code: str, text: str) -> ResponseReturnValue:
    act, session = doing(seen_version()), db.session()
    report_id = _open(code)[1]
    session.rollback()
    try:
        reply(session, code, report_id, text, act)
        session.commit()
        flash(_("Balasan dikirim. Pelapor melihatnya saat membuka kodenya."))
    except TakenError as error:
        return show_taken(code, error)
    except ChangedError:
        session.rollback()
        if not was_just_sent(session, report_id, text, act.reader):
            fault = _("Kasus berubah sejak Anda buka. Lihat perubahan sebelum menyimpan.")
            return _page(code, typed=text, fault=fault), CONFLICT
    except (UnsealError, WrongStateError):
        return _page(code, typed=text, fault=_("Kasus ini tidak bisa dibalas lagi.")), CONFLICT
    return redirect(url_for("conversation.show", code=code), code=303)


def _open(code: str) -> tuple[Case, UUID]:
    session = db.session()
    case = get_case(session, code)
    report_ids = list_report_ids(session, case.id)
    if not report_ids:
        raise NotFoundError
    return case, report_ids[0]


def _page(code: str, *, typed: str = "", fault: str | None = None, look_token: str | None = None) -> str:
    session, act = db.session(), doing()
    session.rollback()
    case, report_id = _open(code)
    case_id = case.id
    session.rollback()
    thread = read_messages(session, report_id, act)
    mark_seen(session, case_id, act)
    session.commit()
    return render_template(
        "triage/conversation.html",
        case=get_case(session, code),
        tab="conversation",
        thread=thread,
        events=list_events(session, report_id),
        receipt_status=get_receipt_status(session, report_id),
        typed=typed,
        fault=fault,
        look_token=look_token,
        limit=REPLY_LIMIT,
    )
