"""Pages of referrals as several views show them: the form, one referral, the letter before it leaves."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import render_template
from werkzeug.datastructures import MultiDict

from casefile.directory import freshness
from casefile.models import Case, DirectoryEntry
from casefile.vocabulary import Freshness, ReferralBasis, ReferralTarget, SharedPart
from casefile.wib import local_date
from triage.casework import get_case, get_receipt_status, list_report_ids
from triage.directory import list_all
from triage.extensions import db, desk
from triage.gate import doing, person
from triage.history import list_names
from triage.papers_in_words import Difference
from triage.queue import open_summary
from triage.reading import REFERRAL, read_report
from triage.referrals import (
    ConsentStand,
    OpenedReferral,
    Plan,
    Ready,
    ReferralFile,
    Sharing,
    compose,
    find_bar,
    list_possible,
    read_referrals,
    stand_of,
)
from triage.referrals_in_words import ASKED, BAR_SENTENCES, DEEDS, PART_HINTS, checked_word, put_in_words, target_word
from triage.views.referral_form import NAME_LIMIT, OTHER_FIELD, TEXT_LIMIT, Form


@dataclass(frozen=True)
class Sheet:
    """A form as shown: of which referral, at which version (None: a new one), what is in it, what is said above it."""

    values: Form = field(default_factory=MultiDict)
    referral_id: UUID = field(default_factory=uuid.uuid4)
    version: int | None = None
    fault: str | None = None
    differences: list[Difference] = field(default_factory=list)
    by: UUID | None = None


def case_id_of(code: str) -> UUID:
    """The case's id, with no transaction left open. Raises ``NotFoundError``."""
    case_id = get_case(db.session(), code).id
    db.session.rollback()
    return case_id


def open_file(code: str, referral_id: UUID | None = None) -> ReferralFile:
    """The case's referrals, or one; the look is on record. Raises as ``read_referrals``."""
    return read_referrals(db.session(), case_id_of(code), doing(), referral_id)


def make_letter(code: str, plan: Plan) -> Ready:
    """The letter as the signed-in person would hand it over now; opening the report is on record.

    Raises as ``read_report``.
    """
    session, act = db.session(), doing()
    report_id = list_report_ids(session, case_id_of(code))[0]
    session.rollback()
    opened = read_report(session, report_id, act.reader, act.now, REFERRAL)
    case = get_case(session, code)
    summary = open_summary(case, act.reader)
    later = tuple((one.added_on, one.material.story) for one in opened.material if one.material)
    sharing = Sharing(code, case.level, summary.reasons if summary else (), opened.submission, later)
    session.rollback()
    letter = compose(plan, sharing, person().display_name, local_date(act.now))
    return Ready(letter, stand_of(opened.submission.consents, opened.choices[0].number if opened.choices else 0))


def render_list(code: str) -> str:
    """All referrals of a case."""
    held = open_file(code)
    return render_template(
        "triage/referrals.html",
        **_head(code),
        **_consent(code, held),
        referrals=held.referrals,
        target_word=target_word,
    )


def render_form(code: str, sheet: Sheet) -> str:
    """The form of a draft."""
    held = open_file(code)
    session, today = db.session(), local_date(desk().clock())
    places = [
        (str(entry.id), entry.name, checked_word(entry, today)) for entry in list_all(session) if not entry.is_retired
    ]
    return render_template(
        "triage/referral_form.html",
        **_head(code),
        **_consent(code, held),
        sheet=sheet,
        values=sheet.values,
        places=places,
        targets=list(ReferralTarget),
        other=OTHER_FIELD,
        parts=list(SharedPart),
        hints=PART_HINTS,
        bases=list(ReferralBasis),
        limits={"name": NAME_LIMIT, "text": TEXT_LIMIT},
    )


def render_one(code: str, referral_id: UUID, fault: str | None = None, typed: Mapping[str, str] | None = None) -> str:
    """One referral: what was shared, what was done, what can be done."""
    held = open_file(code, referral_id)
    referral = held.referrals[0]
    needs_telling = referral.needs_telling(held.stand)
    return render_template(
        "triage/referral.html",
        **_head(code),
        **_consent(code, held),
        referral=referral,
        rows=put_in_words(referral.plan) if referral.plan else [],
        place=_place(referral),
        bar=_bar(referral, held.stand),
        needs_telling=needs_telling,
        acts=list_possible(referral.state, is_told=not needs_telling),
        asked=ASKED,
        deeds=DEEDS,
        limit=TEXT_LIMIT,
        fault=fault,
        typed=typed or {},
    )


def render_preview(code: str, referral: OpenedReferral, ready: Ready, fault: str | None = None) -> str:
    """The letter exactly as it would leave, and what is still missing."""
    plan = referral.plan
    is_approved = referral.approved_digest == ready.letter.digest
    bar = find_bar(plan, ready.stand, is_approved=is_approved) if plan else None
    return render_template(
        "triage/referral_preview.html",
        **_head(code),
        referral=referral,
        letter=ready.letter,
        bar=bar,
        bar_sentence=BAR_SENTENCES[bar] if bar else None,
        has_story=plan is not None and SharedPart.STORY in plan.parts,
        place=_place(referral),
        fault=fault,
    )


def _head(code: str) -> dict[str, Any]:
    session = db.session()
    return {"case": get_case(session, code), "tab": "referrals", "names": list_names(session)}


def _consent(code: str, held: ReferralFile) -> dict[str, Any]:
    """What the reporter agreed to, and whether the reporter can be asked in the conversation."""
    session = db.session()
    case: Case = get_case(session, code)
    report_id = list_report_ids(session, case.id)[0]
    can_ask = case.closed_at is None and get_receipt_status(session, report_id) is not None
    return {"stand": held.stand, "is_unreadable": held.is_unreadable, "can_ask": can_ask}


def _bar(referral: OpenedReferral, stand: ConsentStand) -> str | None:
    """What is missing as far as it is known unopened; whether the approved letter is the same shows in the preview."""
    if referral.plan is None or stand.targets is None:
        return None
    bar = find_bar(referral.plan, stand, is_approved=referral.approved_digest is not None)
    return BAR_SENTENCES[bar] if bar else None


def _place(referral: OpenedReferral) -> dict[str, Any] | None:
    """The recipient as it stands in the directory now, and whether it was checked lately."""
    entry_id = referral.plan.entry_id if referral.plan else None
    entry = db.session().get(DirectoryEntry, entry_id) if entry_id else None
    if entry is None:
        return None
    today = local_date(desk().clock())
    is_fresh = freshness(entry.verified_on, today) is Freshness.FRESH and not entry.is_retired
    return {"entry": entry, "checked": checked_word(entry, today), "is_fresh": is_fresh}
