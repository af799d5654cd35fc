"""A report that staff are asked to erase, until it is erased."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import IdentityCheck, Requester


class ErasureRequest(Base):
    """Somebody asked the office to erase a report; it counts once another person has confirmed it.

    In clear: who asked and how that was checked, by closed lists that tell no age. The note is sealed to the office.
    The row goes when it is taken back, and with the report; the custody log says that there was one.
    """

    __tablename__ = "erasure_request"
    __table_args__ = (CheckConstraint("confirmed_by <> asked_by", name="two_people"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), unique=True)
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    asked_at: Mapped[datetime]
    requester: Mapped[Requester]
    identity_check: Mapped[IdentityCheck]
    note_box: Mapped[bytes | None]
    epoch: Mapped[int]
    confirmed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"))
    confirmed_at: Mapped[datetime | None]
