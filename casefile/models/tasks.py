"""What staff plan and set down about one case: tasks, remarks, addresses to be taken down.

Words, addresses and outcomes lie in sealed boxes. In clear is only what a list or a clock must be found by; all of it
goes when the report is withdrawn.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import RemarkKind, TakedownState, TaskEnd

_OPEN = text("settled_on IS NULL")


class Task(Base):
    """Something to be done about a case, by whom and by which day (WIB). ``settled_on`` is empty while it is open.

    In clear: that there is one, whose, and days. What is to be done lies in ``text_box``, sealed to the office.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_open", "staff_id", "due_on", "case_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), index=True)
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    due_on: Mapped[date]
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    made_on: Mapped[date]
    settled_as: Mapped[TaskEnd | None]
    settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"))
    settled_on: Mapped[date | None]
    text_box: Mapped[bytes]
    epoch: Mapped[int]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy as declared


class CaseRemark(Base):
    """What a person set down about a case, sealed; the newest ``number`` of a kind counts, the earlier ones stay.

    In clear: that the duty to report was decided on, a day was set, a case was closed or reopened, by whom, which day.
    What was decided, and why, lies in ``box``.
    """

    __tablename__ = "case_remark"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"))
    number: Mapped[int]
    kind: Mapped[RemarkKind]
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    said_on: Mapped[date]
    box: Mapped[bytes]
    epoch: Mapped[int]


class Takedown(Base):
    """One address that somebody was asked to take down, and what became of it.

    In clear: that something was asked, when (cut to the day when the case closes), and how it ended. The address, who
    was asked and whether it is urgent lie in ``box``.
    """

    __tablename__ = "takedown"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), index=True)
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    asked_at: Mapped[datetime]
    state: Mapped[TakedownState]
    settled_on: Mapped[date | None]
    box: Mapped[bytes]
    epoch: Mapped[int]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy as declared


class TakedownLetter(Base):
    """A letter that asks for addresses to be taken down. ``sent_on`` is empty until somebody has sent it.

    In clear: that there is one, who made it, on which days. To whom it goes, about which addresses, and which letter it
    follows lie in ``box``; its size tells in steps of 1 KiB how much stands in it.
    """

    __tablename__ = "takedown_letter"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), index=True)
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    made_on: Mapped[date]
    sent_on: Mapped[date | None]
    box: Mapped[bytes]
    epoch: Mapped[int]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy as declared
