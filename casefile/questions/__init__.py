"""The questions of a report as data, how an answer is read, and how answers become a submission.

What the portal asks page by page and what staff ask aloud at the desk are the same questions. Everything here works on
plain values; nothing knows Flask, the clock or the database.
"""

from casefile.questions.asked import (
    ABOUT_EVENTS,
    ABOUT_HELP,
    ABOUT_SAFETY,
    ABOUT_TRACES,
    CONSENTS,
    LINE_LIMIT,
    STORY_LIMIT,
)
from casefile.questions.calendar import years_until
from casefile.questions.fields import Field, Widget, words_for
from casefile.questions.filled import Filled, Values
from casefile.questions.reading import TICKED, Fault, Faults, read_field, require_event, require_year, text_length
from casefile.questions.sending import make_submission, read_consents, read_contact, read_lines

__all__ = [
    "ABOUT_EVENTS",
    "ABOUT_HELP",
    "ABOUT_SAFETY",
    "ABOUT_TRACES",
    "CONSENTS",
    "LINE_LIMIT",
    "STORY_LIMIT",
    "TICKED",
    "Fault",
    "Faults",
    "Field",
    "Filled",
    "Values",
    "Widget",
    "make_submission",
    "read_consents",
    "read_contact",
    "read_field",
    "read_lines",
    "require_event",
    "require_year",
    "text_length",
    "words_for",
    "years_until",
]
