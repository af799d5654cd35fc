"""Days and clock times as people of the office mean them: in WIB (Asia/Jakarta, UTC+7 all year)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")


def today(now: datetime) -> date:
    """The date on the office's wall."""
    return now.astimezone(WIB).date()


def end_of_day(now: datetime) -> datetime:
    """Midnight after ``now``, in UTC."""
    return datetime.combine(today(now) + timedelta(days=1), time(), WIB).astimezone(UTC)


def cut_to_day(moment: datetime) -> datetime:
    """Midnight before ``moment``, in UTC: all that remains of a closed case's times (docs/decisions/0004)."""
    return datetime.combine(today(moment), time(), WIB).astimezone(UTC)
