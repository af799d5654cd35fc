"""Days and spans of time inside the database, the same on SQLite and PostgreSQL, so that it counts and not Python."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from casefile.wib import WIB

Moment = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]

_DAY = 86_400
_MINUTE = 60
_EPOCH = date(1970, 1, 1)
_AHEAD = int((WIB.utcoffset(None) or timedelta()).total_seconds())


class _Seconds(FunctionElement[int]):
    """Whole seconds since 1970, of a time in UTC."""

    type = BigInteger()
    inherit_cache = True


@compiles(_Seconds)
def _on_postgresql(element: _Seconds, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(floor(extract(epoch FROM {compiler.process(element.clauses, **options)})) AS BIGINT)"


@compiles(_Seconds, "sqlite")
def _on_sqlite(element: _Seconds, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **options)}) AS INTEGER)"


def day_number(moment: Moment) -> ColumnElement[int]:
    """The day in Jakarta as a number; ``day_of`` gives the date."""
    return (_Seconds(moment) + _AHEAD) // _DAY


def day_of(number: int) -> date:
    """The day that ``day_number`` counts."""
    return _EPOCH + timedelta(days=number)


def minutes_between(earlier: Moment, later: Moment) -> ColumnElement[int]:
    """Whole minutes from one time to the other."""
    return (_Seconds(later) - _Seconds(earlier)) // _MINUTE
