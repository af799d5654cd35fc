"""One page of a list: its cases in order, and what may be shown of each without opening its report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from casefile.contents import SUMMARY_NOTE, QueueSummary
from casefile.models import Case, CaseLabel, CaseReport, Report, StaffMember, Task
from casefile.vocabulary import Channel, WorkLabel
from triage.errors import NotFoundError
from triage.queue.choosing import EVERY_OPEN, Chosen, choose
from triage.queue.estimates import Guess, guess_reporters
from triage.queue.facts import Shelf, parse_summary
from triage.queue.filters import NO_FILTERS, Filters
from triage.queue.listing import Under, Window, list_alone, list_collapsed, list_stack
from triage.queue.places import Place
from triage.queue.related import count_related
from triage.queue.sifting import sift
from triage.queue.views import IS_TASK_DUE, QueueView, is_held, moment_values
from triage.reader import Reader
from triage.rows import read_columns

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
    sent the reports of all of them or of the first; None while that is not worked out. ``channel`` is None for what
    came by the portal. ``tasks_due`` counts the reader's own tasks that are to be done today or before.
    """

    case: Case
    summary: QueueSummary | None
    holder: str | None
    related: int
    under: int
    labels: tuple[WorkLabel, ...]
    reporters: Guess | None
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
        return _cut(list_alone(session, chosen, window), window)
    listed, hidden = list_collapsed(session, chosen, window)
    return _cut(listed, window, hidden)


def narrow(view: QueueView, filters: Filters, desktop: Desktop) -> Chosen:
    """What the table can be asked for."""
    return choose(view, desktop.reader.staff_id, desktop.now, filters)


def open_summary(case: Case, reader: Reader) -> QueueSummary | None:
    """What the worker sealed for the queue; None when damaged or without a key for its epoch."""
    return parse_summary(reader.open_note(case.summary_box, case.summary_epoch, SUMMARY_NOTE, case.id))


def load_rows(session: Session, ids: Sequence[UUID], desktop: Desktop) -> tuple[QueueRow, ...]:
    """The cases with these ids, in this order, each for itself."""
    return _load(session, dict.fromkeys(ids, 0), desktop, EVERY_OPEN)


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
    return _load(session, under, desktop, narrow(excerpt.view, excerpt.filters, desktop))


def _load(session: Session, under: Under, desktop: Desktop, chosen: Chosen) -> tuple[QueueRow, ...]:
    """The rows; where cases stand under one, with a guess at who sent their reports."""
    if not under:
        return ()
    ids = list(under)
    named = session.execute(_naming(), {**moment_values(desktop.reader.staff_id, desktop.now), "ids": ids})
    found = {row[0].id: row for row in named}
    related, labels = count_related(session, ids), list_labels(session, ids)
    stacks = {row[0].stack: case_id for case_id, row in found.items() if under[case_id] and row[0].stack is not None}
    sizes = {stack: under[case_id] + 1 for stack, case_id in stacks.items()}
    guessed = guess_reporters(session, chosen, sizes, desktop.reader, desktop.shelf, sharing=True) if sizes else {}
    reporters = {stacks[stack]: guess for stack, guess in guessed.items()}
    return tuple(
        QueueRow(
            case=case,
            summary=open_summary(case, desktop.reader),
            holder=name if is_held(case, desktop.now) else None,
            related=related.get(case.id, 0),
            under=under[case.id],
            labels=labels.get(case.id, ()),
            reporters=reporters.get(case.id),
            tasks_due=due,
            channel=channel,
        )
        for case, name, due, channel in (found[case_id] for case_id in ids if case_id in found)
    )


@cache
def _naming() -> Select[tuple[Case, str, int, Channel]]:
    """Cases, who claimed them, how many of the reader's tasks are due, and how a report came if not by the portal."""
    due = select(func.count()).select_from(Task).where(Task.case_id == Case.id, IS_TASK_DUE)
    came = (
        select(func.max(Report.channel))
        .join(CaseReport, CaseReport.report_id == Report.id)
        .where(CaseReport.case_id == Case.id, Report.channel != Channel.WEB)
    )
    columns = StaffMember.display_name, due.correlate(Case).scalar_subquery(), came.correlate(Case).scalar_subquery()
    named = select(Case, *columns).outerjoin(StaffMember, StaffMember.id == Case.claimed_by)
    return named.where(Case.id.in_(bindparam("ids", expanding=True)))


def list_labels(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, tuple[WorkLabel, ...]]:
    """The labels of cases, in the order of their list."""
    found: dict[UUID, set[WorkLabel]] = defaultdict(set)
    for row in read_columns(session, _labelling(), {"ids": case_ids}):
        found[row[0]].add(row[1])
    return {case_id: tuple(label for label in WorkLabel if label in held) for case_id, held in found.items()}


@cache
def _labelling() -> Select[tuple[UUID, WorkLabel]]:
    among = CaseLabel.case_id.in_(bindparam("ids", expanding=True))
    return select(CaseLabel.case_id, CaseLabel.label).where(among)
