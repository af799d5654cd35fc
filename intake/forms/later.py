"""What is asked behind the code: something to add, and what was chosen before, to be chosen anew."""

from __future__ import annotations

from dataclasses import replace

from casefile.additions import Choices, Material
from casefile.questions import (
    ABOUT_HELP,
    ABOUT_TRACES,
    CONSENTS,
    STORY_LIMIT,
    TICKED,
    Field,
    Widget,
    read_consents,
    read_contact,
    read_lines,
)
from casefile.submission import Consents
from casefile.text import clean_text
from casefile.vocabulary import Platform, ReporterRole
from casefile.wording import N_
from intake.forms.draft import Draft
from intake.forms.pages import Page
from intake.forms.pictures import PictureWays


def _named(fields: tuple[Field, ...], *names: str) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.name in names)


_AFTERWARDS = Field(
    name="cerita",
    label=N_("Apa yang terjadi sesudahnya? (bila mau)"),
    help=N_("Boleh singkat. Jangan tulis nama lengkap, NIK, alamat, atau nomor telepon Anda."),
    widget=Widget.LINES,
    limit=STORY_LIMIT,
)
_COMPARING, _REFERRAL = _named(CONSENTS, "jangan_bandingkan", "setuju_rujuk")
_CONTACT = _named(ABOUT_HELP, "kontak", "kontak_isi", "kontak_jam", "kontak_sapaan", "kontak_tanpa_pesan")

MATERIAL = Page(
    11, N_("Tambahkan sesuatu"), (*_named(ABOUT_TRACES, "platform", "platform_lain", "tautan"), _AFTERWARDS)
)
CHOICES = Page(12, N_("Izin dan kontak"), (_COMPARING, replace(_REFERRAL, help=""), *_CONTACT))


def ways_of(choices: Choices | None) -> PictureWays:
    """Which ways are open to pictures that are added; without knowing of whom, none that leads here."""
    if choices is None:
        return PictureWays.DEVICE
    if choices.bars_pictures:
        return PictureWays.NONE
    return PictureWays.DEVICE if choices.bars_upload else PictureWays.ALL


def to_material(draft: Draft, ways: PictureWays) -> Material:
    """What was filled in, cleaned, with the pictures that may be sent on."""
    texts = {field.name: clean_text(draft.one(field.name), field.limit) for field in MATERIAL.fields if field.limit}
    return Material(
        story=texts["cerita"],
        platforms=frozenset(Platform(value) for value in draft.many("platform")),
        platform_other=texts["platform_lain"],
        addresses=read_lines(texts["tautan"]),
        pictures=tuple(picture for _, picture in draft.pictures.admitted(ways)),
    )


def choices_draft(choices: Choices | None) -> Draft:
    """The form as it was last filled. Where that is not known, nothing is agreed to."""
    if choices is None:
        return Draft({"jangan_bandingkan": [TICKED]})
    contact = choices.contact
    values = {
        "peran": [ReporterRole.WITNESS.value] if choices.bars_pictures else [],
        "jangan_bandingkan": [] if choices.consents.may_compare else [TICKED],
        "setuju_rujuk": sorted(target.value for target in choices.consents.referrals),
        "kontak": [contact.way.value],
        "kontak_isi": [contact.address],
        "kontak_jam": [contact.hours],
        "kontak_sapaan": [contact.greeting],
        "kontak_tanpa_pesan": [TICKED] if contact.leave_no_message else [],
    }
    return Draft({name: kept for name, kept in values.items() if any(kept)})


def to_choices(draft: Draft, before: Choices | None, text_version: str) -> Choices:
    """What is chosen now. Of whom that is, only what was kept ``before`` can say."""
    texts = {field.name: clean_text(draft.one(field.name), field.limit) for field in _CONTACT if field.limit}
    known = before or Choices(consents=Consents())
    asked = {field.name for field in CHOICES.fields_for(draft)}
    return replace(
        known,
        consents=read_consents(draft, asked, text_version),
        contact=read_contact(draft, texts),
    )
