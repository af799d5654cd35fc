"""A report erased for somebody who cannot do it with a code: one person asks, a supervisor confirms (decision 15).

Until it is confirmed, a request erases nothing and can be taken back. What follows is the same as when a reporter
withdraws: the report is closed to everybody at once, and the worker erases it. As in ``triage.casework``, what writes
begins its own write transaction and leaves the commit to the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.contents import ERASURE_NOTE
from casefile.models import Case, CaseReport, ErasureRequest, Receipt, Report, ReportPart, Withdrawal
from casefile.outbox import add_job
from casefile.sealing import seal_note
from casefile.vocabulary import CaseStatus, Channel, CustodyAction, IdentityCheck, JobName, Requester
from casefile.wib import local_date
from triage.casework import Doing, list_report_ids, lock_case, log_case
from triage.errors import ChangedError, MissingKeyError, SamePersonError, WrongStateError
from triage.reader import Reader

NOTE_LIMIT = 500
"""Letters of the note for the second person."""


class StoryState(StrEnum):
    """Whether the story of a case is there, and if not, why."""

    KEPT = "kept"
    GOING = "going"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Asking:
    """Who asked to have a report erased, how that was checked, and a cleaned note for the second person.

    ``is_code_lost`` is what the person said where there is a code.
    """

    requester: Requester
    check: IdentityCheck
    note: str = ""
    is_code_lost: bool = False


def story_state(session: Session, case: Case) -> StoryState:
    """What has become of the story of a case: erased on request, about to be, or by its span of keeping."""
    if case.status is CaseStatus.WITHDRAWN:
        return StoryState.WITHDRAWN
    report_ids = list_report_ids(session, case.id)
    if session.scalar(select(Withdrawal.report_id).where(Withdrawal.report_id.in_(report_ids)).limit(1)):
        return StoryState.GOING
    parts = select(ReportPart.report_id).where(ReportPart.report_id.in_(report_ids))
    return StoryState.KEPT if session.scalar(parts.limit(1)) else StoryState.EXPIRED


def has_code(session: Session, case_id: UUID) -> bool:
    """Whether somebody took a code away with which they can withdraw the report themselves."""
    with_code = select(Receipt.report_id).join(CaseReport, CaseReport.report_id == Receipt.report_id)
    return session.scalar(with_code.where(CaseReport.case_id == case_id).limit(1)) is not None


def is_from_register(session: Session, case_id: UUID) -> bool:
    """Whether the case came from an old register, which holds it still."""
    came = select(Report.channel).join(CaseReport, CaseReport.report_id == Report.id)
    return Channel.REGISTER in session.scalars(came.where(CaseReport.case_id == case_id))


def find_request(session: Session, case_id: UUID) -> ErasureRequest | None:
    """The request that stands for a case."""
    return session.scalar(select(ErasureRequest).where(ErasureRequest.case_id == case_id))


def open_request_note(request: ErasureRequest, reader: Reader) -> str | None:
    """What was noted for the second person, empty for nothing; None where it does not open."""
    if request.note_box is None:
        return ""
    opened = reader.open_note(request.note_box, request.epoch, ERASURE_NOTE, request.id)
    return None if opened is None else opened.decode()


def list_waiting_codes(session: Session, staff_id: UUID) -> list[str]:
    """Codes of the cases whose erasing waits for somebody other than who asked, the oldest request first."""
    waiting = select(Case.code).join(ErasureRequest, ErasureRequest.case_id == Case.id)
    others = waiting.where(ErasureRequest.confirmed_by.is_(None), ErasureRequest.asked_by != staff_id)
    return list(session.scalars(others.order_by(ErasureRequest.asked_at, ErasureRequest.id)))


def ask_erasure(session: Session, code: str, request_id: UUID, asking: Asking, doing: Doing) -> None:
    """Put before a second person that the report of a case be erased. The same id twice is one request.

    Closed cases too; nobody need hold the case. Raises ``NotFoundError``, ``ChangedError`` when another version was
    seen, ``WrongStateError`` when a request stands, it is erased, or a code is there that was not said to be lost.
    """
    case = lock_case(session, code)
    standing = find_request(session, case.id)
    if standing is not None and standing.id == request_id:
        return
    if doing.version is not None and doing.version != case.version:
        raise ChangedError
    is_barred = has_code(session, case.id) and not asking.is_code_lost
    if standing is not None or is_barred or _is_erased(session, case):
        raise WrongStateError
    note = asking.note.encode()
    session.add(
        ErasureRequest(
            id=request_id,
            case_id=case.id,
            asked_by=doing.staff_id,
            asked_at=doing.now,
            requester=asking.requester,
            identity_check=asking.check,
            note_box=seal_note(doing.office.office, note, ERASURE_NOTE, request_id.bytes) if note else None,
            epoch=doing.office.epoch,
        )
    )
    lost = {"code": "lost"} if asking.is_code_lost else {}
    detail = {"requester": asking.requester.value, "check": asking.check.value, **lost}
    log_case(session, case.id, CustodyAction.ERASURE_ASKED, doing, detail)


def take_back_erasure(session: Session, code: str, request_id: UUID, doing: Doing) -> None:
    """Let a request be, whoever made it. Raises ``NotFoundError``, ``WrongStateError`` once it is confirmed or gone."""
    case = lock_case(session, code)
    session.delete(_get_waiting(session, case, request_id))
    log_case(session, case.id, CustodyAction.ERASURE_TAKEN_BACK, doing)


def confirm_erasure(session: Session, code: str, request_id: UUID, doing: Doing) -> None:
    """Let the worker erase the report. Whoever calls has asked for the second factor again. There is no way back.

    The second person holds a key of the office, which a colleague gave after comparing: an account that was only just
    made erases nothing. Raises ``MissingKeyError``, ``SamePersonError`` for who asked; ``NotFoundError`` and
    ``WrongStateError`` as ``take_back_erasure``.
    """
    if not doing.reader.epochs:
        raise MissingKeyError
    case = lock_case(session, code)
    request = _get_waiting(session, case, request_id)
    if request.asked_by == doing.staff_id:
        raise SamePersonError
    request.confirmed_by, request.confirmed_at = doing.staff_id, doing.now
    session.flush()
    for report_id in list_report_ids(session, case.id):
        session.add(Withdrawal(report_id=report_id, requested_on=local_date(doing.now), through_desk=True))
        add_job(session, JobName.WITHDRAW_REPORT, report_id, doing.now)
    log_case(session, case.id, CustodyAction.ERASURE_CONFIRMED, doing, _said(request))


def _get_waiting(session: Session, case: Case, request_id: UUID) -> ErasureRequest:
    """The request that was on the screen, if it stands and nothing was decided. Raises ``WrongStateError``."""
    request = find_request(session, case.id)
    is_seen = request is not None and request.id == request_id and request.confirmed_by is None
    if request is None or not is_seen or _is_erased(session, case):
        raise WrongStateError
    return request


def _is_erased(session: Session, case: Case) -> bool:
    return story_state(session, case) in {StoryState.GOING, StoryState.WITHDRAWN}


def _said(request: ErasureRequest) -> Mapping[str, Any]:
    return {"requester": request.requester.value, "check": request.identity_check.value}
