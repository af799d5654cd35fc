"""Where a person starts: the queue, or the accounts for who reads no report."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from triage.gate import person
from triage.permissions import Permission, requires
from triage.queue import QueueView

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@requires(Permission.HOME_SEE)
def show() -> ResponseReturnValue:
    """On to the page that the role works on."""
    if person().may(Permission.QUEUE_LIST):
        return redirect(url_for("queue.show", view=QueueView.TO_READ.value))
    return redirect(url_for("staff.show"))
