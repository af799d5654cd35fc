"""The outbox: what remains to be done, written in the same transaction as its cause; proofs of work that were spent."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import JobName, Lane, OutboxState


class OutboxRow(Base):
    """One job to be done at least once. ``fault`` is the class name of the last error, nothing more.

    ``lane`` says in clear that a report came under load without a proof of work, or looked as if a machine sent it; it
    goes with the row, a week after the job is done, and no screen shows it.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state_leased_until", "state", "leased_until"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    job: Mapped[JobName]
    report_id: Mapped[uuid.UUID] = mapped_column(index=True)
    state: Mapped[OutboxState]
    lane: Mapped[Lane]
    created_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int]
    settled_at: Mapped[datetime | None]
    fault: Mapped[str | None]


class SpentProof(Base):
    """A proof of work that bought the usual lane once. ``tag`` is a digest of a random challenge and names nobody."""

    __tablename__ = "spent_proof"

    tag: Mapped[bytes] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
