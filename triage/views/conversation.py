"""The conversation with the reporter: read it, answer, take an answer back."""

from __future__ import annotations

import hashlib

from flask import Blueprint, flash, redirect, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from casefile.errors import UnsealError
from triage.conversation import REPLY_LIMIT, mark_giveaways, needs_second_look, reply, take_back, was_just_sent
from triage.errors import ChangedError, TakenError, WrongStateError
from triage.extensions import db
from triage.gate import doing
from triage.permissions import Permission, requires
from triage.unsaved import keeps
from triage.views.casework import CONFLICT, INVALID, show_taken
from triage.views.conversation_page import Box, find_report, keep_draft, render_conversation, typed_text
from triage.views.typed import seen_version

blueprint = Blueprint("conversation", __name__)


@blueprint.get("/kasus/<code>/percakapan")
@requires(Permission.CONVERSATION_READ)
def show(code: str) -> ResponseReturnValue:
    """The thread; looking at it is on record."""
    return render_conversation(code)


@blueprint.post("/kasus/<code>/percakapan")
@requires(Permission.CONVERSATION_WRITE)
@keeps("text")
def send(code: str) -> ResponseReturnValue:
    """A reply. Text that may give away on a shared phone is shown once more before it goes."""
    text = typed_text()
    token = hashlib.sha256(text.encode()).hexdigest()
    if not text:
        return render_conversation(code, Box("", fault=_("Tulis balasan dulu."))), INVALID
    if len(text) > REPLY_LIMIT:
        sizes = {"count": format_decimal(len(text)), "limit": format_decimal(REPLY_LIMIT)}
        fault = _("Balasan terlalu panjang: %(count)s huruf. Paling banyak %(limit)s.", **sizes)
        return _unsent(code, Box(text, fault=fault), INVALID)
    if needs_second_look(text) and request.form.get("looked_at") != token:
        return _unsent(code, Box(text, pieces=mark_giveaways(text), look_token=token), INVALID)
    return _send(code, text)


@blueprint.post("/kasus/<code>/percakapan/<int(max=2147483647):number>/batal")
@requires(Permission.CONVERSATION_WRITE)
def undo(code: str, number: int) -> ResponseReturnValue:
    """Take a reply back while the reporter cannot see it; its text is in the box again."""
    act, session = doing(), db.session()
    report_id = find_report(code)[1]
    session.rollback()
    try:
        take_back(session, code, report_id, number, act)
        session.commit()
        flash(_("Balasan dibatalkan. Pelapor tidak melihatnya. Teksnya ada lagi di kotak."))
    except WrongStateError:
        session.rollback()
        flash(_("Terlambat: pelapor sudah bisa melihat balasan itu."))
    return redirect(url_for("conversation.show", code=code), code=303)


def _send(code: str, text: str) -> ResponseReturnValue:
    act, session = doing(seen_version()), db.session()
    report_id = find_report(code)[1]
    session.rollback()
    try:
        reply(session, code, report_id, text, act)
        session.commit()
        flash(_("Balasan dikirim. Pelapor melihatnya saat membuka kodenya."))
    except TakenError as error:
        if keep_draft(code, text):
            flash(_("Teks Anda tidak terkirim. Teks itu tersimpan sebagai draf di percakapan."))
        return show_taken(code, error)
    except (ChangedError, StaleDataError):
        session.rollback()
        if not was_just_sent(session, report_id, text, act):
            fault = _("Kasus berubah sejak Anda buka. Lihat perubahan sebelum menyimpan.")
            return _unsent(code, Box(text, fault=fault), CONFLICT)
    except (UnsealError, WrongStateError):
        return _unsent(code, Box(text, fault=_("Kasus ini tidak bisa dibalas lagi.")), CONFLICT)
    return redirect(url_for("conversation.show", code=code), code=303)


def _unsent(code: str, box: Box, status: int) -> ResponseReturnValue:
    """The page with what was typed, which is a draft from now on."""
    keep_draft(code, box.text)
    return render_conversation(code, box), status
