"""Opening what a team wrote about a case. Nothing is shown before the look is on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casefile.contents import PAPER_NOTE
from casefile.database import begin_write
from casefile.models import CaseReport, Paper, PaperVersion, Withdrawal
from casefile.vocabulary import CustodyAction, PaperKind
from triage.casework import Doing, log_case
from triage.errors import NotFoundError, WrongStateError
from triage.papers.contents import PaperContents, decode_paper
from triage.reader import Reader


@dataclass(frozen=True)
class OpenedVersion:
    """One version. ``contents`` is None where it was erased, or does not open."""

    number: int
    written_by: UUID
    written_at: datetime
    contents: PaperContents | None


@dataclass(frozen=True)
class OpenedPaper:
    """A paper with its versions, newest first; in a list of papers with the newest alone."""

    id: UUID
    kind: PaperKind
    author: UUID
    versions: tuple[OpenedVersion, ...]
    withdrawn_by: UUID | None
    withdrawn_at: datetime | None

    @property
    def newest(self) -> OpenedVersion:
        """What stands."""
        return self.versions[0]


def read_papers(session: Session, case_id: UUID, doing: Doing, paper_id: UUID | None = None) -> list[OpenedPaper]:
    """The case's papers, newest first, or one with all its versions; commits the entry that says so.

    Where nothing is sealed any more, or nothing is there, there was no look. Raises ``NotFoundError`` for a paper of
    another case, ``WrongStateError`` from the moment in which the reporter asked for erasure.
    """
    begin_write(session)
    reports = select(CaseReport.report_id).where(CaseReport.case_id == case_id)
    if session.scalar(select(Withdrawal.report_id).where(Withdrawal.report_id.in_(reports)).limit(1)) is not None:
        raise WrongStateError
    wanted = Paper.case_id == case_id if paper_id is None else (Paper.case_id == case_id) & (Paper.id == paper_id)
    papers = session.scalars(select(Paper).where(wanted)).all()
    if paper_id is not None and not papers:
        raise NotFoundError
    opened = [_open(session, paper, doing.reader, every=paper_id is not None) for paper in papers]
    if any(paper.withdrawn_at is None for paper in papers):
        log_case(session, case_id, CustodyAction.PAPERS_READ, doing, {"paper": papers[0].kind} if paper_id else None)
    session.commit()
    return sorted(opened, key=lambda paper: (paper.newest.written_at, paper.id.bytes), reverse=True)


def get_kind(session: Session, case_id: UUID, paper_id: UUID) -> PaperKind:
    """The kind of one of the case's papers; opens nothing. Raises ``NotFoundError``."""
    kind = session.scalar(select(Paper.kind).where(Paper.case_id == case_id, Paper.id == paper_id))
    if kind is None:
        raise NotFoundError
    return kind


def find_single(session: Session, case_id: UUID, kind: PaperKind) -> UUID | None:
    """The plan or the assessment that stands; opens nothing."""
    standing = select(Paper.id).where(Paper.case_id == case_id, Paper.kind == kind, Paper.withdrawn_at.is_(None))
    return session.scalar(standing)


def count_papers(session: Session, case_id: UUID) -> dict[PaperKind, int]:
    """How many papers of each kind stand; opens nothing."""
    standing = select(Paper.kind, func.count()).where(Paper.case_id == case_id, Paper.withdrawn_at.is_(None))
    return {row[0]: row[1] for row in session.execute(standing.group_by(Paper.kind))}


def open_version(version: PaperVersion, kind: PaperKind, reader: Reader) -> PaperContents | None:
    """What stands in a version; None where it was erased, is damaged, or was sealed to a key that the reader lacks."""
    if version.box is None or version.epoch is None:
        return None
    opened = reader.open_note(version.box, version.epoch, PAPER_NOTE, version.id)
    try:
        return None if opened is None else decode_paper(kind, opened)
    except (ValueError, KeyError, TypeError):
        return None


def _open(session: Session, paper: Paper, reader: Reader, *, every: bool) -> OpenedPaper:
    rows = session.scalars(
        select(PaperVersion).where(PaperVersion.paper_id == paper.id).order_by(PaperVersion.number.desc())
    ).all()
    shown: Sequence[PaperVersion] = rows if every else rows[:1]
    versions = tuple(
        OpenedVersion(row.number, row.written_by, row.written_at, open_version(row, paper.kind, reader))
        for row in shown
    )
    return OpenedPaper(paper.id, paper.kind, rows[-1].written_by, versions, paper.withdrawn_by, paper.withdrawn_at)
