"""Cases of a register become reports: sealed first, then written in one transaction, or not at all."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from casefile.boxes import derive
from casefile.custody import OFFICE_CHAIN, Act, append_entry, staff_actor, start_chains
from casefile.database import begin_write
from casefile.filing import Arrival, FilingKeys, SealedReport, insert_reports, seal_report
from casefile.models import RegisterNumber
from casefile.retention import find_spans
from casefile.vocabulary import Channel, CustodyAction, Lane
from casefile.wib import day_start
from operations.register.columns import normal
from operations.register.reading import RegisterCase
from operations.register.rows import LineFault

_TAG_BYTES = 32
_AT_ONCE = 100
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Importer:
    """Who imports, when, and with which keys: those of the desk."""

    staff_id: UUID
    keys: FilingKeys
    now: datetime

    def tag(self, number: str) -> bytes:
        """32 bytes that stand for a number of the register and say nothing without the key."""
        key = derive(self.keys.identifier_key, "register numbers")
        return hmac.digest(key, normal(number).encode(), hashlib.sha256)


@dataclass(frozen=True)
class Prepared:
    """Sealed cases that wait to be written, with the tags of their numbers."""

    reports: tuple[SealedReport, ...] = field(repr=False)
    tags: tuple[bytes, ...] = field(repr=False)
    open_cases: int

    @property
    def closed_cases(self) -> int:
        """How many were closed before."""
        return len(self.reports) - self.open_cases


@dataclass(frozen=True)
class Imported:
    """What was written."""

    open_cases: int
    closed_cases: int


def find_known(session: Session, cases: Sequence[RegisterCase], importer: Importer) -> list[LineFault]:
    """One fault for each case whose number was imported before."""
    by_tag = {importer.tag(case.number): case.line for case in cases}
    tags, known = list(by_tag), set[bytes]()
    for start in range(0, len(tags), _AT_ONCE):
        part = tags[start : start + _AT_ONCE]
        known.update(session.scalars(select(RegisterNumber.tag).where(RegisterNumber.tag.in_(part))))
    return sorted(LineFault(by_tag[tag], "nomor_register", "was imported before") for tag in known)


def count_short_lived(session: Session, cases: Sequence[RegisterCase], now: datetime) -> int:
    """Closed cases whose story the office would keep no longer: the worker erases it soon after it came in."""
    spans = find_spans(session, now)
    closings = [case.closing for case in cases if case.closing is not None]
    return sum(spans.is_story_over(day_start(closing.on), closing.reason, now) for closing in closings)


def prepare(cases: Sequence[RegisterCase], importer: Importer, progress: Progress) -> Prepared:
    """Seal every case; ``progress`` is told how many were. Touches no database."""
    reports = []
    for case in cases:
        reports.append(_seal(case, importer))
        progress(1)
    tags = tuple(importer.tag(case.number) for case in cases)
    return Prepared(tuple(reports), tags, sum(case.closing is None for case in cases))


def import_cases(session: Session, prepared: Prepared, importer: Importer, progress: Progress) -> Imported:
    """Write all cases in one transaction and commit; whatever stops it before leaves the database as it was.

    They wait in the slow lane, so that no new report waits for an old one. Raises SQLAlchemy's ``IntegrityError``
    where somebody imported one of the numbers meanwhile.
    """
    actor = staff_actor(importer.staff_id)
    counts = {"open": prepared.open_cases, "closed": prepared.closed_cases}
    received = Act(CustodyAction.RECEIVED, actor, importer.now, {"channel": Channel.REGISTER.value})
    begin_write(session)
    for start in range(0, len(prepared.reports), _AT_ONCE):
        part = prepared.reports[start : start + _AT_ONCE]
        insert_reports(session, part, importer.now, Lane.SLOW)
        start_chains(session, [report.report_id for report in part], received)
        progress(len(part))
    session.connection().execute(insert(RegisterNumber).inline(), [{"tag": tag} for tag in sorted(prepared.tags)])
    append_entry(session, OFFICE_CHAIN, Act(CustodyAction.REGISTER_IMPORTED, actor, importer.now, counts))
    session.commit()
    return Imported(prepared.open_cases, prepared.closed_cases)


def _seal(case: RegisterCase, importer: Importer) -> SealedReport:
    """The clocks of an open case run from now, since the unit has worked on it; its own day stands on the report."""
    received_at = importer.now if case.closing is None else day_start(case.received_on)
    arrival = Arrival(Channel.REGISTER, case.received_on, received_at, closing=case.closing)
    return seal_report(case.submission, importer.keys, arrival, secrets.token_bytes(_TAG_BYTES))
