"""The view of related groups."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from triage.extensions import db
from triage.gate import desktop
from triage.history import list_names
from triage.labels import VIEW_LABELS
from triage.permissions import Permission, requires
from triage.queue import QueueView, count_views
from triage.queue.groups import list_groups, list_linked
from triage.queue_phrases import estimate

blueprint = Blueprint("groups", __name__)


@blueprint.get("/antrean/kelompok")
@requires(Permission.QUEUE_LIST)
def show() -> ResponseReturnValue:
    """Content that several open cases hold, and the pairs that people linked."""
    session, who = db.session(), desktop()
    groups, total = list_groups(session, who)
    return render_template(
        "triage/groups.html",
        groups=groups,
        estimate=estimate,
        total=total,
        linked=list_linked(session),
        names=list_names(session),
        counts=count_views(session, who.reader.staff_id, who.now),
        view=QueueView.ALL,
        view_labels=VIEW_LABELS,
        has_key=bool(who.reader.epochs),
    )
