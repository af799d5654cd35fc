"""From a filled draft to the frozen submission that is sealed. Only what this person was asked goes along."""

from __future__ import annotations

from collections.abc import Container

from casefile.submission import Answers, Consents, SafeContact, Submission
from casefile.text import clean_text
from casefile.vocabulary import ContactWay, ReferralTarget
from intake.forms.draft import Draft
from intake.forms.fields import Field, Widget
from intake.forms.pages import pages_of

MAX_ADDRESSES = 50


def to_submission(draft: Draft, text_version: str) -> Submission:
    """``text_version`` names the consent texts that were shown. A blank answer stays skipped, never "no"."""
    asked = {field.name: field for page in pages_of(draft) for field in page.fields_for(draft)}
    texts = {name: clean_text(draft.one(name), field.limit) for name, field in asked.items() if field.widget.is_text}
    return Submission(
        answers=Answers.from_json(_coded(draft, asked)),
        story=texts.get("cerita", ""),
        platform_other=texts.get("platform_lain", ""),
        addresses=read_lines(texts.get("tautan", "")),
        trusted_adult=texts.get("orang_dewasa", ""),
        known_since=_known_since(draft) if "kapan_tahu_tahun" in asked else "",
        contact=read_contact(draft, texts) if "kontak" in asked else SafeContact(),
        consents=read_consents(draft, asked, text_version),
        pictures=tuple(picture for _, picture in draft.pictures.admitted(draft.picture_ways)),
    )


def _coded(draft: Draft, asked: dict[str, Field]) -> dict[str, str | list[str]]:
    coded: dict[str, str | list[str]] = {}
    for name, field in asked.items():
        if field.widget is Widget.CHECKBOXES:
            coded[name] = draft.many(name)
        elif field.options and draft.one(name):
            coded[name] = draft.one(name)
    return coded


def read_consents(draft: Draft, asked: Container[str], text_version: str) -> Consents:
    """What was agreed to under the texts named ``text_version``; ``asked`` holds the names of the questions."""
    targets = draft.many("setuju_rujuk") if "setuju_rujuk" in asked else []
    return Consents(
        may_compare=not draft.one("jangan_bandingkan"),
        referrals=frozenset(ReferralTarget(value) for value in targets),
        text_version=text_version,
    )


def _known_since(draft: Draft) -> str:
    """``2026``, ``2026-03``, or nothing."""
    return "-".join(part for part in (draft.one("kapan_tahu_tahun"), draft.one("kapan_tahu_bulan")) if part)


def read_lines(text: str) -> tuple[str, ...]:
    """The lines of a text, each once, at most ``MAX_ADDRESSES``."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))[:MAX_ADDRESSES]


def read_contact(draft: Draft, texts: dict[str, str]) -> SafeContact:
    """An explicit "not needed" empties what was written below it; leaving the way open does not."""
    if draft.one("kontak") == ContactWay.NONE:
        return SafeContact()
    return SafeContact(
        way=ContactWay(draft.one("kontak") or ContactWay.NONE),
        address=texts["kontak_isi"],
        hours=texts["kontak_jam"],
        greeting=texts["kontak_sapaan"],
        leave_no_message=bool(draft.one("kontak_tanpa_pesan")),
    )
