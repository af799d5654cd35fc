"""The use case of the portal: keep one report, and give the reporter the only code that finds it again."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from casefile.boxes import PublicKey
from casefile.contents import CONTENTS_KIND, CONTENTS_PART, BlindedTag, ReportContents, WorkerPayload
from casefile.custody import REPORTER, Act, start_chain
from casefile.database import begin_write
from casefile.identifiers import blind_first, parse_identifier
from casefile.keyring import IntakeSecrets, OfficePublicKeys
from casefile.models import KeySlot, Receipt, Report, ReportPart, WorkerEnvelope
from casefile.outbox import add_job
from casefile.receipts import ReceiptKeys, derive_receipt_keys, new_receipt_code
from casefile.sealing import new_data_key, seal_data_key, seal_part, seal_worker_envelope
from casefile.submission import Submission
from casefile.vocabulary import Channel, CustodyAction, JobName, Platform, PublicStatus, SlotRole
from casefile.wib import local_date


@dataclass(frozen=True)
class SubmissionKeys:
    """All that the portal seals with: the office's public keys and its own secrets. Opens nothing."""

    office: OfficePublicKeys
    secrets: IntakeSecrets


@dataclass(frozen=True)
class KeptReport:
    """What the reporter takes away. ``code`` is shown once and stored nowhere in clear."""

    code: str
    report_id: UUID

    def __repr__(self) -> str:
        return f"KeptReport(report_id={self.report_id})"


def submit_report(
    session: Session, submission: Submission, keys: SubmissionKeys, form_tag: bytes, now: datetime
) -> KeptReport:
    """Seal and insert a report with its envelope, outbox row and first custody entry; the caller commits.

    ``form_tag`` (32 bytes) names the form that was sent: a second insert with the same one raises SQLAlchemy's
    ``IntegrityError``. ``now`` is aware UTC. The slow derivation happens before the write transaction begins.
    """
    code = new_receipt_code()
    receipt = derive_receipt_keys(code, keys.secrets.instance_salt, keys.secrets.receipt_pepper)
    report_id = uuid.uuid4()
    rows = _seal_rows(report_id, submission, keys, receipt)
    envelope = seal_worker_envelope(keys.office.worker, _payload(submission, keys.secrets, now).to_bytes(), report_id)
    begin_write(session)
    today = local_date(now)
    session.execute(
        insert(Report).inline().values(id=report_id, received_on=today, channel=Channel.WEB, form_tag=form_tag)
    )
    for row in rows:
        session.add(row)
    session.add(Receipt(tag=receipt.tag, report_id=report_id, status=PublicStatus.RECEIVED, status_on=today))
    session.flush()
    session.execute(insert(WorkerEnvelope).inline().values(report_id=report_id, box=envelope))
    start_chain(session, report_id, Act(CustodyAction.RECEIVED, REPORTER, today))
    add_job(session, JobName.MATCH_REPORT, report_id, now)
    return KeptReport(code, report_id)


def _seal_rows(
    report_id: UUID, submission: Submission, keys: SubmissionKeys, receipt: ReceiptKeys
) -> list[ReportPart | KeySlot]:
    data_key = new_data_key()
    contents = ReportContents(submission.without_sketches(), receipt.pair.public.to_text())
    part = seal_part(data_key, contents.to_bytes(), report_id, CONTENTS_PART, CONTENTS_KIND)
    readers = (
        (SlotRole.OFFICE, keys.office.epoch, keys.office.office),
        (SlotRole.RECOVERY, 0, keys.office.recovery),
        (SlotRole.REPORTER, 0, receipt.pair.public),
    )
    return [
        ReportPart(report_id=report_id, position=CONTENTS_PART, kind=CONTENTS_KIND, box=part),
        *(_slot(report_id, role, epoch, public, data_key) for role, epoch, public in readers),
    ]


def _slot(report_id: UUID, role: SlotRole, epoch: int, public: PublicKey, data_key: bytes) -> KeySlot:
    wrapped = seal_data_key(public, data_key, role, report_id)
    return KeySlot(report_id=report_id, role=role, epoch=epoch, wrapped=wrapped)


def _payload(submission: Submission, secrets: IntakeSecrets, now: datetime) -> WorkerPayload:
    return WorkerPayload(
        received_at=now.astimezone(UTC),
        answers=submission.answers,
        may_compare=submission.consents.may_compare,
        pictures=submission.pictures,
        tags=blind_addresses(submission.addresses, submission.answers.platforms, secrets.identifier_key),
    )


def blind_addresses(
    lines: Iterable[str], platforms: Iterable[Platform], identifier_key: bytes
) -> tuple[BlindedTag, ...]:
    """First blinding of every identifier named on the lines, each once, in a fixed order."""
    identifiers = {found for line in lines for found in parse_identifier(line, platforms)}
    tags = {BlindedTag(found.kind, blind_first(found, identifier_key)) for found in identifiers}
    return tuple(sorted(tags, key=lambda tag: (tag.kind, tag.first)))
