"""The tables. Columns and relationships only; rules live beside the process that applies them.

What a thief of the database sees is written on each column that is not sealed; docs/threat-model.md sums it up.
"""

from casefile.models.anchors import Anchor, AnchorSignature, AnchorStamp
from casefile.models.base import Base, UtcDateTime
from casefile.models.bundles import Bundle, BundleBuild, BundleDraft, BundleStamp
from casefile.models.cases import (
    Case,
    CaseReport,
    IndexEntry,
    LinkDecision,
    Match,
    UrgencyOverride,
)
from casefile.models.conversation import HeldReply, ReplyDraft
from casefile.models.custody import CustodyEntry
from casefile.models.directory import DirectoryChange, DirectoryEntry
from casefile.models.entered import EnteringDraft, RegisterNumber
from casefile.models.erasing import ErasureRequest
from casefile.models.kept import KeptVersion
from casefile.models.outbox import OutboxRow, SpentProof
from casefile.models.papers import Exposure, Paper, PaperVersion
from casefile.models.queue import CaseLabel, Handover, SavedView
from casefile.models.referrals import Referral, ReferralStep
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
from casefile.models.tasks import CaseRemark, Takedown, TakedownLetter, Task

__all__ = [
    "Addition",
    "Anchor",
    "AnchorSignature",
    "AnchorStamp",
    "Base",
    "Bundle",
    "BundleBuild",
    "BundleDraft",
    "BundleStamp",
    "Case",
    "CaseLabel",
    "CaseRemark",
    "CaseReport",
    "CustodyEntry",
    "DirectoryChange",
    "DirectoryEntry",
    "Draft",
    "EnteringDraft",
    "Epoch",
    "EpochGrant",
    "ErasureRequest",
    "Exposure",
    "Handover",
    "HeldReply",
    "IndexEntry",
    "KeptVersion",
    "KeySlot",
    "LinkDecision",
    "Match",
    "Message",
    "OutboxRow",
    "Paper",
    "PaperVersion",
    "Receipt",
    "Recurrence",
    "Referral",
    "ReferralStep",
    "RegisterNumber",
    "ReplyDraft",
    "Report",
    "ReportPart",
    "SavedView",
    "SecondLook",
    "SpentProof",
    "StaffMember",
    "StaffSession",
    "Takedown",
    "TakedownLetter",
    "Task",
    "UrgencyOverride",
    "UtcDateTime",
    "Withdrawal",
    "WorkerEnvelope",
]
