"""The case page, as several views show it: fresh, with the story, or with what was typed and a message."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import render_template

from casefile.contents import OVERRIDE_NOTE
from casefile.vocabulary import ClosingReason, Urgency
from triage.additions import OpenedReport, count_unread
from triage.casework import Doing, get_case, list_overrides, list_report_ids
from triage.clash import see
from triage.extensions import db
from triage.gate import doing, person
from triage.handover import NOTE_LIMIT, arrive, list_workers
from triage.history import list_names
from triage.queue import count_related, is_held, open_summary


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
    overrides = [
        (override, person().reader.open_note(override.reason_box, override.epoch, OVERRIDE_NOTE, override.id))
        for override in list_overrides(session, case.id)
    ]
    return render_template(
        "triage/case.html",
        case=case,
        tab="summary",
        summary=open_summary(case, person().reader),
        contents=contents,
        overrides=[(override, note.decode() if note else None) for override, note in overrides],
        names=list_names(session),
        is_mine=is_held(case, act.now) and case.claimed_by == act.staff_id,
        is_held=is_held(case, act.now),
        related=count_related(session, [case.id]).get(case.id, 0),
        levels=list(Urgency),
        closing_reasons=list(ClosingReason),
        seen=see(session, case),
        workers=list_workers(session),
        note_limit=NOTE_LIMIT,
        unread=count_unread(session, list_report_ids(session, case.id)),
        typed=typed or {},
        fault=fault,
    )


def _arrive(case_id: UUID, act: Doing) -> None:
    session = db.session()
    session.rollback()
    arrive(session, case_id, act)
    session.commit()
