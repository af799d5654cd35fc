"""Making the file, once. Reads through ``triage.reading``, builds in memory, and is on record before a byte leaves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from casefile.errors import SignatureError, UnsealError
from casefile.keyring import office_signing_key
from casefile.models import Bundle, Case
from casefile.vocabulary import BundleState, CustodyAction
from triage.additions import OpenedReport
from triage.bundles.decisions import get_bundle, lock_bundle, open_wish, refuse_withdrawn
from triage.bundles.documents import report_document
from triage.bundles.facts import BundleFacts, Officer, gather_reports, gather_risk, name_officer
from triage.bundles.package import build_bundle, package_bundle
from triage.bundles.pages import summary_page
from triage.bundles.wish import BundleWish, check_basis
from triage.casework import Doing, get_case, list_report_ids, log_case
from triage.errors import WrongStateError
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


def preview_bundle(session: Session, disclosure: Disclosure, doing: Doing) -> str:
    """The printable summary as it would leave now: for the person who asks, and for the one who decides.

    Raises as ``check_basis`` and, for a broken chain, ``CustodyError``.
    """
    check_basis(disclosure.wish.basis, disclosure.contents.values())
    return summary_page(report_document(_gather(session, disclosure, doing)))


def export_bundle(session: Session, bundle_id: UUID, doing: Doing) -> bytes:
    """The package to hand over; commits. Good for one call: the row, the custody entry and the bytes come together.

    The included log ends with this opening of the reports; the entry of the export, which names the package's SHA-256,
    follows it in the office's own log. Raises ``WrongStateError`` unless approved and not yet exported,
    ``BundleBarredError`` when a report was withdrawn or consent is missing, ``CustodyError`` when a chain is broken,
    ``SignatureError`` and ``MissingKeyError`` when the reader cannot sign for the office, and as ``read_report``.
    After any of them nothing has left, and the caller rolls back.
    """
    bundle = get_bundle(session, bundle_id)
    _refuse_unready(bundle)
    private = signing_key(doing)
    code = session.get_one(Case, bundle.case_id).code
    contents = read_case(session, code, doing)
    bundle = lock_bundle(session, bundle_id)
    _refuse_unready(bundle)
    refuse_withdrawn(session, bundle.case_id)
    wish = open_wish(bundle, doing.reader)
    if wish is None:
        raise UnsealError("the request does not open")
    check_basis(wish.basis, contents.values())
    disclosure = Disclosure(code, wish, contents, bundle)
    facts = _gather(session, disclosure, doing)
    package = package_bundle(build_bundle(facts, private), private)
    bundle.exported_at, bundle.digest = doing.now, hashlib.sha256(package).digest()
    session.flush()
    detail = {"bundle": str(bundle_id), "sha256": bundle.digest.hex()}
    log_case(session, bundle.case_id, CustodyAction.BUNDLE_EXPORTED, doing, detail)
    session.commit()
    return package


def signing_key(doing: Doing) -> Ed25519PrivateKey:
    """The office's signing key of the published epoch.

    Raises ``MissingKeyError`` when the reader was not granted the epoch, ``SignatureError`` when the key is not the
    published one: what it signs would not be taken for the office's.
    """
    private = office_signing_key(doing.reader.key(doing.office.epoch).seed)
    if private.public_key().public_bytes_raw() != doing.office.signing:
        raise SignatureError("the epoch's signing key is not the published one")
    return private


def _refuse_unready(bundle: Bundle) -> None:
    if bundle.state is not BundleState.APPROVED or bundle.exported_at is not None:
        raise WrongStateError


def _gather(session: Session, disclosure: Disclosure, doing: Doing) -> BundleFacts:
    case, bundle = get_case(session, disclosure.code), disclosure.bundle
    asked_by, asked_at = (bundle.requested_by, bundle.requested_at) if bundle else (doing.staff_id, doing.now)
    return BundleFacts(
        bundle_id=bundle.id if bundle else None,
        case_code=case.code,
        wish=disclosure.wish,
        requested=name_officer(session, asked_by, asked_at),
        approved=_approval(session, bundle) if bundle else None,
        made_at=doing.now,
        risk=gather_risk(session, case, doing.reader),
        reports=gather_reports(session, disclosure.contents),
    )


def _approval(session: Session, bundle: Bundle) -> Officer | None:
    if bundle.state is not BundleState.APPROVED or bundle.decided_by is None or bundle.decided_at is None:
        return None
    return name_officer(session, bundle.decided_by, bundle.decided_at)
