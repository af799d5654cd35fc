"""Whether the desk runs and reaches its database. Public."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from triage.extensions import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def check() -> ResponseReturnValue:
    """200 and ``ok``, or 503."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return "database", 503
    return "ok", 200
