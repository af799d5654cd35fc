"""The queue: which cases stand in which view, in what order, and what may be shown of them unopened.

The order is that of docs/urgency.md: aged level, due time, older report. The worker's sweep keeps the level aged, so
the database sorts by three columns. Cases of one content share a row (``triage.collapsing``); counts count every case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from casefile.contents import SUMMARY_NOTE, QueueSummary
from casefile.models import Case, CaseReport, Match, StaffMember
from casefile.vocabulary import CaseStatus, LinkState
from casefile.wib import end_of_day
from triage.collapsing import (
    Places,
    find_content,
    list_places,
    place_alone,
    place_collapsed,
    place_content,
)
from triage.errors import NotFoundError
from triage.reader import Reader

PAGE_SIZE = 25

_FINISHED = (CaseStatus.CLOSED, CaseStatus.WITHDRAWN)


class QueueView(StrEnum):
    """A list of cases with an address of its own."""

    TO_READ = "perlu-dibaca"
    MINE = "kasus-saya"
    WAITING = "menunggu-pelapor"
    DUE_TODAY = "jatuh-tempo-hari-ini"
    ALL = "semua"
    CLOSED = "ditutup"

    @property
    def collapses(self) -> bool:
        """What somebody works on, and what is done, is listed one by one."""
        return self not in {QueueView.MINE, QueueView.CLOSED}


@dataclass(frozen=True)
class Excerpt:
    """What is asked of the queue: page ``number`` of a view, or of those of its cases that ``like`` stands for.

    ``like`` is the code of a case under which others stand in the view.
    """

    view: QueueView
    number: int = 1
    like: str | None = None


@dataclass(frozen=True)
class QueueRow:
    """One case in the list. ``summary`` is None where it does not open; ``holder`` names who holds the lease.

    ``under`` counts the cases of the same content that stand under this one.
    """

    case: Case
    summary: QueueSummary | None
    holder: str | None
    related: int
    under: int


@dataclass(frozen=True)
class QueuePage:
    """One page of a list; ``number`` counts from 1, ``total`` rows, ``under`` the cases that stand under another."""

    rows: tuple[QueueRow, ...]
    number: int
    total: int
    under: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PAGE_SIZE))


def list_queue(session: Session, excerpt: Excerpt, reader: Reader, now: datetime) -> QueuePage:
    """One page in the order of attention. A page past the end is empty.

    Raises ``NotFoundError`` when ``like`` is no case, or the view lists its cases one by one.
    """
    chosen = _where(excerpt.view, reader.staff_id, now)
    places = _places(session, excerpt, chosen)
    listed, total = list_places(session, places, PAGE_SIZE, (excerpt.number - 1) * PAGE_SIZE)
    under = 0
    if excerpt.view.collapses and excerpt.like is None:
        under = (session.scalar(select(func.count()).select_from(Case).where(chosen)) or 0) - total
    return QueuePage(_rows(session, listed, reader, now), excerpt.number, total, under)


def count_views(session: Session, staff_id: UUID, now: datetime) -> dict[QueueView, int]:
    """How many cases stand in each view."""
    counts = [func.count().filter(_where(view, staff_id, now)) for view in QueueView]
    return dict(zip(QueueView, session.execute(select(*counts).select_from(Case)).one(), strict=True))


def open_summary(case: Case, reader: Reader) -> QueueSummary | None:
    """What the worker sealed for the queue; None when damaged or without a key for its epoch."""
    opened = reader.open_note(case.summary_box, case.summary_epoch, SUMMARY_NOTE, case.id)
    if opened is None:
        return None
    try:
        return QueueSummary.from_bytes(opened)
    except (ValueError, KeyError, TypeError):
        return None


def is_held(case: Case, now: datetime) -> bool:
    """Whether somebody's lease on the case is running."""
    return case.claimed_by is not None and case.claim_expires_at is not None and case.claim_expires_at > now


def count_related(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, int]:
    """For each case the number of other reports that are or may be related."""
    if not case_ids:
        return {}
    other = case_report_pairs().subquery()
    counted = (
        select(other.c.case_id, func.count(func.distinct(other.c.other_report)))
        .where(other.c.case_id.in_(case_ids))
        .group_by(other.c.case_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def case_report_pairs() -> Select[tuple[UUID, UUID]]:
    """(case_id, other_report) for every match that was not rejected, seen from both sides."""
    sides = (Match.low_id, Match.high_id), (Match.high_id, Match.low_id)
    first, second = (
        select(CaseReport.case_id.label("case_id"), other.label("other_report"))
        .join(Match, own == CaseReport.report_id)
        .where(Match.state != LinkState.REJECTED)
        for own, other in sides
    )
    joined = first.union_all(second).subquery()
    return select(joined.c.case_id, joined.c.other_report)


def _where(view: QueueView, staff_id: UUID, now: datetime) -> ColumnElement[bool]:
    is_open = Case.status.not_in(_FINISHED)
    unanswered = or_(Case.first_reply_at.is_(None), Case.has_news.is_(True))
    match view:
        case QueueView.TO_READ:
            is_free = or_(Case.claimed_by.is_(None), Case.claim_expires_at <= now)
            return and_(is_open, unanswered, is_free)
        case QueueView.MINE:
            return and_(is_open, Case.claimed_by == staff_id)
        case QueueView.WAITING:
            return Case.status == CaseStatus.WAITING_FOR_REPORTER
        case QueueView.DUE_TODAY:
            return and_(is_open, Case.first_reply_at.is_(None), Case.due_at < end_of_day(now))
        case QueueView.ALL:
            return is_open
        case QueueView.CLOSED:
            return Case.status.in_(_FINISHED)


def _places(session: Session, excerpt: Excerpt, chosen: ColumnElement[bool]) -> Places:
    if excerpt.like is not None:
        head = session.scalar(select(Case.id).where(Case.code == excerpt.like))
        if head is None or not excerpt.view.collapses:
            raise NotFoundError
        return place_content(chosen, find_content(session, head))
    if excerpt.view.collapses:
        return place_collapsed(chosen)
    if excerpt.view is QueueView.CLOSED:
        return place_alone(chosen).order_by(Case.closed_at.desc(), Case.id)
    return place_alone(chosen).order_by(Case.level, Case.due_at, Case.received_at, Case.id)


def _rows(session: Session, under: Mapping[UUID, int], reader: Reader, now: datetime) -> tuple[QueueRow, ...]:
    """The cases whose ids ``under`` holds, in its order."""
    named = select(Case, StaffMember.display_name).outerjoin(StaffMember, StaffMember.id == Case.claimed_by)
    found = {case.id: (case, name) for case, name in session.execute(named.where(Case.id.in_(under)))}
    related = count_related(session, list(under))
    return tuple(
        QueueRow(
            case=case,
            summary=open_summary(case, reader),
            holder=name if is_held(case, now) else None,
            related=related.get(case.id, 0),
            under=under[case.id],
        )
        for case, name in (found[case_id] for case_id in under if case_id in found)
    )
