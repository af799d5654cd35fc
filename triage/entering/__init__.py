"""Reports that staff write down for others (docs/decisions/0015-staff-entered-reports.md)."""

from triage.entering.contacting import note_contact
from triage.entering.drafts import EnteringForm, discard_draft, find_draft, save_draft
from triage.entering.filing import enter_report
from triage.entering.form import SECTIONS, TEXT_NAMES, Section, read_form

__all__ = [
    "SECTIONS",
    "TEXT_NAMES",
    "EnteringForm",
    "Section",
    "discard_draft",
    "enter_report",
    "find_draft",
    "note_contact",
    "read_form",
    "save_draft",
]
