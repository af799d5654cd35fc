"""The thread that is open in this browser, for every page behind the code."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from flask import g

from casefile.receipts import ReceiptKeys
from intake import state
from intake.extensions import db
from intake.followup import Thread, open_thread
from intake.localisation import CHILD_READS

THREAD_PATH = "/b"


class Opened(NamedTuple):
    """The open thread and its keys."""

    keys: ReceiptKeys
    thread: Thread


def current_thread() -> Opened | None:
    """Opened anew from the database; None where no code was entered, or too long ago."""
    keys = state.receipt_keys()
    if keys is None:
        return None
    thread = open_thread(db.session(), keys, datetime.now(UTC))
    db.session.rollback()
    if thread is None:
        return None
    setattr(g, CHILD_READS, thread.choices is not None and thread.choices.is_child)
    return Opened(keys, thread)
