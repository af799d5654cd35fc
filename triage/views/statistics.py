"""Statistics for supervisors: eight drawings with a table beside each, hidden where few; tables as files."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue

from casefile.wib import local_date
from triage.extensions import db, desk
from triage.gate import desktop
from triage.permissions import Permission, requires
from triage.statistics import (
    MONTHS,
    PUBLIC_TABLES,
    Asked,
    Audience,
    Period,
    Span,
    TableName,
    known_days,
    log_export,
    make_table,
    make_waits,
    may_publish,
    write_csv,
)
from triage.statistics_in_words import Shown, make_sheet, say_period, show_table, show_waits

blueprint = Blueprint("statistics", __name__)

_QUARTERS = 4


@blueprint.get("/statistik")
@requires(Permission.STATISTICS_SEE)
def show() -> ResponseReturnValue:
    """The tables of a period; of this quarter unless another one is named."""
    today = local_date(desk().clock())
    asked = _ask(request.args.get("tahun"), request.args.get("bagian"), Audience.OFFICE)
    return render_template(
        "triage/statistics.html",
        tables={name.name: _show(name, asked) for name in TableName},
        period=asked.period,
        today=today,
        period_name=say_period(asked.period),
        years=range(today.year, asked.known.first.year - 1, -1),
        parts=_list_parts(asked.period.first.year),
        can_publish=may_publish(asked.period, today),
        public=PUBLIC_TABLES,
        say_period=say_period,
    )


@blueprint.post("/statistik/unduh")
@requires(Permission.STATISTICS_SEE)
def download() -> ResponseReturnValue:
    """One table as it may be shown to its audience, as a file; on record in the office's chain."""
    form, now = request.form, desk().clock()
    try:
        name, audience = TableName(form.get("tabel", "")), Audience(form.get("untuk", ""))
    except ValueError:
        abort(404)
    asked = _ask(form.get("tahun"), form.get("bagian"), audience)
    is_public = audience is Audience.PUBLIC
    if is_public and not (name in PUBLIC_TABLES and may_publish(asked.period, local_date(now))):
        abort(404)
    shown = _show(name, asked)
    if shown.table and shown.table.opened and not shown.table.opened.is_whole:
        return redirect(url_for("statistics.show", tahun=asked.year.first.year, bagian=asked.period.part), code=303)
    session = db.session()
    session.rollback()
    log_export(session, name, asked, now)
    session.commit()
    called = f"statistik-{name}-{asked.period.first.year}-{asked.period.part}{'-terbit' if is_public else ''}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{called}"'}
    return Response(write_csv(make_sheet(shown, asked, now)), mimetype="text/csv", headers=headers)


def _show(name: TableName, asked: Asked) -> Shown:
    session = db.session()
    if name is TableName.WAITS:
        return show_waits(make_waits(session, asked.period))
    return show_table(make_table(session, name, asked), asked)


def _ask(year: str | None, part: str | None, audience: Audience) -> Asked:
    """The period that an address or a form names, of this quarter where none is; 404 for what is no period."""
    today = local_date(desk().clock())
    known = known_days(db.session(), today)
    try:
        chosen = int(year or today.year)
        if not known.first.year <= chosen <= today.year:
            abort(404)
        return Asked(Period.parse(chosen, part or f"t{(today.month + 2) // 3}"), desktop(), known, audience)
    except ValueError:
        abort(404)


def _list_parts(year: int) -> list[tuple[Span, list[Period]]]:
    """What can be chosen within a year, by length."""
    return [
        (Span.YEAR, [Period.year(year), Period.nine_months(year)]),
        (Span.QUARTER, [Period.quarter(year, number) for number in range(1, _QUARTERS + 1)]),
        (Span.MONTH, [Period.month(year, number) for number in range(1, MONTHS + 1)]),
    ]
