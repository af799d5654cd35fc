"""Acts on a case: take it, give it back, set its level, close it, reopen it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.text import clean_text
from casefile.vocabulary import ClosingReason, Urgency
from triage.casework import Doing, claim, close, get_case, release, reopen, set_level
from triage.clash import list_changes
from triage.errors import ChangedError, TakenError, WrongStateError
from triage.extensions import db
from triage.gate import doing
from triage.history import list_names
from triage.permissions import Permission, requires
from triage.views.case_page import render_case
from triage.views.typed import pick, seen_case, seen_version

blueprint = Blueprint("casework", __name__)

REASON_LIMIT = 1000
CONFLICT = 409
INVALID = 422


@blueprint.post("/kasus/<code>/ambil")
@requires(Permission.CASE_WORK)
def take(code: str) -> ResponseReturnValue:
    """Claim; of two people one wins and the other learns who did."""
    return _act(code, lambda act: claim(db.session(), code, act), version=None)


@blueprint.post("/kasus/<code>/lepas")
@requires(Permission.CASE_WORK)
def give_back(code: str) -> ResponseReturnValue:
    """Release."""
    return _act(code, lambda act: release(db.session(), code, act), version=None)


@blueprint.post("/kasus/<code>/tingkat")
@requires(Permission.CASE_WORK)
def change_level(code: str) -> ResponseReturnValue:
    """Another level, with a reason."""
    if _wants_to_edit():
        return render_case(code, typed=request.form)
    level = pick(Urgency, request.form.get("level"))
    reason = clean_text(request.form.get("reason", ""), REASON_LIMIT)
    if level is None or not reason:
        return render_case(code, typed=request.form, fault=_("Pilih tingkat dan tulis alasannya.")), INVALID
    return _act(code, lambda act: set_level(db.session(), code, level, reason, act), seen_version())


@blueprint.post("/kasus/<code>/tutup")
@requires(Permission.CASE_WORK)
def finish(code: str) -> ResponseReturnValue:
    """Close, with a reason from the list."""
    if _wants_to_edit():
        return render_case(code, typed=request.form)
    reason = pick(ClosingReason, request.form.get("closing_reason"))
    if reason is None:
        return render_case(code, typed=request.form, fault=_("Pilih alasan penutupan.")), INVALID
    return _act(code, lambda act: close(db.session(), code, reason, act), seen_version())


@blueprint.post("/kasus/<code>/buka")
@requires(Permission.CASE_WORK)
def take_up_again(code: str) -> ResponseReturnValue:
    """Reopen."""
    return _act(code, lambda act: reopen(db.session(), code, act), seen_version())


def _act(code: str, perform: Callable[[Doing], object], version: int | None) -> ResponseReturnValue:
    try:
        perform(doing(version))
        db.session.commit()
    except TakenError as error:
        return show_taken(code, error)
    except ChangedError:
        return show_clash(code)
    except WrongStateError:
        db.session.rollback()
        flash(_("Kasus ini tidak lagi bisa diubah dengan cara itu."))
    return redirect(url_for("cases.show", code=code), code=303)


def show_clash(code: str) -> ResponseReturnValue:
    """What changed since the form was opened, next to what was typed: save all the same, or edit first."""
    session = db.session()
    session.rollback()
    case = get_case(session, code)
    changes = list_changes(session, case, seen_case())
    typed = {name: value for name, value in request.form.items() if name not in {"csrf", "version", "ubah"}}
    page = render_template(
        "triage/clash.html", case=case, changes=changes, typed=typed, names=list_names(session), path=request.path
    )
    return page, CONFLICT


def _wants_to_edit() -> bool:
    return "ubah" in request.form


def show_taken(code: str, error: TakenError) -> ResponseReturnValue:
    """Who holds the case and since when, with two ways on."""
    db.session.rollback()
    holder = list_names(db.session()).get(error.holder_id, "")
    until = get_case(db.session(), code).claim_expires_at
    return render_template("triage/taken.html", code=code, holder=holder, since=error.since, until=until), CONFLICT
