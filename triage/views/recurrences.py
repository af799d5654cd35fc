"""Closed cases whose picture or account returned, and what the queue says of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from triage.errors import ChangedError, WrongStateError
from triage.extensions import db
from triage.gate import doing, person, signed_in_person
from triage.history import list_names
from triage.link_labels import RETURNED
from triage.permissions import Permission, requires
from triage.recurrences import count_returned, leave_closed, list_returned, take_up
from triage.second_looks import count_waiting
from triage.views.typed import seen_version

blueprint = Blueprint("recurrences", __name__)


@dataclass(frozen=True)
class RelatedNews:
    """What the queue says to the signed-in person: closed cases that returned, second looks that wait."""

    returned: int
    looks: int


@blueprint.get("/muncul-lagi")
@requires(Permission.LINK_SEE)
def show() -> ResponseReturnValue:
    """All closed cases with news, this person's own first."""
    session = db.session()
    return render_template(
        "triage/recurrences.html",
        returned=list_returned(session, person().staff_id),
        labels=RETURNED,
        names=list_names(session),
    )


@blueprint.post("/muncul-lagi/<code>/buka")
@requires(Permission.CASE_WORK)
def take_up_again(code: str) -> ResponseReturnValue:
    """Reopen the case."""
    try:
        take_up(db.session(), code, doing(seen_version()))
        db.session.commit()
    except (ChangedError, WrongStateError):
        db.session.rollback()
        flash(_("Kasus ini sudah berubah sejak Anda buka."))
    return redirect(url_for("cases.show", code=code), code=303)


@blueprint.post("/muncul-lagi/<code>/biarkan")
@requires(Permission.CASE_WORK)
def leave(code: str) -> ResponseReturnValue:
    """The case stays closed."""
    leave_closed(db.session(), code, doing())
    db.session.commit()
    flash(_("Dicatat. Kasus %(code)s tetap ditutup.", code=code))
    return redirect(url_for("recurrences.show"), code=303)


@blueprint.app_context_processor
def offer_news() -> dict[str, Callable[[], RelatedNews]]:
    """``related_news()`` for templates; nothing is asked of the database until a page calls it."""
    return {"related_news": _read_news}


def _read_news() -> RelatedNews:
    session, who = db.session(), signed_in_person()
    if who is None:
        return RelatedNews(0, 0)
    returned = count_returned(session, who.staff_id) if who.may(Permission.LINK_SEE) else 0
    looks = count_waiting(session, who.staff_id) if who.may(Permission.LINK_CHECK) else 0
    return RelatedNews(returned, looks)
