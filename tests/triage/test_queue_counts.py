"""The numbers on the queue's tabs, counted from indexes of their own, and the lists that they stand for."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.models import Case, StaffMember, Task
from casefile.vocabulary import CaseStatus, StaffRole, Urgency
from casefile.wib import local_date
from tests.conftest import Database
from tests.factories import NOON
from triage.queue import QueueView, count_views
from triage.queue.choosing import choose

HOUR = timedelta(hours=1)
ME, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


def test_each_count_is_the_length_of_its_list(database: Database) -> None:
    with Session(database.engine()) as session:
        begin_write(session)
        session.execute(insert(StaffMember), [_member(ME), _member(OTHER)])
        cases = [_case(number, kind) for number, kind in enumerate(_kinds())]
        session.execute(insert(Case), cases)
        session.execute(insert(Task), [_task(case["id"], number % 5) for number, case in enumerate(cases)])
        session.commit()
    with Session(database.engine("triage")) as session:
        counts = count_views(session, ME, NOON)
        for view, counted in counts.items():
            chosen = choose(view, ME, NOON)
            listed = select(func.count()).select_from(Case).where(chosen.condition)
            assert counted == session.scalar(listed, chosen.values), view
    assert 0 < counts[QueueView.TO_READ] < counts[QueueView.ALL] < len(cases)


def _kinds() -> Iterator[dict[str, Any]]:
    """Holder and end of the lease, answered, news, due, status, closed: every mix of them."""
    claims = [(None, None), (ME, HOUR), (ME, -HOUR), (OTHER, HOUR), (OTHER, None)]
    others = {
        "first_reply_at": (None, NOON),
        "has_news": (True, False),
        "due_at": (NOON + HOUR, NOON + 30 * HOUR),
        "status": (CaseStatus.OPEN, CaseStatus.WAITING_FOR_REPORTER),
        "closed_at": (None, NOON),
    }
    for (holder, lease), *mix in product(claims, *others.values()):
        ends = None if lease is None else NOON + lease
        yield {"claimed_by": holder, "claim_expires_at": ends, **dict(zip(others, mix, strict=True))}


def _case(number: int, kind: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(),
        "code": f"K-{number:06}",
        "level": Urgency.P2,
        "score": 0,
        "received_at": NOON - HOUR,
        "summary_box": b"",
        "summary_epoch": 1,
        "version": 1,
        **kind,
    }


def _member(staff_id: uuid.UUID) -> dict[str, Any]:
    boxes = dict.fromkeys(("public_key", "seed_box"), b"")
    return {
        "id": staff_id,
        "username": staff_id.hex,
        "display_name": "Rina",
        "role": StaffRole.COUNSELLOR,
        "is_active": True,
        "password_record": "",
        "totp_counter": 0,
        "failed_attempts": 0,
        "created_at": NOON,
        **boxes,
    }


def _task(case_id: uuid.UUID, kind: int) -> dict[str, Any]:
    """One of the person's own that is due, twice as likely as one of tomorrow, a settled one, or another's."""
    today = local_date(NOON)
    return {
        "id": uuid.uuid4(),
        "case_id": case_id,
        "staff_id": OTHER if kind == 1 else ME,
        "due_on": today + timedelta(days=int(kind == 2)),
        "made_by": OTHER,
        "made_on": today,
        "settled_on": today if kind == 3 else None,
        "text_box": b"",
        "epoch": 1,
        "version": 1,
    }
