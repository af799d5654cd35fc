"""How long the daily anchor over 100,000 chains takes, the next one, and the check of everything.

An office's database on SQLite with one entry in each chain, in a folder of its own. Goals: 10 s, 10 s, 60 s.
"""

from __future__ import annotations

import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from casefile.anchor_checks import check_custody
from casefile.anchor_findings import Trust
from casefile.custody import REPORTER, SYSTEM, Act, append_entry, start_chains
from casefile.database import begin_write, open_engine
from casefile.migrate import upgrade
from casefile.vocabulary import CustodyAction
from worker.anchoring import make_anchors

CHAINS, MOVED, DAYS = 100_000, 100, 7
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def fill(engine: Engine) -> list[uuid.UUID]:
    """Chains of one entry each."""
    chains = [uuid.uuid4() for _ in range(CHAINS)]
    with Session(engine) as session:
        begin_write(session)
        start_chains(session, chains, Act(CustodyAction.RECEIVED, REPORTER, date(2026, 11, 22)))
        session.commit()
    return chains


def move(engine: Engine, chains: list[uuid.UUID], now: datetime) -> None:
    """A day's work: one more entry in some chains."""
    with Session(engine) as session:
        begin_write(session)
        for chain in chains[:MOVED]:
            append_entry(session, chain, Act(CustodyAction.READ, SYSTEM, now))
        session.commit()


def timed(words: str, doing: Callable[[], object]) -> None:
    """Prints how long it took."""
    started = time.perf_counter()
    doing()
    print(f"{words}: {time.perf_counter() - started:.1f} s", flush=True)


def main() -> None:
    """Anchor a week, check it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'suluh.db'}"
        upgrade(url)
        engine = open_engine(url)
        chains = fill(engine)
        for day in range(DAYS):
            now = NOON + timedelta(days=day)
            timed(f"anchor {day + 1} over {CHAINS} chains", lambda now=now: make_anchors(engine, now))
            move(engine, chains, now)
        with Session(engine) as session:
            today = (NOON + timedelta(days=DAYS)).date()
            timed(f"check of all chains and {DAYS} anchors", lambda: check_custody(session, Trust(frozenset()), today))
        engine.dispose()


if __name__ == "__main__":
    main()
