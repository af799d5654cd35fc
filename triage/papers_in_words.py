"""What stands in a paper as rows of words, for reading and for comparing two versions; the hints on the forms."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from casefile.vocabulary import RiskItem, SafetyPrompt, SafetyStep
from casefile.wording import N_
from triage.papers import Note, PaperContents, RiskAssessment, SafetyPlan, Service
from triage.phrases import day, word

STEPS_OF: dict[SafetyPrompt, tuple[SafetyStep, ...]] = {
    SafetyPrompt.DEVICES: (
        SafetyStep.OTHER_PHONE,
        SafetyStep.SCREEN_LOCK,
        SafetyStep.LOCATION_OFF,
        SafetyStep.LINKED_DEVICES,
        SafetyStep.UNKNOWN_APPS,
    ),
    SafetyPrompt.ACCOUNTS: (
        SafetyStep.NEW_PASSWORDS,
        SafetyStep.TWO_STEPS,
        SafetyStep.RECOVERY,
        SafetyStep.SIGN_OUT_ALL,
        SafetyStep.PRIVATE_PROFILE,
    ),
    SafetyPrompt.EVIDENCE: (SafetyStep.KEEP_CHATS, SafetyStep.NOTE_ADDRESSES, SafetyStep.KEEP_ORIGINAL),
    SafetyPrompt.SPREADING: (
        SafetyStep.REPORT_PLATFORM,
        SafetyStep.STOPNCII,
        SafetyStep.TAKE_IT_DOWN,
        SafetyStep.REPORT_CONTENT,
        SafetyStep.DO_NOT_PAY,
    ),
}

PROMPT_HINTS: dict[SafetyPrompt, str] = {
    SafetyPrompt.CONTACT: N_("Cara, jam, dan sapaan. Siapa lagi yang memegang HP itu? Bolehkah meninggalkan pesan?"),
    SafetyPrompt.PLACE: N_("Satu tempat dekat, satu tempat jauh. Bagaimana sampai di sana? Apa yang perlu dibawa?"),
    SafetyPrompt.PEOPLE: N_("Cukup sebutan, misalnya bibi atau teman kos. Siapa yang sudah tahu? Apa kata sandinya?"),
    SafetyPrompt.DEVICES: N_("Orang itu bisa melihat perubahannya. Bicarakan dulu mana yang aman sekarang."),
    SafetyPrompt.ACCOUNTS: N_("Mulai dari surel, lalu akun yang lain. Keluar dari semua perangkat bisa diketahui."),
    SafetyPrompt.EVIDENCE: N_("File asli tetap pada pelapor. Jangan minta gambar itu dikirim ke sini."),
    SafetyPrompt.SPREADING: N_("Siapa memeriksa tautan, dan kapan? Yang mengalami tidak perlu melihatnya sendiri."),
    SafetyPrompt.DANGER: N_("Misalnya: orang itu datang, ada senjata, ada pikiran mengakhiri hidup."),
}


@dataclass(frozen=True)
class Row:
    """One part of a paper: what it is called, and its lines."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """A part that differs: what stands now, what was typed. Either may have no lines."""

    label: str
    now: tuple[str, ...]
    typed: tuple[str, ...]


def put_in_words(contents: PaperContents) -> list[Row]:
    """The filled parts of a paper, in the order of its form."""
    match contents:
        case Note():
            rows = [Row(_("Catatan"), _lines(contents.text))]
        case SafetyPlan():
            rows = _plan(contents)
        case RiskAssessment():
            rows = _assessment(contents)
        case Service():
            rows = _service(contents)
    return [row for row in rows if row.lines]


def list_differences(now: PaperContents | None, typed: PaperContents) -> list[Difference]:
    """The parts in which two states of a paper differ, in the order of the form."""
    old = {row.label: row.lines for row in put_in_words(now)} if now else {}
    new = {row.label: row.lines for row in put_in_words(typed)}
    labels = list(dict.fromkeys([*new, *old]))
    found = [Difference(label, old.get(label, ()), new.get(label, ())) for label in labels]
    return [one for one in found if one.now != one.typed]


def provider_word(service: Service) -> str:
    """By whom a service was given."""
    return service.provider or _("Unit kami")


def _plan(plan: SafetyPlan) -> list[Row]:
    rows = [Row(_("Cara menyusun"), (word(plan.making),) if plan.making else ())]
    for prompt in SafetyPrompt:
        steps = tuple(f"✓ {word(step)}" for step in STEPS_OF.get(prompt, ()) if step in plan.steps)
        rows.append(Row(word(prompt), (*_lines(plan.texts.get(prompt, "")), *steps)))
    return [*rows, Row(_("Dilihat lagi"), (day(plan.review_on),) if plan.review_on else ())]


def _assessment(assessment: RiskAssessment) -> list[Row]:
    rows = [Row(_("Pasangan atau mantan"), (_("Ya"),) if assessment.is_partner else ())]
    answered = [item for item in RiskItem if item in assessment.answers]
    rows += [Row(word(item), (word(assessment.answers[item]),)) for item in answered]
    return [*rows, Row(_("Keterangan"), _lines(assessment.remark))]


def _service(service: Service) -> list[Row]:
    return [
        Row(_("Layanan"), (word(service.kind),)),
        Row(_("Tanggal"), (day(service.given_on),)),
        Row(_("Lembaga"), (provider_word(service),)),
        Row(_("Keterangan"), _lines(service.remark)),
    ]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())
