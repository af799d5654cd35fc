"""A new report: compared, weighed, given a case in the queue, with a custody entry for each step."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from casefile.additions import FIRST_CHOICES
from casefile.case_codes import NUMBERS, case_code
from casefile.contents import Closing, WorkerPayload
from casefile.custody import SYSTEM, Act, append_entry
from casefile.errors import UnsealError
from casefile.kept import SHIPPED
from casefile.models import Addition, Case, CaseReport, Message, Withdrawal
from casefile.stacking import lock_cases
from casefile.urgency import due_at
from casefile.vocabulary import Author, CaseStatus, CustodyAction, Urgency
from casefile.wib import day_start, start_of_day
from worker.levels import find_facts, find_open_case, seal_unread_summary, weigh_case
from worker.matching import Entry, Features, choose_findings
from worker.payloads import find_payload
from worker.recording import Written, join_content_group, note_links, record_entry, record_matches
from worker.runtime import Turn


def triage_report(turn: Turn, report_id: UUID) -> None:
    """The effect of ``match_report``. Doing it again changes nothing.

    A report that was withdrawn meanwhile is left to the job that erases it. Locks are taken in the order in which
    the desk takes them, cases before custody chains, so that neither waits for the other in a circle.
    Raises ``UnsealError`` when the report's envelope does not open: the job is then set aside, and the sweep queues
    the report unread.
    """
    if turn.session.get(Withdrawal, report_id) is not None:
        return
    payload = find_payload(turn, report_id)
    if payload is None:
        raise UnsealError("a report that was not withdrawn has no envelope")
    written = _compare(turn, report_id, payload)
    is_new = turn.session.get(CaseReport, report_id) is None
    if is_new:
        _open_case(turn, report_id, payload)
        if payload.closing is not None:
            _close_as_it_was(turn, report_id, payload.closing)
        join_content_group(turn, report_id, written)
    weigh_again(turn, [report_id, *(finding.report_id for finding, _ in written)])
    if is_new:
        _note_comparison(turn, report_id, payload, written)
    note_links(turn, report_id, written)


def _compare(turn: Turn, report_id: UUID, payload: WorkerPayload) -> Written:
    if not payload.may_compare:
        return []
    turn.index.refresh(turn.session)
    features = Features.of(payload, turn.secrets.identifier_key)
    found = turn.index.compare(report_id, features, turn.shelf)
    record_entry(turn, report_id, Entry(features, found.groups))
    return record_matches(turn, report_id, choose_findings(found.candidates))


def _open_case(turn: Turn, report_id: UUID, payload: WorkerPayload) -> None:
    wrote = exists().where(Message.report_id == report_id, Message.author == Author.REPORTER)
    added = exists().where(Addition.report_id == report_id, Addition.number > FIRST_CHOICES)
    case = Case(
        id=uuid.uuid4(),
        code=_new_code(turn.session),
        status=CaseStatus.WAITING,
        floor=None,
        score=0,
        rules_number=SHIPPED,
        received_at=payload.received_at,
        has_news=bool(turn.session.scalar(select(or_(wrote, added)))),
        summary_box=b"",
    )
    weighed = turn if payload.closing is None else replace(turn, now=payload.received_at)
    weigh_case(weighed, case, payload, find_facts(turn.session, report_id))
    turn.session.add(case)
    turn.session.flush()
    turn.session.add(CaseReport(report_id=report_id, case_id=case.id))
    turn.session.flush()


def _close_as_it_was(turn: Turn, report_id: UUID, closing: Closing) -> None:
    """Of an old register: closed on that day, at the level of its answers alone, since nobody waits any more."""
    own = select(Case).join(CaseReport, CaseReport.case_id == Case.id).where(CaseReport.report_id == report_id)
    case = turn.session.scalars(own.with_for_update(of=Case)).one()
    case.status, case.closed_at = CaseStatus.CLOSED, day_start(closing.on)
    case.received_at, case.due_at = start_of_day(case.received_at), start_of_day(case.due_at)
    detail = None if closing.reason is None else {"reason": closing.reason.value}
    append_entry(turn.session, report_id, Act(CustodyAction.CLOSED, SYSTEM, turn.now, detail))


def open_unread_case(turn: Turn, report_id: UUID, received_at: datetime) -> None:
    """Queue a report that cannot be compared or weighed as P1, so that a person reads the story itself."""
    case = Case(
        id=uuid.uuid4(),
        code=_new_code(turn.session),
        status=CaseStatus.WAITING,
        level=Urgency.P1,
        floor=Urgency.P1,
        score=0,
        rules_number=SHIPPED,
        received_at=received_at,
        due_at=due_at(Urgency.P1, received_at),
        has_news=False,
    )
    seal_unread_summary(turn, case)
    turn.session.add(case)
    turn.session.flush()
    turn.session.add(CaseReport(report_id=report_id, case_id=case.id))
    append_entry(turn.session, report_id, Act(CustodyAction.MATCHED, SYSTEM, turn.now, {"compared": False}))


def _new_code(session: Session) -> str:
    """A number that says nothing about how many there are."""
    while True:
        code = case_code(secrets.randbelow(NUMBERS))
        if session.scalar(select(Case.id).where(Case.code == code)) is None:
            return code


def weigh_again(turn: Turn, report_ids: Iterable[UUID]) -> None:
    """What was found may raise older reports too. An older one whose envelope was damaged keeps what it has.

    Locks the rows of all their cases, in the order that all processes share.
    """
    report_ids = sorted(set(report_ids))
    lock_cases(turn.session, report_ids)
    for report_id in report_ids:
        case = find_open_case(turn.session, report_id)
        if case is None:
            continue
        try:
            payload = find_payload(turn, report_id)
        except UnsealError:
            continue
        if payload is not None:
            weigh_case(turn, case, payload, find_facts(turn.session, report_id))


def _note_comparison(turn: Turn, report_id: UUID, payload: WorkerPayload, written: Written) -> None:
    linked = sum(finding.match_class.is_exact for finding, _ in written)
    detail = {"compared": payload.may_compare, "linked": linked, "suggested": len(written) - linked}
    append_entry(turn.session, report_id, Act(CustodyAction.MATCHED, SYSTEM, turn.now, detail))
