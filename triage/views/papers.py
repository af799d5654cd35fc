"""What the team writes about a case: notes, plan, assessment, services. Never on the conversation's page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.vocabulary import PaperKind
from casefile.wib import local_date
from triage.casework import Doing, get_case
from triage.errors import ChangedError, WrongStateError
from triage.extensions import db
from triage.gate import doing, person
from triage.history import list_names
from triage.papers import (
    OpenedPaper,
    PaperContents,
    RiskAssessment,
    Service,
    correct_paper,
    count_papers,
    find_single,
    get_kind,
    list_signs,
    read_papers,
    suggest_level,
    withdraw_paper,
    write_paper,
)
from triage.papers_in_words import provider_word, put_in_words
from triage.permissions import Permission, requires
from triage.unsaved import keeps
from triage.views.paper_forms import NOTE_LIMIT, TEXTS, Filling, IncompleteError, read_form
from triage.views.paper_page import (
    ADDRESSES,
    Sheet,
    case_id_of,
    clash_sheet,
    empty_sheet,
    may_erase,
    open_one,
    render_sheet,
    sheet_of,
)
from triage.views.typed import new_id, seen_version

blueprint = Blueprint("papers", __name__)

CONFLICT, INVALID = 409, 422


@blueprint.get("/kasus/<code>/catatan")
@requires(Permission.PAPER_SEE)
def show(code: str) -> ResponseReturnValue:
    """All that stands; the look is on record."""
    session = db.session()
    papers = read_papers(session, case_id_of(code), doing())
    case = get_case(session, code)
    plan, assessment = (_single(papers, kind) for kind in (PaperKind.SAFETY_PLAN, PaperKind.RISK_ASSESSMENT))
    risk = assessment.newest.contents if assessment else None
    is_open = isinstance(risk, RiskAssessment)
    return render_template(
        "triage/papers.html",
        case=case,
        tab="papers",
        names=list_names(session),
        notes=[paper for paper in papers if paper.kind is PaperKind.NOTE],
        services=_by_day(papers),
        plan=plan,
        assessment=assessment,
        signs=list_signs(risk) if isinstance(risk, RiskAssessment) else (),
        suggested=suggest_level(risk, case.level) if isinstance(risk, RiskAssessment) and not case.closed_at else None,
        is_open=is_open,
        in_words=put_in_words,
        provider_word=provider_word,
        new_id=uuid.uuid4(),
        limit=NOTE_LIMIT,
    )


@blueprint.get("/kasus/<code>/catatan/baru/<address>")
@requires(Permission.PAPER_WRITE)
def begin(code: str, address: str) -> ResponseReturnValue:
    """An empty form; of a plan and an assessment that stand already, their own."""
    kind, case_id = _kind(address), case_id_of(code)
    standing = find_single(db.session(), case_id, kind) if kind.is_single else None
    if standing:
        return redirect(url_for("papers.open_paper", code=code, paper_id=standing), code=303)
    return render_sheet(code, empty_sheet(code, kind))


@blueprint.post("/kasus/<code>/catatan/baru/<address>")
@requires(Permission.PAPER_WRITE)
@keeps(*TEXTS)
def write(code: str, address: str) -> ResponseReturnValue:
    """A new paper."""
    paper_id = new_id("nomor")
    sheet = Sheet(_kind(address), request.form, paper_id)
    return _save(code, sheet, None, lambda held, act: write_paper(db.session(), code, paper_id, held, act))


@blueprint.get("/kasus/<code>/catatan/<uuid:paper_id>")
@requires(Permission.PAPER_SEE)
def open_paper(code: str, paper_id: UUID) -> ResponseReturnValue:
    """One paper with all its versions, and the form to correct it."""
    return render_sheet(code, sheet_of(open_one(code, paper_id)))


@blueprint.post("/kasus/<code>/catatan/<uuid:paper_id>")
@requires(Permission.PAPER_WRITE)
@keeps(*TEXTS)
def correct(code: str, paper_id: UUID) -> ResponseReturnValue:
    """A new version, unless somebody else wrote one meanwhile: then both are shown."""
    kind, before = get_kind(db.session(), case_id_of(code), paper_id), None
    db.session.rollback()
    if kind is PaperKind.RISK_ASSESSMENT and not person().is_trained:
        before = open_one(code, paper_id).newest.contents
    sheet = Sheet(kind, request.form, paper_id, seen_version())
    return _save(code, sheet, before, lambda held, act: correct_paper(db.session(), code, paper_id, held, act))


@blueprint.post("/kasus/<code>/catatan/<uuid:paper_id>/tarik")
@requires(Permission.PAPER_WRITE)
def withdraw(code: str, paper_id: UUID) -> ResponseReturnValue:
    """Erase what stands; that it stood stays on record."""
    if not may_erase(open_one(code, paper_id)):
        abort(403)
    try:
        withdraw_paper(db.session(), code, paper_id, doing(seen_version()))
        db.session.commit()
        flash(_("Ditarik. Isinya dihapus; siapa menulis dan kapan tetap tercatat."))
    except ChangedError:
        db.session.rollback()
        flash(_("Belum ditarik: rekan mengubahnya sejak Anda buka. Baca dulu isinya sekarang."))
        return redirect(url_for("papers.open_paper", code=code, paper_id=paper_id), code=303)
    return redirect(url_for("papers.show", code=code), code=303)


@blueprint.app_context_processor
def offer_state() -> dict[str, Callable[[UUID], dict[PaperKind, int]]]:
    """``paper_state(case_id)`` for the case's page: how many papers of each kind stand; opens nothing."""
    return {"paper_state": lambda case_id: count_papers(db.session(), case_id)}


def _save(
    code: str, sheet: Sheet, before: PaperContents | None, perform: Callable[[PaperContents, Doing], None]
) -> ResponseReturnValue:
    if "bagian" in request.form:
        return render_sheet(code, sheet)
    session, act = db.session(), doing(sheet.version)
    try:
        contents = read_form(
            sheet.kind, request.form, Filling(session, local_date(act.now), person().is_trained, before)
        )
    except IncompleteError as error:
        return render_sheet(code, replace(sheet, fault=str(error))), INVALID
    session.rollback()
    try:
        perform(contents, act)
        session.commit()
    except ChangedError:
        return render_sheet(code, clash_sheet(code, sheet, contents)), CONFLICT
    except WrongStateError:
        session.rollback()
        fault = _("Belum tersimpan: kasus ditutup, laporan ditarik, atau tulisan ini ditarik. Salin yang masih perlu.")
        return render_sheet(code, replace(sheet, fault=fault)), CONFLICT
    flash(_("Tersimpan. Pelapor tidak melihatnya."))
    return redirect(url_for("papers.show", code=code), code=303)


def _kind(address: str) -> PaperKind:
    kind = ADDRESSES.get(address)
    if kind is None:
        abort(404)
    return kind


def _single(papers: list[OpenedPaper], kind: PaperKind) -> OpenedPaper | None:
    return next((paper for paper in papers if paper.kind is kind and paper.withdrawn_at is None), None)


def _by_day(papers: list[OpenedPaper]) -> list[tuple[OpenedPaper, Service | None]]:
    """Services, the latest day first; what does not open and what was withdrawn at the end."""
    given = []
    for paper in papers:
        if paper.kind is PaperKind.SERVICE:
            contents = paper.newest.contents
            given.append((paper, contents if isinstance(contents, Service) else None))
    return sorted(given, key=lambda one: one[1].given_on.toordinal() if one[1] else 0, reverse=True)
