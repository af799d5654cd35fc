"""How many stories a person opened: for that person and a supervisor, never as a ranking.

Counted by the day beside the custody entry, in its transaction; the log itself would have to be read whole. Opening one
story twice counts twice: it is read twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casefile.models import Case, CaseReport, Exposure
from casefile.vocabulary import Urgency
from casefile.wib import local_date

WINDOW = timedelta(days=7)
"""What is counted beside today: seven days with today. What is older is erased by the worker's sweep."""
MANY_TODAY, MANY_HEAVY_TODAY, MANY_IN_WINDOW = 10, 4, 40
"""From here on the page suggests a pause. Judgement, not research: no study gives a number for reading alone."""

_HEAVY = frozenset({Urgency.P0, Urgency.P1})


@dataclass(frozen=True)
class Opened:
    """Stories that a person opened: today, in seven days, and of both how many at level P0 or P1."""

    today: int = 0
    heavy_today: int = 0
    in_window: int = 0
    heavy_in_window: int = 0

    @property
    def speaks_for_a_pause(self) -> bool:
        """Whether to suggest one."""
        return self.today >= MANY_TODAY or self.heavy_today >= MANY_HEAVY_TODAY or self.in_window >= MANY_IN_WINDOW


def count_opening(session: Session, report_id: UUID, staff_id: UUID, now: datetime) -> None:
    """One story more, in the transaction of its custody entry."""
    level = select(Case.level).join(CaseReport, CaseReport.case_id == Case.id)
    heavy = int(session.scalar(level.where(CaseReport.report_id == report_id)) in _HEAVY)
    session.execute(
        _one_more(session, {"staff_id": staff_id, "opened_on": local_date(now), "opened": 1, "heavy": heavy})
    )


def get_opened(session: Session, staff_id: UUID, today: date) -> Opened:
    """What one person opened."""
    return list_opened(session, today).get(staff_id, Opened())


def list_opened(session: Session, today: date) -> Mapping[UUID, Opened]:
    """What each person opened; who opened nothing in seven days is left out."""
    found: dict[UUID, Opened] = {}
    for row in session.scalars(select(Exposure).where(Exposure.opened_on > today - WINDOW)):
        before, is_today = found.get(row.staff_id, Opened()), row.opened_on == today
        found[row.staff_id] = Opened(
            before.today + row.opened * is_today,
            before.heavy_today + row.heavy * is_today,
            before.in_window + row.opened,
            before.heavy_in_window + row.heavy,
        )
    return found


def _one_more(session: Session, row: dict[str, object]) -> Insert:
    once = [Exposure.staff_id, Exposure.opened_on]
    more = {"opened": Exposure.opened + 1, "heavy": Exposure.heavy + row["heavy"]}
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(Exposure).values(row).on_conflict_do_update(index_elements=once, set_=more)
    return sqlite.insert(Exposure).values(row).on_conflict_do_update(index_elements=once, set_=more)
