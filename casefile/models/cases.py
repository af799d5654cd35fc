"""Staff work: cases, suggested matches and decisions on them, overrides."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from casefile.models.base import Base
from casefile.vocabulary import CaseStatus, LinkState, MatchClass, Urgency

_OPEN = text("closed_at IS NULL")
_BY_PERSON = text("staff_id IS NOT NULL")
_STACKED = text("closed_at IS NULL AND stack IS NOT NULL")
_CLOSED = text("closed_at IS NOT NULL")
_CLOSED_STACKED = text("closed_at IS NOT NULL AND stack IS NOT NULL")
_UNANSWERED = text("closed_at IS NULL AND first_reply_at IS NULL")
_ANSWERED = text("closed_at IS NULL AND first_reply_at IS NOT NULL")
_WAITING = text("closed_at IS NULL AND status = 'waiting_for_reporter'")
_CLAIMED = text("closed_at IS NULL AND claimed_by IS NOT NULL")
_NEWS, _NEWS_POSTGRESQL = text("closed_at IS NULL AND has_news IS 1"), text("closed_at IS NULL AND has_news IS TRUE")


class Case(Base):
    """Work on one person's report over time.

    In clear, since the queue is ordered by it: level, score and times. Times are cut to the day when the case
    closes. What the queue shows of the answers lies in ``summary_box``, sealed to the office. ``closed_at`` is empty
    exactly while the case is open. ``stack`` is the content under which the case may share a row of the queue
    (``casefile.stacking``); in clear, it says no more than ``CaseReport.content_group`` and ``Match``. ``rules_number``
    is the version of the urgency values that score and floor rest on.
    """

    __tablename__ = "case_record"
    __table_args__ = (
        Index(
            "ix_case_record_open",
            *("level", "due_at", "received_at", "id", "status", "claimed_by", "claim_expires_at", "first_reply_at"),
            *("has_news", "stack", "version", "summary_epoch", "closed_at"),
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "ix_case_record_stack",
            *("stack", "level", "due_at", "received_at", "id", "status", "claimed_by", "claim_expires_at"),
            *("first_reply_at", "has_news", "version", "summary_epoch", "closed_at"),
            sqlite_where=_STACKED,
            postgresql_where=_STACKED,
        ),
        Index("ix_case_record_closed", "closed_at", "id", sqlite_where=_CLOSED, postgresql_where=_CLOSED),
        Index(
            "ix_case_record_closed_level", "level", "closed_at", "id", sqlite_where=_CLOSED, postgresql_where=_CLOSED
        ),
        Index(
            "ix_case_record_closed_stack",
            *("stack", "closed_at"),
            sqlite_where=_CLOSED_STACKED,
            postgresql_where=_CLOSED_STACKED,
        ),
        Index(
            "ix_case_record_unanswered",
            *("due_at", "first_reply_at", "closed_at"),
            sqlite_where=_UNANSWERED,
            postgresql_where=_UNANSWERED,
        ),
        Index(
            "ix_case_record_answered",
            *("first_reply_at", "closed_at"),
            sqlite_where=_ANSWERED,
            postgresql_where=_ANSWERED,
        ),
        Index(
            "ix_case_record_waiting",
            *("first_reply_at", "status", "closed_at"),
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index(
            "ix_case_record_held",
            *("claimed_by", "claim_expires_at", "first_reply_at", "has_news", "closed_at"),
            sqlite_where=_CLAIMED,
            postgresql_where=_CLAIMED,
        ),
        Index(
            "ix_case_record_news",
            *("first_reply_at", "has_news", "closed_at"),
            sqlite_where=_NEWS,
            postgresql_where=_NEWS_POSTGRESQL,
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    status: Mapped[CaseStatus]
    level: Mapped[Urgency]
    floor: Mapped[Urgency | None]
    score: Mapped[int]
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    first_read_at: Mapped[datetime | None]
    first_reply_at: Mapped[datetime | None]
    has_news: Mapped[bool]
    claimed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    claimed_at: Mapped[datetime | None]
    claim_expires_at: Mapped[datetime | None]
    summary_box: Mapped[bytes]
    summary_epoch: Mapped[int]
    closed_at: Mapped[datetime | None]
    stack: Mapped[uuid.UUID | None]
    rules_number: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy as declared


class CaseReport(Base):
    """Which case a report belongs to. Two people's reports never share one.

    ``content_group`` is equal for reports that hold the same content, as far as the worker can tell: the queue shows
    them under one item with a count. It links nobody and decides nothing. In clear, like the matches that it rests on;
    empty where a report has nothing in common with an earlier one.
    """

    __tablename__ = "case_report"
    __table_args__ = (Index("ix_case_report_content_group", "content_group", "case_id"),)

    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), index=True)
    content_group: Mapped[uuid.UUID | None]


class UrgencyOverride(Base):
    """A person set another level, with a reason. The newest counts; the history stays."""

    __tablename__ = "urgency_override"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case_record.id"), index=True)
    level: Mapped[Urgency]
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_member.id"))
    decided_at: Mapped[datetime]
    reason_box: Mapped[bytes]
    epoch: Mapped[int]


class IndexEntry(Base):
    """What the worker compares of one report: opened once, sealed again to the worker alone under its own key.

    ``number`` grows with every report that was matched, in the order in which that was committed, so that an index in
    memory is current when it has read what is newer than its highest. A withdrawn report keeps a row without a box
    under a new number.
    """

    __tablename__ = "index_entry"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read by SQLAlchemy as declared

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    report_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), unique=True)
    box: Mapped[bytes | None]


class Match(Base):
    """A suggestion that two reports belong together, and its state. ``low_id`` < ``high_id`` as bytes."""

    __tablename__ = "match"
    __table_args__ = (UniqueConstraint("low_id", "high_id", "match_class"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    low_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), index=True)
    high_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), index=True)
    match_class: Mapped[MatchClass]
    state: Mapped[LinkState]
    suggested_at: Mapped[datetime] = mapped_column(index=True)
    reasons_box: Mapped[bytes]
    epoch: Mapped[int]


class LinkDecision(Base):
    """One decision on a match. ``staff_id`` is empty where equal files or accounts linked by rule.

    ``undoes`` is the decision that this one takes back; ``state`` is then what had stood before that.
    """

    __tablename__ = "link_decision"
    __table_args__ = (
        Index("ix_link_decision_by_person", "decided_at", sqlite_where=_BY_PERSON, postgresql_where=_BY_PERSON),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    match_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("match.id"), index=True)
    state: Mapped[LinkState]
    staff_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("staff_member.id"))
    decided_at: Mapped[datetime]
    reason_box: Mapped[bytes | None]
    epoch: Mapped[int | None]
    undoes: Mapped[uuid.UUID | None] = mapped_column(index=True)
