"""What follows from links: a closed case whose picture or account returns, and the second look at a decision."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import LinkState


class Recurrence(Base):
    """What a closed case rested on stands in a newer report: reopening is offered, and done by a person alone.

    ``told_id`` is who worked on the case last. In clear, and no more than match and case say by themselves.
    """

    __tablename__ = "recurrence"
    __table_args__ = (
        UniqueConstraint("case_id", "match_id"),
        Index("ix_recurrence_told_id_settled_at", "told_id", "settled_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"))
    match_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("match.id"), index=True)
    told_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"))
    noticed_at: Mapped[datetime]
    settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"))
    settled_at: Mapped[datetime | None]


class SecondLook(Base):
    """A decision that was drawn to be judged by a second person, who does not see it until then.

    ``verdict`` is SUGGESTED where that person was not sure. ``settled_at`` is when a supervisor had looked at two
    verdicts that differ.
    """

    __tablename__ = "second_look"
    __table_args__ = (Index("ix_second_look_looked_at_asked_at", "looked_at", "asked_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("link_decision.id"), unique=True)
    match_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("match.id"), index=True)
    asked_at: Mapped[datetime]
    looked_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"))
    looked_at: Mapped[datetime | None]
    verdict: Mapped[LinkState | None]
    reason_box: Mapped[bytes | None]
    epoch: Mapped[int | None]
    settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"))
    settled_at: Mapped[datetime | None]
