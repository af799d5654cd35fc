"""What the case page says of clocks."""

from __future__ import annotations

from datetime import date, timedelta

from babel.units import format_unit
from flask_babel import get_locale
from flask_babel import gettext as _

from casefile.wib import local_date
from casefile.wording import N_
from triage.clocks import Clock, DutySituation, Running

DUTY_TEXTS: dict[DutySituation, str] = {
    DutySituation.MUST_REPORT: N_(
        "Anak atau penyandang disabilitas: wajib dilaporkan, juga tanpa izin. Beri tahu dulu yang mengalami, kecuali"
        " berbahaya."
    ),
    DutySituation.EXPLAIN_FIRST: N_("Jelaskan dulu kewajiban ini kepada pelapor, bila bisa dihubungi."),
    DutySituation.VERIFY_FIRST: N_("Laporan dari orang yang melihat: periksa dulu, baru putuskan."),
    DutySituation.IN_REGISTER: N_("Dari register lama: periksa di register. Catat putusannya bila sudah tahu."),
    DutySituation.OUTSIDE: N_("Menurut jawabannya di luar UU TPKS: rujuk dengan izin saja."),
}

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_UNITS: tuple[tuple[timedelta, timedelta, str], ...] = (
    (90 * _MINUTE, _MINUTE, "duration-minute"),
    (72 * _HOUR, _HOUR, "duration-hour"),
    (60 * _DAY, _DAY, "duration-day"),
    (timedelta.max, 365 * _DAY / 12, "duration-month"),
)
"""Up to which length a unit is used: the duty's 72 hours are counted in hours, not in days."""


def countdown(clock: Clock) -> str:
    """How much is left, or by how much the end was missed, in one unit; nothing for a stopped clock."""
    if clock.state is Running.STOPPED:
        return ""
    passed = clock.state is Running.PASSED
    length = abs(clock.left)
    unit, name = next((unit, name) for limit, unit, name in _UNITS if length < limit)
    said = format_unit(max(1, round(length / unit)), name, length="long", locale=get_locale())
    return _("lewat %(span)s", span=said) if passed else _("tinggal %(span)s", span=said)


def last_day(clock: Clock) -> date:
    """The last whole day before a clock ends that ends at midnight."""
    return local_date(clock.ends_at - timedelta(microseconds=1))
