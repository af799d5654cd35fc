"""The end of the work on a case: close it, take that back at once, take it up again."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, redirect, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.models import Case
from casefile.text import clean_text
from casefile.vocabulary import ClosingReason
from triage.browser import sealed_session
from triage.casework import Doing
from triage.closing import Kept, close, reopen, undo_closing
from triage.errors import WrongStateError
from triage.extensions import db
from triage.gate import doing
from triage.permissions import Permission, requires
from triage.remarks import REASON_LIMIT
from triage.unsaved import keeps
from triage.views.case_page import render_case
from triage.views.casework import INVALID, attempt, wants_to_edit
from triage.views.typed import pick, seen_version

blueprint = Blueprint("closing", __name__)

_KEPT = "closed"


@blueprint.post("/kasus/<code>/tutup")
@requires(Permission.CASE_WORK)
@keeps("penutupan")
def finish(code: str) -> ResponseReturnValue:
    """Close, with a reason from the list and, if wanted, a note."""
    if wants_to_edit():
        return render_case(code, typed=request.form)
    reason = pick(ClosingReason, request.form.get("closing_reason"))
    if reason is None:
        return render_case(code, typed=request.form, fault=_("Pilih alasan penutupan.")), INVALID
    note = clean_text(request.form.get("penutupan", ""), REASON_LIMIT)

    def perform(act: Doing) -> None:
        kept = close(db.session(), code, reason, note, act)
        sealed_session()[_KEPT] = kept.to_json()

    return attempt(code, perform, seen_version())


@blueprint.post("/kasus/<code>/tutup/batal")
@requires(Permission.CASE_WORK)
def undo(code: str) -> ResponseReturnValue:
    """Take one's own closing back as long as it is fresh and nothing else has happened."""
    kept = _kept()
    try:
        if kept is None:
            raise WrongStateError
        undo_closing(db.session(), code, kept, doing())
        db.session.commit()
        sealed_session().pop(_KEPT, None)
        flash(_("Penutupan dibatalkan. Semua seperti sebelumnya."))
    except WrongStateError:
        db.session.rollback()
        flash(_("Penutupan ini tidak bisa dibatalkan lagi. Pakai “Buka lagi kasus”."))
    return redirect(url_for("cases.show", code=code), code=303)


@blueprint.post("/kasus/<code>/buka")
@requires(Permission.CASE_WORK)
@keeps("alasan_buka")
def take_up_again(code: str) -> ResponseReturnValue:
    """Reopen, with a reason."""
    if wants_to_edit():
        return render_case(code, typed=request.form)
    reason = clean_text(request.form.get("alasan_buka", ""), REASON_LIMIT)
    if not reason:
        return render_case(code, typed=request.form, fault=_("Tulis mengapa kasus dibuka lagi.")), INVALID
    return attempt(code, lambda act: reopen(db.session(), code, reason, act), seen_version())


@blueprint.app_context_processor
def offer_undo() -> dict[str, object]:
    """``may_undo_closing(case, now)`` for templates."""
    return {"may_undo_closing": _may_undo}


def _may_undo(case: Case, now: datetime) -> bool:
    kept = _kept()
    return kept is not None and kept.can_be_undone(case, now)


def _kept() -> Kept | None:
    stored = sealed_session().get(_KEPT)
    try:
        return Kept.from_json(stored) if stored else None
    except (KeyError, ValueError, TypeError):
        return None
