"""Acts on a case: take it, give it back, set its level. ``triage.views.closing`` ends the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.text import clean_text
from casefile.vocabulary import Urgency
from triage.casework import Doing, claim, get_case, release, set_level
from triage.clash import list_changes
from triage.errors import ChangedError, TakenError, WrongStateError
from triage.extensions import db
from triage.gate import doing
from triage.history import list_names
from triage.permissions import Permission, requires
from triage.unsaved import keeps, typed_texts
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
    return attempt(code, lambda act: claim(db.session(), code, act), version=None)


@blueprint.post("/kasus/<code>/lepas")
@requires(Permission.CASE_WORK)
def give_back(code: str) -> ResponseReturnValue:
    """Release."""
    return attempt(code, lambda act: release(db.session(), code, act), version=None)


@blueprint.post("/kasus/<code>/tingkat")
@requires(Permission.CASE_WORK)
@keeps("reason")
def change_level(code: str) -> ResponseReturnValue:
    """Another level, with a reason."""
    if wants_to_edit():
        return render_case(code, typed=request.form)
    level = pick(Urgency, request.form.get("level"))
    reason = clean_text(request.form.get("reason", ""), REASON_LIMIT)
    if level is None or not reason:
        return render_case(code, typed=request.form, fault=_("Pilih tingkat dan tulis alasannya.")), INVALID
    return attempt(code, lambda act: set_level(db.session(), code, level, reason, act), seen_version())


def attempt(
    code: str,
    perform: Callable[[Doing], object],
    version: int | None,
    *,
    place: str | None = None,
    clash: Callable[[], ResponseReturnValue] | None = None,
    holds_words: bool = False,
) -> ResponseReturnValue:
    """Do it and show the case, at a ``place`` of its page; or show who was quicker (``clash``), and lose nothing.

    A form that ``holds_words`` and names no version of the case is shown again also where the case has ended meanwhile.
    """
    try:
        perform(doing(version))
        db.session.commit()
    except TakenError as error:
        return show_taken(code, error)
    except ChangedError:
        return clash() if clash else show_clash(code)
    except WrongStateError:
        db.session.rollback()
        if holds_words:
            return show_clash(code)
        flash(_("Kasus ini tidak lagi bisa diubah dengan cara itu."))
    return redirect(url_for("cases.show", code=code, _anchor=place), code=303)


def show_clash(code: str, *, stands: str | None = None, fresh: Mapping[str, str] | None = None) -> ResponseReturnValue:
    """What changed since the form was opened, next to what was typed: save all the same, or edit first.

    ``stands`` is the text that is there now, ``fresh`` what saving all the same must send instead of what was sent.
    """
    session = db.session()
    session.rollback()
    case = get_case(session, code)
    changes = list_changes(session, case, seen_case())
    typed = {name: value for name, value in request.form.items() if name not in {"csrf", "version", "ubah"}}
    page = render_template(
        "triage/clash.html",
        case=case,
        changes=changes,
        typed={**typed, **(fresh or {})},
        stands=stands,
        names=list_names(session),
        path=request.path,
    )
    return page, CONFLICT


def wants_to_edit() -> bool:
    """Whether the person chose to write on after a clash."""
    return "ubah" in request.form


def show_taken(code: str, error: TakenError) -> ResponseReturnValue:
    """Who holds the case and since when, with two ways on."""
    db.session.rollback()
    holder = list_names(db.session()).get(error.holder_id, "")
    until = get_case(db.session(), code).claim_expires_at
    page = render_template(
        "triage/taken.html", code=code, holder=holder, since=error.since, until=until, typed=typed_texts()
    )
    return page, CONFLICT
