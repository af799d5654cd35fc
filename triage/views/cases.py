"""One case: its summary, its story, its history."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.custody import staff_actor
from casefile.errors import UnsealError
from triage.casework import get_case, list_report_ids
from triage.errors import NotFoundError, WrongStateError
from triage.extensions import db, desk
from triage.gate import person
from triage.history import list_history, list_names
from triage.permissions import Permission, requires
from triage.reading import read_report
from triage.timeline import ActKind, read_page
from triage.timeline_words import KIND_LABELS, more, sentence
from triage.views.case_page import render_case
from triage.views.typed import pick

blueprint = Blueprint("cases", __name__)

GONE = 410


@blueprint.get("/kasus/<code>")
@requires(Permission.CASE_SEE)
def show(code: str) -> ResponseReturnValue:
    """The summary: coded answers, reasons, clocks; no story."""
    return render_case(code)


@blueprint.post("/kasus/<code>/cerita")
@requires(Permission.REPORT_READ)
def read(code: str) -> ResponseReturnValue:
    """The full story, once the look is on record; where it was erased, the page that says so."""
    session = db.session()
    report_ids = list_report_ids(session, get_case(session, code).id)
    session.rollback()
    if not report_ids:
        abort(404)
    try:
        contents = read_report(session, report_ids[0], person().reader, desk().clock())
    except (NotFoundError, WrongStateError):
        return render_case(code), GONE
    except UnsealError:
        flash(_("Cerita rusak dan tidak bisa dibuka. Kejadian ini dicatat; beri tahu penyelia."))
        return redirect(url_for("cases.show", code=code), code=303)
    return render_case(code, contents=contents)


@blueprint.get("/kasus/<code>/riwayat")
@requires(Permission.CASE_SEE)
def history(code: str) -> ResponseReturnValue:
    """Who did what and when, from the custody log: of one kind (``jenis``), older than a place (``sebelum``)."""
    session = db.session()
    case = get_case(session, code)
    chains = [list_history(session, report_id) for report_id in list_report_ids(session, case.id)]
    kind, place = pick(ActKind, request.args.get("jenis")), request.args.get("sebelum", type=int)
    return render_template(
        "triage/history.html",
        case=case,
        chains=chains,
        tab="history",
        page=read_page([chain.acts for chain in chains], kind, place),
        kind=kind,
        place=place,
        kind_labels=KIND_LABELS,
        name_of={staff_actor(staff_id): name for staff_id, name in list_names(session).items()},
        sentence=sentence,
        more=more,
    )
