"""Targets, due times, what waiting adds, and the order of the queue.

All of it is reckoned from the level *before* ageing (after a person's override: from the level that was set),
so that nothing a report gains by waiting moves its own clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone

from casefile.urgency.reasons import SHIPPED_THRESHOLDS, Reason, Thresholds, level_of_score
from casefile.vocabulary import ReasonCode, Urgency
from casefile.wib import WIB

MOST_WAITING_POINTS = 15
HOUR = timedelta(hours=1)
MONDAY_TO_FRIDAY = frozenset(range(5))


@dataclass(frozen=True)
class OfficeHours:
    """When counsellors are at their desks: weekdays (Monday is 0), and from when to when in local time."""

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    opens: time = time(8)
    closes: time = time(16)
    zone: timezone = WIB

    def opening(self, moment: datetime) -> datetime | None:
        """Since when the office has been open at ``moment``; ``None`` if it is closed.

        Raises ``ValueError`` when ``moment`` has no time zone.
        """
        if moment.utcoffset() is None:
            raise ValueError("a time without a time zone cannot be compared with office hours")
        local = moment.astimezone(self.zone)
        if local.weekday() not in self.weekdays or not self.opens <= local.time() < self.closes:
            return None
        return datetime.combine(local.date(), self.opens, self.zone)


OFFICE_HOURS = OfficeHours()


@dataclass(frozen=True)
class Target:
    """Within what time a person first acts on a report; ``otherwise`` is outside office hours."""

    in_office_hours: timedelta
    otherwise: timedelta


TARGETS = {
    Urgency.P0: Target(timedelta(minutes=15), timedelta(minutes=15)),
    Urgency.P1: Target(timedelta(hours=1), timedelta(hours=2)),
    Urgency.P2: Target(timedelta(hours=6), timedelta(hours=6)),
    Urgency.P3: Target(timedelta(hours=24), timedelta(hours=24)),
}

OVERDUE_FLOORS = {Urgency.P2: (Urgency.P1,), Urgency.P3: (Urgency.P2, Urgency.P1)}
"""What a report counts as after its target has gone by once, twice. Waiting makes no report a P0."""


def due_at(level: Urgency, received_at: datetime, office_hours: OfficeHours = OFFICE_HOURS) -> datetime:
    """When a person must have acted first, in UTC.

    A report that comes in while the office is closed has the longer target, but no longer than the shorter
    one counted from the opening: of two reports of one level, the later one is never due earlier.
    Raises ``ValueError`` when ``received_at`` has no time zone.
    """
    target = TARGETS[level]
    if office_hours.opening(received_at) is not None:
        return received_at.astimezone(UTC) + target.in_office_hours
    latest = received_at + target.otherwise
    opening = office_hours.opening(latest - target.in_office_hours)
    due = latest if opening is None else opening + target.in_office_hours
    return due.astimezone(UTC)


def waiting_points(level: Urgency, received_at: datetime, now: datetime) -> int:
    """0 to 15: one for each full hour since half the office-hours target of ``level`` went by."""
    return _points(level, now - received_at)


def waiting_reasons(level: Urgency, received_at: datetime, now: datetime) -> tuple[Reason, ...]:
    """What waiting adds to the reasons of the assessment without it: WAITING (points) and OVERDUE (a floor).

    OVERDUE is there only where it asks for more than ``level``, that is for P2 and P3.
    """
    return reasons_of_wait(level, now - received_at)


def reasons_of_wait(level: Urgency, waited: timedelta) -> tuple[Reason, ...]:
    """As ``waiting_reasons``, from the time that went by since the report was received."""
    points = _points(level, waited)
    floor = _overdue_floor(level, waited)
    waiting = (Reason(ReasonCode.WAITING, points=points),) if points else ()
    return waiting if floor is None else (*waiting, Reason(ReasonCode.OVERDUE, floor=floor))


def aged_level(
    level: Urgency,
    score: int,
    floor: Urgency | None,
    received_at: datetime,
    now: datetime,
    *,
    thresholds: Thresholds = SHIPPED_THRESHOLDS,
) -> tuple[Urgency, int]:
    """The level and score at ``now`` of a report that an assessment without waiting gave these three.

    Never below ``level``, and monotone in ``now``. For a level that a person set, pass score 0 and no floor:
    then only being overdue can raise it.
    """
    aged = score + waiting_points(level, received_at, now)
    overdue = _overdue_floor(level, now - received_at)
    floors = (bound for bound in (floor, overdue) if bound is not None)
    return min(level, level_of_score(aged, thresholds), *floors), aged


def queue_key(level: Urgency, due: datetime, received_at: datetime) -> tuple[str, datetime, datetime]:
    """Sorts the queue: the aged level first, then the earlier due time, then the older report.

    ``due`` is that of the level before ageing (``due_at``).
    """
    return (level.value, due, received_at)


def _points(level: Urgency, waited: timedelta) -> int:
    since_half = waited - TARGETS[level].in_office_hours / 2
    return min(MOST_WAITING_POINTS, max(0, since_half // HOUR))


def _overdue_floor(level: Urgency, waited: timedelta) -> Urgency | None:
    """One level for each full target gone by; the targets of P2 and P3 do not depend on office hours."""
    floors = OVERDUE_FLOORS.get(level, ())
    passed = min(len(floors), max(0, waited // TARGETS[level].otherwise))
    return floors[passed - 1] if passed else None
