"""Erasing what an office keeps no longer (``casefile.retention``), by the day on which a case was closed.

What stays of a case is what stays after a withdrawal: that it was, its level and days, decisions on links, the custody
log. A case that is open, was taken up again, has news that nobody has read, or a bundle that was asked for and has not
gone out yet, loses nothing. Behind the code the reporter reads that the report is erased; nothing more is taken there,
since nobody could read it beside a story that is gone. What came in at that very moment, or was written when such a
case was taken up once more, goes by the same spans.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from casefile.custody import SYSTEM, Act, append_entry
from casefile.models import (
    Addition,
    Bundle,
    Case,
    CaseRemark,
    CaseReport,
    CustodyEntry,
    Message,
    Paper,
    Receipt,
    Referral,
    ReportPart,
    Takedown,
    TakedownLetter,
    Task,
    Withdrawal,
    WorkerEnvelope,
)
from casefile.retention import HANDED_ON, Spans, find_spans
from casefile.vocabulary import BundleState, CaseStatus, CustodyAction, PublicStatus
from casefile.wib import local_date
from worker.runtime import Runtime, Turn, take_turn
from worker.withdrawing import empty_summary, erase_comparison, erase_words, erase_work

_AT_ONCE = 100
"""Reports that one sweep erases something of."""
_WORK = (Task, CaseRemark, Takedown, TakedownLetter, Paper, Referral)
_STORY, _FINGERPRINTS = "story", "fingerprints"


def erase_old_cases(runtime: Runtime, now: datetime) -> int:
    """Erase what is older than the office keeps it. Returns of how many reports, at most ``2 * _AT_ONCE``."""
    with Session(runtime.engine) as session:
        spans = find_spans(session, now)
        if not spans.erases_cases:
            return 0
        told = session.scalars(_with_old_story(spans, now).limit(_AT_ONCE)).all()
        compared = session.scalars(_with_old_fingerprints(spans, now).limit(_AT_ONCE)).all()
    return sum(
        _in_a_turn(runtime, now, report_id, erase)
        for report_ids, erase in ((told, _erase_story), (compared, _erase_fingerprints))
        for report_id in report_ids
    )


def _in_a_turn(runtime: Runtime, now: datetime, report_id: UUID, erase: Callable[[Turn, UUID, Spans], bool]) -> bool:
    """By the spans of that moment: whoever lengthens them, or switches them off, stops a sweep that has begun."""
    with take_turn(runtime, now) as turn:
        spans = find_spans(turn.session, now)
        is_erased = spans.erases_cases and erase(turn, report_id, spans)
        turn.session.commit()
    return is_erased


def _erase_story(turn: Turn, report_id: UUID, spans: Spans) -> bool:
    case = _lock_case(turn, _with_old_story(spans, turn.now), report_id)
    if case is None:
        return False
    erase_words(turn.session, report_id)
    erase_work(turn.session, case)
    gone = {"status": PublicStatus.ERASED, "status_on": local_date(turn.now), "opened_on": None}
    told = update(Receipt).where(Receipt.report_id == report_id, Receipt.status != PublicStatus.ERASED)
    turn.session.execute(told.values(gone))
    append_entry(turn.session, report_id, Act(CustodyAction.PURGED, SYSTEM, turn.now, {"part": _STORY}))
    return True


def _erase_fingerprints(turn: Turn, report_id: UUID, spans: Spans) -> bool:
    case = _lock_case(turn, _with_old_fingerprints(spans, turn.now), report_id)
    if case is None:
        return False
    erase_comparison(turn, report_id)
    empty_summary(turn, case)
    append_entry(turn.session, report_id, Act(CustodyAction.PURGED, SYSTEM, turn.now, {"part": _FINGERPRINTS}))
    return True


def _lock_case(turn: Turn, old: Select[tuple[UUID]], report_id: UUID) -> Case | None:
    """The report's case, locked; None where it is not among the ``old`` any more, as when it was taken up again."""
    own = select(Case).join(CaseReport, CaseReport.case_id == Case.id).where(CaseReport.report_id == report_id)
    case = turn.session.scalars(own.with_for_update(of=Case)).one_or_none()
    is_still_old = turn.session.scalar(old.where(CaseReport.report_id == report_id))
    return case if is_still_old else None


def _with_old_story(spans: Spans, now: datetime) -> Select[tuple[UUID]]:
    """Closed cases, by report, with words that are older than they are kept; not where somebody wrote since."""
    by_itself, handed_on = (now - timedelta(days=days) for days in (spans.story_days, spans.handed_on_days))
    is_old = or_(Case.closed_at < handed_on, and_(Case.closed_at < by_itself, ~_was_handed_on()))
    since = local_date(by_itself)
    wrote = exists().where(Message.report_id == CaseReport.report_id, Message.sent_on >= since)
    added = exists().where(Addition.report_id == CaseReport.report_id, Addition.added_on >= since)
    said = (exists().where(table.report_id == CaseReport.report_id) for table in (ReportPart, Message, Addition))
    work = (exists(table.case_id).where(table.case_id == Case.id) for table in _WORK)
    return _closed().where(is_old, or_(*said, *work), ~wrote, ~added)


def _with_old_fingerprints(spans: Spans, now: datetime) -> Select[tuple[UUID]]:
    has_any = exists().where(WorkerEnvelope.report_id == CaseReport.report_id, WorkerEnvelope.box.is_not(None))
    return _closed().where(Case.closed_at < now - timedelta(days=spans.fingerprint_days), has_any)


def _closed() -> Select[tuple[UUID]]:
    is_withdrawn = exists().where(Withdrawal.report_id == CaseReport.report_id)
    is_on_its_way = exists(Bundle.case_id).where(
        Bundle.case_id == Case.id,
        Bundle.state.in_((BundleState.REQUESTED, BundleState.APPROVED)),
        Bundle.exported_at.is_(None),
    )
    closed = select(CaseReport.report_id).join(Case, Case.id == CaseReport.case_id)
    return closed.where(
        Case.status == CaseStatus.CLOSED, Case.has_news.is_(False), ~is_withdrawn, ~is_on_its_way
    ).order_by(Case.closed_at, Case.id)


def _was_handed_on() -> ColumnElement[bool]:
    """A bundle or referral went out, the case was ever closed as referred or reported, or the duty to report decided.

    As the custody chain says. What was decided is sealed: it may have been that the police was told.
    """
    closed = f'{{"action":"{CustodyAction.CLOSED}",%"reason":"'
    sent = (CustodyAction.BUNDLE_EXPORTED, CustodyAction.REFERRAL_SENT, CustodyAction.DUTY_DECIDED)
    forms = [*(f'{{"action":"{action}",%' for action in sent), *(f'{closed}{reason}"%' for reason in HANDED_ON)]
    says_so = or_(*(CustodyEntry.body.like(form) for form in forms))
    return exists().where(CustodyEntry.report_id == CaseReport.report_id, says_so)
