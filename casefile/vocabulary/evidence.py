"""Pictures, identifiers, and what comparing them can say."""

from __future__ import annotations

from enum import StrEnum


class FingerprintKind(StrEnum):
    """What pictures are compared by: three kinds of the whole picture, and four of its parts."""

    SHA256 = "sha256"
    PDQ = "pdq"
    PHASH = "phash"
    LINE = "line"
    POINT = "point"
    WORDS = "words"
    INSET = "inset"


class FingerprintSource(StrEnum):
    """Where a fingerprint was computed (``sumber_sidik``)."""

    SERVER = "server"
    DEVICE = "perangkat"


class PictureFault(StrEnum):
    """Why a picture was not accepted."""

    EMPTY = "empty"
    NOT_ALLOWED = "not_allowed"
    HEIC = "heic"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"
    ANIMATED = "animated"
    UNREADABLE = "unreadable"
    TOO_SLOW = "too_slow"


class IdentifierKind(StrEnum):
    """What a line about the alleged perpetrator names; a handle is a user name without a platform."""

    ACCOUNT = "account"
    URL = "url"
    PHONE = "phone"
    HANDLE = "handle"


class MatchClass(StrEnum):
    """What a match rests on. Only the exact classes link by themselves; the rest wait for a person."""

    SAME_FILE = "same_file"
    SAME_DIGEST = "same_digest"
    """Equal SHA-256 of which a reporter's device computed one: the same file, if the device told the truth."""
    SAME_ACCOUNT = "same_account"
    SAME_ADDRESS = "same_address"
    SAME_HANDLE = "same_handle"
    DUPLICATE = "duplicate"
    SAME_PICTURE = "same_picture"
    SAME_CONVERSATION = "same_conversation"
    WEAK = "weak"

    @property
    def is_exact(self) -> bool:
        """Equal SHA-256 or an equal identifier that names one thing only: linked at once."""
        return self in {MatchClass.SAME_FILE, MatchClass.SAME_ACCOUNT, MatchClass.SAME_ADDRESS}
