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
from casefile.models.outbox import OutboxRow
from casefile.models.reports import (
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
    "Base",
    "Bundle",
    "Case",
    "CaseReport",
    "CustodyEntry",
    "Draft",
    "Epoch",
    "EpochGrant",
    "IndexEntry",
    "KeySlot",
    "LinkDecision",
    "Match",
    "Message",
    "OutboxRow",
    "Receipt",
    "Report",
    "ReportPart",
    "StaffMember",
    "StaffSession",
    "UrgencyOverride",
    "UtcDateTime",
    "Withdrawal",
    "WorkerEnvelope",
]
