"""Once a day: the anchor over all custody chains; and its timestamp, when an authority answers."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from casefile.anchors import add_anchor, due_days, find_anchored, find_last_day, find_leaves, statement
from casefile.database import begin_write
from casefile.errors import TimestampError
from casefile.models import Anchor, AnchorStamp
from casefile.timestamping import TimestampAuthority, check_stamp, stamp

log = logging.getLogger("suluh.relay")

CHECK_SECONDS = 60.0
STAMP_SECONDS = 600.0
"""How often an authority that did not answer is asked again."""
STAMPS_AT_ONCE = 31


def make_anchors(engine: Engine, now: datetime) -> int:
    """Anchor every day that is due; returns how many. Harmless when several processes do it at once.

    The chains are read before the write transaction begins: with many of them that takes a second, in which portal and
    desk must be able to write. What is written meanwhile belongs to the next anchor.
    """
    with Session(engine) as session:
        days = due_days(find_last_day(session), now)
        if not days:
            return 0
        leaves, anchored = find_leaves(session), find_anchored(session)
    if not leaves:
        return 0
    with Session(engine) as session:
        begin_write(session)
        try:
            for day in days:
                add_anchor(session, day, now, leaves, anchored)
            session.commit()
        except IntegrityError:  # another process was quicker, and its days are these
            return 0
    return len(days)


def stamp_anchors(engine: Engine, authority: TimestampAuthority) -> int:
    """Timestamp the anchors that have none, oldest first; returns how many. Raises ``TimestampError`` at the first
    that the authority does not stamp.
    """
    with Session(engine) as session:
        bare = select(Anchor.day, Anchor.chains, Anchor.root).where(Anchor.day.not_in(select(AnchorStamp.day)))
        rows = session.execute(bare.order_by(Anchor.day).limit(STAMPS_AT_ONCE)).all()
    for day, chains, root in rows:
        said = statement(day, chains, root)
        token = stamp(authority, said)
        at = check_stamp(authority.certificates, said, token)
        with Session(engine) as session:
            begin_write(session)
            if session.get(AnchorStamp, day) is None:
                session.add(AnchorStamp(day=day, stamped_at=at, token=token))
                session.commit()
    return len(rows)


class Anchoring(threading.Thread):
    """Runs beside the relay, which must not wait for an authority."""

    def __init__(self, engine: Engine, authority: TimestampAuthority | None, stop: threading.Event) -> None:
        super().__init__(name="anchoring", daemon=True)
        self._engine = engine
        self._authority = authority
        self._stop_event = stop
        self._next_stamps = 0.0
        self._said: dict[type[Exception], str] = {}

    def run(self) -> None:
        """Look once a minute, until ``stop`` is set."""
        while not self._stop_event.is_set():
            self.look(datetime.now(UTC))
            self._stop_event.wait(CHECK_SECONDS)

    def look(self, now: datetime) -> None:
        """One look. What goes wrong is said once, and tried again."""
        try:
            made = make_anchors(self._engine, now)
            if made:
                log.info("daily anchors made: %s", made)
                self._next_stamps = 0.0
            self._said.pop(SQLAlchemyError, None)
            self._stamp_if_due()
        except SQLAlchemyError as error:
            self._say(SQLAlchemyError, f"the daily anchor waits for the database: {type(error).__name__}")
        except TimestampError as error:
            self._say(TimestampError, f"the daily anchor has no timestamp yet: {error}")

    def _stamp_if_due(self) -> None:
        if self._authority is not None and time.monotonic() >= self._next_stamps:
            self._next_stamps = time.monotonic() + STAMP_SECONDS
            stamp_anchors(self._engine, self._authority)
            self._said.pop(TimestampError, None)

    def _say(self, kind: type[Exception], trouble: str) -> None:
        if self._said.get(kind) != trouble:
            log.warning("%s", trouble)
        self._said[kind] = trouble
