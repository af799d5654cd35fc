"""Labels of cases: from a closed list, set and taken off for several cases at once, each on the custody log."""

from __future__ import annotations

from sqlalchemy.orm import Session

from casefile.models import CaseLabel
from casefile.vocabulary import CustodyAction, WorkLabel
from triage.casework import Doing, lock_unfinished, log_case


def set_label(session: Session, code: str, label: WorkLabel, doing: Doing) -> None:
    """Label a case. Needs no claim and changes nothing of the case itself. The caller commits.

    Raises ``NotFoundError``, and ``WrongStateError`` for a finished case.
    """
    case = lock_unfinished(session, code, doing)
    if session.get(CaseLabel, (case.id, label)) is None:
        session.add(CaseLabel(case_id=case.id, label=label))
        log_case(session, case.id, CustodyAction.LABELLED, doing, {"label": label.value})


def take_label_off(session: Session, code: str, label: WorkLabel, doing: Doing) -> None:
    """The inverse of ``set_label``."""
    case = lock_unfinished(session, code, doing)
    found = session.get(CaseLabel, (case.id, label))
    if found is not None:
        session.delete(found)
        log_case(session, case.id, CustodyAction.UNLABELLED, doing, {"label": label.value})
