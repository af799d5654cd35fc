"""The conversation with the reporter: reading it is on record, an answer is sealed to both sides and can be taken back.

============  ===========================================================
``thread``    what was written so far, and the day the code was last used
``sending``   a reply, and taking it back while nobody can have seen it
``drafts``    what a person has written and not sent
``giveaways`` what in a text may give away on a shared phone
============  ===========================================================
"""

from triage.conversation.drafts import TYPED_LIMIT, Draft, discard_draft, find_draft, save_draft
from triage.conversation.giveaways import Giveaway, Piece, mark_giveaways, needs_second_look
from triage.conversation.sending import REPLY_LIMIT, reply, take_back, was_just_sent
from triage.conversation.thread import Thread, ThreadMessage, find_opened_on, list_opened_on, mark_seen, read_thread

__all__ = [
    "REPLY_LIMIT",
    "TYPED_LIMIT",
    "Draft",
    "Giveaway",
    "Piece",
    "Thread",
    "ThreadMessage",
    "discard_draft",
    "find_draft",
    "find_opened_on",
    "list_opened_on",
    "mark_giveaways",
    "mark_seen",
    "needs_second_look",
    "read_thread",
    "reply",
    "save_draft",
    "take_back",
    "was_just_sent",
]
