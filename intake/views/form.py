"""The form, page by page: keep what was typed, show what is wrong with it, go on."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from casefile.questions import years_until
from casefile.wib import WIB
from intake import state
from intake.elsewhere import NEAREST, list_nearest
from intake.forms import (
    CHECK,
    FIRST,
    PICTURES,
    Draft,
    Fault,
    Page,
    Parsed,
    also_elsewhere,
    check_page,
    find_page,
    pages_of,
    parse_page,
    review_rows,
)
from intake.views.pictures import PICTURE_FIELD, REMOVAL_FIELD, receive_pictures

CODE_PATH = "/a/6"
Answer = Response | str

blueprint = Blueprint("form", __name__, url_prefix="/a")


@blueprint.get("", defaults={"number": FIRST.number})
@blueprint.get("/<int:number>")
def show(number: int) -> Answer:
    """One page, with what was typed there before. The last one only when nothing before it is missing."""
    page = find_page(number) or abort(404)
    filled = begun_draft(page)
    if isinstance(filled, Response):
        return filled
    if page is CHECK and (missing := first_faulty(filled, pages_of(filled)[:-1])):
        return render_page(*missing)
    return render_page(page, Parsed(filled, {}, {}), general=state.take_notices())


@blueprint.post("", defaults={"number": FIRST.number})
@blueprint.post("/<int:number>")
def take(number: int) -> Answer:
    """Keep what was typed, whatever is wrong with it; go on only when nothing is."""
    page = find_page(number) or abort(404)
    filled = begun_draft(page)
    if isinstance(filled, Response):
        return filled
    parsed = parse_page(page, request.form.to_dict(flat=False), filled, this_year())
    if page is PICTURES:
        parsed = _with_pictures(parsed)
    if page is FIRST:
        state.browser_session().take_new_key()
    state.keep_draft(parsed.draft, datetime.now(UTC))
    if request.form.get("langkah") == "kembali":
        return redirect(neighbour(page, parsed.draft, -1), 303)
    if REMOVAL_FIELD in request.form:
        return redirect(page.path, 303)
    if parsed.faults or parsed.notices:
        return render_page(page, parsed)
    return redirect(page.path if request.form.get("langkah") == "tambah" else neighbour(page, parsed.draft, 1), 303)


def begun_draft(page: Page) -> Draft | Response:
    """The form being filled, or where to go instead: nobody lands in the middle without having begun."""
    if state.sent_report():
        return redirect(CODE_PATH, 303)
    filled = state.draft() or (Draft() if page is FIRST else None)
    if filled is None:
        return redirect("/", 303)
    return filled if page in pages_of(filled) else redirect(CHECK.path, 303)


def neighbour(page: Page, filled: Draft, step: int) -> str:
    """The path of the page before (-1) or after (1); before the first one lies the home page."""
    pages = pages_of(filled)
    position = pages.index(page) + step
    return pages[position].path if position >= 0 else "/"


def first_faulty(filled: Draft, pages: list[Page]) -> tuple[Page, Parsed] | None:
    """The first of these pages that something is wrong with, read again from the draft."""
    for page in pages:
        parsed = check_page(page, filled, this_year())
        if parsed.faults:
            return page, parsed
    return None


def render_page(
    page: Page, parsed: Parsed, general: list[Fault] | None = None, alerts: list[Fault] | None = None
) -> str:
    """One page of the form as HTML; ``alerts`` and ``general`` are sentences above it."""
    pages = pages_of(parsed.draft)
    also_for = also_elsewhere(parsed.draft) if page is CHECK else ()
    return render_template(
        "intake/form.html",
        page=page,
        draft=parsed.draft,
        faults=parsed.faults,
        notices=parsed.notices,
        general=general or [],
        alerts=alerts or [],
        fields=page.fields_for(parsed.draft),
        step=pages.index(page),
        steps=len(pages),
        years=years_until(this_year()),
        rows=review_rows(parsed.draft) if page is CHECK else [],
        is_danger=page is not FIRST and parsed.draft.is_in_danger,
        is_suicidal=page is CHECK and parsed.draft.is_suicidal,
        also_for=also_for,
        nearest=list_nearest(also_for, NEAREST),
    )


def render_unsaved(number: int, alert: Fault) -> str | None:
    """The page again with what was just typed there, where the database would not keep it; None without a form."""
    page, filled = find_page(number), None if state.is_empty() else state.draft()
    return render_page(page, Parsed(filled, {}, {}), alerts=[alert]) if page and filled else None


def this_year() -> int:
    """The year in Jakarta."""
    return datetime.now(UTC).astimezone(WIB).year


def _with_pictures(parsed: Parsed) -> Parsed:
    """The draft with the pictures that came, and what was wrong with them."""
    filled = parsed.draft
    taken = receive_pictures(filled.pictures, filled.picture_ways, is_child=filled.is_child)
    state.leave_notices(taken.notices)
    faults = {PICTURE_FIELD: taken.faults} if taken.faults else {}
    return Parsed(filled.with_pictures(taken.pictures), {**parsed.faults, **faults}, parsed.notices)
