"""Writing papers: each correction is a new version, and none overwrites what a colleague wrote meanwhile.

A paper belongs to the team: writing needs no claim and takes none, like setting a level. A paper has versions of its
own; the case's version does not count. As in ``triage.casework``, what writes locks the case and leaves the commit to
the caller.
"""

from __future__ import annotations

import uuid
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casefile.contents import PAPER_NOTE
from casefile.models import Case, Paper, PaperVersion
from casefile.sealing import seal_note
from casefile.vocabulary import CaseStatus, CustodyAction
from triage.casework import Doing, get_case, lock_cases_named, lock_unfinished, log_case
from triage.errors import ChangedError, NotFoundError, WrongStateError
from triage.papers.contents import PaperContents, encode_paper, kind_of
from triage.papers.opening import find_single, open_version


def write_paper(session: Session, code: str, paper_id: UUID, contents: PaperContents, doing: Doing) -> None:
    """A new paper. ``paper_id`` was made with the form, so that a form sent twice is one paper.

    Sent again with other contents it is another paper: a request that seemed lost, and was not, swallows no words.
    Raises ``ChangedError`` where the case has a plan or an assessment by now, ``WrongStateError`` for a finished case,
    ``NotFoundError`` for an id of another case.
    """
    case = lock_unfinished(session, code, doing.on(None))
    kind = kind_of(contents)
    known = session.get(Paper, paper_id)
    if known is not None:
        if (known.case_id, known.kind) != (case.id, kind):
            raise NotFoundError
        if _ever_held(session, known, contents, doing):
            return
        paper_id = uuid.uuid4()
    if kind.is_single and find_single(session, case.id, kind) is not None:
        raise ChangedError
    session.add(Paper(id=paper_id, case_id=case.id, kind=kind, version=1, withdrawn_by=None, withdrawn_at=None))
    session.flush()
    _add_version(session, paper_id, 1, contents, doing)
    log_case(session, case.id, CustodyAction.PAPER_WRITTEN, doing, {"paper": kind.value})


def correct_paper(session: Session, code: str, paper_id: UUID, contents: PaperContents, doing: Doing) -> None:
    """A new version on top of the one that was seen (``doing.version``). The same contents again change nothing.

    Raises ``ChangedError`` when a newer version stands, ``WrongStateError`` for a finished case and a withdrawn paper,
    ``NotFoundError``.
    """
    case = lock_unfinished(session, code, doing.on(None))
    paper = _get_paper(session, case, paper_id)
    if paper.withdrawn_at is not None or kind_of(contents) is not paper.kind:
        raise WrongStateError
    newest = session.scalars(
        select(PaperVersion).where(PaperVersion.paper_id == paper.id, PaperVersion.number == paper.version)
    ).one()
    if open_version(newest, paper.kind, doing.reader) == contents:
        return
    if doing.version != paper.version:
        raise ChangedError
    paper.version += 1
    _add_version(session, paper.id, paper.version, contents, doing)
    log_case(session, case.id, CustodyAction.PAPER_CORRECTED, doing, {"paper": paper.kind.value})


def withdraw_paper(session: Session, code: str, paper_id: UUID, doing: Doing) -> None:
    """Erase what stands in all versions; who wrote them and when stays. Possible in a closed case too.

    Withdrawing twice is withdrawing once. Raises ``ChangedError`` when a newer version stands than the one that was
    seen, ``WrongStateError`` when the reporter took the report back, ``NotFoundError``.
    """
    lock_cases_named(session, [code])
    case = get_case(session, code)
    if case.status is CaseStatus.WITHDRAWN:
        raise WrongStateError
    paper = _get_paper(session, case, paper_id)
    if paper.withdrawn_at is not None:
        return
    if doing.version != paper.version:
        raise ChangedError
    paper.withdrawn_by, paper.withdrawn_at = doing.staff_id, doing.now
    erased = update(PaperVersion).where(PaperVersion.paper_id == paper.id).values(box=None, epoch=None)
    session.execute(erased.execution_options(synchronize_session=False))
    log_case(session, case.id, CustodyAction.PAPER_WITHDRAWN, doing, {"paper": paper.kind.value})


def may_withdraw(author: UUID, staff_id: UUID, *, is_supervisor: bool) -> bool:
    """Erasing cannot be undone: whoever wrote the first version may, and a supervisor."""
    return is_supervisor or author == staff_id


def _get_paper(session: Session, case: Case, paper_id: UUID) -> Paper:
    paper = session.get(Paper, paper_id, with_for_update=True)
    if paper is None or paper.case_id != case.id:
        raise NotFoundError
    return paper


def _ever_held(session: Session, paper: Paper, contents: PaperContents, doing: Doing) -> bool:
    versions = session.scalars(select(PaperVersion).where(PaperVersion.paper_id == paper.id))
    return any(open_version(version, paper.kind, doing.reader) == contents for version in versions)


def _add_version(session: Session, paper_id: UUID, number: int, contents: PaperContents, doing: Doing) -> None:
    version_id = uuid.uuid4()
    session.add(
        PaperVersion(
            id=version_id,
            paper_id=paper_id,
            number=number,
            written_by=doing.staff_id,
            written_at=doing.now,
            box=seal_note(doing.office.office, encode_paper(contents), PAPER_NOTE, version_id.bytes),
            epoch=doing.office.epoch,
        )
    )
