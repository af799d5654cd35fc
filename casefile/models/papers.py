"""What a team writes about a case, in versions, and how many stories a person opened on a day."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import PaperKind


class Paper(Base):
    """A note, a safety plan, a risk assessment or a service given. ``version`` is the newest one's number.

    In clear: that the case has such a paper, who withdrew it, when. Which service, on what day and by whom is sealed.
    """

    __tablename__ = "paper"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), index=True)
    kind: Mapped[PaperKind]
    version: Mapped[int]
    withdrawn_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"))
    withdrawn_at: Mapped[datetime | None]


class PaperVersion(Base):
    """What stood in a paper, sealed to the office. In clear: who wrote it when. A withdrawn paper has no boxes."""

    __tablename__ = "paper_version"
    __table_args__ = (UniqueConstraint("paper_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    paper_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("paper.id"))
    number: Mapped[int]
    written_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    written_at: Mapped[datetime]
    box: Mapped[bytes | None]
    epoch: Mapped[int | None]


class Exposure(Base):
    """How many stories a person opened on a day in Jakarta, and how many of them at level P0 or P1.

    In clear, and no more than the custody log tells: no case, no hour. Erased after a week.
    """

    __tablename__ = "exposure"

    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"), primary_key=True)
    opened_on: Mapped[date] = mapped_column(primary_key=True)
    opened: Mapped[int]
    heavy: Mapped[int]
