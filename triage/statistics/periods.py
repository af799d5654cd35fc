"""Periods of the calendar in Jakarta: month, quarter, January to September, year; and the weeks of a month.

All of them are parts of one tree, so that a table of one period can never be subtracted from a table of another to
find a hidden number: what is hidden is worked out for the whole year at once (``triage.statistics.suppression``). That
is why a week ends where its month ends.
"""

from __future__ import annotations

import calendar
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

MONTHS = 12
_A_QUARTER = 3
_NINE_MONTHS = 9
_A_WEEK = 7


class Span(StrEnum):
    """How long a period is."""

    WEEK = "minggu"
    MONTH = "bulan"
    QUARTER = "triwulan"
    NINE_MONTHS = "jan-sep"
    YEAR = "tahun"


@dataclass(frozen=True, order=True)
class Period:
    """From ``first`` to ``last``, both counted in."""

    first: date
    last: date
    span: Span

    @classmethod
    def month(cls, year: int, number: int) -> Self:
        """One of twelve."""
        return cls(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), Span.MONTH)

    @classmethod
    def quarter(cls, year: int, number: int) -> Self:
        """One of four."""
        end = number * _A_QUARTER
        return cls(date(year, end - 2, 1), date(year, end, calendar.monthrange(year, end)[1]), Span.QUARTER)

    @classmethod
    def nine_months(cls, year: int) -> Self:
        """January to September, as the unit reports them to the city."""
        return cls(date(year, 1, 1), date(year, _NINE_MONTHS, 30), Span.NINE_MONTHS)

    @classmethod
    def year(cls, year: int) -> Self:
        """The whole of it."""
        return cls(date(year, 1, 1), date(year, MONTHS, 31), Span.YEAR)

    @classmethod
    def parse(cls, year: int, part: str) -> Self:
        """What ``part`` names in a year: ``tahun``, ``jan-sep``, ``t1`` to ``t4`` or ``1`` to ``12``.

        Raises ``ValueError`` for anything else.
        """
        whole = {Span.YEAR.value: cls.year, Span.NINE_MONTHS.value: cls.nine_months}
        if part in whole:
            return whole[part](year)
        number = int(part.removeprefix("t"))
        if not 1 <= number <= (_A_QUARTER + 1 if part.startswith("t") else MONTHS):
            raise ValueError(part)
        return cls.quarter(year, number) if part.startswith("t") else cls.month(year, number)

    @property
    def part(self) -> str:
        """The inverse of ``parse``."""
        if self.span is Span.QUARTER:
            return f"t{self.last.month // _A_QUARTER}"
        return str(self.first.month) if self.span is Span.MONTH else self.span.value

    def has(self, other: Period) -> bool:
        """Whether the other one lies within."""
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Period) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last


def weeks(month: Period) -> list[Period]:
    """Monday to Sunday, cut at both ends of the month."""
    found, first = [], month.first
    while first <= month.last:
        last = min(first + timedelta(days=_A_WEEK - 1 - first.weekday()), month.last)
        found.append(Period(first, last, Span.WEEK))
        first = last + timedelta(days=1)
    return found


def year_tree(year: int, known: Period, *, by_week: bool) -> dict[Hashable, Hashable | None]:
    """Every period of a year with the next longer one that it is part of; months are the shortest unless ``by_week``.

    Periods that lie wholly outside ``known`` are left out: everybody knows that nothing was counted there.
    """
    whole, nine = Period.year(year), Period.nine_months(year)
    tree: dict[Hashable, Hashable | None] = {}
    for number in range(1, MONTHS + 1):
        month = Period.month(year, number)
        if not month.meets(known):
            continue
        quarter = Period.quarter(year, (number - 1) // _A_QUARTER + 1)
        tree |= {whole: None, quarter: nine if nine.has(quarter) else whole, month: quarter}
        if nine.has(quarter):
            tree[nine] = whole
        if by_week:
            tree |= dict.fromkeys((week for week in weeks(month) if week.meets(known)), month)
    return tree


def rows_of(period: Period, *, by_week: bool) -> list[Period]:
    """The rows in which a table shows the period: weeks up to a quarter, months beyond or where no weeks are kept."""
    months = [Period.month(period.first.year, number) for number in range(period.first.month, period.last.month + 1)]
    if by_week and period.span in {Span.MONTH, Span.QUARTER}:
        return [week for month in months for week in weeks(month)]
    return months
