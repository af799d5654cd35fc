"""The jobs: one function a ``JobName``, each with one argument, the id of its outbox row.

A job runs at least once and has its effect once. The outbox row is locked first: if it is settled the job returns;
otherwise effect and settling are one transaction. Beginning is counted in a transaction before, so that a job which
kills its worker is set aside in the end. What a job raises is noted by the worker (``worker.queueing``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.outbox import find_open_job, settle_job, start_job
from worker.additions import note_additions
from worker.conversation import note_reporter_message
from worker.runtime import Turn, installed, take_turn
from worker.triaging import triage_report
from worker.withdrawing import erase_report

Effect = Callable[[Turn, UUID], None]


def match_report(outbox_id: str) -> None:
    """Compare a new report with all others, weigh it, and put it into the queue."""
    _run(outbox_id, triage_report)


def note_message(outbox_id: str) -> None:
    """Show the office that the reporter wrote."""
    _run(outbox_id, note_reporter_message)


def note_addition(outbox_id: str) -> None:
    """Compare what a reporter added, or stop comparing, and show the office that there is news."""
    _run(outbox_id, note_additions)


def withdraw_report(outbox_id: str) -> None:
    """Erase a report that its reporter took back."""
    _run(outbox_id, erase_report)


def _run(outbox_id: str, effect: Effect) -> None:
    runtime, row_id, now = installed(), UUID(outbox_id), datetime.now(UTC)
    with Session(runtime.engine) as session:
        begin_write(session)
        row = find_open_job(session, row_id)
        if row is None:
            return
        start_job(row, now)
        session.commit()
    with take_turn(runtime, now) as turn:
        row = find_open_job(turn.session, row_id)
        if row is not None:
            effect(turn, row.report_id)
            settle_job(row, now)
            turn.session.commit()
