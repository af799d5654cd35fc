"""A reporter without a code is spoken with outside of Suluh; that it happened is noted, not what was said."""

from __future__ import annotations

from sqlalchemy.orm import Session

from casefile.vocabulary import CaseStatus, CustodyAction
from triage.casework import Doing, get_receipt_status, list_report_ids, log_case, open_for_change
from triage.errors import WrongStateError


def note_contact(session: Session, code: str, doing: Doing) -> None:
    """Stop the clock of the first answer, and say who spoke with the reporter when; the caller commits.

    Raises as ``open_for_change``, and ``WrongStateError`` where the reporter has a code and is answered there.
    """
    case = open_for_change(session, code, doing)
    if any(get_receipt_status(session, report_id) for report_id in list_report_ids(session, case.id)):
        raise WrongStateError
    case.first_reply_at = case.first_reply_at or doing.now
    case.status = CaseStatus.WAITING_FOR_REPORTER
    log_case(session, case.id, CustodyAction.CONTACTED, doing)
