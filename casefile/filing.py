"""Filing a report: the same rows, sealed alike, whoever takes it: the portal, the desk, or an import.

Sealing needs public keys and the first blinding key, inserting needs INSERT alone. What differs between processes is
how the first custody entry may be written, and that is left to them.
"""

from __future__ import annotations

import secrets
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from casefile.additions import FIRST_CHOICES, Choices, Place, seal_choices
from casefile.boxes import PublicKey
from casefile.contents import CONTENTS_KIND, CONTENTS_PART, BlindedTag, Closing, ReportContents, WorkerPayload
from casefile.identifiers import blind_first, parse_identifier
from casefile.keyring import OfficePublicKeys
from casefile.models import Addition, Base, KeySlot, OutboxRow, Receipt, Report, ReportPart, WorkerEnvelope
from casefile.outbox import new_job
from casefile.receipts import ReceiptKeys
from casefile.sealing import new_data_key, seal_data_key, seal_part, seal_worker_envelope
from casefile.submission import Submission
from casefile.vocabulary import Channel, JobName, Lane, Platform, PublicStatus, SlotRole

_TAG_BYTES = 32
_Row = tuple[type[Base], dict[str, Any]]


@dataclass(frozen=True)
class FilingKeys:
    """What a report is sealed with: the office's public keys, and the first blinding key (k1). Opens nothing."""

    office: OfficePublicKeys
    identifier_key: bytes = field(repr=False)


@dataclass(frozen=True)
class Arrival:
    """How and when a report came.

    ``received_on`` is the day that stands on it, ``received_at`` (aware) the time from which its clocks run.
    ``receipt`` is None where nobody took a code away. ``closing`` is there where its case was closed already.
    """

    channel: Channel
    received_on: date
    received_at: datetime
    receipt: ReceiptKeys | None = None
    closing: Closing | None = None


@dataclass(frozen=True)
class SealedReport:
    """A report that only waits to be inserted."""

    report_id: UUID
    rows: tuple[_Row, ...] = field(repr=False)


def seal_report(submission: Submission, keys: FilingKeys, arrival: Arrival, form_tag: bytes) -> SealedReport:
    """Seal a report to office, recovery, worker and, with a receipt, its reporter. Touches no database.

    ``form_tag`` (32 bytes) names the form that was sent: a second insert with the same one raises SQLAlchemy's
    ``IntegrityError``.
    """
    report_id, receipt = uuid.uuid4(), arrival.receipt
    report = {
        "id": report_id,
        "received_on": arrival.received_on,
        "channel": arrival.channel,
        "form_tag": form_tag,
    }
    rows: list[_Row] = [(Report, report)]
    rows += _seal_contents(report_id, submission, keys.office, receipt)
    if receipt is not None:
        rows += _seal_receipt(Place(report_id, FIRST_CHOICES, arrival.received_on), submission, keys.office, receipt)
    payload = _payload(submission, keys.identifier_key, arrival)
    envelope = seal_worker_envelope(keys.office.worker, payload.to_bytes(), report_id)
    rows.append((WorkerEnvelope, {"report_id": report_id, "box": envelope}))
    return SealedReport(report_id, tuple(rows))


def insert_reports(session: Session, reports: Iterable[SealedReport], now: datetime, lane: Lane) -> None:
    """Insert sealed reports, each with the job that has it matched, in the caller's write transaction.

    The caller writes the first custody entry of each. Reads nothing.
    """
    by_table: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
    for report in reports:
        for table, values in report.rows:
            by_table[table].append(values)
        by_table[OutboxRow].append(new_job(JobName.MATCH_REPORT, report.report_id, now, lane))
    for table, rows in by_table.items():
        session.connection().execute(insert(table).inline(), rows)


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


def blind_addresses(
    lines: Iterable[str], platforms: Iterable[Platform], identifier_key: bytes
) -> tuple[BlindedTag, ...]:
    """First blinding of every identifier named on the lines, each once, in a fixed order."""
    identifiers = {found for line in lines for found in parse_identifier(line, platforms)}
    tags = {BlindedTag(found.kind, blind_first(found, identifier_key)) for found in identifiers}
    return tuple(sorted(tags, key=lambda tag: (tag.kind, tag.first)))


def _seal_contents(
    report_id: UUID, submission: Submission, office: OfficePublicKeys, receipt: ReceiptKeys | None
) -> list[_Row]:
    data_key = new_data_key()
    readers = [(SlotRole.OFFICE, office.epoch, office.office), (SlotRole.RECOVERY, 0, office.recovery)]
    if receipt is not None:
        readers.append((SlotRole.REPORTER, 0, receipt.pair.public))
    contents = ReportContents(submission.without_sketches(), receipt.pair.public.to_text() if receipt else "")
    box = seal_part(data_key, contents.to_bytes(), report_id, CONTENTS_PART, CONTENTS_KIND)
    part = {"report_id": report_id, "position": CONTENTS_PART, "kind": CONTENTS_KIND, "box": box}
    slots = (_slot(report_id, role, epoch, public, data_key) for role, epoch, public in readers)
    return [(ReportPart, part), *((KeySlot, slot) for slot in slots)]


def _slot(report_id: UUID, role: SlotRole, epoch: int, public: PublicKey, data_key: bytes) -> dict[str, Any]:
    wrapped = seal_data_key(public, data_key, role, report_id)
    return {"report_id": report_id, "role": role, "epoch": epoch, "wrapped": wrapped}


def _seal_receipt(place: Place, submission: Submission, office: OfficePublicKeys, receipt: ReceiptKeys) -> list[_Row]:
    """The receipt, and the first choices, about which nothing need be done: the report says the same."""
    status = {"status": PublicStatus.RECEIVED, "status_on": place.added_on}
    chosen = seal_choices(office, place, choices_of(submission), receipt.pair.public)
    return [
        (Receipt, {"tag": receipt.tag, "report_id": place.report_id, **status}),
        (Addition, {**chosen, "form_tag": secrets.token_bytes(_TAG_BYTES), "is_noted": True}),
    ]


def _payload(submission: Submission, identifier_key: bytes, arrival: Arrival) -> WorkerPayload:
    return WorkerPayload(
        received_at=arrival.received_at.astimezone(UTC),
        answers=submission.answers,
        may_compare=submission.consents.may_compare,
        pictures=submission.pictures,
        tags=blind_addresses(submission.addresses, submission.answers.platforms, identifier_key),
        closing=arrival.closing,
    )
