"""The case page, as several views show it: fresh, with the story, or with what was typed and a message."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy.orm import Session

from casefile.contents import OVERRIDE_NOTE
from casefile.models import Case
from casefile.submission import Answers
from casefile.vocabulary import ClosingReason, DutyOutcome, RemarkKind, TakedownTarget, Urgency
from casefile.wib import WIB, local_date
from triage.additions import OpenedReport, count_unread
from triage.case_clocks import CaseClocks, Known, find_arrival, read_clocks
from triage.case_words import due_day, summary_line
from triage.casework import Doing, get_case, list_overrides, list_report_ids
from triage.clash import see
from triage.clock_words import DUTY_TEXTS, countdown, last_day
from triage.closing import OpenEnds, count_bundles
from triage.erasing import find_request, has_code, story_state
from triage.extensions import db
from triage.gate import doing
from triage.handover import NOTE_LIMIT, arrive, list_workers
from triage.history import list_names
from triage.queue import is_held, open_summary
from triage.reader import Reader
from triage.referrals import count_open
from triage.remarks import REASON_LIMIT, list_remarks, newest
from triage.takedowns import ADDRESS_LIMIT, list_takedowns
from triage.tasks import TASK_LIMIT, TaskRow, list_tasks, open_among


def render_case(
    code: str,
    *,
    contents: OpenedReport | None = None,
    typed: Mapping[str, str] | None = None,
    fault: str | None = None,
) -> str:
    """The page. ``typed`` keeps what was written into a form that was not saved."""
    session, act = db.session(), doing()
    case = get_case(session, code)
    _arrive(case.id, act)
    case = get_case(session, code)
    summary = open_summary(case, act.reader)
    unread = count_unread(session, list_report_ids(session, case.id))
    return render_template(
        "triage/case.html",
        case=case,
        tab="summary",
        summary=summary,
        contents=contents,
        names=list_names(session),
        is_mine=is_held(case, act.now) and case.claimed_by == act.staff_id,
        is_held=is_held(case, act.now),
        levels=list(Urgency),
        seen=see(session, case),
        workers=list_workers(session),
        unread=unread,
        typed=typed or {},
        fault=fault,
        **_erasing(session, case),
        **_overrides(session, case, act.reader),
        **_work(session, case, summary.answers if summary else None, act, has_news=case.has_news or bool(unread)),
        **_forms(act),
    )


def _erasing(session: Session, case: Case) -> dict[str, Any]:
    """Whether the story is there, and who asked to erase it."""
    return {
        "state": story_state(session, case),
        "asked": find_request(session, case.id),
        "has_code": has_code(session, case.id),
    }


def _overrides(session: Session, case: Case, reader: Reader) -> dict[str, Any]:
    """The levels that people set, with their reasons, newest first."""
    found = []
    for override in list_overrides(session, case.id):
        note = reader.open_note(override.reason_box, override.epoch, OVERRIDE_NOTE, override.id)
        found.append((override, note.decode() if note else None))
    return {"overrides": found}


def _work(session: Session, case: Case, answers: Answers | None, act: Doing, *, has_news: bool) -> dict[str, Any]:
    """Clocks, tasks, what was set down about the case, and what is still open."""
    remarks = list_remarks(session, case.id, act.reader)
    came = find_arrival(session, case)
    takedowns = list_takedowns(session, case.id, act.reader, act.now)
    clocks = read_clocks(Known(case, answers, came), remarks, takedowns, act.now)
    tasks = list_tasks(session, case.id, act.reader)
    return {
        "came": came,
        "clocks": clocks,
        "tasks": tasks,
        "closing": newest(remarks, RemarkKind.CLOSING),
        "reopening": newest(remarks, RemarkKind.REOPENING),
        "duty_history": [remark for remark in remarks if remark.kind is RemarkKind.DUTY],
        "open_ends": _open_ends(session, case.id, clocks, tasks, has_news=has_news),
    }


def _open_ends(
    session: Session, case_id: UUID, clocks: CaseClocks, tasks: list[TaskRow], *, has_news: bool
) -> OpenEnds:
    return OpenEnds(
        tasks=len(open_among(tasks)),
        has_news=has_news,
        duty_runs=clocks.duty.is_open,
        takedowns=clocks.waiting_takedowns,
        bundles=count_bundles(session, case_id),
        referrals=count_open(session, case_id),
    )


def _forms(act: Doing) -> dict[str, Any]:
    """What the page's forms start with, and how they say things."""
    today = local_date(act.now)
    return {
        "closing_reasons": list(ClosingReason),
        "duty_outcomes": list(DutyOutcome),
        "takedown_targets": list(TakedownTarget),
        "duty_texts": DUTY_TEXTS,
        "note_limit": NOTE_LIMIT,
        "reason_limit": REASON_LIMIT,
        "task_limit": TASK_LIMIT,
        "address_limit": ADDRESS_LIMIT,
        "new_task": uuid.uuid4(),
        "new_takedown": uuid.uuid4(),
        "today": today,
        "local_now": act.now.astimezone(WIB).strftime("%Y-%m-%dT%H:%M"),
        "countdown": countdown,
        "last_day": last_day,
        "due_day": due_day,
        "summary_line": summary_line,
    }


def _arrive(case_id: UUID, act: Doing) -> None:
    session = db.session()
    session.rollback()
    arrive(session, case_id, act)
    session.commit()
