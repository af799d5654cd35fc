"""Giving cases to colleagues: one with a note, or all that somebody has."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.text import clean_text
from triage.errors import ChangedError, NotFoundError, PausedError, TakenError, WrongStateError
from triage.extensions import db
from triage.gate import doing, person
from triage.handover import NOTE_LIMIT, Moving, count_held, hand_over, hand_over_load, list_workers, mark_told
from triage.permissions import Permission, requires
from triage.queue import QueueView
from triage.unsaved import keeps, typed_texts
from triage.views.case_page import render_case
from triage.views.casework import CONFLICT, INVALID, show_clash, show_taken
from triage.views.typed import seen_version
from triage.views.wellbeing import show_paused

blueprint = Blueprint("handover", __name__)


@blueprint.post("/kasus/<code>/serahkan")
@requires(Permission.CASE_WORK)
@keeps("catatan")
def give(code: str) -> ResponseReturnValue:
    """One case, free or one's own, to one colleague."""
    return _give(code, may_move=False)


@blueprint.post("/kasus/<code>/pindahkan")
@requires(Permission.CASE_ASSIGN)
@keeps("catatan")
def move(code: str) -> ResponseReturnValue:
    """The same, also while another person holds the case."""
    return _give(code, may_move=True)


@blueprint.get("/serah-terima")
@requires(Permission.CASE_WORK)
def show() -> ResponseReturnValue:
    """All that a person has, to one or several colleagues: before leave, or after somebody fell ill."""
    return _page()


@blueprint.post("/serah-terima")
@requires(Permission.CASE_WORK)
@keeps("catatan")
def give_all() -> ResponseReturnValue:
    """The whole load. One's own, or as a supervisor anybody's."""
    absent = request.form.get("dari", type=UUID)
    to = [UUID(text) for text in request.form.getlist("kepada") if _is_uuid(text)]
    is_own, may_move = absent == person().staff_id, person().may(Permission.CASE_ASSIGN)
    if absent is None or not (is_own or may_move):
        abort(403)
    note = _note()
    if "ubah" in request.form:
        return _page()
    if not to or not note:
        return _page(fault=_("Pilih paling sedikit satu rekan dan tulis catatan.")), INVALID
    try:
        count = hand_over_load(db.session(), absent, to, _moving(to[0], note, may_move=may_move), doing())
        db.session.commit()
    except PausedError as error:
        return show_paused(error)
    except NotFoundError:
        db.session.rollback()
        return _page(fault=_("Orang itu tidak bisa menerima kasus.")), INVALID
    flash(_("%(count)s kasus diserahkan.", count=count))
    return redirect(url_for("queue.show", view=QueueView.MINE.value), code=303)


@blueprint.post("/serah-terima/dibaca")
@requires(Permission.CASE_WORK)
def note_told() -> ResponseReturnValue:
    """The person has read which cases were moved away."""
    mark_told(db.session(), doing())
    db.session.commit()
    return redirect(url_for("home.show"), code=303)


def _give(code: str, *, may_move: bool) -> ResponseReturnValue:
    to, note = request.form.get("kepada", type=UUID), _note()
    if "ubah" in request.form:
        return render_case(code, typed=request.form)
    if to is None or not note:
        fault = _("Pilih rekan dan tulis catatan serah terima.")
        return render_case(code, typed=request.form, fault=fault), INVALID
    try:
        hand_over(db.session(), code, _moving(to, note, may_move=may_move), doing(seen_version()))
        db.session.commit()
        flash(_("Kasus diserahkan. Rekan Anda melihatnya di atas “Kasus saya”."))
    except (TakenError, PausedError) as error:
        return show_taken(code, error) if isinstance(error, TakenError) else show_paused(error)
    except ChangedError:
        return show_clash(code)
    except (WrongStateError, NotFoundError):
        db.session.rollback()
        fault = _("Kasus ini tidak bisa diserahkan ke orang itu.")
        return render_template("triage/failure.html", title=code, text=fault, typed=typed_texts()), CONFLICT
    return redirect(url_for("cases.show", code=code), code=303)


def _page(fault: str | None = None) -> str:
    session = db.session()
    session.rollback()
    workers, held = list_workers(session), count_held(session)
    own = person().staff_id
    may_choose = person().may(Permission.CASE_ASSIGN)
    return render_template(
        "triage/handover.html",
        workers=workers,
        held=held,
        givers=[each for each in workers if may_choose or each.id == own],
        typed=request.form,
        chosen=request.form.getlist("kepada"),
        own=own,
        fault=fault,
        limit=NOTE_LIMIT,
    )


def _moving(to: UUID, note: str, *, may_move: bool) -> Moving:
    return Moving(to, note, may_move, despite_pause=request.form.get("tetap") == "ya")


def _note() -> str:
    return clean_text(request.form.get("catatan", ""), NOTE_LIMIT)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
