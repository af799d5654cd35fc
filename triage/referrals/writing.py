"""Drafting a referral, the second person's yes, and sending. Nothing leaves Suluh by itself: a person hands it over.

Writing needs no claim, as with papers; a referral has a version of its own. As in ``triage.casework``, what writes
locks the case and leaves the commit to the caller.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from casefile.contents import REFERRAL_NOTE, encode_json
from casefile.models import Case, Referral, ReferralStep
from casefile.sealing import seal_note
from casefile.vocabulary import CustodyAction, ReferralAct, ReferralBasis, ReferralState
from casefile.wib import local_date
from triage.casework import Doing, lock_unfinished, log_case
from triage.errors import ChangedError, NotFoundError, SamePersonError, WrongStateError
from triage.referrals.consent import ConsentStand, find_bar
from triage.referrals.contents import Plan
from triage.referrals.letter import Letter
from triage.referrals.opening import DIGEST, LETTER, PLAN, newest_choices, open_referral, refuse_erased


@dataclass(frozen=True)
class Ready:
    """A letter as it would leave now, and the consents that the opened report holds."""

    letter: Letter
    stand: ConsentStand


def write_referral(session: Session, code: str, referral_id: UUID, plan: Plan, doing: Doing) -> None:
    """A new draft. ``referral_id`` was made with the form, so that a form sent twice is one referral.

    Raises ``ChangedError`` where it holds another plan by now, ``WrongStateError`` for a finished case and a withdrawn
    report, ``NotFoundError`` for an id of another case.
    """
    case = lock_unfinished(session, code, doing.on(None))
    refuse_erased(session, case.id)
    known = session.get(Referral, referral_id)
    if known is not None:
        if known.case_id != case.id:
            raise NotFoundError
        if open_referral(session, known, doing.reader).plan != plan:
            raise ChangedError
        return
    row = Referral(
        id=referral_id,
        case_id=case.id,
        state=ReferralState.DRAFT,
        made_on=local_date(doing.now),
        sent_on=None,
        answered_on=None,
        ended_on=None,
        choices_number=0,
    )
    session.add(row)
    session.flush()
    add_step(session, row, ReferralAct.DRAFTED, {PLAN: plan.to_json()}, doing)
    _log(session, row, CustodyAction.REFERRAL_DRAFTED, doing)


def save_plan(session: Session, code: str, referral_id: UUID, plan: Plan, doing: Doing) -> None:
    """Change a draft on top of the version that was seen. What a second person approved counts no more.

    Raises ``ChangedError``, ``WrongStateError`` for what is no draft any more, and as ``write_referral``.
    """
    row = _lock_draft(session, code, referral_id, doing)
    if open_referral(session, row, doing.reader).plan == plan:
        return
    add_step(session, row, ReferralAct.DRAFTED, {PLAN: plan.to_json()}, doing)
    _log(session, row, CustodyAction.REFERRAL_CHANGED, doing)


def approve_referral(session: Session, code: str, referral_id: UUID, letter: Letter, doing: Doing) -> None:
    """A second person's yes to exactly this letter, where it rests on the duty to report.

    Raises ``SamePersonError`` for whoever drafted it, ``ChangedError``, and ``WrongStateError`` where no approval is
    needed.
    """
    row = _lock_draft(session, code, referral_id, doing)
    opened = open_referral(session, row, doing.reader)
    if opened.plan is None or opened.plan.basis is not ReferralBasis.DUTY:
        raise WrongStateError
    if opened.drafted_by == doing.staff_id:
        raise SamePersonError
    add_step(session, row, ReferralAct.APPROVED, {DIGEST: letter.digest}, doing)
    _log(session, row, CustodyAction.REFERRAL_APPROVED, doing)


def send_referral(session: Session, code: str, referral_id: UUID, ready: Ready, doing: Doing) -> None:
    """Keep the letter, sealed as it leaves, and say that it was sent.

    Raises ``ChangedError`` where draft or consents are not those that were seen, ``WrongStateError`` where something is
    missing (``find_bar``), the case is finished or the report withdrawn.
    """
    row = _lock_draft(session, code, referral_id, doing)
    if newest_choices(session, row.case_id) != ready.stand.number:
        raise ChangedError
    opened = open_referral(session, row, doing.reader)
    plan = opened.plan
    if plan is None or plan.basis is None:
        raise WrongStateError
    if find_bar(plan, ready.stand, is_approved=opened.approved_digest == ready.letter.digest) is not None:
        raise WrongStateError
    row.state, row.sent_on, row.choices_number = ReferralState.SENT, local_date(doing.now), ready.stand.number
    add_step(session, row, ReferralAct.SENT, {LETTER: ready.letter.text}, doing)
    _log(session, row, CustodyAction.REFERRAL_SENT, doing, {"basis": plan.basis.value})


def get_referral(session: Session, case: Case, referral_id: UUID) -> Referral:
    """A referral of a locked case, locked. Raises ``NotFoundError``."""
    row = session.get(Referral, referral_id, with_for_update=True)
    if row is None or row.case_id != case.id:
        raise NotFoundError
    return row


def add_step(session: Session, row: Referral, act: ReferralAct, said: Mapping[str, Any] | None, doing: Doing) -> None:
    """One more step of a locked referral, which counts as a change of it."""
    step_id = uuid.uuid4()
    last = session.scalar(select(func.max(ReferralStep.number)).where(ReferralStep.referral_id == row.id))
    box = None
    if said:
        box = seal_note(doing.office.office, encode_json(said), REFERRAL_NOTE, step_id.bytes)
    session.add(
        ReferralStep(
            id=step_id,
            referral_id=row.id,
            number=(last or 0) + 1,
            act=act,
            staff_id=doing.staff_id,
            done_on=local_date(doing.now),
            box=box,
            epoch=doing.office.epoch if said else None,
        )
    )
    flag_modified(row, "state")
    session.flush()


def _lock_draft(session: Session, code: str, referral_id: UUID, doing: Doing) -> Referral:
    case = lock_unfinished(session, code, doing.on(None))
    refuse_erased(session, case.id)
    row = get_referral(session, case, referral_id)
    if row.state is not ReferralState.DRAFT:
        raise WrongStateError
    if row.version != doing.version:
        raise ChangedError
    return row


def _log(
    session: Session, row: Referral, action: CustodyAction, doing: Doing, detail: Mapping[str, str] | None = None
) -> None:
    log_case(session, row.case_id, action, doing, {"referral": str(row.id), **(detail or {})})
