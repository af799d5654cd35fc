"""Reports that were matched before the index had entries get theirs: once, when a worker starts after an upgrade."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session

from casefile.errors import UnsealError
from casefile.models import CaseReport, IndexEntry, WorkerEnvelope
from worker.matching import Entry, Features
from worker.payloads import find_payload
from worker.recording import record_entry
from worker.runtime import Runtime, Turn, take_turn

BATCH = 100


def enter_earlier_reports(runtime: Runtime, now: datetime) -> int:
    """Write what is missing, in the order of arrival; returns how many. Matches are not made anew.

    Each batch is a turn of its own, so that other workers go on meanwhile; where nothing is missing, no turn is taken.
    """
    with Session(runtime.engine) as session:
        if not _missing(session, 0):
            return 0
    entered, highest = 0, 0
    while True:
        with take_turn(runtime, now) as turn:
            rows = _missing(turn.session, highest)
            entered += sum(_enter(turn, row) for row in rows)
            turn.session.commit()
        if len(rows) < BATCH:
            return entered
        highest = rows[-1].number


def _missing(session: Session, highest: int) -> list[Row[tuple[int, UUID]]]:
    has_case = exists().where(CaseReport.report_id == WorkerEnvelope.report_id)
    has_entry = exists().where(IndexEntry.report_id == WorkerEnvelope.report_id)
    chosen = select(WorkerEnvelope.number, WorkerEnvelope.report_id)
    later = chosen.where(WorkerEnvelope.number > highest, WorkerEnvelope.box.is_not(None), has_case, ~has_entry)
    return list(session.execute(later.order_by(WorkerEnvelope.number).limit(BATCH)))


def _enter(turn: Turn, row: Row[tuple[int, UUID]]) -> bool:
    try:
        payload = find_payload(turn, row.report_id)
    except UnsealError:
        return False
    if payload is None or not payload.may_compare:
        return False
    turn.index.refresh(turn.session)
    features = Features.of(payload, turn.secrets.identifier_key)
    record_entry(turn, row.report_id, Entry(features, turn.index.compare(row.report_id, features, turn.shelf).groups))
    return True
