"""From a filled form to the frozen submission that is sealed. Only what this person was asked goes along."""

from __future__ import annotations

from collections.abc import Container, Iterable

from casefile.pictures import Picture
from casefile.questions.fields import Field, Widget
from casefile.questions.filled import Filled
from casefile.submission import Answers, Consents, SafeContact, Submission
from casefile.text import clean_text
from casefile.vocabulary import ContactWay, ReferralTarget

MAX_ADDRESSES = 50


def make_submission(
    filled: Filled, fields: Iterable[Field], text_version: str, pictures: tuple[Picture, ...] = ()
) -> Submission:
    """``fields`` are the questions that were asked; ``text_version`` names the consent texts that were shown.

    A blank answer stays skipped, never "no".
    """
    asked = {field.name: field for field in fields}
    texts = {name: clean_text(filled.one(name), field.limit) for name, field in asked.items() if field.widget.is_text}
    return Submission(
        answers=Answers.from_json(_coded(filled, asked)),
        story=texts.get("cerita", ""),
        platform_other=texts.get("platform_lain", ""),
        addresses=read_lines(texts.get("tautan", "")),
        trusted_adult=texts.get("orang_dewasa", ""),
        known_since=_known_since(filled) if "kapan_tahu_tahun" in asked else "",
        contact=read_contact(filled, texts) if "kontak" in asked else SafeContact(),
        consents=read_consents(filled, asked, text_version),
        pictures=pictures,
    )


def _coded(filled: Filled, asked: dict[str, Field]) -> dict[str, str | list[str]]:
    coded: dict[str, str | list[str]] = {}
    for name, field in asked.items():
        if field.widget is Widget.CHECKBOXES:
            coded[name] = filled.many(name)
        elif field.options and filled.one(name):
            coded[name] = filled.one(name)
    return coded


def read_consents(filled: Filled, asked: Container[str], text_version: str) -> Consents:
    """What was agreed to under the texts named ``text_version``; ``asked`` holds the names of the questions."""
    targets = filled.many("setuju_rujuk") if "setuju_rujuk" in asked else []
    return Consents(
        may_compare=not filled.one("jangan_bandingkan"),
        referrals=frozenset(ReferralTarget(value) for value in targets),
        text_version=text_version,
    )


def _known_since(filled: Filled) -> str:
    """``2026``, ``2026-03``, or nothing."""
    return "-".join(part for part in (filled.one("kapan_tahu_tahun"), filled.one("kapan_tahu_bulan")) if part)


def read_lines(text: str) -> tuple[str, ...]:
    """The lines of a text, each once, at most ``MAX_ADDRESSES``."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))[:MAX_ADDRESSES]


def read_contact(filled: Filled, texts: dict[str, str]) -> SafeContact:
    """An explicit "not needed" empties what was written below it; leaving the way open does not."""
    if filled.one("kontak") == ContactWay.NONE:
        return SafeContact()
    return SafeContact(
        way=ContactWay(filled.one("kontak") or ContactWay.NONE),
        address=texts["kontak_isi"],
        hours=texts["kontak_jam"],
        greeting=texts["kontak_sapaan"],
        leave_no_message=bool(filled.one("kontak_tanpa_pesan")),
    )
