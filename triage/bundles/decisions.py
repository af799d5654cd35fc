"""Asking for a bundle, and the second person's yes or no. Every step is on the chain of every report of the case.

Functions that write begin their own write transaction and leave the commit to the caller.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.contents import BUNDLE_NOTE, ReportContents
from casefile.database import begin_write
from casefile.models import Bundle, Case, CaseReport, Withdrawal
from casefile.sealing import seal_note
from casefile.vocabulary import BundleState, CaseStatus, CustodyAction
from triage.bundles.errors import BundleBar, BundleBarredError
from triage.bundles.wish import BundleWish, check_basis
from triage.casework import Doing, log_case
from triage.errors import NotFoundError, WrongStateError
from triage.reader import Reader


def request_bundle(
    session: Session, code: str, wish: BundleWish, contents: Collection[ReportContents], doing: Doing
) -> Bundle:
    """Ask for a bundle of the case ``code``, whose reports were opened as ``contents``.

    Raises ``BundleBarredError`` when a report is withdrawn, the form holds no consent that ``wish`` rests on, or
    another request of the case is still open; ``NotFoundError``.
    """
    check_basis(wish.basis, contents)
    begin_write(session)
    case_id = session.scalar(select(Case.id).where(Case.code == code).with_for_update())
    if case_id is None:
        raise NotFoundError
    refuse_withdrawn(session, case_id)
    waiting = select(Bundle.id).where(Bundle.case_id == case_id, Bundle.state == BundleState.REQUESTED)
    if session.scalar(waiting) is not None:
        raise BundleBarredError(BundleBar.ALREADY_REQUESTED)
    bundle_id = uuid.uuid4()
    bundle = Bundle(
        id=bundle_id,
        case_id=case_id,
        state=BundleState.REQUESTED,
        requested_by=doing.staff_id,
        requested_at=doing.now,
        purpose_box=seal_note(doing.office.office, wish.to_bytes(), BUNDLE_NOTE, bundle_id.bytes),
        epoch=doing.office.epoch,
    )
    session.add(bundle)
    session.flush()
    _log(session, bundle, CustodyAction.BUNDLE_REQUESTED, doing, {"basis": wish.basis.value})
    return bundle


def approve_bundle(session: Session, bundle_id: UUID, doing: Doing) -> Bundle:
    """Allow one export. Whoever calls has asked for the second factor again.

    Raises ``BundleBarredError`` for the person who asked and when a report was withdrawn meanwhile,
    ``WrongStateError`` when it is decided already, ``NotFoundError``.
    """
    bundle = _lock_undecided(session, bundle_id, doing)
    refuse_withdrawn(session, bundle.case_id)
    return _decide(session, bundle, BundleState.APPROVED, CustodyAction.BUNDLE_APPROVED, doing)


def refuse_bundle(session: Session, bundle_id: UUID, doing: Doing) -> Bundle:
    """Say no for good; no file comes of it. Raises as ``approve_bundle``, but a withdrawn report does not matter."""
    bundle = _lock_undecided(session, bundle_id, doing)
    return _decide(session, bundle, BundleState.REFUSED, CustodyAction.BUNDLE_REFUSED, doing)


def get_bundle(session: Session, bundle_id: UUID) -> Bundle:
    """Raises ``NotFoundError``."""
    bundle = session.get(Bundle, bundle_id)
    if bundle is None:
        raise NotFoundError
    return bundle


def list_bundles(session: Session, case_id: UUID) -> list[Bundle]:
    """The bundles of a case, newest first."""
    bundles = select(Bundle).where(Bundle.case_id == case_id)
    return list(session.scalars(bundles.order_by(Bundle.requested_at.desc(), Bundle.id)))


def open_wish(bundle: Bundle, reader: Reader) -> BundleWish | None:
    """What was asked for; None where the reader has no key for it or it is damaged."""
    opened = reader.open_note(bundle.purpose_box, bundle.epoch, BUNDLE_NOTE, bundle.id)
    return None if opened is None else BundleWish.from_bytes(opened)


def lock_bundle(session: Session, bundle_id: UUID) -> Bundle:
    """The bundle's newest row, locked. Raises ``NotFoundError``."""
    begin_write(session)
    row = select(Bundle).where(Bundle.id == bundle_id).with_for_update()
    bundle = session.scalar(row.execution_options(populate_existing=True))
    if bundle is None:
        raise NotFoundError
    return bundle


def refuse_withdrawn(session: Session, case_id: UUID) -> None:
    """Raises ``BundleBarredError`` when the case or one of its reports is withdrawn."""
    status = session.scalar(select(Case.status).where(Case.id == case_id))
    reports = select(CaseReport.report_id).where(CaseReport.case_id == case_id)
    withdrawn = session.scalar(select(Withdrawal.report_id).where(Withdrawal.report_id.in_(reports)).limit(1))
    if status is CaseStatus.WITHDRAWN or withdrawn is not None:
        raise BundleBarredError(BundleBar.WITHDRAWN)


def _lock_undecided(session: Session, bundle_id: UUID, doing: Doing) -> Bundle:
    bundle = lock_bundle(session, bundle_id)
    if bundle.requested_by == doing.staff_id:
        raise BundleBarredError(BundleBar.SAME_PERSON)
    if bundle.state is not BundleState.REQUESTED:
        raise WrongStateError
    return bundle


def _decide(session: Session, bundle: Bundle, state: BundleState, action: CustodyAction, doing: Doing) -> Bundle:
    bundle.state, bundle.decided_by, bundle.decided_at = state, doing.staff_id, doing.now
    session.flush()
    _log(session, bundle, action, doing, {})
    return bundle


def _log(session: Session, bundle: Bundle, action: CustodyAction, doing: Doing, detail: dict[str, str]) -> None:
    log_case(session, bundle.case_id, action, doing, {"bundle": str(bundle.id), **detail})
