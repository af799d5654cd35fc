"""Reports that staff enter: what is still being written, and which numbers of an old register were imported."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base


class EnteringDraft(Base):
    """What one person is writing down for a caller, sealed to the office and shown to that person alone.

    In clear: that there is one, whose, and when it was last saved.
    """

    __tablename__ = "entering_draft"

    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"), primary_key=True)
    saved_at: Mapped[datetime]
    box: Mapped[bytes]
    epoch: Mapped[int]


class RegisterNumber(Base):
    """A case number of the unit's old register that was imported, as a keyed digest, so that it is not imported twice.

    Nothing leads from here to a report, and no order either: rows are written in the order of their tags.
    """

    __tablename__ = "register_number"

    tag: Mapped[bytes] = mapped_column(primary_key=True)
