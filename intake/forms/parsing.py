"""One reader for every page: what was sent becomes values to keep and faults to show. Nothing typed is dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from casefile.questions import TICKED, Fault, Faults, Values, read_field, require_event, require_year
from casefile.text import looks_like_phone_or_nik
from casefile.vocabulary import Consent
from casefile.wording import N_
from intake.forms.draft import Draft
from intake.forms.pages import CHECK, HELP, KINDS, Page


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
        kept, fault = read_field(asked, [one for one in sent.get(asked.name, []) if one.strip()], year)
        if fault and not kept and page is not CHECK:
            kept, _ = read_field(asked, draft.many(asked.name), year)
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


def _agreed(draft: Draft) -> Faults:
    if draft.one(Consent.PROCESSING) == TICKED:
        return {}
    return {Consent.PROCESSING.value: [Fault(N_("Centang persetujuan agar konselor bisa membaca laporan"))]}


def _no_rule(_draft: Draft) -> Faults:
    return {}


_RULES: dict[int, Callable[[Draft], Faults]] = {
    KINDS.number: require_event,
    HELP.number: require_year,
    CHECK.number: _agreed,
}


def _notices(page: Page, draft: Draft) -> Faults:
    asks_for_story = any(asked.name == "cerita" for asked in page.fields)
    if not asks_for_story or draft.was_warned or not looks_like_phone_or_nik(draft.one("cerita")):
        return {}
    message = N_("Sepertinya ada nomor telepon atau NIK. Hapus jika itu nomor Anda. Anda tetap bisa lanjut.")
    return {"cerita": [Fault(message)]}
