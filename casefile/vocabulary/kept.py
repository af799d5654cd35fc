"""What an office keeps for itself in the browser, and what was done to it."""

from __future__ import annotations

from enum import StrEnum


class KeptKind(StrEnum):
    """What is kept in versions (``casefile.kept``); nothing of it is about a case or a reporter."""

    MESSAGE_TEMPLATE = "message_template"
    LEGAL_ARTICLE = "legal_article"
    URGENCY_RULES = "urgency_rules"
    RETENTION = "retention"
    STAFF_MEMBER = "staff_member"


class KeptAct(StrEnum):
    """What one version did to the one before it."""

    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"
    RESTORED = "restored"
