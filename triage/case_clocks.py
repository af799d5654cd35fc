"""The clocks of one case: its times and what staff set down, put together for the case page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.models import Case, CaseReport, Report
from casefile.submission import Answers
from casefile.vocabulary import Channel, RemarkKind, TakedownState
from casefile.wib import local_date
from triage.clocks import (
    Arrival,
    Clock,
    DutySituation,
    Running,
    complaint_ends_at,
    duty_ends_at,
    duty_situation,
    duty_starts_at,
    read_clock,
    suggests_urgent,
)
from triage.remarks import DutyDecision, Remark, newest
from triage.takedowns import TakedownRow


@dataclass(frozen=True)
class Duty:
    """The duty to report.

    ``clock`` is None for a case of an old register, and where the answers lie outside the law and nobody decided else.
    ``remark`` is the newest one on it; ``decision`` what stands, if anything. One that does not open stands closed:
    its clock runs on.
    """

    situation: DutySituation
    clock: Clock | None
    remark: Remark | None
    decision: DutyDecision | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.clock is not None and self.clock.state is not Running.STOPPED


@dataclass(frozen=True)
class CaseClocks:
    """All clocks of a case at one moment. ``known`` is the newest remark on since when it was known."""

    reply: Clock
    duty: Duty
    complaint: Clock
    known: Remark | None
    takedowns: tuple[TakedownRow, ...]
    suggests_urgent: bool

    @property
    def waiting_takedowns(self) -> int:
        """Addresses that wait, also those whose time has passed."""
        return sum(row.state is TakedownState.WAITING for row in self.takedowns)


@dataclass(frozen=True)
class Known:
    """What is known of a case: ``answers`` are None where its summary does not open; how and when its report came."""

    case: Case
    answers: Answers | None
    came: Arrival


def find_arrival(session: Session, case: Case) -> Arrival:
    """How and on which day the case's report came."""
    came = select(Report.channel, Report.received_on).join(CaseReport, CaseReport.report_id == Report.id)
    row = session.execute(came.where(CaseReport.case_id == case.id).limit(1)).one_or_none()
    return Arrival(row[0], row[1]) if row else Arrival(Channel.WEB, local_date(case.received_at))


def read_clocks(known: Known, remarks: list[Remark], takedowns: list[TakedownRow], now: datetime) -> CaseClocks:
    """Every clock as it stands at ``now``."""
    case = known.case
    said = newest(remarks, RemarkKind.KNOWN)
    known_on = (said.known_on if said else None) or known.came.on
    is_done = case.closed_at is not None or case.first_reply_at is not None
    return CaseClocks(
        reply=read_clock(case.due_at, now, is_stopped=is_done),
        duty=_read_duty(known, newest(remarks, RemarkKind.DUTY), now),
        complaint=read_clock(complaint_ends_at(known_on), now),
        known=said,
        takedowns=tuple(takedowns),
        suggests_urgent=suggests_urgent(known.answers),
    )


def _read_duty(known: Known, remark: Remark | None, now: datetime) -> Duty:
    situation = duty_situation(known.answers)
    decision = remark.duty if remark else None
    stands = decision if decision and decision.outcome else None
    if situation is DutySituation.OUTSIDE and remark is None:
        return Duty(situation, None, None, None)
    starts_at = duty_starts_at(known.case.received_at, known.came)
    if starts_at is None:
        return Duty(DutySituation.IN_REGISTER, None, remark, stands)
    clock = read_clock(duty_ends_at(starts_at), now, is_stopped=stands is not None)
    return Duty(situation, clock, remark, stands)
