"""The count that shows that nothing is lost: received, queued, triaged; and jobs that need a person."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.anchor_checks import check_custody
from casefile.anchor_findings import Trust
from casefile.reconcile import reconcile
from casefile.wib import local_date
from triage.anchor_words import say_outcome
from triage.anchors import count_unsigned
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
    values = {"jobs": jobs, "job_labels": JOB_LABELS, "unsigned": count_unsigned(session)}
    return render_template("triage/counts.html", counts=reconcile(session), **values)


@blueprint.post("/hitungan/periksa")
@requires(Permission.CUSTODY_VERIFY)
def verify() -> ResponseReturnValue:
    """Check every custody chain from its first entry, and every anchor. Timestamps: ``suluh custody verify``."""
    session = db.session()
    outcome = check_custody(session, Trust(frozenset({desk().office.signing})), local_date(desk().clock()))
    codes = list_codes(session, [found.chain for found in outcome.broken if found.chain])
    for sentence in say_outcome(outcome, codes):
        flash(sentence)
    return redirect(url_for("counts.show"), code=303)


@blueprint.post("/hitungan/<uuid:job_id>")
@requires(Permission.JOB_RESEND)
def send_again(job_id: UUID) -> ResponseReturnValue:
    """Hand a set-aside job out again."""
    resend(db.session(), job_id, person().staff_id, desk().clock())
    db.session.commit()
    flash(_("Pekerjaan dikirim ulang."))
    return redirect(url_for("counts.show"), code=303)
