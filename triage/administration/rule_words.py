"""What the urgency page says of each value, and which questions its try-out asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from casefile.submission import Answers
from casefile.urgency.pasted import FACT_NAMES
from casefile.vocabulary import ReasonCode
from casefile.wording import N_, label

THRESHOLD_LABELS = {
    "p1_from": N_("Poin untuk tingkat Tinggi"),
    "p2_from": N_("Poin untuk tingkat Sedang"),
}
FACT_LABELS = {
    "konten_sama": N_("Konten yang sama ada di kasus lain"),
    "akun_sama": N_("Akun yang sama ada di kasus lain"),
}
_QUESTION_LABELS = {
    "aman_sekarang": N_("Aman saat mengisi"),
    "usia": N_("Usia yang mengalami"),
    "jenis": N_("Jenis kekerasan"),
    "ancaman": N_("Ancaman dan batas waktunya"),
    "status_konten": N_("Seberapa jauh konten tersebar"),
    "teridentifikasi": N_("Wajah atau nama terlihat"),
    "anak_dalam_konten": N_("Yang terlihat tampak anak"),
    "perasaan": N_("Keadaan hari ini"),
    "minta_apa": N_("Yang diminta terduga pelaku"),
    "relasi": N_("Hubungan dengan terduga pelaku"),
    "akses_pelaku": N_("Seberapa dekat terduga pelaku"),
    "tppo": N_("Tanda perdagangan orang"),
    "disabilitas": N_("Penyandang disabilitas"),
}
"""The questions that some rule reads."""

_FIELDS = {each.metadata["name"]: each.metadata for each in fields(Answers)}


def list_questions() -> list[tuple[str, str, type, bool]]:
    """Name on the form, message id of the label, options, and whether several may be chosen."""
    return [(name, words, _FIELDS[name]["enum"], _FIELDS[name]["many"]) for name, words in _QUESTION_LABELS.items()]


def name_value(name: str) -> str:
    """The message id that names a value, by its flat name."""
    if name in THRESHOLD_LABELS:
        return THRESHOLD_LABELS[name]
    return label(ReasonCode(name.partition(".")[2]))


def read_choices(chosen: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was ticked and chosen, as ``read_answers`` takes it; an empty choice was skipped."""
    answers: dict[str, Any] = {}
    for name, _words, _options, is_many in list_questions():
        given = [value for value in chosen.get(name, []) if value]
        if given:
            answers[name] = given if is_many else given[0]
    return answers | {name: True for name in FACT_NAMES if chosen.get(name)}
