"""What came of a referral: answered, ended, withdrawn, taken back. Each outcome with who and on which day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casefile.models import Referral, ReferralStep
from casefile.vocabulary import CaseStatus, CustodyAction, ReferralAct, ReferralState
from triage.casework import Doing, lock_case, log_case
from triage.errors import ChangedError, WrongStateError
from triage.referrals.contents import WORDS
from triage.referrals.opening import newest_choices, refuse_erased
from triage.referrals.writing import add_step, get_referral

NEEDS_WORDS = frozenset({ReferralAct.REFUSED, ReferralAct.DONE, ReferralAct.WITHDRAWN})
"""Outcomes that say nothing without a reason or a result."""

_STATES = {
    ReferralAct.DRAFTED: ReferralState.DRAFT,
    ReferralAct.SENT: ReferralState.SENT,
    ReferralAct.ACCEPTED: ReferralState.ACCEPTED,
    ReferralAct.REFUSED: ReferralState.REFUSED,
    ReferralAct.DONE: ReferralState.DONE,
    ReferralAct.WITHDRAWN: ReferralState.WITHDRAWN,
    ReferralAct.DISCARDED: ReferralState.DISCARDED,
}
_POSSIBLE: dict[ReferralState, tuple[ReferralAct, ...]] = {
    ReferralState.DRAFT: (ReferralAct.DISCARDED,),
    ReferralState.SENT: (ReferralAct.ACCEPTED, ReferralAct.REFUSED, ReferralAct.DONE, ReferralAct.WITHDRAWN),
    ReferralState.ACCEPTED: (ReferralAct.DONE, ReferralAct.WITHDRAWN, ReferralAct.RESUMED),
    ReferralState.REFUSED: (ReferralAct.RESUMED,),
    ReferralState.DONE: (ReferralAct.RESUMED,),
    ReferralState.WITHDRAWN: (ReferralAct.RESUMED,),
    ReferralState.DISCARDED: (),
}
_ACTIONS = {
    ReferralAct.ACCEPTED: CustodyAction.REFERRAL_ACCEPTED,
    ReferralAct.REFUSED: CustodyAction.REFERRAL_REFUSED,
    ReferralAct.DONE: CustodyAction.REFERRAL_DONE,
    ReferralAct.WITHDRAWN: CustodyAction.REFERRAL_WITHDRAWN,
    ReferralAct.RESUMED: CustodyAction.REFERRAL_RESUMED,
    ReferralAct.TOLD: CustodyAction.REFERRAL_TOLD,
    ReferralAct.DISCARDED: CustodyAction.REFERRAL_DISCARDED,
}


def list_possible(state: ReferralState, *, is_told: bool = True) -> tuple[ReferralAct, ...]:
    """What may be done to a referral as it stands, sending left out; ``TOLD`` where the recipient is yet to be told."""
    return _POSSIBLE[state] if is_told or not state.is_out else (ReferralAct.TOLD, *_POSSIBLE[state])


def replay(steps: Iterable[tuple[ReferralAct, date]]) -> list[tuple[ReferralState, date]]:
    """The states that a referral went through, oldest first, each with its day; what was taken back is left out."""
    states: list[tuple[ReferralState, date]] = []
    for act, on in steps:
        if act is ReferralAct.RESUMED:
            states.pop()
        elif act in _STATES and not (act is ReferralAct.DRAFTED and states):
            states.append((_STATES[act], on))
    return states


@dataclass(frozen=True)
class Outcome:
    """What was done, in cleaned words where there are any."""

    act: ReferralAct
    words: str = ""


def follow_referral(session: Session, code: str, referral_id: UUID, outcome: Outcome, doing: Doing) -> None:
    """Set down an outcome; in a closed case too, since answers come late. The caller commits.

    Raises ``ChangedError`` when another version was seen, ``WrongStateError`` where the act is not possible, lacks its
    words, or the report was withdrawn; ``NotFoundError``.
    """
    act, words = outcome.act, outcome.words
    case = lock_case(session, code)
    if case.status is CaseStatus.WITHDRAWN:
        raise WrongStateError
    refuse_erased(session, case.id)
    row = get_referral(session, case, referral_id)
    if row.version != doing.version:
        raise ChangedError
    if act not in list_possible(row.state, is_told=False) or (act in NEEDS_WORDS and not words):
        raise WrongStateError
    if act is ReferralAct.DISCARDED:
        _erase_drafts(session, row)
    if act is ReferralAct.TOLD:
        row.choices_number = newest_choices(session, case.id)
    add_step(session, row, act, {WORDS: words} if words else None, doing)
    _set_state(session, row)
    log_case(session, case.id, _ACTIONS[act], doing, {"referral": str(row.id)})


def _set_state(session: Session, row: Referral) -> None:
    steps = session.execute(
        select(ReferralStep.act, ReferralStep.done_on)
        .where(ReferralStep.referral_id == row.id)
        .order_by(ReferralStep.number)
    )
    states = replay((step.act, step.done_on) for step in steps)
    days = dict(states)
    row.state = states[-1][0]
    row.answered_on = days.get(ReferralState.ACCEPTED) or days.get(ReferralState.REFUSED)
    row.ended_on = None if row.state.is_open else states[-1][1]
    session.flush()


def _erase_drafts(session: Session, row: Referral) -> None:
    erased = update(ReferralStep).where(ReferralStep.referral_id == row.id).values(box=None, epoch=None)
    session.execute(erased.execution_options(synchronize_session=False))
