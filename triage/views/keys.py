"""Giving colleagues access to the office's keys."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from triage.errors import ChangedError
from triage.extensions import db
from triage.gate import doing, person
from triage.granting import grant_keys, list_waiting
from triage.permissions import Permission, requires

blueprint = Blueprint("keys", __name__)


@blueprint.get("/kunci")
@requires(Permission.KEY_GRANT)
def show() -> ResponseReturnValue:
    """Who waits for a key, with the name of that key."""
    held = set(person().reader.epochs)
    waiting = list_waiting(db.session(), held)
    return render_template("triage/keys.html", waiting=waiting, own_kid=person().reader.kid, has_key=bool(held))


@blueprint.post("/kunci/<uuid:staff_id>")
@requires(Permission.KEY_GRANT)
def grant(staff_id: UUID) -> ResponseReturnValue:
    """Grant, once the person confirms having compared."""
    if request.form.get("compared") != "yes":
        flash(_("Bandingkan dulu nomor kunci dengan rekan Anda, lalu centang."))
        return redirect(url_for("keys.show"), code=303)
    try:
        grant_keys(db.session(), staff_id, request.form.get("kid", ""), doing())
        db.session.commit()
        flash(_("Akses kunci diberikan. Rekan Anda bisa membaca setelah memuat ulang halaman."))
    except ChangedError:
        db.session.rollback()
        flash(_("Kunci rekan ini sudah berganti. Bandingkan lagi."))
    return redirect(url_for("keys.show"), code=303)
