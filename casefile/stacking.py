"""Under which content a case may share a row of the queue: written down, so that the queue need not work it out.

``Case.stack`` is the smallest ``content_group`` of the case's reports; empty where there is none, and where a person
said of one of its reports and a report of that content that they are not related. It changes when a report joins a
content group and when a person decides on a match: whoever does either calls ``settle_stacks``.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from casefile.models import Case, CaseReport, Match
from casefile.vocabulary import LinkState


def lock_cases(session: Session, report_ids: Iterable[UUID]) -> None:
    """Lock the rows of the reports' cases, always in the same order, before anything that custody chains lock."""
    case_ids = select(CaseReport.case_id).where(CaseReport.report_id.in_(list(report_ids)))
    session.execute(select(Case.id).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update()).all()


def settle_stacks(session: Session, report_ids: Iterable[UUID]) -> None:
    """Write down the stack of the case of each report, inside the caller's write transaction.

    Not a change of a case that people must look at: the version stays. Reports without a case are passed over.
    """
    session.flush()
    case_ids = select(CaseReport.case_id).where(CaseReport.report_id.in_(list(report_ids))).distinct()
    for case_id in sorted(session.scalars(case_ids)):
        stack = _find_stack(session, case_id)
        table = Case.__table__
        session.execute(table.update().where(table.c.id == case_id).values(stack=stack))  # type: ignore[attr-defined]


def _find_stack(session: Session, case_id: UUID) -> UUID | None:
    groups = select(CaseReport.content_group).where(CaseReport.case_id == case_id)
    held = groups.where(CaseReport.content_group.is_not(None))
    content = session.scalar(held.order_by(CaseReport.content_group).limit(1))
    return None if content is None or _stands_apart(session, case_id, content) else content


def _stands_apart(session: Session, case_id: UUID, content: UUID) -> bool:
    """Whether a rejected match joins a report of the case to a report of the content. Only people reject."""
    own, other = aliased(CaseReport), aliased(CaseReport)
    low_first = (Match.low_id == own.report_id) & (Match.high_id == other.report_id)
    high_first = (Match.high_id == own.report_id) & (Match.low_id == other.report_id)
    rejected = (
        select(Match.id)
        .select_from(own)
        .join(Match, or_(Match.low_id == own.report_id, Match.high_id == own.report_id))
        .join(other, or_(low_first, high_first))
        .where(own.case_id == case_id, Match.state == LinkState.REJECTED, other.content_group == content)
    )
    return session.scalar(rejected.limit(1)) is not None
