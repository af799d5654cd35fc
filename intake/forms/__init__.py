"""The public form: which question of ``casefile.questions`` stands on which page, and what pages add to them.

Everything here works on plain values; nothing knows Flask, the clock or the database.
"""

from casefile.questions import Fault, Faults, Field, Widget, text_length
from intake.forms.branches import also_elsewhere
from intake.forms.draft import Draft
from intake.forms.later import CHOICES, MATERIAL, choices_draft, to_choices, to_material, ways_of
from intake.forms.pages import CHECK, FIRST, HELP, KINDS, PICTURES, Page, find_page, pages_of
from intake.forms.parsing import Parsed, check_page, parse_page
from intake.forms.review import ReviewRow, review_rows
from intake.forms.sending import to_submission

__all__ = [
    "CHECK",
    "CHOICES",
    "FIRST",
    "HELP",
    "KINDS",
    "MATERIAL",
    "PICTURES",
    "Draft",
    "Fault",
    "Faults",
    "Field",
    "Page",
    "Parsed",
    "ReviewRow",
    "Widget",
    "also_elsewhere",
    "check_page",
    "choices_draft",
    "find_page",
    "pages_of",
    "parse_page",
    "review_rows",
    "text_length",
    "to_choices",
    "to_material",
    "to_submission",
    "ways_of",
]
