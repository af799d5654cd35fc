"""The page that leads to everything an office keeps for itself."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from triage.permissions import Permission, requires

blueprint = Blueprint("settings", __name__)


@blueprint.get("/pengaturan")
@requires(Permission.SETTINGS_SEE)
def show() -> ResponseReturnValue:
    """What the person's role may see or change."""
    return render_template("triage/settings.html")
