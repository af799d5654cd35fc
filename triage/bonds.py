"""What binds two reports, in the few kinds that people tell apart."""

from __future__ import annotations

from enum import StrEnum

from casefile.vocabulary import MatchClass


class Bond(StrEnum):
    """What two reports share."""

    PICTURE = "picture"
    CONVERSATION = "conversation"
    PHOTO = "photo"
    ACCOUNT = "account"
    ADDRESS = "address"
    HANDLE = "handle"
    WEAK = "weak"


BONDS: dict[MatchClass, Bond] = {
    MatchClass.SAME_FILE: Bond.PICTURE,
    MatchClass.SAME_DIGEST: Bond.PICTURE,
    MatchClass.DUPLICATE: Bond.PICTURE,
    MatchClass.SAME_CONVERSATION: Bond.CONVERSATION,
    MatchClass.SAME_PICTURE: Bond.PHOTO,
    MatchClass.SAME_ACCOUNT: Bond.ACCOUNT,
    MatchClass.SAME_ADDRESS: Bond.ADDRESS,
    MatchClass.SAME_HANDLE: Bond.HANDLE,
    MatchClass.WEAK: Bond.WEAK,
}
"""The bond that each class of match rests on."""
