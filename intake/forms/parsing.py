"""One reader for every page: what was sent becomes values to keep and faults to show. Nothing typed is dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from casefile.text import clean_text, looks_like_phone_or_nik
from casefile.vocabulary import Consent
from casefile.wording import N_
from intake.forms.calendar import years_until
from intake.forms.draft import Draft, Values
from intake.forms.fields import Field, Widget
from intake.forms.pages import CHECK, HELP, KINDS, Page
from intake.forms.questions import STORY_LIMIT

TICKED = "ya"
CLEANED_SHARE = 4
"""Texts longer than so many times their limit are too long without being cleaned: cleaning costs more than it tells."""


@dataclass(frozen=True)
class Fault:
    """A sentence beside a field: a message id and the numbers that fill its places."""

    message: str
    params: Mapping[str, int] = field(default_factory=dict)


Faults = dict[str, list[Fault]]
"""Field name to what there is to say beside it."""


@dataclass(frozen=True)
class Parsed:
    """The draft with what was typed, whatever is wrong with it; faults and notices by field name.

    A fault must be mended before the report is sent. A notice stops nobody, and the draft remembers that it was shown.
    """

    draft: Draft
    faults: Faults
    notices: Faults


def parse_page(page: Page, sent: Values, draft: Draft, year: int) -> Parsed:
    """Read what one page sent. ``year`` is the current one; fields that this person is not asked are left alone.

    An answer that is not on the list takes no earlier answer away, so that a report sent without mending it is no less
    urgent. A consent is never carried over.
    """
    values = dict(draft.values)
    faults: Faults = {}
    for asked in page.fields_for(draft):
        kept, fault = _read(asked, [one for one in sent.get(asked.name, []) if one.strip()], year)
        if fault and not kept and page is not CHECK:
            kept, _ = _read(asked, draft.many(asked.name), year)
        values.pop(asked.name, None)
        if kept:
            values[asked.name] = kept
        if fault:
            faults[asked.name] = [fault]
    filled = draft.with_values(values)
    faults = {**_RULES.get(page.number, _no_rule)(filled), **faults}
    notices = {} if faults else _notices(page, filled)
    return Parsed(replace(filled, was_warned=filled.was_warned or bool(notices)), faults, notices)


def check_page(page: Page, draft: Draft, year: int) -> Parsed:
    """Read a page again from what the draft holds."""
    return parse_page(page, draft.values, draft, year)


def _read(asked: Field, sent: list[str], year: int) -> tuple[list[str], Fault | None]:
    if asked.widget.is_text:
        return _read_text(asked, sent)
    known = _known_values(asked, year)
    kept = [one for one in dict.fromkeys(sent) if one in known]
    if asked.widget is not Widget.CHECKBOXES:
        kept = kept[:1]
    fault = Fault(N_("Pilih salah satu jawaban yang ada.")) if any(one not in known for one in sent) else None
    return kept, fault


def _known_values(asked: Field, year: int) -> frozenset[str]:
    if asked.widget is Widget.TICK:
        return frozenset({TICKED})
    if asked.widget is Widget.YEAR:
        return frozenset(years_until(year))
    return asked.values


def _read_text(asked: Field, sent: list[str]) -> tuple[list[str], Fault | None]:
    """What was typed is kept for correction however long it is; what is sent obeys the limit."""
    typed = sent[0] if sent else ""
    length = text_length(typed, asked.limit)
    fault = None
    if length > asked.limit:
        fault = Fault(_TOO_LONG.get(asked.name, _TOO_LONG_OTHERWISE), {"limit": asked.limit, "length": length})
    return [typed] if typed else [], fault


def text_length(typed: str, limit: int) -> int:
    """Characters that ``typed`` has once it is cleaned; as typed where it is far past ``limit`` anyhow."""
    if len(typed) > CLEANED_SHARE * limit:
        return len(typed)
    return len(clean_text(typed, len(typed)))


_TOO_LONG = {"cerita": N_("Cerita terlalu panjang. Paling banyak {limit} huruf; sekarang {length}.")}
_TOO_LONG_OTHERWISE = N_("Isian terlalu panjang. Paling banyak {limit} huruf; sekarang {length}.")


def _something_happened(draft: Draft) -> Faults:
    if draft.many("jenis"):
        return {}
    if draft.is_witness:
        return {"jenis": [Fault(N_("Pilih satu kejadian"))]}
    if text_length(draft.one("cerita"), STORY_LIMIT):
        return {}
    return {"jenis": [Fault(N_("Pilih satu kejadian, atau ceritakan sedikit apa yang terjadi"))]}


def _month_has_year(draft: Draft) -> Faults:
    if draft.one("kapan_tahu_bulan") and not draft.one("kapan_tahu_tahun"):
        return {"kapan_tahu_tahun": [Fault(N_("Pilih tahunnya juga, atau kosongkan bulannya."))]}
    return {}


def _agreed(draft: Draft) -> Faults:
    if draft.one(Consent.PROCESSING) == TICKED:
        return {}
    return {Consent.PROCESSING.value: [Fault(N_("Centang persetujuan agar konselor bisa membaca laporan"))]}


def _no_rule(_draft: Draft) -> Faults:
    return {}


_RULES: dict[int, Callable[[Draft], Faults]] = {
    KINDS.number: _something_happened,
    HELP.number: _month_has_year,
    CHECK.number: _agreed,
}


def _notices(page: Page, draft: Draft) -> Faults:
    asks_for_story = any(asked.name == "cerita" for asked in page.fields)
    if not asks_for_story or draft.was_warned or not looks_like_phone_or_nik(draft.one("cerita")):
        return {}
    message = N_("Sepertinya ada nomor telepon atau NIK. Hapus jika itu nomor Anda. Anda tetap bisa lanjut.")
    return {"cerita": [Fault(message)]}
