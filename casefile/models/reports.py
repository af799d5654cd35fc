"""What intake writes: reports in sealed parts, receipts, the conversation, drafts.

Keys and times are made in Python, never by the database: the intake role has INSERT without SELECT, and
``INSERT ... RETURNING`` would need SELECT.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Integer, false
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import AdditionKind, Author, Channel, PublicStatus, SlotRole


class Report(Base):
    """One submission as received. In clear: its day and channel; ``form_tag`` makes a double submit one report."""

    __tablename__ = "report"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    received_on: Mapped[date] = mapped_column(index=True)
    channel: Mapped[Channel]
    form_tag: Mapped[bytes] = mapped_column(unique=True)


class ReportPart(Base):
    """A part of a report, sealed under its data key and padded to 4 KiB steps."""

    __tablename__ = "report_part"

    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    box: Mapped[bytes]


class KeySlot(Base):
    """A report's data key, wrapped for one role. ``epoch`` is 0 for recovery and reporter."""

    __tablename__ = "key_slot"

    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), primary_key=True)
    role: Mapped[SlotRole] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wrapped: Mapped[bytes]


class WorkerEnvelope(Base):
    """Fingerprints, blinded identifiers and coded answers, sealed to the worker.

    ``number`` grows with every arrival, so that an index in memory can be brought up to date. A withdrawn report
    keeps a row without a box under a new number: the index then drops it.
    """

    __tablename__ = "worker_envelope"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read by SQLAlchemy as declared

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), unique=True)
    box: Mapped[bytes | None]


class Receipt(Base):
    """Finds a report from its receipt code. ``tag`` is a keyed digest; the code itself is nowhere.

    ``opened_on`` is the day in Jakarta on which the code last opened the conversation: no time, and no earlier day.
    """

    __tablename__ = "receipt"

    tag: Mapped[bytes] = mapped_column(primary_key=True)
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), unique=True)
    status: Mapped[PublicStatus]
    status_on: Mapped[date]
    opened_on: Mapped[date | None]


class Message(Base):
    """One message of a conversation, sealed to both sides.

    ``shown_from``: from when the reporter sees a reply that can still be taken back; empty for all others.
    """

    __tablename__ = "message"

    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    author: Mapped[Author]
    sent_on: Mapped[date]
    epoch: Mapped[int]
    office_box: Mapped[bytes]
    reporter_box: Mapped[bytes]
    shown_from: Mapped[datetime | None]


class Addition(Base):
    """What a reporter put beside the report behind the code: material, or consents and contact as they stand since.

    ``box`` is sealed under a data key of its own, which lies wrapped beside it: for the office's epoch, for recovery,
    and for the reporter only where the reporter may see it again. ``number`` counts from 1 within the report.
    ``form_tag`` makes a double submit one addition. In clear: kind and day, whether the worker has noted it
    (``is_noted``) and whether a person has read it (``is_read``).
    """

    __tablename__ = "addition"

    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[AdditionKind]
    added_on: Mapped[date]
    form_tag: Mapped[bytes] = mapped_column(unique=True)
    epoch: Mapped[int]
    box: Mapped[bytes]
    office_slot: Mapped[bytes]
    recovery_slot: Mapped[bytes]
    reporter_slot: Mapped[bytes | None]
    worker_box: Mapped[bytes]
    is_noted: Mapped[bool]
    is_read: Mapped[bool]


class Withdrawal(Base):
    """Erasure was asked for: by the reporter with the code, or ``through_desk`` by whom two of the staff believed.

    ``erased_on`` is the mark of an erased report, with or without a receipt; only the worker sets it.
    """

    __tablename__ = "withdrawal"

    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), primary_key=True)
    requested_on: Mapped[date]
    erased_on: Mapped[date | None]
    through_desk: Mapped[bool] = mapped_column(default=False, server_default=false())


class Draft(Base):
    """A form being filled, sealed under a key that exists only in the reporter's cookie."""

    __tablename__ = "draft"

    tag: Mapped[bytes] = mapped_column(primary_key=True)
    box: Mapped[bytes]
    expires_at: Mapped[datetime] = mapped_column(index=True)
