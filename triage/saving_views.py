"""The filters that a person keeps: each a view with values of closed lists, days or a colleague; no free words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.models import SavedView
from triage.casework import Doing
from triage.errors import WrongStateError
from triage.queue import Filters, QueueView

MOST_SAVED = 12
"""Views that one person may keep."""

_OWN = select(SavedView).where(SavedView.staff_id == bindparam("staff")).order_by(SavedView.saved_at)


@dataclass(frozen=True)
class KeptView:
    """A saved view as shown."""

    id: UUID
    view: QueueView
    filters: Filters


def list_saved(session: Session, staff_id: UUID) -> list[KeptView]:
    """The person's own, oldest first. One of a view that this version does not know is left out."""
    rows = session.scalars(_OWN, {"staff": staff_id})
    known = set(QueueView)
    kept = (row for row in rows if row.view in known)
    return [KeptView(row.id, QueueView(row.view), Filters.from_values(row.filters)) for row in kept]


def save_view(session: Session, view: QueueView, filters: Filters, doing: Doing) -> None:
    """Keep a view with its filters; keeping it again changes nothing. The caller commits.

    Raises ``WrongStateError`` when there are no filters, or too many views already.
    """
    begin_write(session)
    if not filters:
        raise WrongStateError
    if any((kept.view, kept.filters) == (view, filters) for kept in list_saved(session, doing.staff_id)):
        return
    count = select(func.count()).select_from(SavedView).where(SavedView.staff_id == doing.staff_id)
    if (session.scalar(count) or 0) >= MOST_SAVED:
        raise WrongStateError
    session.add(
        SavedView(
            id=uuid.uuid4(),
            staff_id=doing.staff_id,
            view=view.value,
            filters=filters.to_values(),
            saved_at=doing.now,
        )
    )


def drop_view(session: Session, saved_id: UUID, doing: Doing) -> None:
    """Forget one of the person's own; another's stays. The caller commits."""
    begin_write(session)
    own = delete(SavedView).where(SavedView.id == saved_id, SavedView.staff_id == doing.staff_id)
    session.execute(own)
