"""What a person reads before sending: their own answers in the words of the form."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.questions import Field, words_for
from casefile.text import clean_text
from casefile.vocabulary import ContactWay
from casefile.wording import N_
from intake.forms.draft import Draft
from intake.forms.pages import FIRST, HELP, KINDS, PICTURES, Page, pages_of


@dataclass(frozen=True)
class ReviewRow:
    """One row: pairs of question and answers as message ids in ``answers``, typed text in ``text``.

    ``is_folded`` text is shown only on demand, since others may look at the screen.
    """

    title: str
    page: Page
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    text: str = ""
    is_folded: bool = False


def review_rows(draft: Draft) -> list[ReviewRow]:
    """Rows for the last page, without the number of pictures."""
    rows = [
        ReviewRow(N_("Keadaan Anda"), FIRST, _coded(draft, FIRST)),
        ReviewRow(N_("Kejadian"), KINDS, _coded(draft, KINDS)),
        ReviewRow(N_("Cerita"), KINDS, text=_typed(draft, "cerita"), is_folded=True),
        ReviewRow(N_("Akun"), PICTURES, _coded(draft, PICTURES), _accounts(draft)),
        ReviewRow(N_("Bantuan"), HELP, _coded(draft, HELP), _contact(draft)),
    ]
    pages = pages_of(draft)
    return [row for row in rows if row.page in pages and not (draft.is_witness and row.is_folded)]


def _coded(draft: Draft, page: Page) -> tuple[tuple[str, tuple[str, ...]], ...]:
    pairs = ((field.label, _words(draft, field)) for field in page.fields_for(draft) if field.options)
    return tuple((question, words) for question, words in pairs if words)


def _words(draft: Draft, field: Field) -> tuple[str, ...]:
    chosen = draft.many(field.name)
    return tuple(words_for(member) for member in field.options or () if member.value in chosen)


def _typed(draft: Draft, name: str) -> str:
    return clean_text(draft.one(name), len(draft.one(name)))


def _accounts(draft: Draft) -> str:
    return "\n".join(text for text in (_typed(draft, "platform_lain"), _typed(draft, "tautan")) if text)


def _contact(draft: Draft) -> str:
    names = ["kapan_tahu_tahun", "orang_dewasa"] if draft.is_child else ["kapan_tahu_tahun"]
    if draft.one("kontak") != ContactWay.NONE:
        names += ["kontak_isi", "kontak_jam", "kontak_sapaan"]
    return "\n".join(text for text in (_typed(draft, name) for name in names) if text)
