"""What people say about reports that may belong together."""

from __future__ import annotations

from enum import StrEnum


class LinkGround(StrEnum):
    """A common reason for a decision on a pair; several may hold, and own words may stand beside them."""

    ONE_ACCOUNT = "one_account"
    ONE_CONVERSATION = "one_conversation"
    ONE_PICTURE = "one_picture"
    ONE_EVENT = "one_event"
    COMMON_CONTENT = "common_content"
    OTHER_PEOPLE = "other_people"
    OTHER_EVENT = "other_event"
    OTHER_TIME_OR_PLACE = "other_time_or_place"

    @property
    def speaks_for(self) -> bool:
        """Whether it is a reason to call a pair related."""
        return self in _FOR


_FOR = frozenset({LinkGround.ONE_ACCOUNT, LinkGround.ONE_CONVERSATION, LinkGround.ONE_PICTURE, LinkGround.ONE_EVENT})
