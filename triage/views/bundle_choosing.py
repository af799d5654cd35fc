"""Choosing what a bundle holds, reading it page by page, asking for it; and the same pages for whoever decides."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from casefile.models import DirectoryEntry
from casefile.vocabulary import HelpKind
from triage.bundles import (
    ACTION_LABELS,
    BASIS_LABELS,
    IDENTITY_LABELS,
    BundleBarredError,
    BundleBasis,
    BundleFacts,
    BundleWish,
    Delivery,
    Disclosure,
    IdentityFact,
    ItemKind,
    RequestedAction,
    TypedWish,
    annex_paper,
    check_basis,
    gather_facts,
    get_bundle,
    hold_back_new,
    list_items,
    list_papers,
    open_wish,
    read_case,
    read_wish,
    request_bundle,
)
from triage.casework import get_case
from triage.extensions import db
from triage.gate import doing, person
from triage.permissions import Permission, requires
from triage.printing import Paper
from triage.unsaved import keeps
from triage.views.bundle_page import (
    CANNOT_BUILD,
    Reading,
    bar_sentence,
    choose,
    code_of,
    drop_reading,
    failed,
    find_reading,
    keep_reading,
    not_now,
    too_late,
)

blueprint = Blueprint("bundle_choosing", __name__)

INVALID, REFUSED = 422, 403
NOTHING_CHOSEN = BundleWish("", "", BundleBasis.FORM_CONSENT)
"""What stands in the form at first: everything leaves, nothing is filled in."""


@blueprint.post("/kasus/<code>/berkas/buka")
@requires(Permission.BUNDLE_REQUEST)
def begin(code: str) -> ResponseReturnValue:
    """Open the reports, which is put on record, for the form and the pages that follow."""
    return _open(code, NOTHING_CHOSEN, None) or redirect(url_for("bundle_choosing.form", code=code), code=303)


@blueprint.get("/kasus/<code>/berkas/pilih")
@requires(Permission.BUNDLE_REQUEST)
def form(code: str) -> ResponseReturnValue:
    """The form, as it was last filled."""
    try:
        reading = find_reading(code, None)
    except BundleBarredError as error:
        return not_now(code, error)
    return too_late(code) if reading is None else _form(reading, None)


@blueprint.post("/kasus/<code>/berkas/pilih")
@requires(Permission.BUNDLE_REQUEST)
@keeps("recipient", "purpose", "letter", "fingerprints_reason", "annex_investigator")
def fill(code: str) -> ResponseReturnValue:
    """Keep what was chosen, and go on to the first page."""
    try:
        reading = find_reading(code, None)
    except BundleBarredError as error:
        return not_now(code, error)
    if reading is None:
        return too_late(code)
    sent = request.form
    typed = TypedWish(sent.to_dict(), sent.getlist("item"), sent.getlist("action"))
    try:
        wish = read_wish(typed, reading.facts)
        check_basis(wish.basis, [report.submission for report in reading.facts.reports])
    except BundleBarredError as error:
        return _form(reading, bar_sentence(error.bar)), INVALID
    choose(reading, replace(reading.facts, wish=wish))
    return redirect(url_for("bundle_choosing.page", code=code, number=1), code=303)


@blueprint.get("/kasus/<code>/berkas/halaman/<int:number>")
@requires(Permission.BUNDLE_REQUEST)
def page(code: str, number: int) -> ResponseReturnValue:
    """One paper as it would leave."""
    return _page(code, None, number)


@blueprint.post("/kasus/<code>/berkas")
@requires(Permission.BUNDLE_REQUEST)
def ask(code: str) -> ResponseReturnValue:
    """Ask for the bundle that was read."""
    session, act = db.session(), doing()
    try:
        reading = find_reading(code, None)
        if reading is None or not reading.is_chosen:
            return too_late(code)
        request_bundle(session, code, reading.facts.wish, [one.submission for one in reading.facts.reports], act)
        drop_reading()
        session.commit()
    except BundleBarredError as error:
        return not_now(code, error)
    flash(_("Menunggu persetujuan orang kedua."))
    return redirect(url_for("bundles.show", code=code), code=303)


@blueprint.post("/kasus/<code>/berkas/batal")
@requires(Permission.BUNDLE_REQUEST)
def leave(code: str) -> ResponseReturnValue:
    """Ask for nothing; what was opened is erased."""
    db.session.rollback()
    drop_reading()
    db.session.commit()
    return redirect(url_for("bundles.show", code=code), code=303)


@blueprint.post("/berkas/<uuid:bundle_id>/periksa")
@requires(Permission.BUNDLE_APPROVE)
def review(bundle_id: UUID) -> ResponseReturnValue:
    """Open what would leave, for the person who decides."""
    code = code_of(bundle_id)
    wish = open_wish(get_bundle(db.session(), bundle_id), person().reader)
    if wish is None:
        return failed(code)
    there = url_for("bundle_choosing.review_page", bundle_id=bundle_id, number=1)
    return _open(code, wish, bundle_id) or redirect(there, code=303)


@blueprint.get("/berkas/<uuid:bundle_id>/halaman/<int:number>")
@requires(Permission.BUNDLE_APPROVE)
def review_page(bundle_id: UUID, number: int) -> ResponseReturnValue:
    """One paper as it would leave, for the person who decides."""
    return _page(code_of(bundle_id), bundle_id, number)


def show_page(reading: Reading, number: int, fault: str | None = None) -> str:
    """Page ``number`` of what one browser reads, counted from 1."""
    facts, session = reading.facts, db.session()
    papers = named_papers(facts)
    if not 1 <= number <= len(papers):
        abort(404)
    bundle = get_bundle(session, facts.bundle_id) if facts.bundle_id else None
    values = {"facts": facts, "wish": facts.wish, "bundle": bundle, "papers": papers, "number": number, "fault": fault}
    return render_template(
        "triage/bundle_page.html",
        case=get_case(session, facts.case_code),
        labels=BASIS_LABELS,
        actions=ACTION_LABELS,
        items=list_items(facts),
        **values,
    )


def named_papers(facts: BundleFacts) -> list[tuple[str, Paper]]:
    """Every paper that leaves with its file name; the identity annex, which lies outside the bundle, is the last."""
    papers = [(one.name, one.paper) for one in list_papers(facts)]
    annex = facts.wish.annex
    return papers if annex is None else [*papers, ("identitas.pdf.age", annex_paper(annex, facts))]


def _open(code: str, wish: BundleWish, bundle_id: UUID | None) -> ResponseReturnValue | None:
    session, act = db.session(), doing()
    try:
        session.rollback()
        contents = read_case(session, code, act)
        bundle = get_bundle(session, bundle_id) if bundle_id else None
        facts = hold_back_new(gather_facts(session, Disclosure(code, wish, contents, bundle), act))
        keep_reading(Reading(facts, is_chosen=bundle is not None))
    except BundleBarredError as error:
        return not_now(code, error)
    except CANNOT_BUILD:
        return failed(code)
    return None


def _page(code: str, bundle_id: UUID | None, number: int) -> ResponseReturnValue:
    try:
        reading = find_reading(code, bundle_id)
    except BundleBarredError as error:
        return not_now(code, error)
    if reading is None or not reading.is_chosen:
        return too_late(code)
    return show_page(reading, number)


def _form(reading: Reading, fault: str | None) -> str:
    session, facts = db.session(), reading.facts
    entries = select(DirectoryEntry).where(DirectoryEntry.is_retired.is_(False)).order_by(DirectoryEntry.position)
    return render_template(
        "triage/bundle_form.html",
        case=get_case(session, facts.case_code),
        fault=fault,
        wish=facts.wish,
        items=list_items(facts),
        facts=facts,
        kinds=ItemKind,
        bases=list(BundleBasis),
        basis_labels=BASIS_LABELS,
        actions=list(RequestedAction),
        action_labels=ACTION_LABELS,
        identity=list(IdentityFact),
        identity_labels=IDENTITY_LABELS,
        delivery=Delivery,
        units=[entry.name for entry in session.scalars(entries) if HelpKind.LEGAL in entry.helps],
        sent=request.form,
        is_filled=reading.is_chosen,
    )
