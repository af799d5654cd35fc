"""Western Indonesian Time: UTC+7 all year, written out so that no time zone database need be installed."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")


def local_date(moment: datetime) -> date:
    """The day in Jakarta at an aware ``moment``."""
    return moment.astimezone(WIB).date()
