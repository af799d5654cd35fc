"""The count that shows that nothing is lost: received, queued, triaged; and jobs that need a person."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.custody import OFFICE_CHAIN, verify_all
from casefile.reconcile import reconcile
from triage.extensions import db, desk
from triage.gate import person
from triage.history import list_codes
from triage.jobs import list_set_aside, resend
from triage.labels import JOB_LABELS
from triage.permissions import Permission, requires

blueprint = Blueprint("counts", __name__)


@blueprint.get("/hitungan")
@requires(Permission.COUNT_SEE)
def show() -> ResponseReturnValue:
    """The figures, and what was set aside."""
    session = db.session()
    jobs = list_set_aside(session)
    return render_template("triage/counts.html", counts=reconcile(session), jobs=jobs, job_labels=JOB_LABELS)


@blueprint.post("/hitungan/periksa")
@requires(Permission.CUSTODY_VERIFY)
def verify() -> ResponseReturnValue:
    """Check every custody chain from its first entry."""
    session = db.session()
    found = verify_all(session)
    codes = list_codes(session, found.broken)
    if not found.broken:
        flash(_("Semua %(count)s rantai catatan utuh.", count=found.chains))
    for chain, position in found.broken.items():
        where = _("kantor") if chain == OFFICE_CHAIN else codes.get(chain, _("laporan tanpa kasus"))
        flash(_("Rantai catatan rusak: %(where)s, mulai catatan nomor %(number)s.", where=where, number=position))
    return redirect(url_for("counts.show"), code=303)


@blueprint.post("/hitungan/<uuid:job_id>")
@requires(Permission.JOB_RESEND)
def send_again(job_id: UUID) -> ResponseReturnValue:
    """Hand a set-aside job out again."""
    resend(db.session(), job_id, person().staff_id, desk().clock())
    db.session.commit()
    flash(_("Pekerjaan dikirim ulang."))
    return redirect(url_for("counts.show"), code=303)
