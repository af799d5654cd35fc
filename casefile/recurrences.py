"""A closed case whose picture or account stands in a newer report: written down once, for a person to see.

Who notices is the worker, for what links by rule, or the desk, when a person confirms a link. Nothing is reopened here.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casefile.custody import Act, append_entry
from casefile.models import Case, CaseReport, CustodyEntry, Match, Recurrence, Report
from casefile.vocabulary import CaseStatus, Channel, CustodyAction
from casefile.wib import local_date

_WORKED = frozenset({CustodyAction.CLOSED, CustodyAction.REPLIED, CustodyAction.CLAIMED})
_STAFF = "staff:"


def note_recurrences(session: Session, match_ids: Iterable[UUID], now: datetime) -> dict[UUID, UUID]:
    """Write a row for each closed case that one of the matches joins to a newer report.

    A match is newer when it was suggested after the case was closed; what an old register already held on that day is
    not. Locks the rows of those cases, so call it before
    anything is appended to a custody chain. Returns the report on the closed side by match, of the rows that are new;
    the caller hands them to ``log_recurrences``.
    """
    noted: dict[UUID, UUID] = {}
    for match_id, report_id, case_id in _find_closed(session, list(match_ids)):
        row = {
            "id": uuid.uuid4(),
            "case_id": case_id,
            "match_id": match_id,
            "told_id": find_last_counsellor(session, case_id),
            "noticed_at": now,
        }
        if session.scalar(_insert_once(session, row)) is not None:
            noted[match_id] = report_id
    return noted


def log_recurrences(session: Session, noted: Mapping[UUID, UUID], actor: str, now: datetime) -> None:
    """One custody entry on the chain of each report of ``note_recurrences``, with codes alone."""
    for match_id, report_id in sorted(noted.items()):
        append_entry(session, report_id, Act(CustodyAction.RECURRED, actor, now, {"match": str(match_id)}))


def find_last_counsellor(session: Session, case_id: UUID) -> UUID | None:
    """Who took, answered or closed the case last, by its custody log; None where nobody has."""
    reports = select(CaseReport.report_id).where(CaseReport.case_id == case_id)
    by_staff = CustodyEntry.body.contains(f'"actor":"{_STAFF}', autoescape=True)
    entries = select(CustodyEntry.body).where(CustodyEntry.report_id.in_(reports), by_staff)
    for body in session.scalars(entries.order_by(CustodyEntry.report_id, CustodyEntry.number.desc())):
        act = json.loads(body)
        if act["action"] in _WORKED:
            return UUID(act["actor"].removeprefix(_STAFF))
    return None


def _find_closed(session: Session, match_ids: list[UUID]) -> list[tuple[UUID, UUID, UUID]]:
    """(match, report, case) for every closed side, in an order that all processes share."""
    found = []
    for side, other in ((Match.low_id, Match.high_id), (Match.high_id, Match.low_id)):
        closed = (
            select(Match.id, CaseReport.report_id, Case.id, Case.closed_at, Report.channel, Report.received_on)
            .join(CaseReport, CaseReport.report_id == side)
            .join(Case, Case.id == CaseReport.case_id)
            .join(Report, Report.id == other)
            .where(Match.id.in_(match_ids), Case.status == CaseStatus.CLOSED, Match.suggested_at >= Case.closed_at)
            .with_for_update(of=Case)
        )
        found += [(row[0], row[1], row[2]) for row in session.execute(closed) if not _was_there_before(*row[3:])]
    return sorted(found, key=lambda row: (row[2], row[0]))


def _was_there_before(closed_at: datetime, channel: Channel, received_on: date) -> bool:
    return channel is Channel.REGISTER and received_on < local_date(closed_at)


def _insert_once(session: Session, row: Mapping[str, object]) -> Insert:
    once, written = [Recurrence.case_id, Recurrence.match_id], Recurrence.id
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(Recurrence).values(row).on_conflict_do_nothing(index_elements=once).returning(written)
    return sqlite.insert(Recurrence).values(row).on_conflict_do_nothing(index_elements=once).returning(written)
