"""Months for ``kapan_tahu``: a rough answer, since the time limit of a complaint is counted in months."""

from __future__ import annotations

from enum import StrEnum

from casefile.wording import N_

YEARS_BACK = 10


class Month(StrEnum):
    """``kapan_tahu_bulan``: the number of the month."""

    JANUARY = "01"
    FEBRUARY = "02"
    MARCH = "03"
    APRIL = "04"
    MAY = "05"
    JUNE = "06"
    JULY = "07"
    AUGUST = "08"
    SEPTEMBER = "09"
    OCTOBER = "10"
    NOVEMBER = "11"
    DECEMBER = "12"


MONTH_LABELS = {
    Month.JANUARY: N_("Januari"),
    Month.FEBRUARY: N_("Februari"),
    Month.MARCH: N_("Maret"),
    Month.APRIL: N_("April"),
    Month.MAY: N_("Mei"),
    Month.JUNE: N_("Juni"),
    Month.JULY: N_("Juli"),
    Month.AUGUST: N_("Agustus"),
    Month.SEPTEMBER: N_("September"),
    Month.OCTOBER: N_("Oktober"),
    Month.NOVEMBER: N_("November"),
    Month.DECEMBER: N_("Desember"),
}


def years_until(year: int) -> list[str]:
    """The years that may be chosen in ``year``, newest first."""
    return [str(back) for back in range(year, year - YEARS_BACK, -1)]
