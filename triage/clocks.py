"""The clocks beside the level: what runs, from when, until when. Rules on values; ``now`` is always given.

What the office decided, and when an address was reported, comes from people; nothing here decides anything.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from casefile.submission import INTIMATE_KINDS, SEXUAL_VIOLENCE_KINDS, Answers
from casefile.vocabulary import Channel, HarmKind, TakedownState, YesNo, YesNoUnknown
from casefile.wib import WIB, day_start, local_date

DUTY = timedelta(hours=72)
COMPLAINT_MONTHS = 6
TAKEDOWN = timedelta(hours=24)
URGENT_TAKEDOWN = timedelta(hours=4)

_INSIDE = SEXUAL_VIOLENCE_KINDS | {HarmKind.UNSURE, HarmKind.OTHER}


class DutySituation(StrEnum):
    """In which of the situations of the reporting duty a report is, as far as its answers tell."""

    MUST_REPORT = "must_report"
    EXPLAIN_FIRST = "explain_first"
    VERIFY_FIRST = "verify_first"
    OUTSIDE = "outside"
    IN_REGISTER = "in_register"


@dataclass(frozen=True)
class Arrival:
    """How a report came, and on which day in Jakarta."""

    channel: Channel
    on: date

    def knows_hour(self, received_at: datetime) -> bool:
        """Whether the case's time in the queue is the hour at which the report came, and not only its day."""
        is_own_day = received_at != day_start(self.on) and local_date(received_at) == self.on
        return is_own_day or self.channel is Channel.WEB


class Running(StrEnum):
    """How a clock stands."""

    RUNS = "runs"
    PASSED = "passed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Clock:
    """One clock at one moment. ``left`` is negative once it has passed; of a stopped one it says nothing."""

    ends_at: datetime
    left: timedelta
    state: Running


def read_clock(ends_at: datetime, now: datetime, *, is_stopped: bool = False) -> Clock:
    """A clock that ends at ``ends_at``, as it stands at ``now`` (both aware). At its very end it has not passed yet."""
    left = ends_at - now
    running = Running.PASSED if left < timedelta(0) else Running.RUNS
    return Clock(ends_at, left, Running.STOPPED if is_stopped else running)


def duty_situation(answers: Answers | None) -> DutySituation:
    """What the duty to report asks for: UU 12/2022 art. 41(2)-(3), with art. 14(3) on children and disability.

    Outside is only what names kinds and none of that law; what is not known counts as inside. A child, or a person
    with a disability, is reported on with or without consent. A witness's report is verified before anybody acts.
    """
    answers = answers or Answers()
    if answers.kinds and not answers.kinds & _INSIDE:
        return DutySituation.OUTSIDE
    if answers.is_witness:
        return DutySituation.VERIFY_FIRST
    if answers.age.is_child or answers.disability is YesNo.YES:
        return DutySituation.MUST_REPORT
    return DutySituation.EXPLAIN_FIRST


def duty_ends_at(starts_at: datetime) -> datetime:
    """By when the office must have reported to the police, or decided: 3x24 hours (UU 12/2022 art. 41)."""
    return starts_at + DUTY


def duty_starts_at(received_at: datetime, came: Arrival) -> datetime | None:
    """From when the three days count, for a case in the queue since ``received_at``; None where nobody here can tell.

    A report that staff entered with an earlier day counts from the end of that day in WIB: its hour is not known. What
    was done about a case of an old register stands in that register.
    """
    if came.channel is Channel.REGISTER:
        return None
    return received_at if came.knows_hour(received_at) else day_start(came.on + timedelta(days=1))


def complaint_ends_at(known_on: date) -> datetime:
    """The end of the last day on which the person harmed may complain, in WIB.

    Six months from the day on which the person came to know (UU 1/2023, KUHP, art. 29(1)a); nine for whoever lives
    abroad, which a person must reckon. A day that the last month does not have is its last day: the earlier reading.
    """
    months = known_on.month - 1 + COMPLAINT_MONTHS
    year, month = known_on.year + months // 12, months % 12 + 1
    last = date(year, month, min(known_on.day, calendar.monthrange(year, month)[1]))
    return datetime.combine(last + timedelta(days=1), time(), WIB)


def takedown_ends_at(asked_at: datetime, *, is_urgent: bool) -> datetime:
    """By when a platform must have taken an address down once it was told: Permenkominfo 5/2020 art. 15.

    Four hours for urgent content, which child sexual abuse material is (art. 14(3)); 24 hours for all other.
    """
    return asked_at + (URGENT_TAKEDOWN if is_urgent else TAKEDOWN)


def suggests_urgent(answers: Answers | None) -> bool:
    """Whether the answers point to child sexual abuse material: UU 44/2008 art. 4(1)f, Permenkominfo 5/2020 art. 14(3).

    A person decides for each address; this is what the form starts with.
    """
    if answers is None:
        return False
    shows_child = answers.child_visible is YesNoUnknown.YES or HarmKind.CHILD_MATERIAL in answers.kinds
    return shows_child or (answers.age.is_child and not answers.kinds.isdisjoint(INTIMATE_KINDS))


def read_takedown(state: TakedownState, asked_at: datetime, now: datetime, *, is_urgent: bool) -> Clock:
    """The clock of one address; it stops when the address is gone or the request refused."""
    ends_at = takedown_ends_at(asked_at, is_urgent=is_urgent)
    return read_clock(ends_at, now, is_stopped=state is not TakedownState.WAITING)
