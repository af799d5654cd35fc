"""One page of a list: its cases in order, and what may be shown of each without opening its report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from casefile.contents import SUMMARY_NOTE, QueueSummary
from casefile.models import Case, CaseLabel, CaseReport, Report, StaffMember, Task
from casefile.vocabulary import Channel, WorkLabel
from triage.errors import NotFoundError
from triage.queue.estimates import guess_reporters
from triage.queue.facts import Shelf, parse_summary
from triage.queue.filters import NO_FILTERS, Filters
from triage.queue.listing import MAY_SHARE, Under, Window, count_under, list_alone, list_collapsed, list_stack
from triage.queue.places import Place
from triage.queue.related import count_related
from triage.queue.sifting import sift
from triage.queue.views import QueueView, is_held, is_task_due, view_conditions
from triage.reader import Reader

PAGE_SIZE = 20


@dataclass(frozen=True)
class Excerpt:
    """What is asked of the queue: a page of a view, or of those of its cases that ``like`` stands for.

    ``like`` is the code of a case under which others stand in the view. The page begins ``after`` a place, or ends
    ``before`` one, or is the first.
    """

    view: QueueView
    like: str | None = None
    filters: Filters = NO_FILTERS
    after: Place | None = None
    before: Place | None = None


@dataclass(frozen=True)
class Desktop:
    """Who looks, when, and what the process remembers of summaries."""

    reader: Reader
    shelf: Shelf
    now: datetime


@dataclass(frozen=True)
class QueueRow:
    """One case in the list. ``summary`` is None where it does not open; ``holder`` names who holds the lease.

    ``under`` counts the cases of the same content that stand under this one, ``reporters`` guesses how many people
    sent the reports of all of them; None while that is not worked out. ``channel`` is None for what came by the portal.
    ``tasks_due`` counts the reader's own tasks that are to be done today or before.
    """

    case: Case
    summary: QueueSummary | None
    holder: str | None
    related: int
    under: int
    labels: tuple[WorkLabel, ...]
    reporters: int | None
    channel: Channel | None = None
    tasks_due: int = 0


@dataclass(frozen=True)
class QueuePage:
    """One page of a list. ``earlier`` and ``later`` are the places where its neighbours end and begin.

    ``under`` cases of the whole list stand under another. ``unread`` summaries were not opened yet, so that cases may
    be missing from a filtered list; ``barred`` ones are of an epoch without a key.
    """

    rows: tuple[QueueRow, ...]
    earlier: Place | None
    later: Place | None
    under: int
    unread: int = 0
    barred: int = 0


@dataclass(frozen=True)
class Found:
    """The cases of a page, in order, before anything of them is loaded."""

    under: Under
    is_last: bool
    hidden: int = 0
    unread: int = 0
    barred: int = 0


def list_queue(session: Session, excerpt: Excerpt, desktop: Desktop) -> QueuePage:
    """One page in the order of attention.

    Raises ``NotFoundError`` when ``like`` is no case, or the view lists its cases one by one.
    """
    found = find_cases(session, excerpt, desktop, PAGE_SIZE)
    rows = _rows(session, found.under, excerpt, desktop)
    places = [Place.of(row.case) for row in rows]
    backwards = excerpt.before is not None
    has_earlier = not found.is_last if backwards else excerpt.after is not None
    has_later = backwards or not found.is_last
    return QueuePage(
        rows,
        places[0] if places and has_earlier else None,
        places[-1] if places and has_later else None,
        found.hidden,
        found.unread,
        found.barred,
    )


def find_cases(session: Session, excerpt: Excerpt, desktop: Desktop, limit: int) -> Found:
    """The first ``limit`` rows of what is asked for. Raises ``NotFoundError`` as ``list_queue``."""
    closed = excerpt.view is QueueView.CLOSED
    filters = excerpt.filters.open_only() if closed else excerpt.filters
    chosen = narrow(excerpt.view, filters, desktop)
    window = Window(limit + 1, excerpt.after, excerpt.before)
    if excerpt.like is not None:
        stack = _find_stack(session, excerpt)
        return _cut(list_stack(session, chosen, stack, window), window)
    if filters.is_sealed:
        sifted = sift(session, chosen, filters, Window(limit, excerpt.after, excerpt.before), desktop)
        return Found(sifted.under, sifted.is_last, sifted.hidden, sifted.unread, sifted.barred)
    if not excerpt.view.collapses:
        return _cut(list_alone(session, chosen, window, closed=closed), window)
    return _cut(list_collapsed(session, chosen, window), window, count_under(session, chosen))


def narrow(view: QueueView, filters: Filters, desktop: Desktop) -> ColumnElement[bool]:
    """What the table can be asked for."""
    conditions = filters.conditions(closed=view is QueueView.CLOSED)
    return and_(view_conditions(view, desktop.reader.staff_id, desktop.now), *conditions)


def open_summary(case: Case, reader: Reader) -> QueueSummary | None:
    """What the worker sealed for the queue; None when damaged or without a key for its epoch."""
    return parse_summary(reader.open_note(case.summary_box, case.summary_epoch, SUMMARY_NOTE, case.id))


def load_rows(session: Session, ids: Sequence[UUID], desktop: Desktop) -> tuple[QueueRow, ...]:
    """The cases with these ids, in this order, each for itself."""
    return _load(session, dict.fromkeys(ids, 0), {}, desktop)


def _cut(under: Under, window: Window, hidden: int = 0) -> Found:
    is_last = len(under) < window.limit
    kept = list(under.items())
    if not is_last:
        kept = kept[1:] if window.backwards else kept[:-1]
    return Found(dict(kept), is_last, hidden)


def _find_stack(session: Session, excerpt: Excerpt) -> UUID | None:
    """The content of the named case, even where it stands by itself."""
    head = session.scalar(select(Case.id).where(Case.code == excerpt.like))
    if head is None or not excerpt.view.collapses:
        raise NotFoundError
    groups = select(CaseReport.content_group).where(CaseReport.case_id == head)
    return session.scalar(groups.where(CaseReport.content_group.is_not(None)).order_by(CaseReport.content_group))


def _rows(session: Session, under: Under, excerpt: Excerpt, desktop: Desktop) -> tuple[QueueRow, ...]:
    heads = [case_id for case_id, count in under.items() if count]
    chosen = narrow(excerpt.view, excerpt.filters, desktop)
    reporters = _guess_reporters(session, heads, chosen, desktop) if heads else {}
    return _load(session, under, reporters, desktop)


def _load(session: Session, under: Under, reporters: dict[UUID, int], desktop: Desktop) -> tuple[QueueRow, ...]:
    named = select(Case, StaffMember.display_name).outerjoin(StaffMember, StaffMember.id == Case.claimed_by)
    found = {case.id: (case, name) for case, name in session.execute(named.where(Case.id.in_(under)))}
    related, labels = count_related(session, list(under)), list_labels(session, list(under))
    due = _count_tasks(session, list(under), desktop)
    channels = find_channels(session, list(under))
    return tuple(
        QueueRow(
            case=case,
            summary=open_summary(case, desktop.reader),
            holder=name if is_held(case, desktop.now) else None,
            related=related.get(case.id, 0),
            under=under[case.id],
            labels=labels.get(case.id, ()),
            reporters=reporters.get(case.id),
            tasks_due=due.get(case.id, 0),
            channel=channels.get(case.id),
        )
        for case, name in (found[case_id] for case_id in under if case_id in found)
    )


def find_channels(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, Channel]:
    """How the reports of cases came in, where it was not by the portal."""
    came = select(CaseReport.case_id, Report.channel).join(Report, Report.id == CaseReport.report_id)
    others = came.where(CaseReport.case_id.in_(case_ids), Report.channel != Channel.WEB)
    return {row[0]: row[1] for row in session.execute(others)}


def list_labels(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, tuple[WorkLabel, ...]]:
    """The labels of cases, in the order of their list."""
    found: dict[UUID, set[WorkLabel]] = defaultdict(set)
    for row in session.execute(select(CaseLabel.case_id, CaseLabel.label).where(CaseLabel.case_id.in_(case_ids))):
        found[row[0]].add(row[1])
    return {case_id: tuple(label for label in WorkLabel if label in held) for case_id, held in found.items()}


def _count_tasks(session: Session, case_ids: Sequence[UUID], desktop: Desktop) -> dict[UUID, int]:
    mine = is_task_due(desktop.reader.staff_id, desktop.now), Task.case_id.in_(case_ids)
    counted = select(Task.case_id, func.count()).where(*mine).group_by(Task.case_id)
    return {row[0]: row[1] for row in session.execute(counted)}


def _guess_reporters(
    session: Session, heads: list[UUID], chosen: ColumnElement[bool], desktop: Desktop
) -> dict[UUID, int]:
    """By the head of each flood, as far as it is known."""
    stacks = {row[1]: row[0] for row in session.execute(select(Case.id, Case.stack).where(Case.id.in_(heads)))}
    sharing = and_(chosen, MAY_SHARE)
    guessed = guess_reporters(session, sharing, list(stacks), desktop.reader, desktop.shelf)
    return {stacks[stack]: count for stack, count in guessed.items()}
