"""Tasks of a case: what is to be done, by whom, by which day; done, taken from the list, taken up again.

A task needs no claim of its case: whoever it is given to may finish it. It has a version of its own, so that work on
one task disturbs neither another task nor the case. As in ``triage.casework``, what writes begins its own write
transaction and leaves the commit to the caller.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.contents import TASK_NOTE
from casefile.models import Case, Task
from casefile.sealing import seal_note
from casefile.vocabulary import CustodyAction, TaskEnd
from casefile.wib import local_date
from triage.casework import Doing, lock_unfinished, log_case
from triage.clash import SeenRow
from triage.errors import ChangedError, NotFoundError
from triage.handover import require_worker
from triage.reader import Reader

TASK_LIMIT = 500
"""Characters of a task."""
MOST_OWN = 200
"""Tasks that a person's own list shows."""

_ENDINGS = {TaskEnd.DONE: CustodyAction.TASK_DONE, TaskEnd.REMOVED: CustodyAction.TASK_REMOVED}


@dataclass(frozen=True)
class Plan:
    """What a task says: cleaned text, who is to do it, by which day in Jakarta."""

    text: str
    staff_id: UUID
    due_on: date


@dataclass(frozen=True)
class TaskRow:
    """A task as shown. ``text`` is None where it does not open."""

    id: UUID
    text: str | None
    staff_id: UUID
    due_on: date
    made_by: UUID
    made_on: date
    settled_as: TaskEnd | None
    settled_by: UUID | None
    settled_on: date | None
    version: int


@dataclass(frozen=True)
class OwnTask:
    """A task in a person's own list, with its case."""

    case: Case
    task: TaskRow


def add_task(session: Session, code: str, task_id: UUID, plan: Plan, doing: Doing) -> None:
    """Write a new task. ``task_id`` was made with the form, so that a form sent twice makes one task.

    Sent again with other words it makes another: a request that seemed lost, and was not, swallows no words.
    Raises ``NotFoundError`` for who does no casework, and as ``lock_unfinished``.
    """
    case = lock_unfinished(session, code, doing)
    if (known := session.get(Task, task_id)) is not None:
        if (known.case_id, _plan_of(known, doing.reader)) == (case.id, plan):
            return
        task_id = uuid.uuid4()
    require_worker(session, plan.staff_id)
    session.add(
        Task(
            id=task_id,
            case_id=case.id,
            staff_id=plan.staff_id,
            due_on=plan.due_on,
            made_by=doing.staff_id,
            made_on=local_date(doing.now),
            text_box=_seal(plan, task_id, doing),
            epoch=doing.office.epoch,
        )
    )
    log_case(session, case.id, CustodyAction.TASK_ADDED, doing)


def change_task(session: Session, code: str, seen: SeenRow, plan: Plan, doing: Doing) -> None:
    """Write a task anew. Raises as ``add_task``, and ``ChangedError`` where it is no longer as it was seen."""
    case, task = _lock(session, code, seen, doing)
    if plan.staff_id != task.staff_id:
        require_worker(session, plan.staff_id)
    task.staff_id, task.due_on = plan.staff_id, plan.due_on
    task.text_box, task.epoch = _seal(plan, task.id, doing), doing.office.epoch
    log_case(session, case.id, CustodyAction.TASK_CHANGED, doing)


def end_task(session: Session, code: str, seen: SeenRow, end: TaskEnd, doing: Doing) -> None:
    """Done, or not to be done. Doing it twice is doing it once. Raises as ``change_task``."""
    case, task = _lock(session, code, seen, doing)
    if task.settled_as is end:
        return
    task.settled_as, task.settled_by, task.settled_on = end, doing.staff_id, local_date(doing.now)
    log_case(session, case.id, _ENDINGS[end], doing)


def resume_task(session: Session, code: str, seen: SeenRow, doing: Doing) -> None:
    """To be done after all. Raises as ``change_task``."""
    case, task = _lock(session, code, seen, doing)
    if task.settled_on is None:
        return
    task.settled_as = task.settled_by = task.settled_on = None
    log_case(session, case.id, CustodyAction.TASK_RESUMED, doing)


def list_tasks(session: Session, case_id: UUID, reader: Reader) -> list[TaskRow]:
    """All tasks of a case: open ones by day, then the others, the newest end first."""
    rows = session.scalars(select(Task).where(Task.case_id == case_id)).all()
    shown = [_shown(row, reader) for row in rows]
    still = sorted((row for row in shown if row.settled_on is None), key=lambda row: (row.due_on, row.made_on, row.id))
    past = sorted((row for row in shown if row.settled_on), key=lambda row: (row.settled_on, row.id), reverse=True)
    return still + past


def get_task(session: Session, code: str, task_id: UUID, reader: Reader) -> TaskRow:
    """One task of the case. Raises ``NotFoundError``."""
    return _shown(_get(session, code, task_id), reader)


def list_own(session: Session, staff_id: UUID, reader: Reader) -> list[OwnTask]:
    """A person's open tasks on open cases, the earliest day first."""
    mine = select(Task, Case).join(Case, Case.id == Task.case_id)
    open_ones = mine.where(Task.staff_id == staff_id, Task.settled_on.is_(None), Case.closed_at.is_(None))
    found = session.execute(open_ones.order_by(Task.due_on, Case.level, Task.id).limit(MOST_OWN))
    return [OwnTask(case, _shown(task, reader)) for task, case in found]


def open_among(tasks: Sequence[TaskRow]) -> list[TaskRow]:
    """Those still to be done."""
    return [task for task in tasks if task.settled_on is None]


def _lock(session: Session, code: str, seen: SeenRow, doing: Doing) -> tuple[Case, Task]:
    case = lock_unfinished(session, code, doing)
    task = _get(session, code, seen.id)
    if task.version != seen.version:
        raise ChangedError
    return case, task


def _get(session: Session, code: str, task_id: UUID) -> Task:
    found = select(Task).join(Case, Case.id == Task.case_id).where(Case.code == code, Task.id == task_id)
    task = session.scalar(found)
    if task is None:
        raise NotFoundError
    return task


def _seal(plan: Plan, task_id: UUID, doing: Doing) -> bytes:
    return seal_note(doing.office.office, plan.text.encode(), TASK_NOTE, task_id.bytes)


def _plan_of(row: Task, reader: Reader) -> Plan:
    shown = _shown(row, reader)
    return Plan(shown.text or "", shown.staff_id, shown.due_on)


def _shown(row: Task, reader: Reader) -> TaskRow:
    opened = reader.open_note(row.text_box, row.epoch, TASK_NOTE, row.id)
    return TaskRow(
        id=row.id,
        text=None if opened is None else opened.decode(),
        staff_id=row.staff_id,
        due_on=row.due_on,
        made_by=row.made_by,
        made_on=row.made_on,
        settled_as=row.settled_as,
        settled_by=row.settled_by,
        settled_on=row.settled_on,
        version=row.version,
    )
