"""The use case of the portal: keep one report, and give the reporter the only code that finds it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casefile.custody import REPORTER, Act, start_chain
from casefile.database import begin_write
from casefile.filing import Arrival, FilingKeys, insert_reports, seal_report
from casefile.keyring import IntakeSecrets, OfficePublicKeys
from casefile.receipts import derive_receipt_keys, new_receipt_code
from casefile.submission import Submission
from casefile.vocabulary import Channel, CustodyAction, Lane
from casefile.wib import local_date
from intake.lanes import Admission
from intake.proofs import spend
from intake.receipts import name_receipt


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
    code, today = new_receipt_code(), local_date(now)
    receipt = derive_receipt_keys(code, keys.secrets.instance_salt, keys.secrets.receipt_pepper)
    arrival = Arrival(Channel.WEB, today, now, receipt)
    sealed = seal_report(submission, FilingKeys(keys.office, keys.secrets.identifier_key), arrival, form_tag)
    begin_write(session)
    name_receipt(session, receipt.tag)
    lane = _settle_lane(session, admission or Admission())
    insert_reports(session, [sealed], now, lane)
    start_chain(session, sealed.report_id, Act(CustodyAction.RECEIVED, REPORTER, today))
    return KeptReport(code, sealed.report_id)


def _settle_lane(session: Session, admission: Admission) -> Lane:
    """The slow lane where another report has spent the proof already."""
    if admission.proof is not None and not spend(session, admission.proof):
        return Lane.SLOW
    return admission.lane
