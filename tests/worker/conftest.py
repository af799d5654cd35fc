"""A worker's runtime on each database, and reports that came in through the portal's own code."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from casefile.additions import Choices, Material
from casefile.boxes import KeyPair
from casefile.contents import SUMMARY_NOTE, QueueSummary
from casefile.custody import list_entries, verify_chain
from casefile.database import begin_write
from casefile.models import Case, CaseReport, Match, Message, OutboxRow, Receipt, Withdrawal, WorkerEnvelope
from casefile.outbox import add_job
from casefile.receipts import ReceiptKeys
from casefile.submission import Consents, SafeContact, Submission
from casefile.unsealing import open_note
from casefile.vocabulary import Author, JobName, OutboxState
from casefile.wib import local_date
from intake.followup import Addressed, add_material, change_choices
from intake.receipts import name_receipt
from tests.conftest import Database
from tests.factories import NOON, Office, keep_report, make_office
from worker import jobs
from worker.runtime import Runtime, install

HANDLERS: dict[JobName, Callable[[str], None]] = {
    JobName.MATCH_REPORT: jobs.match_report,
    JobName.NOTE_MESSAGE: jobs.note_message,
    JobName.NOTE_ADDITION: jobs.note_addition,
    JobName.WITHDRAW_REPORT: jobs.withdraw_report,
}


@dataclass
class Workshop:
    """One database, one office, and what tests do with them: intake's role writes, the worker's role works."""

    database: Database
    office: Office
    runtime: Runtime = field(init=False)

    def __post_init__(self) -> None:
        self._owner = self.database.engine()
        self._intake = self.database.engine("intake")
        self.runtime = self.new_runtime()

    def new_runtime(self) -> Runtime:
        """Another worker process's means, with an empty index."""
        keys = self.office.folder / "keys" / "office.json"
        return Runtime(self.database.engine("worker"), self.office.worker, keys, self.office.root_public)

    def report(self, submission: Submission | None = None, now: datetime = NOON) -> UUID:
        """A kept report; its job waits in the outbox."""
        with self.intake() as session:
            return keep_report(session, self.office, submission, now).report_id

    def add_job(self, job: JobName, report_id: UUID) -> None:
        """One more outbox row."""
        with self.intake() as session:
            add_job(session, job, report_id, NOON)
            session.commit()

    def runtime_session(self) -> Session:
        """A session of the worker's role."""
        return Session(self.runtime.engine)

    def withdraw(self, report_id: UUID) -> None:
        """Ask for erasure as intake does; the job waits in the outbox."""
        with self.owner() as session:
            tag = session.scalars(select(Receipt.tag).where(Receipt.report_id == report_id)).one()
        with self.intake() as session:
            begin_write(session)
            name_receipt(session, tag)
            session.execute(insert(Withdrawal).inline().values(report_id=report_id, requested_on=local_date(NOON)))
            add_job(session, JobName.WITHDRAW_REPORT, report_id, NOON)
            session.commit()

    def add(self, report_id: UUID, material: Material) -> None:
        """Add to a report as its reporter does; the job waits in the outbox."""
        with self.intake() as session:
            add_material(session, self._addressed(report_id), material, secrets.token_bytes(32), NOON)
            session.commit()

    def choose(self, report_id: UUID, consents: Consents, contact: SafeContact | None = None) -> None:
        """Choose anew as the reporter does; the job waits in the outbox."""
        chosen = Choices(consents=consents, contact=contact or SafeContact())
        with self.intake() as session:
            change_choices(session, self._addressed(report_id), lambda _: chosen, NOON)

    def _addressed(self, report_id: UUID) -> Addressed:
        """Whoever holds the receipt's tag may write; only the reporter's own key, which is not here, could read."""
        with self.owner() as session:
            tag = session.scalars(select(Receipt.tag).where(Receipt.report_id == report_id)).one()
        keys = ReceiptKeys(tag, KeyPair.generate())
        return Addressed(keys, self.office.public, self.office.intake.identifier_key)

    def write_message(self, report_id: UUID, number: int = 1, author: Author = Author.REPORTER) -> None:
        """A message in the conversation; the reporter's with its job."""
        with self.owner() as session:
            boxes = {"epoch": 1, "office_box": b"box", "reporter_box": b"box"}
            sent = Message(report_id=report_id, number=number, author=author, sent_on=local_date(NOON), **boxes)
            session.add(sent)
            if author is Author.REPORTER:
                add_job(session, JobName.NOTE_MESSAGE, report_id, NOON)
            session.commit()

    def actions(self, report_id: UUID) -> list[str]:
        """The acts on the report's custody chain, which must be whole."""
        with self.owner() as session:
            entries = list_entries(session, report_id)
        assert verify_chain(report_id, entries) == len(entries)
        return [json.loads(entry.body)["action"] for entry in entries]

    def matches(self) -> list[Match]:
        """All rows, in a fixed order."""
        with self.owner() as session:
            return list(session.scalars(select(Match).order_by(Match.match_class, Match.low_id, Match.high_id)))

    def run(self, *, runtime: Runtime | None = None) -> None:
        """Do every open job of the worker, oldest first, in this process."""
        install(runtime or self.runtime)
        for row in self.rows(OutboxState.OPEN):
            if row.job in HANDLERS:
                HANDLERS[row.job](str(row.id))

    def rows(self, state: OutboxState | None = None) -> list[OutboxRow]:
        """Outbox rows, oldest first."""
        with self.owner() as session:
            rows = session.scalars(select(OutboxRow).order_by(OutboxRow.created_at, OutboxRow.id)).all()
        return [row for row in rows if state is None or row.state is state]

    def owner(self) -> Session:
        """A session of the database's owner, who sees everything."""
        return Session(self._owner, expire_on_commit=False)

    def intake(self) -> Session:
        """A session of the intake's role."""
        return Session(self._intake)

    def case(self, report_id: UUID) -> Case | None:
        """The report's case."""
        with self.owner() as session:
            own = select(Case).join(CaseReport).where(CaseReport.report_id == report_id)
            return session.scalars(own).one_or_none()

    def summary(self, report_id: UUID) -> QueueSummary:
        """What the queue shows of a report, opened with the office's key."""
        case = self.case(report_id)
        assert case is not None
        return QueueSummary.from_bytes(open_note(self.office.epoch, case.summary_box, SUMMARY_NOTE, case.id.bytes))


def damage_envelope(workshop: Workshop, report_id: UUID) -> None:
    """Flip one bit of what intake sealed for the worker."""
    with workshop.owner() as session:
        begin_write(session)
        envelope = session.scalars(select(WorkerEnvelope).where(WorkerEnvelope.report_id == report_id)).one()
        box = bytearray(envelope.box or b"")
        box[-1] ^= 1
        envelope.box = bytes(box)
        session.commit()


@pytest.fixture
def workshop(database: Database, tmp_path: Path) -> Workshop:
    made = Workshop(database, make_office(tmp_path / "office"))
    install(made.runtime)
    return made
