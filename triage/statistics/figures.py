"""The tables of a period as they may be shown: counted, then hidden where few, for the office or for publication.

Tables are worked out for the whole year and then cut to the period, so that tables of different periods agree on what
is hidden. What is published is one quarter alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from casefile.urgency import TARGETS
from casefile.vocabulary import HarmKind, Platform, ReferralState, Urgency
from triage.queue.pages import Desktop
from triage.statistics.counting import (
    Age,
    ByDay,
    MatchAct,
    Step,
    count_ages,
    count_match_acts,
    count_referrals,
    count_reports,
    count_steps,
    gather,
    measure_answers,
    measure_waits,
    quantile,
)
from triage.statistics.heat import Opened, open_pairs
from triage.statistics.periods import Period, Span, rows_of, year_tree
from triage.statistics.suppression import (
    INTERNAL,
    PUBLISHED,
    SMALL,
    Cell,
    Number,
    Rule,
    protect_at_any_price,
    table_of_sums,
)

FEWEST_FOR_P90 = 10
"""Of fewer lengths the ninth tenth is one case's own."""
_MEDIAN, _P90 = 0.5, 0.9
_OUT = tuple(state for state in ReferralState if state.is_out or state is ReferralState.WITHDRAWN)


class TableName(StrEnum):
    """Which table."""

    REPORTS = "laporan"
    WAITS = "balasan"
    AGES = "umur"
    KINDS = "jenis"
    STEPS = "kembali"
    MATCHES = "saran"
    REFERRALS = "rujukan"


PUBLIC_TABLES = frozenset({TableName.REPORTS, TableName.KINDS, TableName.STEPS})
"""What may be published: of reports alone, nothing about the office's own work."""


class Audience(StrEnum):
    """For whom a table is."""

    OFFICE = "kantor"
    PUBLIC = "terbit"


@dataclass(frozen=True)
class Table:
    """Rows of cells under columns; a column or row that is None is the total.

    ``opened`` is there for ``KINDS``; ``days`` for ``REFERRALS``: until half of the answers, and nine tenths, had come.
    """

    name: TableName
    columns: tuple[Hashable, ...]
    rows: tuple[tuple[Hashable, tuple[Cell, ...]], ...]
    opened: Opened | None = None
    days: tuple[int | None, int | None] = (None, None)

    @property
    def is_told(self) -> bool:
        """Whether anything in it is more than nought or hidden; if not, there is too little to show."""
        return any(cell.value for _, cells in self.rows for cell in cells)


@dataclass(frozen=True)
class Wait:
    """How long a first reply took at one level; None where too few. In minutes while a case is open, in days always."""

    level: Urgency
    median: int | None = None
    p90: int | None = None
    median_days: int | None = None
    p90_days: int | None = None

    @property
    def target(self) -> int:
        """Minutes in office hours."""
        return int(TARGETS[self.level].in_office_hours.total_seconds()) // 60


@dataclass(frozen=True)
class Asked:
    """What is looked at, by whom and for whom. ``known`` are the days on which there can be anything to count."""

    period: Period
    desktop: Desktop = field(repr=False)
    known: Period
    audience: Audience = Audience.OFFICE

    @property
    def year(self) -> Period:
        return Period.year(self.period.first.year)

    def rule(self, *, hides_zero: bool = False) -> Rule:
        """From which number on a table tells."""
        return Rule(PUBLISHED if self.audience is Audience.PUBLIC else INTERNAL, hides_zero)

    def tree(self, *, by_week: bool) -> dict[Hashable, Hashable | None]:
        """The periods that agree on what is hidden."""
        if self.audience is Audience.PUBLIC:
            return {self.period: None}
        return year_tree(self.period.first.year, self.known, by_week=by_week)

    def rows(self, *, by_week: bool) -> list[Period]:
        """The rows in which a table shows the period."""
        return [row for row in rows_of(self.period, by_week=by_week) if row.meets(self.known)]


def may_publish(period: Period, today: date) -> bool:
    """Quarters that are over: once each, so that no two tables differ by the few that came in between."""
    return period.span is Span.QUARTER and period.last < today


def make_table(session: Session, name: TableName, asked: Asked) -> Table:
    """One table by its name; ``WAITS`` is ``make_waits``'s and raises ``ValueError``."""
    if name is TableName.REPORTS:
        return _by_time(name, count_reports(session, asked.year), Urgency, asked, by_week=True)
    if name is TableName.AGES:
        return _ages(session, asked.desktop.now)
    if name is TableName.KINDS:
        return _kinds(open_pairs(session, asked.year, asked.desktop), asked)
    if name is TableName.STEPS:
        return _steps(count_steps(session, asked.year), asked)
    if name is TableName.MATCHES:
        return _series(count_match_acts(session, asked.year), asked)
    if name is TableName.REFERRALS:
        return _referrals(count_referrals(session, asked.year), measure_answers(session, asked.period), asked)
    raise ValueError(name)


def make_waits(session: Session, period: Period) -> list[Wait]:
    """How long first replies took at each level. Lengths alone, of at least five cases; no number of cases."""
    waits = measure_waits(session, period)
    return [
        Wait(
            level,
            *_two(waits.minutes[level]),
            *_two(waits.days[level]),
        )
        for level in Urgency
    ]


def _two(lengths: Mapping[int, int]) -> tuple[int | None, int | None]:
    count = sum(lengths.values())
    median = quantile(lengths, _MEDIAN) if count >= INTERNAL else None
    return median, quantile(lengths, _P90) if count >= FEWEST_FOR_P90 else None


def _by_time(name: TableName, counts: ByDay, kinds: Iterable[StrEnum], asked: Asked, *, by_week: bool) -> Table:
    """Rows of time under columns that add up, with totals both ways."""
    columns = tuple(kinds)
    cells = _protect(counts, columns, asked, asked.rule(), by_week=by_week)
    is_public = asked.audience is Audience.PUBLIC
    shown = [asked.period] if is_public else [*asked.rows(by_week=by_week), asked.period]
    headed = (*columns, None)
    rows = tuple((None if row == asked.period else row, _pick(cells, row, headed)) for row in shown)
    return Table(name, headed, rows if cells else ())


def _steps(counts: ByDay, asked: Asked) -> Table:
    """How many came as far as a step, or further. Shown where it follows from parts that may be shown."""
    cells = _protect(counts, tuple(Step), asked, asked.rule(), by_week=False)
    if cells is None:
        return Table(TableName.STEPS, (None,), ())
    sent, returned, wrote, total = _pick(cells, asked.period, (*Step, None))
    back = _sum(returned, wrote)
    if back.value is None and total.value is not None and sent.value is not None:
        back = Cell(total.value - sent.value)
    return Table(TableName.STEPS, (None,), ((Step.SENT, (total,)), (Step.RETURNED, (back,)), (Step.WROTE, (wrote,))))


def _sum(*cells: Cell) -> Cell:
    if any(cell.value is None for cell in cells):
        return Cell(None, is_small=False)
    return Cell(sum(cell.value or 0 for cell in cells))


def _series(counts: ByDay, asked: Asked) -> Table:
    """Rows of time under columns that do not add up: each is hidden by itself."""
    cells: dict[Hashable, Cell] = {}
    for act in MatchAct:
        cells |= _protect(counts, (act,), asked, asked.rule(), by_week=True) or {}
    shown = [*asked.rows(by_week=True), asked.period]
    columns = tuple(MatchAct)
    rows = ((None if row == asked.period else row, _pick(cells, row, columns)) for row in shown)
    return Table(TableName.MATCHES, columns, tuple(rows))


def _referrals(counts: ByDay, answers: Mapping[int, int], asked: Asked) -> Table:
    cells = _protect(counts, _OUT, asked, asked.rule(), by_week=False)
    told = _pick(cells, asked.period, (*_OUT, None))
    rows = tuple((state, (cell,)) for state, cell in zip((*_OUT, None), told, strict=True))
    return Table(TableName.REFERRALS, (None,), rows if cells else (), days=_two(answers))


def _kinds(opened: Opened, asked: Asked) -> Table:
    """Kinds under platforms for the period. Pairs overlap, so that there is no total; also nobody is hidden."""
    if not opened.is_whole:
        return Table(TableName.KINDS, (), (), opened)
    rule = asked.rule(hides_zero=True)
    told: dict[tuple[HarmKind, Platform], Cell] = {}
    for pair in {pair for _, pair in opened.pairs}:
        counts: ByDay = type(opened.pairs)({key: count for key, count in opened.pairs.items() if key[1] == pair})
        cells = _protect(counts, (pair,), asked, rule, by_week=False)
        told[pair] = (cells or {}).get((asked.period, pair), SMALL)
    kinds = [kind for kind in HarmKind if any(told.get((kind, one), SMALL).value for one in Platform)]
    places = tuple(one for one in Platform if any(told.get((kind, one), SMALL).value for kind in HarmKind))
    rows = tuple((kind, tuple(told.get((kind, one), SMALL) for one in places)) for kind in kinds)
    return Table(TableName.KINDS, places, rows, opened)


def _ages(session: Session, now: datetime) -> Table:
    counts = count_ages(session, now)
    numbers = [Number(age, "all", "each", counts[age]) for age in Age]
    numbers.append(Number(None, "each", "all", sum(counts.values())))
    cells = protect_at_any_price(numbers, Rule(INTERNAL))
    rows = tuple((name, (cells[name],)) for name in (*Age, None)) if cells else ()
    return Table(TableName.AGES, (None,), rows)


def _protect(
    counts: ByDay, columns: Sequence[Any], asked: Asked, rule: Rule, *, by_week: bool
) -> dict[Hashable, Cell] | None:
    tree = asked.tree(by_week=by_week)
    inner = set(tree.values())
    leaves = [row for row in tree if isinstance(row, Period) and row not in inner]
    return protect_at_any_price(table_of_sums(tree, gather(counts, leaves), columns), rule)


def _pick(cells: Mapping[Hashable, Cell] | None, row: Hashable, columns: Iterable[Hashable]) -> tuple[Cell, ...]:
    return tuple((cells or {}).get((row, column), SMALL) for column in columns)
