"""A reporter put something beside the report: it is compared again, or no longer, and the case shows the news."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from sqlalchemy import select

from casefile.contents import WorkerPayload
from casefile.custody import REPORTER, Act, append_entry
from casefile.errors import UnsealError
from casefile.models import Addition, Case, CaseReport, Withdrawal
from casefile.stacking import lock_cases, settle_stacks
from casefile.vocabulary import AdditionKind, CaseStatus, CustodyAction
from worker.levels import find_facts, seal_summary
from worker.matching import Entry, Features, choose_findings
from worker.payloads import find_payload, open_addition
from worker.recording import (
    Written,
    drop_undecided,
    is_entered,
    join_content_group,
    note_links,
    record_matches,
    replace_entry,
)
from worker.runtime import Turn
from worker.triaging import weigh_again


def note_additions(turn: Turn, report_id: UUID) -> None:
    """The effect of ``note_addition``: every addition that was not noted yet, once. Doing it again changes nothing.

    Right in any order: before the report was matched there is no case, and ``match_report`` takes additions along.
    Nothing is noted of a withdrawn report. Cases are locked before custody chains, as everywhere.
    """
    if turn.session.get(Withdrawal, report_id) is not None:
        return
    unnoted = select(Addition).where(Addition.report_id == report_id, Addition.is_noted.is_(False))
    fresh = turn.session.scalars(unnoted.order_by(Addition.number)).all()
    if not fresh:
        return
    has_material = any(row.kind is AdditionKind.MATERIAL for row in fresh)
    written = _bring_up_to_date(turn, report_id, has_material=has_material)
    for row in fresh:
        append_entry(turn.session, report_id, _act(turn, row))
        row.is_noted = True
    note_links(turn, report_id, written)


def _bring_up_to_date(turn: Turn, report_id: UUID, *, has_material: bool) -> Written:
    """Compare and weigh what the report is now, and show the news. Returns what was newly found."""
    lock_cases(turn.session, [report_id])
    case = _find_case(turn, report_id)
    if case is None:
        return []
    case.has_news = True
    if case.status is CaseStatus.WAITING_FOR_REPORTER:
        case.status = CaseStatus.OPEN
    try:
        payload = find_payload(turn, report_id)
    except UnsealError:
        return []
    if payload is None:
        return []
    written: Written = []
    if not payload.may_compare:
        _leave_comparison(turn, report_id)
    elif has_material or not is_entered(turn.session, report_id):
        written = _compare_again(turn, report_id, payload)
        join_content_group(turn, report_id, written)
    weigh_again(turn, [report_id, *(finding.report_id for finding, _ in written)])
    seal_summary(turn, case, payload, find_facts(turn.session, report_id))
    return written


def _find_case(turn: Turn, report_id: UUID) -> Case | None:
    own = select(Case).join(CaseReport, CaseReport.case_id == Case.id).where(CaseReport.report_id == report_id)
    return turn.session.scalars(own.execution_options(populate_existing=True)).one_or_none()


def _compare_again(turn: Turn, report_id: UUID, payload: WorkerPayload) -> Written:
    turn.index.refresh(turn.session)
    features = Features.of(payload, turn.secrets.identifier_key)
    found = turn.index.compare(report_id, features, turn.shelf)
    replace_entry(turn, report_id, Entry(features, found.groups))
    return record_matches(turn, report_id, choose_findings(found.candidates))


def _leave_comparison(turn: Turn, report_id: UUID) -> None:
    """The report is found no more and shares no row of the queue; suggestions that nobody decided on are gone."""
    replace_entry(turn, report_id, None)
    drop_undecided(turn, report_id)
    turn.session.get_one(CaseReport, report_id).content_group = None
    settle_stacks(turn.session, [report_id])


def _act(turn: Turn, row: Addition) -> Act:
    detail: dict[str, object] = {"number": row.number}
    if row.kind is AdditionKind.MATERIAL:
        return Act(CustodyAction.REPORTER_ADDED, REPORTER, row.added_on, detail)
    with suppress(UnsealError):
        detail["compared"] = bool(open_addition(turn.secrets, row).may_compare)
    return Act(CustodyAction.CONSENT_CHANGED, REPORTER, row.added_on, detail)
