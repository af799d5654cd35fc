"""The reporter wrote: the case shows that there is news."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from casefile.custody import REPORTER, Act, append_entry
from casefile.models import Case, CaseReport, Message, Withdrawal
from casefile.vocabulary import Author, CaseStatus, CustodyAction
from casefile.wib import local_date
from worker.runtime import Turn


def note_reporter_message(turn: Turn, report_id: UUID) -> None:
    """The effect of ``note_message``.

    A case that waited for the reporter is open again; one that has no case yet gets its news when the case is made.
    The custody entry carries the day of the newest message and no time. Nothing is noted of a withdrawn report.
    """
    if turn.session.get(Withdrawal, report_id) is not None:
        return
    own = select(Case).join(CaseReport, CaseReport.case_id == Case.id).where(CaseReport.report_id == report_id)
    case = turn.session.scalars(own.with_for_update(of=Case)).one_or_none()
    if case is not None:
        case.has_news = True
        if case.status is CaseStatus.WAITING_FOR_REPORTER:
            case.status = CaseStatus.OPEN
    written = select(func.max(Message.sent_on)).where(Message.report_id == report_id, Message.author == Author.REPORTER)
    day = turn.session.scalar(written) or local_date(turn.now)
    append_entry(turn.session, report_id, Act(CustodyAction.REPORTER_WROTE, REPORTER, day))
