"""Where else people can turn: for whom an entry of the directory is, with what it helps, what was done to it."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """For whom an entry of the directory is. ``OUTSIDE`` is who lives outside of South Jakarta."""

    WOMEN = "women"
    MEN = "men"
    CHILDREN = "children"
    OUTSIDE = "outside"


class HelpKind(StrEnum):
    """With what an entry of the directory helps."""

    SAFETY = "safety"
    COMPANY = "company"
    COUNSELLING = "counselling"
    LEGAL = "legal"
    TAKEDOWN = "takedown"


class DirectoryAct(StrEnum):
    """What was done to an entry of the directory; ``SUPPLIED`` came with Suluh, everything else is a person's."""

    SUPPLIED = "supplied"
    ADDED = "added"
    EDITED = "edited"
    CHECKED = "checked"
    RETIRED = "retired"
    REINSTATED = "reinstated"
    RESTORED = "restored"


class Freshness(StrEnum):
    """What is known of an entry's age: never checked, checked lately, or too long ago."""

    UNCHECKED = "unchecked"
    FRESH = "fresh"
    STALE = "stale"
