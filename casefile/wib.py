"""Western Indonesian Time: UTC+7 all year, written out so that no time zone database need be installed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")


def local_date(moment: datetime) -> date:
    """The day in Jakarta at an aware ``moment``."""
    return moment.astimezone(WIB).date()


def day_start(day: date) -> datetime:
    """Midnight in Jakarta at which ``day`` begins, in UTC."""
    return datetime.combine(day, time(), WIB).astimezone(UTC)


def start_of_day(moment: datetime) -> datetime:
    """Midnight before ``moment`` in Jakarta, in UTC: all that remains of an ended case's times (decision 4)."""
    return day_start(local_date(moment))


def end_of_day(moment: datetime) -> datetime:
    """Midnight after ``moment`` in Jakarta, in UTC."""
    return start_of_day(moment) + timedelta(days=1)
