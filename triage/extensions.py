"""The desk's Flask extensions, and what every request of the application shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.globals import current_app
from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy

from casefile.keyring import EntryKeys, KdfCost, OfficePublicKeys
from casefile.models import Base
from triage.queue.facts import Shelf

db = SQLAlchemy(model_class=Base)
babel = Babel()  # type: ignore[no-untyped-call]

_NAME = "suluh_desk"


def utc_now() -> datetime:
    """The wall clock, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """What the application was started with: the office's public keys, the price of a password, the clock.

    ``entry_keys`` is None where the desk takes no reports. ``builder_key`` is the file of the builder's public key.
    ``shelf`` remembers what opened summaries said, sealed to the office's key as long as nobody asks.
    """

    office: OfficePublicKeys
    staff_cost: KdfCost
    clock: Callable[[], datetime]
    builder_key: Path
    entry_keys: EntryKeys | None = field(default=None, repr=False)
    shelf: Shelf = field(default_factory=Shelf, repr=False)


def furnish(app: Flask, desk: Desk) -> None:
    """Give the application its desk."""
    app.extensions[_NAME] = desk


def desk() -> Desk:
    """The desk of the running application."""
    found: Desk = current_app.extensions[_NAME]
    return found
