"""Daily anchors: what all custody chains ended with. Rows are only added; guards live in migration 0021."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base


class Anchor(Base):
    """The Merkle root over the last entries of all chains when ``day`` (WIB) had ended.

    ``moved`` holds, one behind the other and sorted, the leaves of the chains that have entries since the anchor
    before: chain id (16 bytes), last number (8), digest (32). ``chains`` counts all leaves. ``is_late``: made on
    another day than the one after. Everything here stands in the custody log too.
    """

    __tablename__ = "anchor"

    day: Mapped[date] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    is_late: Mapped[bool]
    chains: Mapped[int]
    root: Mapped[bytes]
    moved: Mapped[bytes] = mapped_column(deferred=True)


class AnchorSignature(Base):
    """An SSH signature over the anchor's statement. ``signing_key``: the office's 32-byte public key that made it."""

    __tablename__ = "anchor_signature"

    day: Mapped[date] = mapped_column(ForeignKey("anchor.day"), primary_key=True)
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    signed_at: Mapped[datetime]
    signing_key: Mapped[bytes]
    signature: Mapped[str] = mapped_column(Text)


class AnchorStamp(Base):
    """A timestamp over the anchor's statement (RFC 3161, DER), and the time that it says."""

    __tablename__ = "anchor_stamp"

    day: Mapped[date] = mapped_column(ForeignKey("anchor.day"), primary_key=True)
    stamped_at: Mapped[datetime]
    token: Mapped[bytes]
