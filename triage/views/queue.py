"""The queue's views: a page of a list, what is new on it, and the next case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from casefile.case_codes import read_case_code
from casefile.models import Case, StaffMember
from casefile.vocabulary import District, HarmKind, Platform, Urgency, WorkLabel
from triage.browser import open_from_address, seal_for_address, sealed_session
from triage.conversation import list_opened_on
from triage.errors import NothingFreeError, PausedError
from triage.extensions import db
from triage.gate import desktop, doing, person
from triage.handover import is_worker, list_given, list_moved_away, list_staff
from triage.labels import VIEW_LABELS
from triage.permissions import Permission, requires
from triage.queue import (
    Excerpt,
    Filters,
    Place,
    QueuePage,
    QueueView,
    count_views,
    list_queue,
    mark_shown,
    read_news,
)
from triage.queue_phrases import estimate, filter_words, news_line, saved_name
from triage.saving_views import list_saved
from triage.taking import take_next
from triage.views.wellbeing import colleague

blueprint = Blueprint("queue", __name__)


@blueprint.get("/antrean/<view>")
@requires(Permission.QUEUE_LIST)
def show(view: str) -> ResponseReturnValue:
    """One page of one view.

    ``setelah`` and ``sebelum`` name the place where it begins or ends, ``kelompok`` the case whose like are listed,
    ``kode`` a case to open at once; the rest are filters (``triage.queue.filters``).
    """
    excerpt = asked(view)
    wanted = request.args.get("kode", "")
    if wanted.strip():
        code = _find_code(wanted)
        if code is not None:
            return redirect(url_for("cases.show", code=code), code=303)
    session, who = db.session(), desktop()
    page = list_queue(session, excerpt, who)
    staff = list_staff(session)
    names = {member.id: member.display_name for member in staff}
    return render_template(
        "triage/queue.html",
        page=page,
        view=excerpt.view,
        like=excerpt.like,
        filters=excerpt.filters,
        asked_words=filter_words(excerpt.filters, names),
        not_found=wanted.strip()[:20],
        counts=count_views(session, who.reader.staff_id, who.now),
        view_labels=VIEW_LABELS,
        has_key=bool(who.reader.epochs),
        names=names,
        estimate=estimate,
        opened=_opened_days(excerpt, page),
        **_links(excerpt, page),
        **_surroundings(excerpt, names, [member for member in staff if is_worker(member)]),
    )


@blueprint.get("/antrean/<view>/kabar")
@requires(Permission.QUEUE_LIST)
def news(view: str) -> ResponseReturnValue:
    """What changed since the page was shown, in numbers. Asked by the page itself: it does not keep a session alive."""
    excerpt, session, who = asked(view), db.session(), desktop()
    shown = open_from_address(request.args.get("tanda")) or b""
    found = read_news(session, excerpt, shown, who)
    counts = count_views(session, who.reader.staff_id, who.now)
    sealed_session().abandon()
    return {
        "line": news_line(found),
        "unread": found.unread,
        "counts": {each.value: count for each, count in counts.items()},
    }


@blueprint.post("/antrean/<view>/berikutnya")
@requires(Permission.CASE_WORK)
def take_the_next(view: str) -> ResponseReturnValue:
    """Claim the most urgent free case of the list and open it."""
    excerpt = asked(view)
    if not excerpt.view.offers_next:
        abort(404)
    try:
        code = take_next(db.session(), excerpt, desktop(), doing()).code
        db.session.commit()
    except PausedError:
        db.session.rollback()
        flash(_("Anda sedang jeda. Akhiri jeda dulu untuk mengambil kasus berikutnya."))
        return redirect(url_for("queue.show", view=view, **here(excerpt)), code=303)
    except NothingFreeError:
        db.session.rollback()
        flash(_("Tidak ada kasus bebas di tampilan ini."))
        return redirect(url_for("queue.show", view=view, **here(excerpt)), code=303)
    return redirect(url_for("cases.show", code=code), code=303)


def asked(view: str) -> Excerpt:
    """What the address asks for; 404 for a view that is none. A place that does not open means the first page."""
    try:
        chosen = QueueView(view)
    except ValueError:
        abort(404)
    filters = Filters.from_values(request.args)
    if chosen is QueueView.CLOSED:
        filters = filters.open_only()
    after, before = _place("setelah"), _place("sebelum")
    return Excerpt(chosen, request.args.get("kelompok"), filters, after, None if after else before)


def here(excerpt: Excerpt) -> dict[str, Any]:
    """The words of the address that lead back to a list, without the page."""
    like = {"kelompok": excerpt.like} if excerpt.like else {}
    return {**excerpt.filters.to_values(), **like}


def _place(word: str) -> Place | None:
    opened = open_from_address(request.args.get(word))
    try:
        return Place.from_bytes(opened) if opened else None
    except ValueError:
        return None


def _find_code(given: str) -> str | None:
    code = read_case_code(given)
    return db.session().scalar(select(Case.code).where(Case.code == code)) if code else None


def _opened_days(excerpt: Excerpt, page: QueuePage) -> dict[UUID, date | None]:
    """When the codes were last entered, where one waits for reporters."""
    if excerpt.view is not QueueView.WAITING:
        return {}
    return list_opened_on(db.session(), [row.case.id for row in page.rows])


def _links(excerpt: Excerpt, page: QueuePage) -> dict[str, Any]:
    """The neighbouring pages, this page again, and where it asks for news."""
    view, back = excerpt.view.value, here(excerpt)
    this: dict[str, Any] = {word: request.args[word] for word in ("setelah", "sebelum") if word in request.args}
    mark = seal_for_address(mark_shown([row.case.id for row in page.rows]))
    return {
        "here": back,
        "this_page": url_for("queue.show", view=view, **back, **this),
        "first_page": url_for("queue.show", view=view, **back) if this else None,
        "earlier": page.earlier
        and url_for("queue.show", view=view, **back, sebelum=seal_for_address(page.earlier.to_bytes())),
        "later": page.later
        and url_for("queue.show", view=view, **back, setelah=seal_for_address(page.later.to_bytes())),
        "news_address": url_for("queue.news", view=view, **back, **this, tanda=mark),
    }


def _surroundings(excerpt: Excerpt, names: Mapping[UUID, str], workers: Iterable[StaffMember]) -> dict[str, Any]:
    """What stands around the list: what colleagues gave, saved views, who cases can go to, what can be asked."""
    session, act = db.session(), doing()
    works = person().may(Permission.CASE_WORK)
    saved = list_saved(session, act.staff_id)
    current = (excerpt.view, excerpt.filters)
    return {
        "given": list_given(session, act) if excerpt.view is QueueView.MINE else [],
        "moved_away": list_moved_away(session, act) if works else [],
        "saved": [(kept, saved_name(kept.view, kept.filters, names)) for kept in saved],
        "is_saved": any((kept.view, kept.filters) == current for kept in saved),
        "workers": [(each.id, colleague(each)) for each in workers],
        "lists": {"tingkat": Urgency, "jenis": HarmKind, "tempat": Platform, "wilayah": District, "label": WorkLabel},
    }
