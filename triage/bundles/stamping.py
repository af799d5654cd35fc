"""Timestamps of bundles: one asked for while a bundle is built, and again later where the authority was silent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.custody import SYSTEM, Act, append_entry
from casefile.database import begin_write
from casefile.errors import TimestampError
from casefile.models import Bundle, BundleStamp, OutboxRow
from casefile.outbox import add_job, find_open_job, settle_job, start_job
from casefile.timestamping import TimestampAuthority, stamp
from casefile.vocabulary import CustodyAction, JobName
from triage.bundles.workbench import installed
from triage.casework import list_report_ids

PATIENCE_SECONDS = 8.0
"""How long the making of a bundle waits for an authority."""
AGAIN_AFTER = timedelta(minutes=15)


def stamp_now(authority: TimestampAuthority | None, signature: bytes) -> bytes | None:
    """A timestamp over ``signature``, or None where no authority is named or it gives none now."""
    if authority is None:
        return None
    try:
        return stamp(authority, signature, PATIENCE_SECONDS)
    except TimestampError:
        return None


def owe_stamp(session: Session, bundle: Bundle, signature: bytes, now: datetime) -> None:
    """Write the job that asks again, in the caller's transaction."""
    report_id = list_report_ids(session, bundle.case_id)[0]
    row_id = add_job(session, JobName.STAMP_BUNDLE, report_id, now)
    session.add(BundleStamp(id=row_id, bundle_id=bundle.id, signature=signature))


def find_stamp(session: Session, bundle_id: UUID) -> BundleStamp | None:
    """The timestamp that came, or is still to come, after the bundle was built."""
    return session.scalar(select(BundleStamp).where(BundleStamp.bundle_id == bundle_id))


def stamp_bundle_job(outbox_id: str) -> None:
    """Ask once more. An authority that is silent is no fault of the job: it rests and is never set aside."""
    bench, row_id, now = installed(), UUID(outbox_id), datetime.now(UTC)
    with Session(bench.engine) as session:
        begin_write(session)
        row, owed = find_open_job(session, row_id), session.get(BundleStamp, row_id)
        if row is None:
            return
        if owed is None or bench.authority is None:
            settle_job(row, now)
            session.commit()
            return
        start_job(row, now)
        signature = owed.signature
        session.commit()
    token = stamp_now(bench.authority, signature)
    with Session(bench.engine) as session:
        begin_write(session)
        row = find_open_job(session, row_id)
        if row is not None:
            _note(session, row, token, now)
        session.commit()


def _note(session: Session, row: OutboxRow, token: bytes | None, now: datetime) -> None:
    if token is None:
        row.attempts, row.leased_until, row.fault = 0, now + AGAIN_AFTER, TimestampError.__name__
        return
    owed = session.get_one(BundleStamp, row.id)
    owed.token = token
    bundle = session.get_one(Bundle, owed.bundle_id)
    act = Act(CustodyAction.BUNDLE_STAMPED, SYSTEM, now, {"bundle": str(bundle.id)})
    for report_id in list_report_ids(session, bundle.case_id):
        append_entry(session, report_id, act)
    settle_job(row, now)
