"""Reading the directory for a page that must come whether or not the directory can be read."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from casefile.directory import EntryValues, list_shown
from casefile.hotlines import HOTLINES
from casefile.vocabulary import Audience, HelpKind
from intake.extensions import db
from web.logs import report_failure

NEAREST = 4
"""How many places a box on another page names."""
_NAMED_EVERYWHERE = {HOTLINES.emergency.phone, HOTLINES.police.phone}


def list_places(chosen: Audience | HelpKind | None = None) -> list[EntryValues] | None:
    """The places that help, all or those for ``chosen``; None while the database cannot be read.

    Ends the transaction: what is shown keeps no lock.
    """
    audience = chosen if isinstance(chosen, Audience) else None
    help_kind = chosen if isinstance(chosen, HelpKind) else None
    try:
        return [EntryValues.of(row) for row in list_shown(db.session(), audience, help_kind)]
    except SQLAlchemyError as fault:
        report_failure(fault)
        return None
    finally:
        db.session.rollback()


def list_nearest(chosen: tuple[Audience, ...], most: int) -> list[EntryValues]:
    """At most ``most`` places for all of ``chosen``, for a box on a page that names the emergency numbers anyhow.

    Nothing while they cannot be read: that page comes all the same.
    """
    found = (list_places() or []) if chosen else []
    fitting = [place for place in found if set(chosen) <= set(place.audiences)]
    return [place for place in fitting if place.phone not in _NAMED_EVERYWHERE][:most]
