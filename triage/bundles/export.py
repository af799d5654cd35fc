"""What is to leave, opened and gathered: for the eyes of two people first, and then for the builder."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from casefile.errors import SignatureError
from casefile.keyring import office_signing_key
from casefile.models import Bundle
from casefile.vocabulary import BundleState
from triage.additions import OpenedReport
from triage.bundles.decisions import refuse_withdrawn
from triage.bundles.facts import BundleFacts, Officer
from triage.bundles.gathering import gather_case, gather_reports, gather_risk, name_officer
from triage.bundles.wish import BundleWish
from triage.casework import Doing, get_case, list_report_ids
from triage.reading import BUNDLE, read_report

Contents = dict[UUID, OpenedReport]


@dataclass(frozen=True)
class Disclosure:
    """What is to leave: the opened reports of the case ``code``, for a wish. No ``bundle`` before it is asked for."""

    code: str
    wish: BundleWish = field(repr=False)
    contents: Contents = field(repr=False)
    bundle: Bundle | None = None


def read_case(session: Session, code: str, doing: Doing) -> Contents:
    """Every report of the case ``code``, opened for a bundle; each look is committed to its chain.

    Raises ``BundleBarredError`` before anything is opened when a report is withdrawn, and as ``read_report``.
    """
    case_id = get_case(session, code).id
    refuse_withdrawn(session, case_id)
    report_ids = list_report_ids(session, case_id)
    session.rollback()
    return {report_id: read_report(session, report_id, doing.reader, doing.now, BUNDLE) for report_id in report_ids}


def gather_facts(session: Session, disclosure: Disclosure, doing: Doing) -> BundleFacts:
    """What a bundle is made of, as it stands now. Raises ``CustodyError`` for a broken chain."""
    case, bundle = get_case(session, disclosure.code), disclosure.bundle
    reports = gather_reports(session, disclosure.contents)
    asked_by, asked_at = (bundle.requested_by, bundle.requested_at) if bundle else (doing.staff_id, doing.now)
    reports = gather_reports(session, disclosure.contents)
    return BundleFacts(
        bundle_id=bundle.id if bundle else None,
        case_code=case.code,
        wish=disclosure.wish,
        requested=name_officer(session, asked_by, asked_at),
        approved=_approval(session, bundle) if bundle else None,
        made_at=doing.now,
        risk=gather_risk(session, case, doing.reader),
        reports=reports,
        case=gather_case(session, case, reports, doing),
    )


def signing_key(doing: Doing) -> Ed25519PrivateKey:
    """The office's signing key of the published epoch.

    Raises ``MissingKeyError`` when the reader was not granted the epoch, ``SignatureError`` when the key is not the
    published one: what it signs would not be taken for the office's.
    """
    private = office_signing_key(doing.reader.key(doing.office.epoch).seed)
    if private.public_key().public_bytes_raw() != doing.office.signing:
        raise SignatureError("the epoch's signing key is not the published one")
    return private


def _approval(session: Session, bundle: Bundle) -> Officer | None:
    if bundle.state is not BundleState.APPROVED or bundle.decided_by is None or bundle.decided_at is None:
        return None
    return name_officer(session, bundle.decided_by, bundle.decided_at)
