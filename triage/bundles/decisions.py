"""Asking for a bundle, and the second person's yes or no. Every step is on the chain of every report of the case.

Functions that write begin their own write transaction and leave the commit to the caller.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.contents import ANNEX_NOTE, BUNDLE_NOTE, decode_json, encode_json
from casefile.database import begin_write
from casefile.errors import UnsealError
from casefile.models import Bundle, Case, CaseReport, Withdrawal
from casefile.sealing import seal_note
from casefile.submission import Submission
from casefile.vocabulary import BundleState, CaseStatus, CustodyAction, ReferralTarget
from triage.bundles.annex import Annex
from triage.bundles.errors import BundleBar, BundleBarredError
from triage.bundles.wish import BundleBasis, BundleWish, check_basis
from triage.casework import Doing, list_report_ids, log_case
from triage.errors import NotFoundError, WrongStateError
from triage.reader import Reader
from triage.reading import open_choices


def request_bundle(
    session: Session, code: str, wish: BundleWish, submissions: Collection[Submission], doing: Doing
) -> Bundle:
    """Ask for a bundle of the case ``code``, whose reports were opened as ``submissions``.

    Raises ``BundleBarredError`` when a report is withdrawn, the form holds no consent that ``wish`` rests on or no
    longer does, or another request of the case is still open; ``NotFoundError``.
    """
    check_basis(wish.basis, submissions)
    begin_write(session)
    case_id = session.scalar(select(Case.id).where(Case.code == code).with_for_update())
    if case_id is None:
        raise NotFoundError
    refuse_withdrawn(session, case_id)
    refuse_revoked(session, case_id, wish.basis, doing.reader)
    waiting = select(Bundle.id).where(Bundle.case_id == case_id, Bundle.state == BundleState.REQUESTED)
    if session.scalar(waiting) is not None:
        raise BundleBarredError(BundleBar.ALREADY_REQUESTED)
    bundle = _new_bundle(case_id, wish, doing)
    session.add(bundle)
    session.flush()
    _log(session, bundle, CustodyAction.BUNDLE_REQUESTED, doing, _chosen(wish))
    return bundle


def take_back_bundle(session: Session, bundle_id: UUID, doing: Doing) -> Bundle:
    """The person who asked asks no more. Raises ``BundleBarredError`` for others, ``WrongStateError`` once decided."""
    bundle = lock_bundle(session, bundle_id)
    if bundle.requested_by != doing.staff_id:
        raise BundleBarredError(BundleBar.NOT_YOURS)
    if bundle.state is not BundleState.REQUESTED:
        raise WrongStateError
    bundle.state, bundle.annex_box = BundleState.TAKEN_BACK, None
    _log(session, bundle, CustodyAction.BUNDLE_TAKEN_BACK, doing, {})
    return bundle


def approve_bundle(session: Session, bundle_id: UUID, doing: Doing) -> Bundle:
    """Allow one file. Whoever calls has asked for the second factor again.

    Raises ``BundleBarredError`` for the person who asked, and when a report or a consent was withdrawn meanwhile,
    ``WrongStateError`` when it is decided already, ``UnsealError`` when the request does not open, ``NotFoundError``.
    """
    bundle = _lock_undecided(session, bundle_id, doing)
    refuse_barred(session, bundle, doing.reader)
    return _decide(session, bundle, BundleState.APPROVED, CustodyAction.BUNDLE_APPROVED, doing)


def refuse_bundle(session: Session, bundle_id: UUID, doing: Doing) -> Bundle:
    """Say no for good; no file comes of it. Raises as ``approve_bundle``, but what was withdrawn does not matter."""
    bundle = _lock_undecided(session, bundle_id, doing)
    bundle.annex_box = None
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
    """What was asked for, with the annex while there is one; None where the reader has no key or it is damaged."""
    opened = reader.open_note(bundle.purpose_box, bundle.epoch, BUNDLE_NOTE, bundle.id)
    if opened is None:
        return None
    wish = BundleWish.from_bytes(opened)
    if bundle.annex_box is None:
        return wish
    annex = reader.open_note(bundle.annex_box, bundle.epoch, ANNEX_NOTE, bundle.id)
    return None if annex is None else replace(wish, annex=Annex.from_values(decode_json(annex)))


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


def refuse_revoked(session: Session, case_id: UUID, basis: BundleBasis, reader: Reader) -> None:
    """Raises ``BundleBarredError`` when consent on the form is the basis and a newer choice takes it back.

    Opens choices alone, no story. Without a newer choice the form's own holds, which was seen when it was read.
    """
    if basis is not BundleBasis.FORM_CONSENT:
        return
    for report_id in list_report_ids(session, case_id):
        newest = open_choices(session, report_id, reader)
        agreed = newest.choices.consents.referrals if newest and newest.choices else frozenset()
        if newest is not None and ReferralTarget.POLICE not in agreed:
            raise BundleBarredError(BundleBar.NO_CONSENT)


def refuse_barred(session: Session, bundle: Bundle, reader: Reader) -> BundleWish:
    """The wish of a bundle that nothing bars now. Raises ``BundleBarredError``; ``UnsealError`` for a damaged one."""
    refuse_withdrawn(session, bundle.case_id)
    wish = open_wish(bundle, reader)
    if wish is None:
        raise UnsealError("the request does not open")
    refuse_revoked(session, bundle.case_id, wish.basis, reader)
    return wish


def _new_bundle(case_id: UUID, wish: BundleWish, doing: Doing) -> Bundle:
    bundle_id, office = uuid.uuid4(), doing.office.office
    annex = wish.annex and seal_note(office, encode_json(wish.annex.to_values()), ANNEX_NOTE, bundle_id.bytes)
    return Bundle(
        id=bundle_id,
        case_id=case_id,
        state=BundleState.REQUESTED,
        requested_by=doing.staff_id,
        requested_at=doing.now,
        purpose_box=seal_note(office, replace(wish, annex=None).to_bytes(), BUNDLE_NOTE, bundle_id.bytes),
        annex_box=annex,
        epoch=doing.office.epoch,
    )


def _chosen(wish: BundleWish) -> dict[str, Any]:
    """What the log says of a wish, in codes: no reason, no recipient, no name."""
    return {
        "basis": wish.basis.value,
        "left_out": len(wish.left_out),
        "fingerprints": bool(wish.fingerprints_reason),
        "annex": wish.annex is not None,
    }


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


def _log(session: Session, bundle: Bundle, action: CustodyAction, doing: Doing, detail: dict[str, Any]) -> None:
    log_case(session, bundle.case_id, action, doing, {"bundle": str(bundle.id), **detail})
