"""Daily anchors of the custody log: signed by the office, printed, kept on paper."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.errors import CustodyError, SignatureError
from triage.anchors import anchor_paper, count_unsigned, get_anchor_day, list_anchor_days, sign_anchors
from triage.errors import MissingKeyError
from triage.extensions import db, desk
from triage.gate import doing
from triage.history import list_names
from triage.permissions import Permission, requires
from triage.printing import render_pdf

blueprint = Blueprint("anchors", __name__)


@blueprint.get("/jangkar")
@requires(Permission.CUSTODY_VERIFY)
def show() -> ResponseReturnValue:
    """The days, and which of them nobody has signed."""
    session = db.session()
    lines, unsigned = list_anchor_days(session), count_unsigned(session)
    values = {"lines": lines, "unsigned": unsigned, "names": list_names(session)}
    return render_template("triage/anchors.html", **values)


@blueprint.post("/jangkar/tandatangani")
@requires(Permission.ANCHOR_SIGN)
def sign() -> ResponseReturnValue:
    """Sign all that nobody has signed."""
    try:
        count = sign_anchors(db.session(), doing())
    except CustodyError:
        db.session.rollback()
        flash(_("Jangkar tidak cocok dengan rantainya. Tidak ada yang ditandatangani. Beri tahu administrator."))
    except (MissingKeyError, SignatureError):
        db.session.rollback()
        flash(_("Akun Anda belum memegang kunci kantor. Minta rekan memberikannya di halaman Kunci."))
    else:
        flash(
            _("%(count)s jangkar ditandatangani.", count=count) if count else _("Semua jangkar sudah ditandatangani.")
        )
    return redirect(url_for("anchors.show"), code=303)


@blueprint.get("/jangkar/<day>/lembar.pdf")
@requires(Permission.CUSTODY_VERIFY)
def sheet(day: str) -> ResponseReturnValue:
    """The sheet for the binder."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        abort(404)
    session = db.session()
    line = get_anchor_day(session, wanted)
    signer = list_names(session).get(line.signed_by) if line.signed_by else None
    pdf = render_pdf(anchor_paper(line, signer), desk().clock())
    name = f'attachment; filename="jangkar-{wanted.isoformat()}.pdf"'
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": name})
