"""The use case of the portal: keep one report, and give the reporter the only code that finds it again."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from casefile.additions import FIRST_CHOICES, Choices, Place, seal_choices
from casefile.boxes import PublicKey
from casefile.contents import CONTENTS_KIND, CONTENTS_PART, BlindedTag, ReportContents, WorkerPayload
from casefile.custody import REPORTER, Act, start_chain
from casefile.database import begin_write
from casefile.identifiers import blind_first, parse_identifier
from casefile.keyring import IntakeSecrets, OfficePublicKeys
from casefile.models import Addition, KeySlot, Receipt, Report, ReportPart, WorkerEnvelope
from casefile.outbox import add_job
from casefile.receipts import ReceiptKeys, derive_receipt_keys, new_receipt_code
from casefile.sealing import new_data_key, seal_data_key, seal_part, seal_worker_envelope
from casefile.submission import Submission
from casefile.vocabulary import Channel, CustodyAction, JobName, Lane, Platform, PublicStatus, SlotRole
from casefile.wib import local_date
from intake.lanes import Admission
from intake.proofs import spend
from intake.receipts import name_receipt

_TAG_BYTES = 32


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
    session: Session,
    submission: Submission,
    keys: SubmissionKeys,
    form_tag: bytes,
    now: datetime,
    *,
    admission: Admission | None = None,
) -> KeptReport:
    """Seal and insert a report with its envelope, outbox row and first custody entry; the caller commits.

    ``form_tag`` (32 bytes) names the form that was sent: a second insert with the same one raises SQLAlchemy's
    ``IntegrityError``. ``now`` is aware UTC. ``admission`` decides the lane of its job. The slow derivation happens
    before the write transaction begins.
    """
    code = new_receipt_code()
    receipt = derive_receipt_keys(code, keys.secrets.instance_salt, keys.secrets.receipt_pepper)
    report_id = uuid.uuid4()
    rows = _seal_rows(report_id, submission, keys, receipt)
    envelope = seal_worker_envelope(keys.office.worker, _payload(submission, keys.secrets, now).to_bytes(), report_id)
    today = local_date(now)
    chosen = _seal_first_choices(Place(report_id, FIRST_CHOICES, today), submission, keys, receipt)
    begin_write(session)
    session.execute(
        insert(Report).inline().values(id=report_id, received_on=today, channel=Channel.WEB, form_tag=form_tag)
    )
    for row in rows:
        session.add(row)
    session.add(Receipt(tag=receipt.tag, report_id=report_id, status=PublicStatus.RECEIVED, status_on=today))
    session.flush()
    name_receipt(session, receipt.tag)
    session.execute(insert(Addition).inline().values(chosen))
    session.execute(insert(WorkerEnvelope).inline().values(report_id=report_id, box=envelope))
    start_chain(session, report_id, Act(CustodyAction.RECEIVED, REPORTER, today))
    add_job(session, JobName.MATCH_REPORT, report_id, now, _settle_lane(session, admission or Admission()))
    return KeptReport(code, report_id)


def _settle_lane(session: Session, admission: Admission) -> Lane:
    """The slow lane where another report has spent the proof already."""
    if admission.proof is not None and not spend(session, admission.proof):
        return Lane.SLOW
    return admission.lane


def choices_of(submission: Submission) -> Choices:
    """What was chosen in the form, as the pages behind the code keep it."""
    answers = submission.answers
    return Choices(
        consents=submission.consents,
        contact=submission.contact,
        is_child=answers.age.is_child,
        bars_upload=answers.bars_upload,
        bars_pictures=answers.bars_pictures,
    )


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


def _seal_first_choices(
    place: Place, submission: Submission, keys: SubmissionKeys, receipt: ReceiptKeys
) -> dict[str, Any]:
    """Nothing need be done about them: the report says the same."""
    sealed = seal_choices(keys.office, place, choices_of(submission), receipt.pair.public)
    return {**sealed, "form_tag": secrets.token_bytes(_TAG_BYTES), "is_noted": True}


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
