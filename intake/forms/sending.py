"""From a filled draft to the frozen submission that is sealed."""

from __future__ import annotations

from casefile.questions import make_submission
from casefile.submission import Submission
from intake.forms.draft import Draft
from intake.forms.pages import pages_of


def to_submission(draft: Draft, text_version: str) -> Submission:
    """What this person was asked, answered and may send; ``text_version`` names the consent texts that were shown."""
    asked = (field for page in pages_of(draft) for field in page.fields_for(draft))
    pictures = tuple(picture for _, picture in draft.pictures.admitted(draft.picture_ways))
    return make_submission(draft, asked, text_version, pictures)
