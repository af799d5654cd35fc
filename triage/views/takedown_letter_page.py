"""Pages of takedown letters: all of a case, the form with its addresses, one letter."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from casefile.models import Case, Report
from casefile.takedown_recipients import find_recipient
from casefile.vocabulary import CaseStatus
from casefile.wib import WIB, local_date
from casefile.wording import N_
from triage.casework import get_case, list_report_ids
from triage.clock_words import countdown
from triage.erasing import StoryState, story_state
from triage.errors import WrongStateError
from triage.extensions import db, desk
from triage.gate import doing, person
from triage.history import list_names
from triage.reading import TAKEDOWN, read_report
from triage.takedown_letters import (
    REQUEST_LABELS,
    ExtraRequest,
    LetterBar,
    TakedownConsent,
    compose,
    consent_of,
    get_letter,
    list_addresses,
    list_letters,
)
from triage.takedowns import TakedownRow, list_takedowns
from triage.views.takedown_letter_form import BASES, NOTE_LIMIT, Choosing, Form, is_urgent, sections, typed_addresses

TICKET_LIMIT = 80
BAR_SENTENCES: dict[LetterBar, str] = {
    LetterBar.NO_CONSENT: N_("Pelapor belum memberi izin untuk penerima ini. Tanyakan lewat percakapan."),
    LetterBar.NO_NOTE: N_("Tulis kapan dan bagaimana izin itu diberikan."),
    LetterBar.TAKEN_BACK: N_(
        "Pelapor mengubah izinnya setelah surat dibuat. Surat ini tidak boleh dikirim. Tanyakan lagi."
    ),
}


def open_choosing(code: str, form: Form) -> Choosing:
    """The report's addresses with those typed into ``form``; opening it is on record.

    Raises as ``read_report``; ``WrongStateError`` for a finished case, before anything is opened.
    """
    session, act = db.session(), doing()
    session.rollback()
    case = get_case(session, code)
    is_finished, report_id = not _can_write(case), list_report_ids(session, case.id)[0]
    session.rollback()
    if is_finished:
        raise WrongStateError
    opened = read_report(session, report_id, act.reader, act.now, TAKEDOWN)
    received_on = session.scalars(select(Report.received_on).where(Report.id == report_id)).one()
    session.rollback()
    addresses = list_addresses(opened, received_on, typed_addresses(form), local_date(act.now))
    return Choosing(opened.submission.answers, received_on, addresses, consent_of(opened))


def render_letters(code: str, fault: str | None = None, typed: Mapping[str, str] | None = None) -> str:
    """All letters of a case, and the way to a new one."""
    case, takedowns = _case_with_takedowns(code)
    session = db.session()
    return render_template(
        "triage/takedown_letters.html",
        **_head(case),
        letters=list_letters(session, case.id, person().reader),
        takedowns=takedowns,
        can_write=_can_write(case),
        is_kept=story_state(session, case) is StoryState.KEPT,
        fault=fault,
        typed=typed or {},
    )


def render_choose(code: str, choosing: Choosing, form: Form, fault: str | None = None) -> str:
    """The form: for each recipient, which addresses it is asked about. Nothing is ticked at first."""
    case, takedowns = _case_with_takedowns(code)
    asked: MultiDict[str, str] = MultiDict(
        (row.asking.address, row.asking.recipient or row.asking.target.value) for row in takedowns if row.asking
    )
    urgent = is_urgent(form, choosing.answers)
    return render_template(
        "triage/takedown_choose.html",
        **_head(case),
        sections=list(sections(choosing)),
        addresses=choosing.addresses,
        consent=choosing.consent,
        asked=asked,
        values=form,
        form_id=form.get("baru") or uuid.uuid4(),
        typed_lines=typed_addresses(form),
        urgent=urgent,
        kinds=choosing.answers.kinds,
        extras=REQUEST_LABELS,
        chosen_extras=form.getlist("minta") if "mendesak" in form else [extra.value for extra in ExtraRequest],
        bases=BASES,
        note_limit=NOTE_LIMIT,
        fault=fault,
    )


def render_letter(code: str, letter_id: UUID, fault: str | None = None, typed: Mapping[str, str] | None = None) -> str:
    """One letter as it leaves, what the recipient asks for, and what became of its addresses."""
    case, takedowns = _case_with_takedowns(code)
    letter = get_letter(db.session(), case.id, letter_id, person().reader)
    contents = letter.contents
    now = desk().clock()
    return render_template(
        "triage/takedown_letter.html",
        **_head(case),
        letter=letter,
        paper=compose(letter.id, contents) if contents else None,
        recipient=find_recipient(contents.recipient) if contents else None,
        rows=letter.rows_of(takedowns),
        late=letter.late_rows(takedowns),
        reminders=_reminders(case.id, letter_id),
        can_write=_can_write(case),
        countdown=countdown,
        local_now=now.astimezone(WIB).strftime("%Y-%m-%dT%H:%M"),
        new_reminder=uuid.uuid4(),
        ticket_limit=TICKET_LIMIT,
        fault=fault,
        typed=typed or {},
    )


def newest_consent(code: str) -> TakedownConsent:
    """What the reporter allows now; opening the report is on record. Raises as ``read_report``."""
    return open_choosing(code, MultiDict()).consent


def _reminders(case_id: UUID, letter_id: UUID) -> list[Any]:
    letters = list_letters(db.session(), case_id, person().reader)
    return [one for one in letters if one.contents and one.contents.follows and one.contents.follows.id == letter_id]


def _case_with_takedowns(code: str) -> tuple[Case, list[TakedownRow]]:
    session, act = db.session(), doing()
    session.rollback()
    case = get_case(session, code)
    return case, list_takedowns(session, case.id, act.reader, act.now)


def _can_write(case: Case) -> bool:
    return case.status not in {CaseStatus.CLOSED, CaseStatus.WITHDRAWN}


def _head(case: Case) -> dict[str, Any]:
    return {"case": case, "tab": "summary", "names": list_names(db.session())}
