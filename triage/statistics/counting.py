"""What is counted, in the database and for one year at most, so that no page grows slower with the archive.

Every function reads an index by day and gives back one row a day or fewer; nothing names a case or a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import Session

from casefile.models import Case, CaseReport, LinkDecision, Match, Message, Receipt, Referral, Report
from casefile.vocabulary import Author, LinkState, MatchClass, PublicStatus, ReferralState, Urgency
from casefile.wib import day_start, start_of_day
from triage.statistics.periods import Period, Span
from triage.statistics.sql_days import day_number, day_of, minutes_between

ByDay = Counter[tuple[date, Any]]
"""Numbers by day and kind."""


class Step(StrEnum):
    """How far a reporter came back: each report is at one step."""

    SENT = "sent"
    RETURNED = "returned"
    WROTE = "wrote"


class MatchAct(StrEnum):
    """What became of suggestions."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNDONE = "undone"


class Age(StrEnum):
    """How long an open case has been there, in days of the calendar."""

    TODAY = "0"
    THREE_DAYS = "1-3"
    WEEK = "4-7"
    TWO_WEEKS = "8-14"
    MONTH = "15-30"
    QUARTER = "31-90"
    LONGER = "91"


AGE_ENDS = {
    Age.TODAY: 0,
    Age.THREE_DAYS: 3,
    Age.WEEK: 7,
    Age.TWO_WEEKS: 14,
    Age.MONTH: 30,
    Age.QUARTER: 90,
}
"""The last day, counted from the day of arrival as 0, of each age but the last."""


@dataclass(frozen=True)
class Waits:
    """How long first replies took, as (length, how many): in minutes while cases are open, in days for all."""

    minutes: Mapping[Urgency, Counter[int]]
    days: Mapping[Urgency, Counter[int]]


def count_reports(session: Session, year: Period) -> ByDay:
    """Reports by day of arrival and present level of their case; those not yet in the queue are missing."""
    counted = select(Report.received_on, Case.level, func.count())
    counted = counted.join(CaseReport, CaseReport.report_id == Report.id).join(Case, Case.id == CaseReport.case_id)
    counted = counted.where(_arrived_in(year)).group_by(Report.received_on, Case.level)
    return _by_day(session.execute(counted), Urgency)


def known_days(session: Session, today: date) -> Period:
    """From the first day of the month of the oldest report until today."""
    oldest = session.scalar(select(func.min(Report.received_on))) or today
    return Period(min(oldest, today).replace(day=1), today, Span.YEAR)


def measure_waits(session: Session, period: Period) -> Waits:
    """First replies to the reports of a period. A closed case keeps days alone (docs/decisions/0004)."""
    arrived = _arrived_in(period)
    replied = Case.first_reply_at.is_not(None)
    base = (CaseReport.report_id == Report.id, Case.id == CaseReport.case_id, arrived, replied)
    days = day_number(Case.first_reply_at) - day_number(Case.received_at)
    return Waits(
        minutes=_lengths(
            session, minutes_between(Case.received_at, Case.first_reply_at), *base, Case.closed_at.is_(None)
        ),
        days=_lengths(session, days, *base),
    )


def count_ages(session: Session, now: datetime) -> Counter[Age]:
    """Open cases by the days since they came in."""
    begins = [(start_of_day(now) - timedelta(days=end), age) for age, end in AGE_ENDS.items()]
    whens = [(Case.received_at >= begin, age.value) for begin, age in begins]
    aged = select(case(*whens, else_=Age.LONGER.value).label("age")).where(Case.closed_at.is_(None)).subquery()
    counted = session.execute(select(aged.c.age, func.count()).group_by(aged.c.age))
    return Counter({Age(age): count for age, count in counted})


def count_steps(session: Session, year: Period) -> ByDay:
    """Reports by day of arrival and the step they reached, the same reports as ``count_reports``.

    What has no code, was withdrawn or erased counts as sent and no more.
    """
    wrote = exists().where(Message.report_id == Report.id, Message.author == Author.REPORTER)
    final = [status for status in PublicStatus if status.is_final]
    has_code = Receipt.status.not_in(final)
    step = case(
        (has_code & wrote, Step.WROTE.value),
        (has_code & Receipt.opened_on.is_not(None), Step.RETURNED.value),
        else_=Step.SENT.value,
    ).label("step")
    each = select(Report.received_on, step).join(CaseReport, CaseReport.report_id == Report.id)
    found = each.outerjoin(Receipt, Receipt.report_id == Report.id).where(_arrived_in(year)).subquery()
    counted = select(found.c.received_on, found.c.step, func.count()).group_by(found.c.received_on, found.c.step)
    return _by_day(session.execute(counted), Step)


def count_match_acts(session: Session, year: Period) -> ByDay:
    """Suggestions by day, and what people decided on them; what the rules link by themselves is not among them."""
    suggested = [kind for kind in MatchClass if not kind.is_exact]
    begins = select(day_number(Match.suggested_at).label("day")).where(
        _within(Match.suggested_at, year), Match.match_class.in_(suggested)
    )
    decided = select(day_number(LinkDecision.decided_at).label("day"), _act().label("act")).where(
        _within(LinkDecision.decided_at, year), LinkDecision.staff_id.is_not(None)
    )
    days, acts = begins.subquery(), decided.subquery()
    counts: ByDay = Counter()
    for day, count in session.execute(select(days.c.day, func.count()).group_by(days.c.day)):
        counts[day_of(day), MatchAct.SUGGESTED] = count
    for day, act, count in session.execute(
        select(acts.c.day, acts.c.act, func.count()).where(acts.c.act.is_not(None)).group_by(acts.c.day, acts.c.act)
    ):
        counts[day_of(day), MatchAct(act)] = count
    return counts


def count_referrals(session: Session, year: Period) -> ByDay:
    """Referrals by the day on which they were sent, and how they stand now."""
    sent = Referral.sent_on.between(year.first, year.last)
    counted = select(Referral.sent_on, Referral.state, func.count()).where(sent)
    return _by_day(session.execute(counted.group_by(Referral.sent_on, Referral.state)), ReferralState)


def measure_answers(session: Session, period: Period) -> Counter[int]:
    """Days from sending to the answer, of the referrals that were sent in a period."""
    sent = Referral.sent_on.between(period.first, period.last), Referral.answered_on.is_not(None)
    counted = select(Referral.sent_on, Referral.answered_on, func.count()).where(*sent)
    days: Counter[int] = Counter()
    for sent_on, answered_on, count in session.execute(counted.group_by(Referral.sent_on, Referral.answered_on)):
        days[max(0, (answered_on - sent_on).days)] += count
    return days


def quantile(lengths: Mapping[int, int], share: float) -> int | None:
    """The least length that ``share`` of them do not exceed (nearest rank); None of nothing."""
    rank, seen = share * sum(lengths.values()), 0
    for length in sorted(lengths):
        seen += lengths[length]
        if seen >= rank:
            return length
    return None


def gather(counts: ByDay, rows: Iterable[Period]) -> dict[tuple[Any, Any], int]:
    """The same by period instead of by day: every count goes to the row that its day lies in."""
    places = {
        date.fromordinal(day): row for row in rows for day in range(row.first.toordinal(), row.last.toordinal() + 1)
    }
    found: Counter[tuple[Any, Any]] = Counter()
    for (day, kind), count in counts.items():
        if day in places:
            found[places[day], kind] += count
    return dict(found)


def _act() -> ColumnElement[Any]:
    return case(
        (LinkDecision.undoes.is_not(None), MatchAct.UNDONE.value),
        (LinkDecision.state == LinkState.LINKED, MatchAct.CONFIRMED.value),
        (LinkDecision.state == LinkState.REJECTED, MatchAct.REJECTED.value),
        else_=None,
    )


def _arrived_in(period: Period) -> ColumnElement[bool]:
    return Report.received_on.between(period.first, period.last)


def _within(moment: Any, period: Period) -> ColumnElement[bool]:
    held: ColumnElement[bool] = (moment >= day_start(period.first)) & (
        moment < day_start(period.last + timedelta(days=1))
    )
    return held


def _lengths(session: Session, length: ColumnElement[int], *conditions: Any) -> dict[Urgency, Counter[int]]:
    each = select(Case.level.label("level"), length.label("length")).where(*conditions).subquery()
    counted = session.execute(select(each.c.level, each.c.length, func.count()).group_by(each.c.level, each.c.length))
    found: dict[Urgency, Counter[int]] = {level: Counter() for level in Urgency}
    for level, value, count in counted:
        found[level][max(0, value)] += count
    return found


def _by_day(rows: Iterable[Any], kind: Callable[[str], StrEnum]) -> ByDay:
    return Counter({(day, kind(value)): count for day, value, count in rows})
