"""Once a minute: send again or queue what slipped through, let waiting reports rise, erase what has expired.

Each step is a transaction of its own and can be done twice or by two processes without harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Result, Select, delete, exists, extract, func, or_, select, update
from sqlalchemy.orm import Session, load_only

from casefile.custody import SYSTEM, Act, append_entry
from casefile.database import begin_write
from casefile.errors import UnsealError
from casefile.models import (
    Addition,
    BundleDraft,
    Case,
    CaseReport,
    Draft,
    EnteringDraft,
    Exposure,
    HeldReply,
    Message,
    OutboxRow,
    ReplyDraft,
    Report,
    SpentProof,
    StaffSession,
    UrgencyOverride,
    Withdrawal,
)
from casefile.outbox import add_job
from casefile.reconcile import is_triaged
from casefile.retention import find_spans
from casefile.urgency import Thresholds, find_rules
from casefile.vocabulary import CustodyAction, JobName, OutboxState, Urgency
from casefile.wib import local_date
from worker.levels import FINISHED, find_facts, find_open_case, find_overrides, level_at, seal_summary, weigh_case
from worker.payloads import find_payload
from worker.retention import erase_old_cases
from worker.runtime import Runtime, Turn, take_turn
from worker.triaging import open_unread_case

KEEP_REPLY_DRAFTS = timedelta(days=30)
"""How long what somebody wrote to a reporter and never sent is kept after it was last saved."""
KEEP_ENTERING_DRAFTS = timedelta(days=7)
"""How long what somebody wrote down for a caller and never filed is kept after it was last saved."""
KEEP_EXPOSURE = timedelta(days=7)
"""How long it is kept how many stories a person opened on a day."""


_AT_ONCE = 200
"""Cases that one sweep weighs by new values: some three seconds."""
_TO_AGE = load_only(Case.level, Case.due_at, Case.score, Case.floor, Case.received_at, raiseload=True)
"""What the age of a case is reckoned from; no box is read."""


@dataclass(frozen=True)
class Swept:
    """What a sweep did: jobs sent again, reports queued unread, cases weighed by new values, raised, rows erased."""

    resent: int
    unread: int
    reweighed: int
    raised: int
    erased: int


def sweep(runtime: Runtime, now: datetime) -> Swept:
    """Do every step once at ``now`` (aware UTC)."""
    return Swept(
        resend_unmatched(runtime, now),
        queue_unread(runtime, now),
        weigh_by_new_values(runtime, now),
        age_queue(runtime, now),
        erase_expired(runtime, now) + let_go(runtime, now) + erase_old_cases(runtime, now),
    )


def resend_unmatched(runtime: Runtime, now: datetime) -> int:
    """Write a new job for whatever has no effect yet and no open or set-aside job: report, withdrawal, addition."""
    with Session(runtime.engine) as session:
        begin_write(session)
        missing = [
            *((JobName.MATCH_REPORT, report_id) for report_id in session.scalars(_unmatched())),
            *((JobName.WITHDRAW_REPORT, report_id) for report_id in session.scalars(_not_withdrawn())),
            *((JobName.NOTE_ADDITION, report_id) for report_id in session.scalars(_not_noted())),
        ]
        for job, report_id in missing:
            add_job(session, job, report_id, now)
            append_entry(session, report_id, Act(CustodyAction.JOB_RESENT, SYSTEM, now, {"job": job.name.lower()}))
        session.commit()
    return len(missing)


def queue_unread(runtime: Runtime, now: datetime) -> int:
    """Open a case for each report whose matching was set aside: nobody is lost because of a damaged envelope."""
    with Session(runtime.engine) as session:
        if session.execute(_set_aside()).first() is None:
            return 0
    with take_turn(runtime, now) as turn:
        stuck = turn.session.execute(_set_aside()).all()
        for report_id, received_at in stuck:
            open_unread_case(turn, report_id, received_at)
        turn.session.commit()
    return len(stuck)


def weigh_by_new_values(runtime: Runtime, now: datetime) -> int:
    """Weigh open cases by values that were changed since, the most urgent first. Returns how many.

    At most ``_AT_ONCE``. A case whose envelope is damaged keeps what it has.
    """
    with Session(runtime.engine) as session:
        outdated = select(Case.id).where(Case.closed_at.is_(None), Case.rules_number != find_rules(session).number)
        case_ids = session.scalars(outdated.order_by(Case.level, Case.due_at).limit(_AT_ONCE)).all()
    for case_id in case_ids:
        with take_turn(runtime, now) as turn:
            _weigh(turn, case_id)
            turn.session.commit()
    return len(case_ids)


def age_queue(runtime: Runtime, now: datetime) -> int:
    """Bring level and due time of every open case up to ``now`` (docs/urgency.md, "Waiting"). Returns how many rose.

    Overrides count from the level that a person set. What the queue shows of a case that changed is sealed anew. A case
    that waits to be weighed by newer values stands still until then: their thresholds say nothing of its old score.
    """
    with Session(runtime.engine) as session:
        overrides, rules = find_overrides(session), find_rules(session)
        current = select(Case).where(Case.status.not_in(FINISHED), Case.rules_number == rules.number, _may_be_stale())
        cases, thresholds = session.scalars(current.options(_TO_AGE)), rules.values.thresholds
        stale = [case.id for case in cases if _is_stale(case, overrides.get(case.id), now, thresholds)]
    for case_id in stale:
        with take_turn(runtime, now) as turn:
            _age(turn, case_id)
            turn.session.commit()
    return len(stale)


def erase_expired(runtime: Runtime, now: datetime) -> int:
    """Erase what has expired: drafts, staff sessions, bundles being read, proofs, replies never sent, counts, old jobs.

    A job that was set aside stays until a person hands it out again. Returns how many rows.
    """
    with Session(runtime.engine) as session:
        settled_before = now - timedelta(days=find_spans(session, now).job_days)
    expired = (
        delete(Draft).where(Draft.expires_at < now),
        delete(StaffSession).where(StaffSession.expires_at < now),
        delete(BundleDraft).where(BundleDraft.expires_at < now),
        delete(SpentProof).where(SpentProof.expires_at < now),
        delete(EnteringDraft).where(EnteringDraft.saved_at < now - KEEP_ENTERING_DRAFTS),
        delete(ReplyDraft).where(ReplyDraft.saved_at < now - KEEP_REPLY_DRAFTS),
        delete(Exposure).where(Exposure.opened_on < local_date(now) - KEEP_EXPOSURE),
        delete(OutboxRow).where(OutboxRow.state == OutboxState.DONE, OutboxRow.settled_at < settled_before),
    )
    with Session(runtime.engine) as session:
        begin_write(session)
        without_sync = {"synchronize_session": False}
        erased = sum(_count(session.execute(rows, execution_options=without_sync)) for rows in expired)
        session.commit()
    return erased


def let_go(runtime: Runtime, now: datetime) -> int:
    """Forget to the minute when replies were sent, and by whom, once they can be seen. Returns how many."""
    with Session(runtime.engine) as session:
        begin_write(session)
        held = select(HeldReply.report_id, HeldReply.number).join(
            Message, (Message.report_id == HeldReply.report_id) & (Message.number == HeldReply.number)
        )
        seen = session.execute(held.where(or_(Message.shown_from.is_(None), Message.shown_from <= now))).all()
        for report_id, number in seen:
            one = (Message.report_id == report_id) & (Message.number == number)
            session.execute(update(Message).where(one).values(shown_from=None))
            session.execute(delete(HeldReply).where(HeldReply.report_id == report_id, HeldReply.number == number))
        session.commit()
    return len(seen)


def _weigh(turn: Turn, case_id: UUID) -> None:
    report_id = turn.session.scalar(select(CaseReport.report_id).where(CaseReport.case_id == case_id))
    case = find_open_case(turn.session, report_id) if report_id else None
    if case is None or report_id is None:
        return
    try:
        payload = find_payload(turn, report_id)
    except UnsealError:
        payload = None
    if payload is None:
        case.rules_number = find_rules(turn.session).number
    else:
        weigh_case(turn, case, payload, find_facts(turn.session, report_id))


def _age(turn: Turn, case_id: UUID) -> None:
    rules, override = find_rules(turn.session), find_overrides(turn.session, case_id).get(case_id)
    found = select(Case).where(Case.id == case_id, Case.status.not_in(FINISHED), Case.rules_number == rules.number)
    case = turn.session.scalars(found.with_for_update()).one_or_none()
    report_id = turn.session.scalar(select(CaseReport.report_id).where(CaseReport.case_id == case_id))
    if case is None or report_id is None:
        return
    case.level, case.due_at = level_at(case, override, turn.now, rules.values.thresholds)
    try:
        payload = find_payload(turn, report_id)
    except UnsealError:
        return
    if payload is not None:
        seal_summary(turn, case, payload, find_facts(turn.session, report_id))


def _may_be_stale() -> ColumnElement[bool]:
    """Holds of every open case whose level or due time is not what ``level_at`` gives, and of few others.

    A P1 has nowhere to rise: waiting makes no report a P0. A level that a person set moves the due time. So does taking
    up a closed case, whose time of receipt was cut to the day in WIB and thus to a full hour.
    """
    is_full_hour = (extract("minute", Case.received_at) == 0) & (extract("second", Case.received_at) == 0)
    is_set = exists(UrgencyOverride.case_id).where(UrgencyOverride.case_id == Case.id)
    return or_(Case.level.in_((Urgency.P2, Urgency.P3)), is_full_hour, is_set)


def _is_stale(case: Case, override: Urgency | None, now: datetime, thresholds: Thresholds) -> bool:
    return level_at(case, override, now, thresholds) != (case.level, case.due_at)


def _unmatched() -> Select[tuple[UUID]]:
    has_withdrawal = exists().where(Withdrawal.report_id == Report.id)
    return select(Report.id).where(~is_triaged(), ~has_withdrawal, ~_is_pending(JobName.MATCH_REPORT))


def _set_aside() -> Select[tuple[UUID, datetime]]:
    has_withdrawal = exists().where(Withdrawal.report_id == OutboxRow.report_id)
    has_case = exists().where(CaseReport.report_id == OutboxRow.report_id)
    stuck = select(OutboxRow.report_id, func.min(OutboxRow.created_at)).group_by(OutboxRow.report_id)
    return stuck.where(
        OutboxRow.job == JobName.MATCH_REPORT, OutboxRow.state == OutboxState.SET_ASIDE, ~has_withdrawal, ~has_case
    )


def _not_withdrawn() -> Select[tuple[UUID]]:
    """Reports to be erased: also those where something arrived in the moment in which they were."""
    wrote, added = (exists().where(table.report_id == Report.id) for table in (Message, Addition))
    asked = select(Report.id).join(Withdrawal, Withdrawal.report_id == Report.id)
    is_left = or_(Withdrawal.erased_on.is_(None), wrote, added)
    return asked.where(is_left, ~_is_pending(JobName.WITHDRAW_REPORT))


def _not_noted() -> Select[tuple[UUID]]:
    has_withdrawal = exists().where(Withdrawal.report_id == Report.id)
    has_unnoted = exists().where(Addition.report_id == Report.id, Addition.is_noted.is_(False))
    return select(Report.id).where(has_unnoted, ~has_withdrawal, ~_is_pending(JobName.NOTE_ADDITION))


def _is_pending(job: JobName) -> ColumnElement[bool]:
    return exists().where(OutboxRow.report_id == Report.id, OutboxRow.job == job, OutboxRow.state != OutboxState.DONE)


def _count(result: Result[Any]) -> int:
    return cast("CursorResult[Any]", result).rowcount
