"""Papers of the office: one model of a paper, one design, printed as PDF/A and shown as a page of the desk."""

from triage.printing.model import (
    Block,
    Bullets,
    Facts,
    Heading,
    Paper,
    Quote,
    Signatures,
    Table,
    Text,
)
from triage.printing.pdf import PrintingError, render_pdf

__all__ = [
    "Block",
    "Bullets",
    "Facts",
    "Heading",
    "Paper",
    "PrintingError",
    "Quote",
    "Signatures",
    "Table",
    "Text",
    "render_pdf",
]
