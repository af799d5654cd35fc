"""What a bundle is made of, as frozen values: equal facts give equal bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casefile.custody import list_entries, verify_chain
from casefile.models import Case, Report, StaffMember
from casefile.submission import Submission
from casefile.vocabulary import Urgency
from triage.additions import OpenedAddition, OpenedReport
from triage.bundles.wish import BundleWish
from triage.casework import list_overrides
from triage.queue import open_summary
from triage.reader import Reader


@dataclass(frozen=True)
class CustodyRecord:
    """One entry of a chain as it leaves: ``previous`` and ``digest`` are 32 bytes."""

    number: int
    previous: bytes
    body: str
    digest: bytes


@dataclass(frozen=True)
class ReportFacts:
    """One report: its id, the day it came, how it stands (opened by ``triage.reading``), its whole custody chain.

    ``submission`` holds what was added later too; ``additions`` says what came on which day.
    """

    report_id: UUID
    received_on: date
    submission: Submission = field(repr=False)
    custody: tuple[CustodyRecord, ...]
    additions: tuple[OpenedAddition, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Officer:
    """Who acted and when (UTC): the custody log's pseudonym and the name that people use."""

    staff_id: UUID
    name: str
    at: datetime


@dataclass(frozen=True)
class Risk:
    """The case's level and the worker's reasons, pairs of code and points."""

    level: Urgency
    is_set_by_person: bool
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class BundleFacts:
    """Everything that goes into one bundle. ``bundle_id`` and ``approved`` are None in a preview before they exist."""

    bundle_id: UUID | None
    case_code: str
    wish: BundleWish = field(repr=False)
    requested: Officer
    approved: Officer | None
    made_at: datetime
    risk: Risk
    reports: tuple[ReportFacts, ...]


def gather_reports(session: Session, contents: Mapping[UUID, OpenedReport]) -> tuple[ReportFacts, ...]:
    """The reports' facts in the order of ``contents``. Raises ``CustodyError`` when a chain is broken."""
    return tuple(
        ReportFacts(
            report_id,
            session.get_one(Report, report_id).received_on,
            opened.submission,
            _custody(session, report_id),
            opened.material,
        )
        for report_id, opened in contents.items()
    )


def gather_risk(session: Session, case: Case, reader: Reader) -> Risk:
    """The case's level, whether a person set it, and the reasons that the reader's key opens."""
    summary = open_summary(case, reader)
    return Risk(case.level, bool(list_overrides(session, case.id)), summary.reasons if summary else ())


def name_officer(session: Session, staff_id: UUID, at: datetime) -> Officer:
    """The officer's name as it stands in the accounts."""
    return Officer(staff_id, session.get_one(StaffMember, staff_id).display_name, at)


def _custody(session: Session, report_id: UUID) -> tuple[CustodyRecord, ...]:
    entries = list_entries(session, report_id)
    verify_chain(report_id, entries)
    return tuple(CustodyRecord(entry.number, entry.previous, entry.body, entry.digest) for entry in entries)
