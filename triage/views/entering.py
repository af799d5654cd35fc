"""A report that staff write down: one page, filed once, and the code to hand over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.globals import current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from casefile.questions import TICKED, Faults, Filled, years_until
from casefile.wib import local_date
from triage.browser import sealed_session
from triage.casework import Doing
from triage.entering import (
    SECTIONS,
    TEXT_NAMES,
    EnteringForm,
    contacting,
    discard_draft,
    enter_report,
    find_draft,
    read_form,
    save_draft,
)
from triage.entering.drafts import is_form_name
from triage.entering.form import CODE, DAY, EnteredReport, keep_typed
from triage.errors import ChangedError, TakenError
from triage.extensions import db, desk
from triage.gate import doing, person
from triage.permissions import Permission, requires
from triage.phrases import clock
from triage.unsaved import keeps
from triage.views.casework import show_clash, show_taken
from triage.views.typed import seen_version
from web.sessions import SealedSessions

blueprint = Blueprint("entering", __name__)

CONFLICT, INVALID = 409, 422
CODE_LIFETIME = timedelta(minutes=10)
_FILED = "tercatat"


@blueprint.get("/laporan/baru")
@requires(Permission.REPORT_ENTER)
def begin() -> ResponseReturnValue:
    """The page, as it was last saved."""
    if desk().entry_keys is None:
        return render_template("triage/enter_closed.html")
    form = find_draft(db.session(), person().reader)
    today = local_date(desk().clock()).isoformat()
    return _page(form or EnteringForm(Filled({DAY: [today], CODE: [TICKED]})), {})


@blueprint.post("/laporan/baru")
@requires(Permission.REPORT_ENTER)
@keeps(*TEXT_NAMES)
def file() -> ResponseReturnValue:
    """File the report, once, however often the button was pressed. What has a fault is kept as a draft."""
    form, act = _sent_form(), doing()
    read = read_form(request.form.to_dict(flat=False), local_date(act.now))
    if read.report is None:
        form = EnteringForm(read.filled, form.name)
        db.session.rollback()
        save_draft(db.session(), form, act)
        db.session.commit()
        return _page(form, read.faults), INVALID
    if not _file_once(read.report, form):
        return _keep_apart(form.filled, act)
    return redirect(url_for("entering.show_filed"), code=303)


@blueprint.post("/laporan/baru/simpan")
@requires(Permission.REPORT_ENTER)
@keeps(*TEXT_NAMES)
def save() -> ResponseReturnValue:
    """Keep the draft. A script asks quietly, and gets a line of text for the page."""
    db.session.rollback()
    save_draft(db.session(), _sent_form(), doing())
    db.session.commit()
    if "diam" in request.form:
        return {"line": _("Isian tersimpan pukul %(clock)s. Hanya Anda yang melihatnya.", clock=clock(desk().clock()))}
    flash(_("Isian tersimpan. Hanya Anda yang melihatnya."))
    return redirect(url_for("entering.begin"), code=303)


@blueprint.post("/laporan/baru/buang")
@requires(Permission.REPORT_ENTER)
def discard() -> ResponseReturnValue:
    """Throw the draft away and begin anew."""
    db.session.rollback()
    discard_draft(db.session(), doing())
    db.session.commit()
    flash(_("Isian dibuang."))
    return redirect(url_for("entering.begin"), code=303)


@blueprint.get("/laporan/tercatat")
@requires(Permission.REPORT_ENTER)
def show_filed() -> ResponseReturnValue:
    """That it is kept, and the code, for ten minutes or until the person is done."""
    filed = sealed_session().get(_FILED)
    if filed is None:
        return redirect(url_for("home.show"), code=303)
    return render_template("triage/enter_filed.html", code=filed["kode"])


@blueprint.post("/laporan/tercatat")
@requires(Permission.REPORT_ENTER)
def leave() -> ResponseReturnValue:
    """Forget the code."""
    sealed_session().pop(_FILED, None)
    return redirect(url_for("home.show"), code=303)


@blueprint.before_app_request
def forget_code() -> None:
    """The code is gone from the session once its time is over, whatever page is asked for."""
    filed = sealed_session().get(_FILED)
    if filed is not None and datetime.fromisoformat(filed["sampai"]) <= desk().clock():
        sealed_session().pop(_FILED)


@blueprint.post("/kasus/<code>/dihubungi")
@requires(Permission.CASE_WORK)
def note_contact(code: str) -> ResponseReturnValue:
    """The reporter has no code, and somebody spoke with the reporter."""
    act = doing(seen_version())
    try:
        contacting.note_contact(db.session(), code, act)
        db.session.commit()
    except TakenError as error:
        return show_taken(code, error)
    except ChangedError:
        return show_clash(code)
    flash(_("Tercatat: pelapor dihubungi."))
    return redirect(url_for("conversation.show", code=code), code=303)


def _sent_form() -> EnteringForm:
    name = request.form.get("formulir", "")
    if desk().entry_keys is None or not is_form_name(name):
        abort(400)
    return EnteringForm(Filled(keep_typed(request.form.to_dict(flat=False))), name)


def _file_once(report: EnteredReport, form: EnteringForm) -> bool:
    """Report and code come in one transaction, so that whoever presses twice still sees the code.

    False where the form was filed before with other words, or its code can be shown no more.
    """
    browser, act, keys = sealed_session(), doing(), desk().entry_keys
    sessions = cast("SealedSessions", current_app.session_interface)
    if keys is None:
        abort(400)
    db.session.rollback()
    try:
        code = enter_report(db.session(), report, keys, form.form_tag, act)
        until = (act.now + CODE_LIFETIME).isoformat()
        browser[_FILED] = {"kode": code, "formulir": form.name, "isi": form.digest, "sampai": until}
        sessions.write(browser, db.session())
        db.session.commit()
    except IntegrityError:
        sessions.reload(browser)
        filed = browser.get(_FILED, {})
        return (filed.get("formulir"), filed.get("isi")) == (form.name, form.digest)
    return True


def _keep_apart(filled: Filled, act: Doing) -> ResponseReturnValue:
    """What was sent under the name of a report that is filed may be the next caller's: it is a draft of its own now."""
    form = EnteringForm(filled)
    db.session.rollback()
    save_draft(db.session(), form, act)
    db.session.commit()
    flash(
        _(
            "Formulir ini sudah tercatat sebelumnya. Isian di bawah belum tercatat."
            " Bila sama, buang. Bila laporan lain, catat."
        )
    )
    return _page(replace(form, saved_at=act.now), {}), CONFLICT


def _page(form: EnteringForm, faults: Faults) -> str:
    today = local_date(desk().clock())
    return render_template(
        "triage/enter.html",
        form=form,
        filled=form.filled,
        faults=faults,
        sections=SECTIONS,
        years=years_until(today.year),
        day=DAY,
        code=CODE,
        today=today,
    )
