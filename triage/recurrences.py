"""Closed cases whose picture or account returned: shown to who worked on them last, reopened by a person alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.models import Case, CaseReport, Match, Recurrence
from casefile.stacking import lock_cases
from casefile.vocabulary import CaseStatus, CustodyAction, LinkState
from triage.bonds import BONDS, Bond
from triage.casework import Doing, get_case, list_report_ids, log_case
from triage.closing import reopen
from triage.rows import read_columns

MOST_ROWS = 500
"""Matches that are read for the list; of a flood the newest."""


@dataclass(frozen=True)
class Returned:
    """A closed case: what of it returned, in which newer cases (their codes), when that was noticed last."""

    case: Case
    bonds: tuple[Bond, ...]
    codes: tuple[str, ...]
    noticed_at: datetime
    told_id: UUID | None


def count_returned(session: Session, staff_id: UUID) -> int:
    """Closed cases with news for this person."""
    return read_columns(session, _counting(), {"staff": staff_id}).scalar() or 0


def list_returned(session: Session, staff_id: UUID, code: str | None = None) -> list[Returned]:
    """Every closed case with news, or the one of that code; this person's own first, then the newest."""
    rows = _unsettled(Recurrence, Match, Case)
    chosen = rows if code is None else rows.where(Case.code == code)
    found = session.execute(chosen.order_by(Recurrence.noticed_at.desc(), Recurrence.id).limit(MOST_ROWS)).all()
    codes = _codes(session, [side for _, match, _ in found for side in (match.low_id, match.high_id)])
    grouped: dict[UUID, list[tuple[Recurrence, Match, Case]]] = {}
    for recurrence, match, case in found:
        grouped.setdefault(case.id, []).append((recurrence, match, case))
    returned = [_returned(rows, codes) for rows in grouped.values()]
    return sorted(returned, key=lambda one: one.told_id != staff_id)


def take_up(session: Session, code: str, doing: Doing) -> None:
    """Reopen the case for this person. The caller commits. Raises as ``triage.closing.reopen``."""
    case = reopen(session, code, "", doing)
    _settle(session, case.id, doing)


def leave_closed(session: Session, code: str, doing: Doing) -> None:
    """A person has seen it and the case stays closed. The caller commits. Raises ``NotFoundError``."""
    begin_write(session)
    case = get_case(session, code)
    lock_cases(session, list_report_ids(session, case.id))
    if _settle(session, case.id, doing):
        log_case(session, case.id, CustodyAction.RECURRENCE_SEEN, doing)


@cache
def _counting() -> Select[Any]:
    return _unsettled(func.count(func.distinct(Recurrence.case_id))).where(Recurrence.told_id == bindparam("staff"))


def _unsettled(*columns: object) -> Select[tuple[Recurrence, Match, Case]]:
    """News that still holds: the link stands, and the case was not reopened and closed again since."""
    joined = (
        select(*columns)  # type: ignore[call-overload]
        .select_from(Recurrence)
        .join(Case, Case.id == Recurrence.case_id)
        .join(Match, Match.id == Recurrence.match_id)
    )
    holds = (Case.status == CaseStatus.CLOSED, Match.state == LinkState.LINKED, Recurrence.noticed_at >= Case.closed_at)
    found: Select[tuple[Recurrence, Match, Case]] = joined.where(Recurrence.settled_at.is_(None), *holds)
    return found


def _settle(session: Session, case_id: UUID, doing: Doing) -> bool:
    open_rows = update(Recurrence).where(Recurrence.case_id == case_id, Recurrence.settled_at.is_(None))
    settled = open_rows.values(settled_by=doing.staff_id, settled_at=doing.now).returning(Recurrence.id)
    return bool(session.scalars(settled.execution_options(synchronize_session=False)).all())


def _codes(session: Session, report_ids: list[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """Case and code of each report."""
    codes = select(CaseReport.report_id, Case.id, Case.code).join(Case, Case.id == CaseReport.case_id)
    return {row[0]: (row[1], row[2]) for row in session.execute(codes.where(CaseReport.report_id.in_(report_ids)))}


def _returned(rows: list[tuple[Recurrence, Match, Case]], codes: dict[UUID, tuple[UUID, str]]) -> Returned:
    newest, _, case = rows[0]
    sides = (codes[side] for _, match, _ in rows for side in (match.low_id, match.high_id) if side in codes)
    bonds = {BONDS[match.match_class] for _, match, _ in rows}
    return Returned(
        case=case,
        bonds=tuple(bond for bond in Bond if bond in bonds),
        codes=tuple(dict.fromkeys(code for case_id, code in sides if case_id != case.id)),
        noticed_at=newest.noticed_at,
        told_id=newest.told_id,
    )
