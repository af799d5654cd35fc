"""Related reports of a case, the group that it stands in, and decisions on a pair."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.vocabulary import LinkGround
from triage.casework import get_case
from triage.errors import ChangedError
from triage.extensions import db, desk
from triage.facts_in_words import compare_facts, say_differences
from triage.gate import doing, person
from triage.graph import MOST_DRAWN, draw
from triage.groups import find_group
from triage.groups_in_words import drawing_words, list_rows, say_clusters
from triage.history import list_names
from triage.link_labels import BARRIERS, CHOICES, RESULTS
from triage.links import (
    Choice,
    DecisionReason,
    PastDecision,
    Verdict,
    decide,
    find_next,
    get_pair,
    list_decisions,
    list_pairs,
)
from triage.permissions import Permission, requires
from triage.phrases import ago
from triage.queue import open_summary
from triage.recurrences import list_returned
from triage.views.casework import CONFLICT, INVALID
from triage.views.pairing import typed_reason, viewer
from triage.views.typed import pick

blueprint = Blueprint("links", __name__)

MOST_PAGES = 10_000


@blueprint.get("/kasus/<code>/keterkaitan")
@requires(Permission.LINK_SEE)
def show(code: str) -> ResponseReturnValue:
    """One page of the pairs of the case; ``?hal=2`` for the next."""
    session = db.session()
    case = get_case(session, code)
    number = max(1, min(request.args.get("hal", 1, int), MOST_PAGES))
    return render_template(
        "triage/links.html",
        case=case,
        tab="links",
        summary=open_summary(case, person().reader),
        page=list_pairs(session, case, viewer(), number),
        returned=list_returned(session, person().staff_id, code),
        barriers=BARRIERS,
    )


@blueprint.get("/kasus/<code>/kelompok")
@requires(Permission.LINK_SEE)
def group(code: str) -> ResponseReturnValue:
    """The cases that hang together with this one, as a drawing and as a table."""
    session = db.session()
    case = get_case(session, code)
    found = find_group(session, case.id)
    return render_template(
        "triage/group.html",
        case=case,
        tab="links",
        group=found,
        rows=list_rows(found),
        sentences=say_clusters(found),
        drawing=draw(found, drawing_words(found, code)),
        most_drawn=MOST_DRAWN,
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
    reason = typed_reason()
    if choice.needs_reason and not reason:
        return _pair_page(code, other, fault=_("Pilih atau tulis alasannya dulu.")), INVALID
    try:
        decide(db.session(), (code, other), Verdict(choice, reason, seen), viewer(), doing())
        db.session.commit()
    except ChangedError:
        db.session.rollback()
        return _pair_page(code, other, typed=reason, is_clash=True), CONFLICT
    if not choice.needs_reason:
        flash(_(RESULTS[choice]))
    return redirect(url_for("links.pair", code=code, other=other), code=303)


def _pair_page(
    code: str,
    other: str,
    *,
    typed: DecisionReason | None = None,
    fault: str | None = None,
    is_clash: bool = False,
) -> str:
    session = db.session()
    found = get_pair(session, (code, other), viewer())
    names = list_names(session)
    decisions = list_decisions(session, [match.id for match in found.matches], person().reader)
    if is_clash:
        fault = _say_clash(decisions, names)
    return render_template(
        "triage/pair.html",
        case=found.own.case,
        tab="links",
        pair=found,
        facts=compare_facts(found.own, found.other, names),
        differences=say_differences(found.own, found.other),
        decisions=decisions,
        standing=next((one for one in decisions if one.stands), None),
        following=find_next(session, found.own.case.id, other),
        names=names,
        grounds=list(LinkGround),
        choices=CHOICES,
        results=RESULTS,
        barriers=BARRIERS,
        typed=typed or DecisionReason(),
        fault=fault,
    )


def _say_clash(decisions: list[PastDecision], names: Mapping[UUID, str]) -> str:
    """Who came first, with what, and that nothing typed is lost."""
    kept = _("Alasan Anda masih ada di bawah.")
    newest = next((one for one in decisions if one.staff_id is not None), None)
    if newest is None or newest.staff_id is None:
        return " ".join((_("Keputusan tidak bisa disimpan seperti itu lagi."), kept))
    said = _(
        "%(name)s sudah memutuskan “%(what)s”, %(ago)s.",
        name=names.get(newest.staff_id, ""),
        what=_(CHOICES[newest.choice]),
        ago=ago(newest.decided_at, desk().clock()),
    )
    return f"{said} {kept}"
