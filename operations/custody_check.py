"""Checking the whole custody log."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.custody import list_entries, verify_chain
from casefile.errors import CustodyError
from casefile.models import CustodyEntry


@dataclass
class CustodyOutcome:
    """How many chains and good entries there are, and the first bad entry of each broken chain."""

    chains: int = 0
    entries: int = 0
    broken: dict[UUID, int] = field(default_factory=dict)


def verify_all(session: Session) -> CustodyOutcome:
    """Check every chain from its beginning."""
    outcome = CustodyOutcome()
    for report_id in session.scalars(select(CustodyEntry.report_id).distinct()).all():
        outcome.chains += 1
        try:
            outcome.entries += verify_chain(report_id, list_entries(session, report_id))
        except CustodyError as error:
            outcome.broken[report_id] = error.position
        session.expunge_all()
    return outcome
