"""One question's answer, from what was sent: what is kept, and what is wrong with it. Nothing typed is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casefile.questions.asked import STORY_LIMIT
from casefile.questions.calendar import years_until
from casefile.questions.fields import Field, Widget
from casefile.questions.filled import Filled
from casefile.text import clean_text
from casefile.wording import N_

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


def read_field(asked: Field, sent: list[str], year: int) -> tuple[list[str], Fault | None]:
    """The values to keep of what was ``sent`` for a question, and a fault. ``year`` is the current one."""
    if asked.widget.is_text:
        return _read_text(asked, sent)
    known = _known_values(asked, year)
    kept = [one for one in dict.fromkeys(sent) if one in known]
    if asked.widget is not Widget.CHECKBOXES:
        kept = kept[:1]
    fault = Fault(N_("Pilih salah satu jawaban yang ada.")) if any(one not in known for one in sent) else None
    return kept, fault


def text_length(typed: str, limit: int) -> int:
    """Characters that ``typed`` has once it is cleaned; as typed where it is far past ``limit`` anyhow."""
    if len(typed) > CLEANED_SHARE * limit:
        return len(typed)
    return len(clean_text(typed, len(typed)))


def require_event(filled: Filled) -> Faults:
    """Something must have happened: a kind, or a story; a witness, who is asked for no story, names a kind."""
    if filled.many("jenis"):
        return {}
    if filled.is_witness:
        return {"jenis": [Fault(N_("Pilih satu kejadian"))]}
    if text_length(filled.one("cerita"), STORY_LIMIT):
        return {}
    return {"jenis": [Fault(N_("Pilih satu kejadian, atau ceritakan sedikit apa yang terjadi"))]}


def require_year(filled: Filled) -> Faults:
    """A month says nothing without its year."""
    if filled.one("kapan_tahu_bulan") and not filled.one("kapan_tahu_tahun"):
        return {"kapan_tahu_tahun": [Fault(N_("Pilih tahunnya juga, atau kosongkan bulannya."))]}
    return {}


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


_TOO_LONG = {"cerita": N_("Cerita terlalu panjang. Paling banyak {limit} huruf; sekarang {length}.")}
_TOO_LONG_OTHERWISE = N_("Isian terlalu panjang. Paling banyak {limit} huruf; sekarang {length}.")
