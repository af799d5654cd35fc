"""Replies before anybody sees them: what can be taken back for a minute, and what is still being written."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import CaseStatus


class HeldReply(Base):
    """A reply that its writer may still take back, with what it changed of the case. Gone once the reporter may see it.

    In clear, for a minute or two: who wrote it, and how the case stood before. ``is_first_reply``: it stopped the clock
    of the first reply.
    """

    __tablename__ = "held_reply"
    __table_args__ = (ForeignKeyConstraint(["report_id", "number"], ["message.report_id", "message.number"]),)

    report_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    status_before: Mapped[CaseStatus]
    had_news: Mapped[bool]
    is_first_reply: Mapped[bool]


class ReplyDraft(Base):
    """What one person has written to one reporter and not sent, sealed to the office and shown to that person alone.

    In clear: that there is one, whose, and when it was last saved.
    """

    __tablename__ = "reply_draft"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"), primary_key=True)
    saved_at: Mapped[datetime]
    box: Mapped[bytes]
    epoch: Mapped[int]
