"""The form of one paper as several views show it: empty, as it stands, or with what was typed and a message."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from casefile.hotlines import HOTLINES
from casefile.models import Case
from casefile.vocabulary import PaperKind, PlanMaking, RiskItem, SafetyPrompt, ServiceKind, YesNoUnknown
from casefile.wib import local_date
from triage.casework import get_case
from triage.directory import list_all
from triage.extensions import db, desk
from triage.gate import doing, person
from triage.history import list_names
from triage.papers import (
    OpenedPaper,
    PaperContents,
    find_single,
    is_partner_case,
    list_mentioned,
    may_withdraw,
    read_papers,
)
from triage.papers_in_words import PROMPT_HINTS, STEPS_OF, Difference, list_differences, put_in_words
from triage.permissions import Permission
from triage.queue import open_summary
from triage.views.paper_forms import NAME_LIMIT, NOTE_LIMIT, TEXT_LIMIT, Form, fill_form

ADDRESSES = {
    "catatan": PaperKind.NOTE,
    "rencana-aman": PaperKind.SAFETY_PLAN,
    "penilaian-risiko": PaperKind.RISK_ASSESSMENT,
    "layanan": PaperKind.SERVICE,
}
"""Words of the address, by kind."""


@dataclass(frozen=True)
class Sheet:
    """A form as shown: of which paper, at which version (None: a new one), what is in it and what is said above it."""

    kind: PaperKind
    values: Form
    paper_id: UUID
    version: int | None = None
    fault: str | None = None
    differences: list[Difference] = field(default_factory=list)
    paper: OpenedPaper | None = None


def case_id_of(code: str) -> UUID:
    """The case's id, with no transaction left open. Raises ``NotFoundError``."""
    case_id = get_case(db.session(), code).id
    db.session.rollback()
    return case_id


def open_one(code: str, paper_id: UUID) -> OpenedPaper:
    """One paper with its versions; the look is on record. Raises as ``read_papers``."""
    return read_papers(db.session(), case_id_of(code), doing(), paper_id)[0]


def empty_sheet(code: str, kind: PaperKind) -> Sheet:
    """A new paper's form. That it is about a partner is taken from the report, and can be changed."""
    values: Form = MultiDict()
    if kind is PaperKind.RISK_ASSESSMENT:
        summary = open_summary(get_case(db.session(), code), person().reader)
        if summary and is_partner_case(summary.answers):
            values = MultiDict({"pasangan": "ya"})
    return Sheet(kind, values, uuid.uuid4())


def sheet_of(paper: OpenedPaper) -> Sheet:
    """A paper's form with what stands in it."""
    contents = paper.newest.contents
    values = fill_form(contents) if contents else MultiDict()
    return Sheet(paper.kind, values, paper.id, paper.newest.number, paper=paper)


def clash_sheet(code: str, sheet: Sheet, typed: PaperContents) -> Sheet:
    """The typed form on top of what a colleague wrote meanwhile, with the parts that differ."""
    db.session.rollback()
    case_id = case_id_of(code)
    known = sheet.paper_id if sheet.version else find_single(db.session(), case_id, sheet.kind)
    db.session.rollback()
    paper = open_one(code, known or sheet.paper_id)
    return replace(
        sheet,
        paper_id=paper.id,
        version=paper.newest.number,
        fault=_("Rekan menulis ini sejak Anda buka. Tulisan Anda masih di formulir. Bandingkan, lalu simpan."),
        differences=list_differences(paper.newest.contents, typed),
        paper=paper,
    )


def may_erase(paper: OpenedPaper) -> bool:
    """Whether the signed-in person may withdraw the paper."""
    return may_withdraw(paper.author, person().staff_id, is_supervisor=person().may(Permission.CASE_ASSIGN))


def render_sheet(code: str, sheet: Sheet) -> str:
    """The page."""
    session = db.session()
    case = get_case(session, code)
    paper = sheet.paper
    return render_template(
        "triage/papers_form.html",
        case=case,
        tab="papers",
        sheet=sheet,
        values=sheet.values,
        paper=paper,
        may_erase=paper is not None and paper.withdrawn_at is None and may_erase(paper),
        address=next(address for address, kind in ADDRESSES.items() if kind is sheet.kind),
        names=list_names(session),
        in_words=put_in_words,
        limits={"note": NOTE_LIMIT, "text": TEXT_LIMIT, "name": NAME_LIMIT},
        **_lists(case, sheet.kind),
    )


def _lists(case: Case, kind: PaperKind) -> dict[str, object]:
    """What the form of a kind chooses from."""
    session, today = db.session(), local_date(desk().clock())
    match kind:
        case PaperKind.SAFETY_PLAN:
            ways = list(PlanMaking)
            return {"prompts": list(SafetyPrompt), "hints": PROMPT_HINTS, "steps": STEPS_OF, "ways": ways} | {
                "hotlines": HOTLINES,
                "today": today,
            }
        case PaperKind.RISK_ASSESSMENT:
            summary = open_summary(case, person().reader)
            return {
                "items": [item for item in RiskItem if not item.is_for_trained],
                "trained_items": [item for item in RiskItem if item.is_for_trained],
                "answers": list(YesNoUnknown),
                "mentioned": list_mentioned(summary.answers) if summary else frozenset(),
                "is_trained": person().is_trained,
            }
        case PaperKind.SERVICE:
            places = [(str(entry.id), entry.name) for entry in list_all(session) if not entry.is_retired]
            return {"services": list(ServiceKind), "places": places, "today": today}
        case _:
            return {}
