"""The queue's views."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.globals import request
from flask.typing import ResponseReturnValue

from triage.extensions import db, desk
from triage.gate import person
from triage.labels import VIEW_LABELS
from triage.permissions import Permission, requires
from triage.queue import Excerpt, QueueView, count_views, list_queue

blueprint = Blueprint("queue", __name__)

MOST_PAGES = 10_000


@blueprint.get("/antrean/<view>")
@requires(Permission.QUEUE_LIST)
def show(view: str) -> ResponseReturnValue:
    """One page of one view; ``?hal=2`` for the next, ``?kelompok=`` for the cases that stand under one."""
    try:
        chosen = QueueView(view)
    except ValueError:
        abort(404)
    reader, now = person().reader, desk().clock()
    number = max(1, min(request.args.get("hal", 1, int), MOST_PAGES))
    excerpt = Excerpt(chosen, number, request.args.get("kelompok"))
    return render_template(
        "triage/queue.html",
        page=list_queue(db.session(), excerpt, reader, now),
        view=chosen,
        like=excerpt.like,
        counts=count_views(db.session(), reader.staff_id, now),
        view_labels=VIEW_LABELS,
        has_key=bool(reader.epochs),
    )
