"""Statistics as people read them: headings, labels of rows and columns, what a hidden number is called, drawings."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from babel.dates import format_date
from flask_babel import get_locale
from markupsafe import Markup

from casefile.wib import local_date
from casefile.wording import N_
from triage.phrases import day, word
from triage.statistics import (
    FEWEST_FOR_P90,
    INTERNAL,
    Age,
    Asked,
    Audience,
    Cell,
    MatchAct,
    Period,
    Row,
    Sheet,
    Span,
    Step,
    Table,
    TableName,
    Wait,
    Words,
    draw_bars,
    draw_columns,
    draw_heat,
    draw_times,
)
from triage.translating import gettext as _

TITLES: dict[TableName, str] = {
    TableName.REPORTS: N_("Laporan masuk"),
    TableName.WAITS: N_("Balasan pertama"),
    TableName.AGES: N_("Umur kasus terbuka"),
    TableName.KINDS: N_("Jenis dan tempat"),
    TableName.STEPS: N_("Kembali dengan kode"),
    TableName.MATCHES: N_("Saran kemiripan"),
    TableName.REFERRALS: N_("Rujukan terkirim"),
}
_LABELS: dict[StrEnum, str] = {
    Age.TODAY: N_("hari ini"),
    Age.THREE_DAYS: N_("1–3 hari"),
    Age.WEEK: N_("4–7 hari"),
    Age.TWO_WEEKS: N_("8–14 hari"),
    Age.MONTH: N_("15–30 hari"),
    Age.QUARTER: N_("31–90 hari"),
    Age.LONGER: N_("lebih dari 90 hari"),
    Step.SENT: N_("terkirim"),
    Step.RETURNED: N_("kembali dengan kode"),
    Step.WROTE: N_("menulis pesan lagi"),
    MatchAct.SUGGESTED: N_("disarankan"),
    MatchAct.CONFIRMED: N_("terkait"),
    MatchAct.REJECTED: N_("tidak terkait"),
    MatchAct.UNDONE: N_("dibatalkan"),
}
_ROWS: dict[TableName, str] = {
    TableName.REPORTS: N_("Kapan"),
    TableName.AGES: N_("Sejak masuk"),
    TableName.KINDS: N_("Jenis"),
    TableName.STEPS: N_("Langkah"),
    TableName.MATCHES: N_("Kapan"),
    TableName.REFERRALS: N_("Status"),
}
_IN_MINUTES = 120
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Shown:
    """One table in words, with its drawing; ``rows`` are label and cells. Without rows there is too little to show."""

    name: TableName
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    drawing: Markup
    table: Table | None = None
    remark: str = ""


def show_table(table: Table, asked: Asked) -> Shown:
    """A table as a page and a file say it."""
    title = _(TITLES[table.name])
    if not table.is_told:
        return Shown(table.name, title, (), (), Markup(""), table)
    rule = asked.rule()
    lettered = table.name is TableName.KINDS
    columns = [_heading(column) for column in table.columns]
    labels = [_heading(name) for name, _cells in table.rows]
    if lettered:
        columns = [f"{_LETTERS[place]}. {label}" for place, label in enumerate(columns)]
        labels = [f"{place}. {label}" for place, label in enumerate(labels, start=1)]
    rows = tuple(
        (label, tuple(say_cell(cell, rule.threshold) for cell in cells))
        for label, (_name, cells) in zip(labels, table.rows, strict=True)
    )
    drawing = Markup(_DRAWINGS[table.name](table, title))  # noqa: S704 - made by ElementTree, which escapes
    remark = _answered(table) if table.name is TableName.REFERRALS else ""
    return Shown(table.name, title, (_(_ROWS[table.name]), *columns), rows, drawing, table, remark)


def show_waits(waits: list[Wait]) -> Shown:
    """The lengths of first replies as a page and a file say them."""
    title = _(TITLES[TableName.WAITS])
    head = (
        _("Tingkat"),
        _("Target"),
        _("Separuh, terbuka"),
        _("9 dari 10, terbuka"),
        _("Separuh, semua"),
        _("9 dari 10, semua"),
    )
    told = [wait for wait in waits if wait.median is not None or wait.median_days is not None]
    if not told:
        return Shown(TableName.WAITS, title, (), (), Markup(""))
    rows = tuple(
        (
            word(wait.level),
            (
                _minutes(wait.target),
                _minutes(wait.median),
                _minutes(wait.p90, FEWEST_FOR_P90),
                _days(wait.median_days),
                _days(wait.p90_days, FEWEST_FOR_P90),
            ),
        )
        for wait in waits
    )
    said = Words(TableName.WAITS.value, title, _describe(len(rows)))
    times = [(word(wait.level), _share(wait.median, wait.target), _share(wait.p90, wait.target)) for wait in waits]
    drawing = Markup(draw_times(said, _("target"), times))  # noqa: S704 - made by ElementTree, which escapes
    return Shown(TableName.WAITS, title, head, rows, drawing)


def say_cell(cell: Cell, threshold: int) -> str:
    """A number, or why it is not told."""
    if cell.value is not None:
        return str(cell.value)
    return f"<{threshold}" if cell.is_small else _("disamarkan")


def say_period(period: Period) -> str:
    """What a period is called."""
    year = period.first.year
    if period.span is Span.YEAR:
        return str(year)
    if period.span is Span.NINE_MONTHS:
        return _("Januari–September %(year)s", year=year)
    if period.span is Span.QUARTER:
        return _("Triwulan %(number)s %(year)s", number=period.part[1:], year=year)
    if period.span is Span.MONTH:
        return format_date(period.first, "MMMM yyyy", locale=get_locale())
    return _short(period)


def make_sheet(shown: Shown, asked: Asked, now: datetime) -> Sheet:
    """The table as a file, with what must be known to read it."""
    threshold = asked.rule().threshold
    whole = _("sekarang") if shown.name is TableName.AGES else say_period(asked.period)
    notes = [f"{shown.title}: {whole}", _("Data per %(day)s", day=day(local_date(now)))]
    notes.append(_("Angka di bawah %(number)s disamarkan. Jangan menghitung balik.", number=threshold))
    if asked.audience is Audience.PUBLIC:
        notes.append(_("Untuk umum: satu triwulan, seluruh wilayah."))
    if shown.remark:
        notes.append(shown.remark)
    if not shown.rows:
        notes.append(_("Data terlalu sedikit untuk ditampilkan"))
    return Sheet(notes, shown.head, [(label, *cells) for label, cells in shown.rows])


def _answered(table: Table) -> str:
    half, most = table.days
    return _(
        "Separuh jawaban datang dalam: %(half)s. 9 dari 10 datang dalam: %(most)s.",
        half=_days(half),
        most=_days(most, FEWEST_FOR_P90),
    )


def _heading(name: Hashable) -> str:
    if name is None:
        return _("jumlah")
    if isinstance(name, Period):
        return say_period(name)
    if isinstance(name, StrEnum):
        return _(_LABELS[name]) if name in _LABELS else word(name)
    raise ValueError(name)


def _short(period: Period) -> str:
    """A week by its days: 3–9 Agu."""
    month = format_date(period.last, "MMM", locale=get_locale())
    if period.first == period.last:
        return f"{period.first.day} {month}"
    return f"{period.first.day}–{period.last.day} {month}"


def _tick(name: Hashable) -> str:
    """A label that fits below a column."""
    if not isinstance(name, Period):
        return _heading(name)
    form = "MMM" if name.span is Span.MONTH else "d MMM"
    return format_date(name.first, form, locale=get_locale())


def _describe(rows: int) -> str:
    return _("Gambar dari tabel di sampingnya, %(count)s baris. Angkanya sama.", count=rows)


def _timed(table: Table) -> list[tuple[Hashable, tuple[Cell, ...]]]:
    return [(name, cells) for name, cells in table.rows if name is not None] or list(table.rows)


def _draw_reports(table: Table, title: str) -> str:
    rows = [Row(_tick(name), cells[:-1], cells[-1]) for name, cells in _timed(table)]
    return draw_columns(_words(table, title), [_heading(column) for column in table.columns[:-1]], rows)


def _draw_matches(table: Table, title: str) -> str:
    rows = [Row(_tick(name), cells) for name, cells in _timed(table)]
    return draw_columns(_words(table, title), [_heading(column) for column in table.columns], rows)


def _draw_lying(table: Table, title: str) -> str:
    return draw_bars(
        _words(table, title), f"<{INTERNAL}", [Row(_heading(name), cells) for name, cells in _timed(table)]
    )


def _draw_kinds(table: Table, title: str) -> str:
    rows = [Row(str(place), cells) for place, (_name, cells) in enumerate(table.rows, start=1)]
    return draw_heat(_words(table, title), _LETTERS[: len(table.columns)], rows)


_DRAWINGS: dict[TableName, Callable[[Table, str], str]] = {
    TableName.REPORTS: _draw_reports,
    TableName.AGES: _draw_lying,
    TableName.KINDS: _draw_kinds,
    TableName.STEPS: _draw_lying,
    TableName.MATCHES: _draw_matches,
    TableName.REFERRALS: _draw_lying,
}


def _words(table: Table, title: str) -> Words:
    return Words(table.name.value, title, _describe(len(_timed(table))))


def _minutes(value: int | None, fewest: int = INTERNAL) -> str:
    if value is None:
        return _few(fewest)
    if value < _IN_MINUTES:
        return _("%(count)s menit", count=value)
    return _("%(count)s jam", count=round(value / 60))


def _days(value: int | None, fewest: int = INTERNAL) -> str:
    if value is None:
        return _few(fewest)
    return _("hari yang sama") if value == 0 else _("%(count)s hari", count=value)


def _few(fewest: int) -> str:
    return _("<%(number)s kasus", number=fewest)


def _share(value: int | None, target: int) -> float | None:
    return None if value is None else value / target
