"""How many other reports are, or may be, related to a case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from casefile.models import CaseReport, Match
from casefile.vocabulary import LinkState
from triage.rows import read_columns


def count_related(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, int]:
    """For each case the number of other reports that are or may be related."""
    if not case_ids:
        return {}
    return {row[0]: row[1] for row in read_columns(session, _counting(), {"ids": case_ids})}


@cache
def _counting() -> Select[tuple[UUID, int]]:
    first, second = (
        select(CaseReport.case_id.label("case_id"), other.label("other_report"))
        .join(Match, own == CaseReport.report_id)
        .where(Match.state != LinkState.REJECTED, CaseReport.case_id.in_(bindparam("ids", expanding=True)))
        for own, other in ((Match.low_id, Match.high_id), (Match.high_id, Match.low_id))
    )
    pairs = first.union_all(second).subquery()
    return select(pairs.c.case_id, func.count(func.distinct(pairs.c.other_report))).group_by(pairs.c.case_id)
