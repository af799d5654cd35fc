"""Related reports of a case, and decisions on a pair."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.text import clean_text
from triage.casework import get_case
from triage.errors import ChangedError
from triage.extensions import db
from triage.gate import doing, person
from triage.history import list_names
from triage.labels import CHOICE_RESULTS
from triage.links import Choice, Verdict, decide, get_pair, list_decisions, list_pairs
from triage.permissions import Permission, requires
from triage.queue import open_summary
from triage.views.casework import CONFLICT, INVALID, REASON_LIMIT
from triage.views.typed import pick

blueprint = Blueprint("links", __name__)


@blueprint.get("/kasus/<code>/keterkaitan")
@requires(Permission.LINK_SEE)
def show(code: str) -> ResponseReturnValue:
    """All pairs of the case."""
    session, reader = db.session(), person().reader
    case = get_case(session, code)
    return render_template(
        "triage/links.html",
        case=case,
        tab="links",
        summary=open_summary(case, reader),
        pairs=list_pairs(session, case, reader),
    )


@blueprint.get("/kasus/<code>/keterkaitan/<other>")
@requires(Permission.LINK_SEE)
def pair(code: str, other: str) -> ResponseReturnValue:
    """Two cases side by side, in the same order of facts."""
    return _pair_page(code, other)


@blueprint.post("/kasus/<code>/keterkaitan/<other>")
@requires(Permission.LINK_DECIDE)
def judge(code: str, other: str) -> ResponseReturnValue:
    """A decision, or its undoing."""
    choice = pick(Choice, request.form.get("choice"))
    seen = request.form.get("seen", type=int)
    if choice is None or seen is None:
        abort(400)
    reason = clean_text(request.form.get("reason", ""), REASON_LIMIT)
    if choice.needs_reason and not reason:
        return _pair_page(code, other, fault=_("Tulis alasannya dulu.")), INVALID
    try:
        decide(db.session(), (code, other), Verdict(choice, reason, seen), doing())
        db.session.commit()
    except ChangedError:
        db.session.rollback()
        fault = _("Keputusan berubah sejak Anda buka. Lihat perubahan sebelum menyimpan.")
        return _pair_page(code, other, typed=reason, fault=fault), CONFLICT
    flash(_(CHOICE_RESULTS[choice]))
    return redirect(url_for("links.pair", code=code, other=other), code=303)


def _pair_page(code: str, other: str, *, typed: str = "", fault: str | None = None) -> str:
    session, reader = db.session(), person().reader
    found = get_pair(session, code, other, reader)
    case = get_case(session, code)
    return render_template(
        "triage/pair.html",
        case=case,
        tab="links",
        summary=open_summary(case, reader),
        pair=found,
        decisions=list_decisions(session, found, reader),
        names=list_names(session),
        typed=typed,
        fault=fault,
    )
