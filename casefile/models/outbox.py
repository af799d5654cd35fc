"""The outbox: what remains to be done, written in the same transaction as its cause."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import JobName, OutboxState


class OutboxRow(Base):
    """One job to be done at least once. ``fault`` is the class name of the last error, nothing more."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state_leased_until", "state", "leased_until"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    job: Mapped[JobName]
    report_id: Mapped[uuid.UUID] = mapped_column(index=True)
    state: Mapped[OutboxState]
    created_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int]
    settled_at: Mapped[datetime | None]
    fault: Mapped[str | None]
