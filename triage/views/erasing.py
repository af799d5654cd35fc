"""Erasing a report on request: somebody asks, a supervisor who is somebody else confirms, and what each is told."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.text import clean_text
from casefile.vocabulary import IdentityCheck, Requester
from triage.casework import get_case
from triage.clash import see
from triage.erasing import (
    NOTE_LIMIT,
    Asking,
    ask_erasure,
    confirm_erasure,
    find_request,
    has_code,
    is_from_register,
    list_waiting_codes,
    open_request_note,
    story_state,
    take_back_erasure,
)
from triage.errors import ChangedError, SamePersonError, WrongStateError
from triage.extensions import db
from triage.gate import confirm_second_factor, doing, person, signed_in_person
from triage.history import list_names
from triage.permissions import Permission, requires
from triage.unsaved import keeps
from triage.views.casework import INVALID, show_clash, wants_to_edit
from triage.views.typed import new_id, pick, seen_version

blueprint = Blueprint("erasing", __name__)

REFUSED = 403


@blueprint.get("/kasus/<code>/penghapusan")
@requires(Permission.ERASURE_ASK)
def show(code: str) -> ResponseReturnValue:
    """What is erased and what stays; the form, the request that waits, or what became of the report."""
    return _page(code)


@blueprint.post("/kasus/<code>/penghapusan")
@requires(Permission.ERASURE_ASK)
@keeps("catatan")
def ask(code: str) -> ResponseReturnValue:
    """Put the request before a second person."""
    if wants_to_edit():
        return _page(code)
    asking, request_id = _typed_asking(), new_id()
    if asking is None:
        return _page(code, _("Pilih siapa yang meminta, dan bagaimana Anda tahu itu orangnya.")), INVALID
    if not asking.is_code_lost and has_code(db.session(), get_case(db.session(), code).id):
        return _page(code, _("Laporan ini punya kode. Tanyakan dulu apakah kodenya hilang.")), INVALID
    db.session.rollback()
    act, done = doing(seen_version()), _("Permintaan tercatat. Penyelia lain perlu menyetujuinya.")
    return _change(code, lambda: ask_erasure(db.session(), code, request_id, asking, act), done)


@blueprint.post("/kasus/<code>/penghapusan/batal")
@requires(Permission.ERASURE_ASK)
def take_back(code: str) -> ResponseReturnValue:
    """Let the request be."""
    request_id, act = new_id("permintaan"), doing()
    done = _("Permintaan dibatalkan. Tidak ada yang dihapus.")
    return _change(code, lambda: take_back_erasure(db.session(), code, request_id, act), done)


@blueprint.post("/kasus/<code>/penghapusan/setujui")
@requires(Permission.ERASURE_CONFIRM)
def confirm(code: str) -> ResponseReturnValue:
    """Let it be erased, after the second factor was asked for again."""
    request_id, act = new_id("permintaan"), doing()
    if not confirm_second_factor(request.form.get("code", "")):
        return _page(code, _("Kode tidak cocok. Tunggu kode berikutnya, lalu coba lagi.")), REFUSED
    done = _("Disetujui. Isi laporan tidak bisa dibuka lagi, dan segera dihapus.")
    return _change(code, lambda: confirm_erasure(db.session(), code, request_id, act), done)


@blueprint.app_context_processor
def offer_waiting() -> dict[str, Callable[[], list[str]]]:
    """``erasures_waiting()`` for templates: codes of cases whose erasing waits for the person who looks."""
    return {"erasures_waiting": _list_waiting}


def _list_waiting() -> list[str]:
    who = signed_in_person()
    may_confirm = who is not None and who.may(Permission.ERASURE_CONFIRM)
    return list_waiting_codes(db.session(), who.staff_id) if who and may_confirm else []


def _change(code: str, perform: Callable[[], None], done: str) -> ResponseReturnValue:
    try:
        perform()
        db.session.commit()
        flash(done)
    except ChangedError:
        return show_clash(code)
    except SamePersonError:
        db.session.rollback()
        flash(_("Anda yang mencatat permintaan ini. Penyelia lain perlu menyetujuinya."))
    except WrongStateError:
        db.session.rollback()
        flash(_("Permintaan untuk kasus ini sudah berubah. Ini keadaannya sekarang."))
    return redirect(url_for("erasing.show", code=code), code=303)


def _typed_asking() -> Asking | None:
    requester = pick(Requester, request.form.get("peminta"))
    check = pick(IdentityCheck, request.form.get("pemeriksaan"))
    note = clean_text(request.form.get("catatan", ""), NOTE_LIMIT)
    if requester is None or check is None:
        return None
    return Asking(requester, check, note, is_code_lost=request.form.get("kode_hilang") == "ya")


def _page(code: str, fault: str | None = None) -> str:
    db.session.rollback()
    session = db.session()
    case = get_case(session, code)
    asked = find_request(session, case.id)
    return render_template(
        "triage/erase.html",
        case=case,
        state=story_state(session, case),
        asked=asked,
        note=asked and open_request_note(asked, person().reader),
        has_code=has_code(session, case.id),
        is_from_register=is_from_register(session, case.id),
        requesters=list(Requester),
        checks=list(IdentityCheck),
        note_limit=NOTE_LIMIT,
        new_request=uuid.uuid4(),
        seen=see(session, case),
        names=list_names(session),
        typed=request.form,
        fault=fault,
    )
