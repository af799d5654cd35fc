"""How long the office keeps what: set by a supervisor, within bounds, counting after a week."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from casefile.kept import find_body
from casefile.models import Case, CaseReport, ReportPart
from casefile.retention import BOUNDS, ITEM, Spans
from casefile.vocabulary import CaseStatus
from casefile.wording import N_
from triage.administration.keeping import keep
from triage.casework import Doing
from triage.errors import BoundsError

FIELD_LABELS: dict[str, str] = {
    "erases_cases": N_("Hapus otomatis isi kasus yang sudah lama ditutup"),
    "story_days": N_("Cerita, percakapan, dan catatan"),
    "handed_on_days": N_("Cerita, percakapan, dan catatan kasus yang diteruskan"),
    "fingerprint_days": N_("Jawaban dan sidik digital"),
    "job_days": N_("Daftar kerja sistem yang selesai"),
}


def newest_spans(session: Session) -> Spans:
    """What was set last; it counts a week later."""
    return Spans.from_body(find_body(session, ITEM) or {})


def save_spans(session: Session, spans: Spans, doing: Doing) -> None:
    """Keep new spans. Raises ``BoundsError`` for the first that is not allowed, ``ChangedError``."""
    if faults := spans.list_faults():
        raise BoundsError(faults[0])
    keep(session, ITEM, spans.to_body(), doing)


def erases_more(before: Spans, after: Spans) -> bool:
    """Whether anything would be erased, or sooner, that was not before."""
    is_shorter = any(getattr(after, name) < getattr(before, name) for name in BOUNDS)
    return after.erases_cases and (not before.erases_cases or is_shorter)


def count_old_stories(session: Session, spans: Spans, now: datetime) -> int:
    """Closed cases whose story is older than ``story_days``; those that were handed on are among them, and stay."""
    has_story = exists().where(ReportPart.report_id == CaseReport.report_id)
    closed = select(func.count()).select_from(CaseReport).join(Case, Case.id == CaseReport.case_id)
    old = Case.closed_at < now - timedelta(days=spans.story_days)
    return session.scalar(closed.where(Case.status == CaseStatus.CLOSED, old, has_story)) or 0
