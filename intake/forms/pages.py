"""The pages of the form, and who goes through which."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.questions import ABOUT_EVENTS, ABOUT_HELP, ABOUT_SAFETY, ABOUT_TRACES, CONSENTS, Field
from casefile.wording import N_
from intake.forms.draft import Draft


@dataclass(frozen=True)
class Page:
    """One screen of the form; ``path`` is its neutral address."""

    number: int
    title: str
    fields: tuple[Field, ...]

    @property
    def path(self) -> str:
        """Says nothing about what is asked there."""
        return "/a" if self.number == 1 else f"/a/{self.number}"

    def fields_for(self, draft: Draft) -> list[Field]:
        """The questions that this person is asked."""
        return [field for field in self.fields if field.shown(draft)]


FIRST = Page(1, N_("Sebelum mulai"), ABOUT_SAFETY)
KINDS = Page(2, N_("Apa yang terjadi?"), ABOUT_EVENTS)
PICTURES = Page(3, N_("Tangkapan layar dan akun (boleh dilewati)"), ABOUT_TRACES)
HELP = Page(4, N_("Agar kami cepat menolong (boleh dilewati)"), ABOUT_HELP)
CHECK = Page(5, N_("Periksa laporan Anda"), CONSENTS)

PAGES = (FIRST, KINDS, PICTURES, HELP, CHECK)


def find_page(number: int) -> Page | None:
    """The page with that number, from 1 to 5."""
    return next((page for page in PAGES if page.number == number), None)


def pages_of(draft: Draft) -> list[Page]:
    """The pages that this person goes through, in order; a witness skips the one about the person harmed."""
    return [page for page in PAGES if not (draft.is_witness and page is HELP)]
