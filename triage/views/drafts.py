"""What is being written to a reporter: kept, thrown away, begun from a template."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from triage.errors import NotFoundError
from triage.extensions import db, desk
from triage.message_templates import get_wording
from triage.permissions import Permission, requires
from triage.phrases import clock
from triage.unsaved import keeps
from triage.views.casework import CONFLICT
from triage.views.conversation_page import drop_draft, keep_draft, read_address, typed_text

blueprint = Blueprint("drafts", __name__)


@blueprint.post("/kasus/<code>/percakapan/draf")
@requires(Permission.CONVERSATION_WRITE)
@keeps("text")
def save(code: str) -> ResponseReturnValue:
    """Keep the draft. A script asks quietly, and gets a line of text for the page."""
    is_kept = keep_draft(code, typed_text())
    if "diam" in request.form:
        if not is_kept:
            abort(CONFLICT)
        return {"line": _("Draf tersimpan pukul %(clock)s.", clock=clock(desk().clock()))}
    kept, lost = _("Draf tersimpan. Hanya Anda yang melihatnya."), _("Laporan ini ditarik. Draf tidak disimpan.")
    flash(kept if is_kept else lost)
    return _back(code)


@blueprint.post("/kasus/<code>/percakapan/draf/buang")
@requires(Permission.CONVERSATION_WRITE)
def discard(code: str) -> ResponseReturnValue:
    """Throw the draft away."""
    drop_draft(code)
    flash(_("Draf dibuang."))
    return _back(code)


@blueprint.post("/kasus/<code>/percakapan/contoh")
@requires(Permission.CONVERSATION_WRITE)
@keeps("text")
def begin(code: str) -> ResponseReturnValue:
    """Put a template's text after what stands in the box, in the reporter's language."""
    text = typed_text()
    try:
        wording = get_wording(db.session(), request.form.get("contoh", ""))
    except NotFoundError:
        keep_draft(code, text)
        flash(_("Pilih contoh pesan dulu."))
        return _back(code)
    db.session.rollback()
    keep_draft(code, "\n\n".join(filter(None, (text, wording.say(read_address(code))))))
    return _back(code)


def _back(code: str) -> ResponseReturnValue:
    return redirect(url_for("conversation.show", code=code, _anchor="balas"), code=303)
