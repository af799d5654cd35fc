"""Opening the referrals of a case, and the consents they rest on. Nothing is shown before the look is on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from casefile.contents import REFERRAL_NOTE
from casefile.database import begin_write
from casefile.models import Addition, CaseReport, Referral, ReferralStep, Withdrawal
from casefile.vocabulary import AdditionKind, CustodyAction, ReferralAct, ReferralState
from triage.casework import Doing, list_report_ids, log_case
from triage.errors import NotFoundError, WrongStateError
from triage.reader import Reader
from triage.reading import open_choices
from triage.referrals.consent import ConsentStand, was_taken_back
from triage.referrals.contents import WORDS, Plan

PLAN, LETTER, DIGEST = "plan", "letter", "digest"
"""Keys of a step's contents."""


@dataclass(frozen=True)
class OpenedStep:
    """One step. ``said`` is None where it has no words, they were erased, or do not open."""

    number: int
    act: ReferralAct
    staff_id: UUID
    done_on: date
    said: Mapping[str, Any] | None = field(repr=False)

    @property
    def words(self) -> str:
        """Why, or what came of it."""
        return str((self.said or {}).get(WORDS, ""))


@dataclass(frozen=True)
class OpenedReferral:
    """A referral with its steps, oldest first. ``plan`` is what was drafted last, None where it does not open."""

    id: UUID
    state: ReferralState
    version: int
    made_on: date
    sent_on: date | None
    choices_number: int
    steps: tuple[OpenedStep, ...]
    plan: Plan | None = field(repr=False)

    @property
    def letter(self) -> str | None:
        """What was sent, as it was sent."""
        sent = self._last(ReferralAct.SENT)
        return None if sent is None or sent.said is None else sent.said.get(LETTER)

    @property
    def drafted_by(self) -> UUID:
        """Who wrote what stands: never the second person."""
        drafted = self._last(ReferralAct.DRAFTED)
        return self.steps[0].staff_id if drafted is None else drafted.staff_id

    @property
    def approved_digest(self) -> str | None:
        """What the second person approved; None unless that was after the last change."""
        newest = next(step for step in reversed(self.steps) if step.act in {ReferralAct.DRAFTED, ReferralAct.APPROVED})
        is_approval = newest.act is ReferralAct.APPROVED and newest.said is not None
        return newest.said.get(DIGEST) if is_approval and newest.said else None

    def needs_telling(self, stand: ConsentStand) -> bool:
        """Whether another institution holds what the reporter does not agree to any more."""
        return self.state.is_out and was_taken_back(self.plan, stand, self.choices_number)

    def _last(self, act: ReferralAct) -> OpenedStep | None:
        return next((step for step in reversed(self.steps) if step.act is act), None)


@dataclass(frozen=True)
class ReferralFile:
    """The referrals of a case, newest first, and the consents as they stand; ``is_unreadable``: these do not open."""

    stand: ConsentStand
    is_unreadable: bool
    referrals: tuple[OpenedReferral, ...]


def read_referrals(session: Session, case_id: UUID, doing: Doing, referral_id: UUID | None = None) -> ReferralFile:
    """All referrals of a case, or one; commits the entry that says so.

    Raises ``NotFoundError`` for a referral of another case, ``WrongStateError`` from the moment in which the reporter
    asked for erasure.
    """
    begin_write(session)
    refuse_erased(session, case_id)
    wanted = Referral.case_id == case_id if referral_id is None else Referral.id == referral_id
    rows = session.scalars(select(Referral).where(wanted, Referral.case_id == case_id)).all()
    if referral_id is not None and not rows:
        raise NotFoundError
    report_id = list_report_ids(session, case_id)[0]
    chosen = open_choices(session, report_id, doing.reader)
    targets = chosen.choices.consents.referrals if chosen and chosen.choices else None
    stand = ConsentStand(targets if chosen is None or chosen.is_open else frozenset(), chosen.number if chosen else 0)
    opened = [open_referral(session, row, doing.reader) for row in rows]
    _mark_compared(session, opened, stand)
    log_case(session, case_id, CustodyAction.REFERRALS_READ, doing)
    session.commit()
    opened.sort(key=lambda one: (one.made_on, one.id.bytes), reverse=True)
    return ReferralFile(stand, chosen is not None and not chosen.is_open, tuple(opened))


def open_referral(session: Session, row: Referral, reader: Reader) -> OpenedReferral:
    """A referral with all that the reader's keys open."""
    steps = session.scalars(
        select(ReferralStep).where(ReferralStep.referral_id == row.id).order_by(ReferralStep.number)
    ).all()
    opened = tuple(
        OpenedStep(step.number, step.act, step.staff_id, step.done_on, _open_step(step, reader)) for step in steps
    )
    drafted = next((step for step in reversed(opened) if step.act is ReferralAct.DRAFTED), None)
    return OpenedReferral(
        id=row.id,
        state=row.state,
        version=row.version,
        made_on=row.made_on,
        sent_on=row.sent_on,
        choices_number=row.choices_number,
        steps=opened,
        plan=None if drafted is None else _plan_of(drafted),
    )


def refuse_erased(session: Session, case_id: UUID) -> None:
    """Raises ``WrongStateError`` where the reporter asked for erasure."""
    reports = select(CaseReport.report_id).where(CaseReport.case_id == case_id)
    if session.scalar(select(exists().where(Withdrawal.report_id.in_(reports)))):
        raise WrongStateError


def newest_choices(session: Session, case_id: UUID) -> int:
    """The number of the reporter's newest choices, 0 without any. Opens nothing."""
    reports = select(CaseReport.report_id).where(CaseReport.case_id == case_id)
    number = select(func.max(Addition.number)).where(
        Addition.report_id.in_(reports), Addition.kind == AdditionKind.CONSENT
    )
    return session.scalar(number) or 0


def count_by_state(session: Session, case_id: UUID) -> dict[ReferralState, int]:
    """How many referrals of a case stand how, discarded drafts left out. Opens nothing."""
    counted = select(Referral.state, func.count()).where(Referral.case_id == case_id).group_by(Referral.state)
    found = {row[0]: row[1] for row in session.execute(counted)}
    return {state: found[state] for state in ReferralState if state in found and state is not ReferralState.DISCARDED}


def count_open(session: Session, case_id: UUID) -> int:
    """How many referrals of a case wait for something. Opens nothing."""
    return sum(count for state, count in count_by_state(session, case_id).items() if state.is_open)


def has_changed_choices(session: Session, case_id: UUID) -> bool:
    """Whether the reporter chose anew after something was sent that is still out. Opens nothing."""
    numbers = select(Referral.state, Referral.choices_number).where(Referral.case_id == case_id)
    sent = [number for state, number in session.execute(numbers) if state.is_out]
    return bool(sent) and newest_choices(session, case_id) > min(sent)


def _mark_compared(session: Session, referrals: Iterable[OpenedReferral], stand: ConsentStand) -> None:
    """Newer choices that still allow a referral ask for nothing: the case's page need not point to them any more."""
    fine = [one.id for one in referrals if one.state.is_out and not one.needs_telling(stand)]
    older = update(Referral).where(Referral.id.in_(fine), Referral.choices_number < stand.number)
    session.execute(older.values(choices_number=stand.number).execution_options(synchronize_session=False))


def _open_step(step: ReferralStep, reader: Reader) -> Mapping[str, Any] | None:
    if step.box is None or step.epoch is None:
        return None
    return reader.open_values(step.box, step.epoch, REFERRAL_NOTE, step.id)


def _plan_of(step: OpenedStep) -> Plan | None:
    try:
        return None if step.said is None else Plan.from_json(step.said[PLAN])
    except (KeyError, ValueError, TypeError):
        return None
