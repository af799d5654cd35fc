"""A person's own load: what was read, a pause without a reason; and everybody's load for a supervisor."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.models import StaffMember
from casefile.wib import local_date
from triage.errors import NotFoundError, PausedError
from triage.exposure import get_opened
from triage.extensions import db, desk
from triage.gate import person
from triage.handover import count_held
from triage.history import list_names
from triage.load import list_loads, set_trained
from triage.pausing import begin_pause, end_pause, is_paused
from triage.permissions import Permission, requires

blueprint = Blueprint("wellbeing", __name__)

CONFLICT = 409


@blueprint.get("/jeda")
@requires(Permission.PAUSE)
def show() -> ResponseReturnValue:
    """What the person opened, and the pause."""
    session, who = db.session(), person()
    return render_template(
        "triage/wellbeing.html",
        opened=get_opened(session, who.staff_id, local_date(desk().clock())),
        held=count_held(session).get(who.staff_id, 0),
    )


@blueprint.post("/jeda")
@requires(Permission.PAUSE)
def begin() -> ResponseReturnValue:
    """Pause from now on. Nothing else is asked."""
    begin_pause(db.session(), person().staff_id, desk().clock())
    db.session.commit()
    return redirect(url_for("wellbeing.show"), code=303)


@blueprint.post("/jeda/akhiri")
@requires(Permission.PAUSE)
def end() -> ResponseReturnValue:
    """Be there again."""
    end_pause(db.session(), person().staff_id)
    db.session.commit()
    return redirect(url_for("home.show"), code=303)


@blueprint.get("/beban")
@requires(Permission.LOAD_SEE)
def show_all() -> ResponseReturnValue:
    """Everybody's load, by name."""
    return render_template("triage/wellbeing_all.html", loads=list_loads(db.session(), desk().clock()))


@blueprint.post("/beban/<uuid:staff_id>/terlatih")
@requires(Permission.TRAINING_SET)
def train(staff_id: UUID) -> ResponseReturnValue:
    """Who may ask the Danger Assessment."""
    is_trained = request.form.get("terlatih") == "ya"
    try:
        set_trained(db.session(), staff_id, is_trained, person().staff_id, desk().clock())
        db.session.commit()
        flash(_("Tersimpan."))
    except NotFoundError:
        db.session.rollback()
    return redirect(url_for("wellbeing.show_all"), code=303)


@blueprint.app_template_global("colleague")
def colleague(member: StaffMember) -> str:
    """A colleague's name where cases are given, and whether the person pauses; never why or since when."""
    paused = is_paused(member, desk().clock())
    return _("%(name)s (sedang jeda)", name=member.display_name) if paused else member.display_name


def show_paused(error: PausedError) -> ResponseReturnValue:
    """Somebody who would get a case pauses: give all the same, or choose anew. What was typed travels along."""
    db.session.rollback()
    known = list_names(db.session())
    names = sorted(known[staff_id] for staff_id in error.staff_ids)
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in {"csrf", "tetap"}]
    page = render_template("triage/paused.html", names=names, sent=sent, path=request.path)
    return page, CONFLICT
