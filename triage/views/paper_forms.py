"""The forms of papers: from fields to contents and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from casefile.models import DirectoryEntry
from casefile.text import clean_text
from casefile.vocabulary import (
    PaperKind,
    PlanMaking,
    RiskItem,
    SafetyPrompt,
    SafetyStep,
    ServiceKind,
    YesNoUnknown,
)
from triage.papers import Note, PaperContents, RiskAssessment, SafetyPlan, Service
from triage.views.typed import pick, typed_day

Form = MultiDict[str, str]

NOTE_LIMIT, TEXT_LIMIT, NAME_LIMIT = 4000, 1000, 120
TEXTS = ("teks", "keterangan", "lembaga", *(prompt.value for prompt in SafetyPrompt))
"""Fields in which people write."""
_YES = "ya"


class IncompleteError(ValueError):
    """The form lacks something; the text says what."""


@dataclass(frozen=True)
class Filling:
    """The day on which a form is filled, by whom (trained in the Danger Assessment or not), and what stood before."""

    session: Session
    today: date
    is_trained: bool
    before: PaperContents | None = None


def read_form(kind: PaperKind, form: Form, filling: Filling) -> PaperContents:
    """What was filled in. Raises ``IncompleteError``."""
    return _READERS[kind](form, filling)


def fill_form(contents: PaperContents) -> Form:
    """The fields of the form in which ``contents`` stand."""
    match contents:
        case Note():
            return MultiDict({"teks": contents.text})
        case SafetyPlan():
            return _fill_plan(contents)
        case RiskAssessment():
            return _fill_assessment(contents)
        case Service():
            return _fill_service(contents)


def _read_note(form: Form, _filling: Filling) -> Note:
    text = clean_text(form.get("teks", ""), NOTE_LIMIT)
    if not text:
        raise IncompleteError(_("Tulis catatan dulu."))
    return Note(text)


def _read_plan(form: Form, _filling: Filling) -> SafetyPlan:
    typed = {prompt: clean_text(form.get(prompt.value, ""), TEXT_LIMIT) for prompt in SafetyPrompt}
    ticked = {pick(SafetyStep, value) for value in form.getlist("langkah")}
    plan = SafetyPlan(
        texts={prompt: text for prompt, text in typed.items() if text},
        steps=frozenset(step for step in SafetyStep if step in ticked),
        making=pick(PlanMaking, form.get("cara")),
        review_on=typed_day("tinjau"),
    )
    if not plan.texts and not plan.steps:
        raise IncompleteError(_("Isi paling sedikit satu bagian."))
    return plan


def _read_assessment(form: Form, filling: Filling) -> RiskAssessment:
    """Of the Danger Assessment only what a trained person says counts; otherwise what stood before stays."""
    is_partner = form.get("pasangan") == _YES
    before = filling.before.answers if isinstance(filling.before, RiskAssessment) else {}
    answers = {}
    for item in RiskItem:
        is_kept = item.is_for_trained and not filling.is_trained
        answer = before.get(item) if is_kept else pick(YesNoUnknown, form.get(item.value))
        if answer is not None and (is_partner or not item.is_for_trained):
            answers[item] = answer
    if not answers:
        raise IncompleteError(_("Jawab paling sedikit satu pertanyaan."))
    return RiskAssessment(answers, is_partner, clean_text(form.get("keterangan", ""), TEXT_LIMIT))


def _read_service(form: Form, filling: Filling) -> Service:
    kind, given_on = pick(ServiceKind, form.get("jenis")), typed_day("tanggal")
    if kind is None or given_on is None or given_on > filling.today:
        raise IncompleteError(_("Pilih layanan dan tanggalnya. Tanggal tidak boleh setelah hari ini."))
    entry = _entry(form.get("tempat", ""), filling.session)
    return Service(
        kind=kind,
        given_on=given_on,
        provider=entry.name if entry else clean_text(form.get("lembaga", ""), NAME_LIMIT),
        entry_id=entry.id if entry else None,
        remark=clean_text(form.get("keterangan", ""), TEXT_LIMIT),
    )


def _fill_plan(plan: SafetyPlan) -> Form:
    fields = [(prompt.value, text) for prompt, text in plan.texts.items()]
    fields += [("langkah", step.value) for step in plan.steps]
    fields += [("cara", plan.making.value)] if plan.making else []
    fields += [("tinjau", plan.review_on.isoformat())] if plan.review_on else []
    return MultiDict(fields)


def _fill_assessment(assessment: RiskAssessment) -> Form:
    fields = [(item.value, answer.value) for item, answer in assessment.answers.items()]
    fields += [("pasangan", _YES)] if assessment.is_partner else []
    return MultiDict([*fields, ("keterangan", assessment.remark)])


def _fill_service(service: Service) -> Form:
    return MultiDict(
        {
            "jenis": service.kind.value,
            "tanggal": service.given_on.isoformat(),
            "tempat": str(service.entry_id) if service.entry_id else "",
            "lembaga": "" if service.entry_id else service.provider,
            "keterangan": service.remark,
        }
    )


def _entry(typed: str, session: Session) -> DirectoryEntry | None:
    try:
        return session.get(DirectoryEntry, UUID(typed)) if typed else None
    except ValueError:
        return None


_READERS: dict[PaperKind, Callable[[Form, Filling], PaperContents]] = {
    PaperKind.NOTE: _read_note,
    PaperKind.SAFETY_PLAN: _read_plan,
    PaperKind.RISK_ASSESSMENT: _read_assessment,
    PaperKind.SERVICE: _read_service,
}
