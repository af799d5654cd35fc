"""The tables. Columns and relationships only; rules live beside the process that applies them.

What a thief of the database sees is written on each column that is not sealed; docs/threat-model.md sums it up.
"""

from casefile.models.base import Base, UtcDateTime
from casefile.models.cases import (
    Bundle,
    Case,
    CaseReport,
    IndexEntry,
    LinkDecision,
    Match,
    UrgencyOverride,
)
from casefile.models.custody import CustodyEntry
from casefile.models.directory import DirectoryChange, DirectoryEntry
from casefile.models.outbox import OutboxRow, SpentProof
from casefile.models.queue import CaseLabel, Handover, SavedView
from casefile.models.related import Recurrence, SecondLook
from casefile.models.reports import (
    Addition,
    Draft,
    KeySlot,
    Message,
    Receipt,
    Report,
    ReportPart,
    Withdrawal,
    WorkerEnvelope,
)
from casefile.models.staff import Epoch, EpochGrant, StaffMember, StaffSession

__all__ = [
    "Addition",
    "Base",
    "Bundle",
    "Case",
    "CaseLabel",
    "CaseReport",
    "CustodyEntry",
    "DirectoryChange",
    "DirectoryEntry",
    "Draft",
    "Epoch",
    "EpochGrant",
    "Handover",
    "IndexEntry",
    "KeySlot",
    "LinkDecision",
    "Match",
    "Message",
    "OutboxRow",
    "Receipt",
    "Recurrence",
    "Report",
    "ReportPart",
    "SavedView",
    "SecondLook",
    "SpentProof",
    "StaffMember",
    "StaffSession",
    "UrgencyOverride",
    "UtcDateTime",
    "Withdrawal",
    "WorkerEnvelope",
]
