"""Work on one case: who holds it, and at what level it stands; ``triage.closing`` ends it.

Every function that writes begins its own write transaction (``begin_write``), locks the case's row, and leaves the
commit to the caller. ``Doing`` carries what each act needs to know.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casefile.contents import OVERRIDE_NOTE
from casefile.custody import Act, append_entry, staff_actor
from casefile.database import begin_write
from casefile.keyring import OfficePublicKeys
from casefile.models import Case, CaseReport, Receipt, UrgencyOverride
from casefile.sealing import seal_note
from casefile.vocabulary import CaseStatus, CustodyAction, PublicStatus, Urgency
from casefile.wib import local_date
from triage.errors import ChangedError, NotFoundError, TakenError, WrongStateError
from triage.queue.views import is_held
from triage.reader import Reader

LEASE = timedelta(minutes=30)
"""How long a case stays with one person without activity."""

_FINISHED = frozenset({CaseStatus.CLOSED, CaseStatus.WITHDRAWN})
_FINAL = tuple(status for status in PublicStatus if status.is_final)


@dataclass(frozen=True)
class Doing:
    """Who acts, when, and on which version of the case: the one that was on the screen, or None for any.

    ``office`` is what notes and replies are sealed to.
    """

    reader: Reader
    office: OfficePublicKeys
    now: datetime
    version: int | None = None

    @property
    def staff_id(self) -> UUID:
        """The person's id."""
        return self.reader.staff_id

    def on(self, version: int | None) -> Doing:
        """The same person and time, on a version that was seen."""
        return replace(self, version=version)


def get_case(session: Session, code: str) -> Case:
    """Raises ``NotFoundError``."""
    case = session.scalar(select(Case).where(Case.code == code))
    if case is None:
        raise NotFoundError
    return case


def claim(session: Session, code: str, doing: Doing) -> Case:
    """Take a case for ``LEASE``; taking one's own again renews it.

    Raises ``TakenError`` while another person's lease runs, ``WrongStateError`` for a finished case.
    """
    return open_for_change(session, code, doing)


def open_for_change(session: Session, code: str, doing: Doing) -> Case:
    """The case's locked row, held by the person from now on: every change of a case goes through here.

    Raises ``NotFoundError``, ``ChangedError`` when another version was seen, ``WrongStateError`` for a finished case,
    ``TakenError`` while another person holds it.
    """
    case = lock_unfinished(session, code, doing)
    if is_held(case, doing.now) and case.claimed_by != doing.staff_id:
        raise taken(case)
    if not is_held(case, doing.now):
        case.claimed_by, case.claimed_at = doing.staff_id, doing.now
        case.status = CaseStatus.OPEN if case.status is CaseStatus.WAITING else case.status
        log_case(session, case.id, CustodyAction.CLAIMED, doing)
    case.claim_expires_at = doing.now + LEASE
    return case


def renew(session: Session, case_id: UUID, staff_id: UUID, now: datetime) -> None:
    """Looking at one's own case keeps it. Does not count as a change of the case. The caller commits."""
    begin_write(session)
    mine = update(Case).where(Case.id == case_id, Case.claimed_by == staff_id, Case.claim_expires_at > now)
    session.execute(mine.values(claim_expires_at=now + LEASE))


def release(session: Session, code: str, doing: Doing) -> None:
    """Give a case back. Raises ``TakenError`` when it is another person's; giving back a free case does nothing."""
    case = lock_case(session, code)
    if case.claimed_by is None:
        return
    if case.claimed_by != doing.staff_id:
        raise taken(case)
    case.claimed_by = case.claimed_at = case.claim_expires_at = None
    if case.status is CaseStatus.OPEN and case.first_reply_at is None:
        case.status = CaseStatus.WAITING
    log_case(session, case.id, CustodyAction.RELEASED, doing)


def set_level(session: Session, code: str, level: Urgency, reason: str, doing: Doing) -> Case:
    """Set another level than the rules gave. The reason is sealed; earlier overrides stay.

    Neither needs nor takes a claim: a supervisor may raise what somebody else holds, and what nobody has read stays
    unread. The worker's sweep moves the due time. Raises ``NotFoundError``, ``ChangedError``, ``WrongStateError``.
    """
    case = lock_unfinished(session, code, doing)
    override_id = uuid.uuid4()
    session.add(
        UrgencyOverride(
            id=override_id,
            case_id=case.id,
            level=level,
            staff_id=doing.staff_id,
            decided_at=doing.now,
            reason_box=seal_note(doing.office.office, reason.encode(), OVERRIDE_NOTE, override_id.bytes),
            epoch=doing.office.epoch,
        )
    )
    detail = {"from": case.level.value, "to": level.value}
    case.level = level
    log_case(session, case.id, CustodyAction.URGENCY_OVERRIDDEN, doing, detail)
    return case


def list_overrides(session: Session, case_id: UUID) -> list[UrgencyOverride]:
    """The levels that people set, newest first."""
    chosen = select(UrgencyOverride).where(UrgencyOverride.case_id == case_id)
    return list(session.scalars(chosen.order_by(UrgencyOverride.decided_at.desc(), UrgencyOverride.id)))


def list_report_ids(session: Session, case_id: UUID) -> list[UUID]:
    """The reports of a case, in a fixed order."""
    reports = select(CaseReport.report_id).where(CaseReport.case_id == case_id)
    return list(session.scalars(reports.order_by(CaseReport.report_id)))


def get_receipt_status(session: Session, report_id: UUID) -> PublicStatus | None:
    """What the reporter is told about the report, or None without a receipt."""
    return session.scalar(select(Receipt.status).where(Receipt.report_id == report_id))


def tell_reporter(session: Session, case_id: UUID, status: PublicStatus, now: datetime) -> None:
    """What the follow-up page says of the reports of a case; one that was withdrawn or erased keeps saying so."""
    reports = select(CaseReport.report_id).where(CaseReport.case_id == case_id)
    told = update(Receipt).where(Receipt.report_id.in_(reports), Receipt.status.not_in(_FINAL))
    changed = told.where(Receipt.status != status).values(status=status, status_on=local_date(now))
    session.execute(changed.execution_options(synchronize_session=False))


def log_case(
    session: Session,
    case_id: UUID,
    action: CustodyAction,
    doing: Doing,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """One custody entry on the chain of every report of the case."""
    for report_id in list_report_ids(session, case_id):
        append_entry(session, report_id, Act(action, staff_actor(doing.staff_id), doing.now, detail))


def lock_case(session: Session, code: str) -> Case:
    """Begin a write and lock a case in whatever state. Raises ``NotFoundError``."""
    begin_write(session)
    case = session.scalar(select(Case).where(Case.code == code).with_for_update())
    if case is None:
        raise NotFoundError
    return case


def lock_cases_named(session: Session, codes: Sequence[str]) -> None:
    """Begin a write and lock several cases, always in the same order, so that no two acts wait for each other."""
    begin_write(session)
    session.execute(select(Case.id).where(Case.code.in_(codes)).order_by(Case.id).with_for_update()).all()


def lock_unfinished(session: Session, code: str, doing: Doing) -> Case:
    """The case's locked row. Raises ``NotFoundError``, ``ChangedError``, ``WrongStateError`` for a finished case."""
    case = lock_case(session, code)
    if doing.version is not None and doing.version != case.version:
        raise ChangedError
    if case.status in _FINISHED:
        raise WrongStateError
    return case


def taken(case: Case) -> TakenError:
    """Who holds the case and since when. Raises ``WrongStateError`` when nobody does."""
    if case.claimed_by is None or case.claimed_at is None:
        raise WrongStateError
    return TakenError(case.claimed_by, case.claimed_at)
