"""The next case: the most urgent free one of a list, for exactly one person."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.models import Case
from triage.casework import Doing, claim
from triage.errors import NothingFreeError, PausedError
from triage.pausing import find_paused
from triage.queue.pages import Desktop, Excerpt, find_cases, narrow
from triage.queue.places import BY_URGENCY
from triage.queue.views import IS_FREE, IS_UNANSWERED, QueueView

_MOST_SIFTED = 200
"""Rows of a filtered list among which the next one is sought."""


def take_next(session: Session, excerpt: Excerpt, desktop: Desktop, doing: Doing) -> Case:
    """Claim the first case of the list that waits for a person. Two people at once get two cases; the caller commits.

    Raises ``NothingFreeError``; ``PausedError`` while the person pauses.
    """
    chosen = narrow(excerpt.view, excerpt.filters, desktop)
    conditions = [chosen.condition, IS_UNANSWERED, IS_FREE]
    if excerpt.filters.is_sealed and excerpt.view is not QueueView.CLOSED:
        listed = find_cases(session, excerpt, desktop, _MOST_SIFTED).under
        session.rollback()
        conditions.append(Case.id.in_(listed))
    begin_write(session)
    if paused := find_paused(session, [doing.staff_id], doing.now):
        raise PausedError(paused)
    first = select(Case.code).where(*conditions).order_by(*BY_URGENCY.terms(Case, backwards=False)).limit(1)
    code = session.scalar(first.with_for_update(skip_locked=True), chosen.values)
    if code is None:
        raise NothingFreeError
    return claim(session, code, doing)
