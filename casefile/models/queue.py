"""Who was given a case and why, what it is labelled with, and which filters a person keeps."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import WorkLabel


class CaseLabel(Base):
    """One label on one case. In clear: the closed list says how the office works, nothing about a person."""

    __tablename__ = "case_label"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), primary_key=True)
    label: Mapped[WorkLabel] = mapped_column(primary_key=True, index=True)


class Handover(Base):
    """A case given to a colleague. The note is sealed to the office; who, when and whether accepted is in clear.

    ``held_before`` had the case until then and is told when somebody else (``given_by``) moved it; ``told_at`` is when
    that person had read so. ``accepted_at`` is when ``given_to`` first opened the case.
    """

    __tablename__ = "handover"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), index=True)
    given_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    held_before: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    given_to: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"), index=True)
    given_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    note_box: Mapped[bytes]
    epoch: Mapped[int]


class SavedView(Base):
    """A view of the queue with filters that a person uses again.

    In clear: ``filters`` holds members of closed lists, days and ids of staff; a name is made from them when shown.
    """

    __tablename__ = "saved_view"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"), index=True)
    view: Mapped[str]
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime]
