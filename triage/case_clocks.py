"""The clocks of one case: its times and what staff set down, put together for the case page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casefile.models import Case
from casefile.submission import Answers
from casefile.vocabulary import RemarkKind, TakedownState
from casefile.wib import local_date
from triage.clocks import (
    Clock,
    DutySituation,
    Running,
    complaint_ends_at,
    duty_ends_at,
    duty_situation,
    read_clock,
    suggests_urgent,
)
from triage.remarks import DutyDecision, Remark, newest
from triage.takedowns import TakedownRow


@dataclass(frozen=True)
class Duty:
    """The duty to report. ``clock`` is None where the answers lie outside the law and nobody decided otherwise.

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


def read_clocks(
    case: Case, answers: Answers | None, remarks: list[Remark], takedowns: list[TakedownRow], now: datetime
) -> CaseClocks:
    """Every clock as it stands at ``now``. ``answers`` are None where the summary does not open."""
    known = newest(remarks, RemarkKind.KNOWN)
    known_on = (known.known_on if known else None) or local_date(case.received_at)
    is_done = case.closed_at is not None or case.first_reply_at is not None
    return CaseClocks(
        reply=read_clock(case.due_at, now, is_stopped=is_done),
        duty=_read_duty(case, answers, newest(remarks, RemarkKind.DUTY), now),
        complaint=read_clock(complaint_ends_at(known_on), now),
        known=known,
        takedowns=tuple(takedowns),
        suggests_urgent=suggests_urgent(answers),
    )


def _read_duty(case: Case, answers: Answers | None, remark: Remark | None, now: datetime) -> Duty:
    situation = duty_situation(answers)
    decision = remark.duty if remark else None
    stands = decision if decision and decision.outcome else None
    if situation is DutySituation.OUTSIDE and remark is None:
        return Duty(situation, None, None, None)
    clock = read_clock(duty_ends_at(case.received_at), now, is_stopped=stands is not None)
    return Duty(situation, clock, remark, stands)
