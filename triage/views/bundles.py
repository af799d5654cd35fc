"""Evidence bundles of a case: how each stands, and the decisions on it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.errors import UnsealError
from casefile.models import Case
from triage.bundles import (
    ACTION_LABELS,
    BASIS_LABELS,
    BundleBarredError,
    approve_bundle,
    find_build,
    find_stamp,
    list_bundles,
    open_wish,
    refuse_bundle,
    take_back_bundle,
)
from triage.casework import get_case
from triage.errors import WrongStateError
from triage.extensions import db, desk
from triage.gate import confirm_second_factor, doing, person
from triage.history import list_names
from triage.permissions import Permission, requires
from triage.views import verifiers
from triage.views.bundle_choosing import REFUSED, show_page
from triage.views.bundle_page import code_of, drop_reading, failed, find_reading, not_now, too_late
from verifier.signatures import fingerprint

blueprint = Blueprint("bundles", __name__)


@blueprint.get("/kasus/<code>/berkas")
@requires(Permission.BUNDLE_SEE)
def show(code: str) -> ResponseReturnValue:
    """The bundles of the case, and the beginning of a new one."""
    db.session.rollback()
    session = db.session()
    case: Case = get_case(session, code)
    bundles = [
        (bundle, open_wish(bundle, person().reader), find_build(session, bundle.id), find_stamp(session, bundle.id))
        for bundle in list_bundles(session, case.id)
    ]
    return render_template(
        "triage/bundles.html",
        case=case,
        bundles=bundles,
        labels=BASIS_LABELS,
        actions=ACTION_LABELS,
        names=list_names(session),
        office_key=fingerprint(desk().office.signing),
        verifiers=verifiers.digests(),
    )


@blueprint.post("/berkas/<uuid:bundle_id>/tarik")
@requires(Permission.BUNDLE_REQUEST)
def take_back(bundle_id: UUID) -> ResponseReturnValue:
    """The person who asked asks no longer."""
    code, session = code_of(bundle_id), db.session()
    try:
        take_back_bundle(session, bundle_id, doing())
        session.commit()
    except (BundleBarredError, WrongStateError) as error:
        return not_now(code, error)
    flash(_("Permintaan ditarik kembali."))
    return redirect(url_for("bundles.show", code=code), code=303)


@blueprint.post("/berkas/<uuid:bundle_id>/setujui")
@requires(Permission.BUNDLE_APPROVE)
def approve(bundle_id: UUID) -> ResponseReturnValue:
    """Approve what was read, after the second factor was asked for again."""
    code, act, session = code_of(bundle_id), doing(), db.session()
    try:
        reading = find_reading(code, bundle_id)
        if reading is None:
            return too_late(code)
        if not confirm_second_factor(request.form.get("code", "")):
            fault = _("Kode tidak cocok. Tunggu kode berikutnya, lalu coba lagi.")
            return show_page(reading, _page_number(), fault), REFUSED
        approve_bundle(session, bundle_id, act)
        drop_reading()
        session.commit()
    except (BundleBarredError, WrongStateError) as error:
        return not_now(code, error)
    except UnsealError:
        return failed(code)
    flash(_("Berkas bukti disetujui untuk satu kali unduhan."))
    return redirect(url_for("bundles.show", code=code), code=303)


@blueprint.post("/berkas/<uuid:bundle_id>/tolak")
@requires(Permission.BUNDLE_APPROVE)
def refuse(bundle_id: UUID) -> ResponseReturnValue:
    """Refuse for good."""
    code, session = code_of(bundle_id), db.session()
    try:
        refuse_bundle(session, bundle_id, doing())
        drop_reading()
        session.commit()
    except (BundleBarredError, WrongStateError) as error:
        return not_now(code, error)
    flash(_("Berkas bukti ditolak."))
    return redirect(url_for("bundles.show", code=code), code=303)


def _page_number() -> int:
    typed = request.form.get("halaman", "")
    return int(typed) if typed.isdecimal() and len(typed) < 4 else 1  # noqa: PLR2004 - no bundle has a thousand papers
