"""Decisions that were drawn for a second person, and what a supervisor reads where two verdicts differ."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.vocabulary import LinkGround
from triage.errors import ChangedError
from triage.extensions import db
from triage.facts_in_words import compare_facts, say_differences
from triage.gate import doing, person
from triage.history import list_names
from triage.link_labels import BARRIERS, CHOICES
from triage.links import Choice, DecisionReason
from triage.permissions import Permission, requires
from triage.second_looks import (
    count_waiting,
    find_waiting,
    get_judged,
    get_look,
    list_disagreements,
    open_look,
    settle,
)
from triage.second_looks import judge as keep_verdict
from triage.views.casework import CONFLICT, INVALID
from triage.views.pairing import typed_reason, viewer
from triage.views.typed import pick

blueprint = Blueprint("second_looks", __name__)


@blueprint.get("/tinjauan")
@requires(Permission.LINK_CHECK)
def show() -> ResponseReturnValue:
    """What waits, and for supervisors the verdicts that differ."""
    session, who = db.session(), person()
    return render_template(
        "triage/looks.html",
        waiting=count_waiting(session, who.staff_id),
        next_id=find_waiting(session, who.staff_id),
        differing=list_disagreements(session, who.reader) if who.may(Permission.LINK_SETTLE) else (),
        names=list_names(session),
        choices=CHOICES,
    )


@blueprint.get("/tinjauan/<uuid:look_id>")
@requires(Permission.LINK_CHECK)
def look(look_id: UUID) -> ResponseReturnValue:
    """The pair, without what the first person said; once judged, both verdicts."""
    try:
        return _look_page(look_id)
    except ChangedError:
        return _taken_page()


@blueprint.post("/tinjauan/<uuid:look_id>")
@requires(Permission.LINK_CHECK)
def judge(look_id: UUID) -> ResponseReturnValue:
    """The second verdict."""
    choice = pick(Choice, request.form.get("choice"))
    if choice is None or choice is Choice.UNDO:
        abort(400)
    reason = typed_reason()
    try:
        if choice.needs_reason and not reason:
            return _look_page(look_id, fault=_("Pilih atau tulis alasannya dulu.")), INVALID
        keep_verdict(db.session(), look_id, choice, reason, doing())
        db.session.commit()
    except ChangedError:
        return _taken_page()
    return redirect(url_for("second_looks.look", look_id=look_id), code=303)


@blueprint.post("/tinjauan/<uuid:look_id>/selesai")
@requires(Permission.LINK_SETTLE)
def close(look_id: UUID) -> ResponseReturnValue:
    """A supervisor has read both."""
    settle(db.session(), look_id, doing())
    db.session.commit()
    flash(_("Dicatat. Keputusan pertama tidak berubah."))
    return redirect(url_for("second_looks.show"), code=303)


def _taken_page() -> ResponseReturnValue:
    db.session.rollback()
    return render_template("triage/look_taken.html"), CONFLICT


def _look_page(look_id: UUID, fault: str | None = None) -> str:
    session, who = db.session(), person()
    found = get_look(session, look_id, who.staff_id)
    names = list_names(session)
    if found.looked_at is not None:
        judged = get_judged(session, found, who.reader)
        return render_template("triage/look_done.html", judged=judged, names=names, choices=CHOICES)
    pair = open_look(session, found, viewer())
    return render_template(
        "triage/look.html",
        look=found,
        pair=pair,
        facts=compare_facts(pair.own, pair.other, names),
        differences=say_differences(pair.own, pair.other),
        barriers=BARRIERS,
        grounds=list(LinkGround),
        typed=typed_reason() if request.method == "POST" else DecisionReason(),
        fault=fault,
    )
