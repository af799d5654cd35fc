"""The public form as data: what is asked on which page, how answers are read, and how they become a submission.

Everything here works on plain values; nothing knows Flask, the clock or the database.
"""

from intake.forms.branches import also_elsewhere
from intake.forms.draft import Draft
from intake.forms.fields import Field, Widget
from intake.forms.later import CHOICES, MATERIAL, choices_draft, to_choices, to_material, ways_of
from intake.forms.pages import CHECK, FIRST, HELP, KINDS, PICTURES, Page, find_page, pages_of
from intake.forms.parsing import Fault, Faults, Parsed, check_page, parse_page, text_length
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
