"""Short pages to read. They remember nothing, need no session, and come without a database too."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from casefile.directory import freshness
from casefile.vocabulary import Audience, HelpKind
from casefile.wib import local_date
from intake import state
from intake.elsewhere import list_places
from intake.guidance import (
    AFTERWARDS,
    FILTERS,
    INDEX_PATH,
    KIND_GUIDE,
    PAGES,
    PLACES,
    SAFETY,
    GuidePage,
    filter_path,
    find_filter,
    find_guide,
)

blueprint = Blueprint("guidance", __name__)


@blueprint.get(INDEX_PATH)
def index() -> str:
    """What there is to read."""
    state.browser_session().abandon()
    return render_template("intake/guide/index.html", pages=PAGES, back=INDEX_PATH)


@blueprint.get(f"{INDEX_PATH}/<int:number>")
def show(number: int) -> str:
    """One page."""
    return _show(find_guide(number) or abort(404))


@blueprint.get(f"{PLACES.path}/<int:number>")
def narrow(number: int) -> str:
    """The list of places, for whom or for what the number says."""
    return _show(PLACES, find_filter(number) or abort(404))


@blueprint.get("/aman")
def show_safety() -> Response:
    """Where this page lay before; others may have passed the address on."""
    return _moved(SAFETY)


@blueprint.get("/apa-yang-terjadi")
def show_afterwards() -> Response:
    """As ``show_safety``."""
    return _moved(AFTERWARDS)


def _moved(page: GuidePage) -> Response:
    state.browser_session().abandon()
    return redirect(page.path, 303)


def _show(page: GuidePage, chosen: Audience | HelpKind | None = None) -> str:
    state.browser_session().abandon()
    now = datetime.now(UTC)
    return render_template(
        f"intake/guide/{page.template}.html",
        page=page,
        pages=PAGES,
        back=filter_path(chosen) if chosen else page.path,
        kinds=[(kind, looks, helps) for kind, (looks, helps) in KIND_GUIDE.items()],
        chosen=chosen,
        filters=[(one, filter_path(one)) for one in FILTERS],
        places=list_places(chosen) if page is PLACES else None,
        freshness=lambda day: freshness(day, local_date(now)),
        now=now,
    )
