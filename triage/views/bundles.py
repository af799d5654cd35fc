"""Evidence bundles of a case: choose, check what leaves, a second person's approval, one download."""

from __future__ import annotations

import hashlib
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.errors import CustodyError, SignatureError, UnsealError
from casefile.models import Case
from triage.browser import visitor
from triage.bundles import (
    BASIS_LABELS,
    BundleBar,
    BundleBarredError,
    BundleBasis,
    BundleWish,
    Disclosure,
    approve_bundle,
    export_bundle,
    get_bundle,
    list_bundles,
    open_wish,
    preview_bundle,
    read_case,
    refuse_bundle,
    request_bundle,
)
from triage.casework import get_case
from triage.errors import SignInError, WrongStateError
from triage.extensions import db, desk
from triage.gate import doing, person
from triage.history import list_names
from triage.permissions import Permission, requires
from triage.signing_in import pass_second_factor
from verifier.packing import build_pyz
from verifier.signatures import fingerprint

blueprint = Blueprint("bundles", __name__)

REFUSED = 403
INVALID = 422
_CANNOT_BUILD = (UnsealError, CustodyError, SignatureError)


@blueprint.get("/kasus/<code>/berkas")
@requires(Permission.BUNDLE_SEE)
def show(code: str) -> ResponseReturnValue:
    """The bundles of the case, and the first step of a new one."""
    return _render(code)


@blueprint.post("/kasus/<code>/berkas/periksa")
@requires(Permission.BUNDLE_REQUEST)
def check(code: str) -> ResponseReturnValue:
    """The second step: what would leave, in words. Opens the reports, which is put on record."""
    try:
        wish = _typed_wish()
        page = _preview(code, wish, None)
    except BundleBarredError as error:
        return _render(code, bar_sentence(error.bar)), INVALID
    except _CANNOT_BUILD:
        return _failed(code)
    return render_template("triage/bundle_check.html", **_head(code), wish=wish, page=page, labels=BASIS_LABELS)


@blueprint.post("/kasus/<code>/berkas")
@requires(Permission.BUNDLE_REQUEST)
def ask(code: str) -> ResponseReturnValue:
    """Ask for the bundle that was checked."""
    session, act = db.session(), doing()
    try:
        wish = _typed_wish()
        contents = read_case(session, code, act)
        request_bundle(session, code, wish, contents.values(), act)
        session.commit()
    except BundleBarredError as error:
        return _render(code, bar_sentence(error.bar)), INVALID
    except _CANNOT_BUILD:
        return _failed(code)
    flash(_("Menunggu persetujuan orang kedua."))
    return redirect(url_for("bundles.show", code=code), code=303)


@blueprint.post("/berkas/<uuid:bundle_id>/periksa")
@requires(Permission.BUNDLE_APPROVE)
def review(bundle_id: UUID) -> ResponseReturnValue:
    """What would leave, for the person who decides."""
    code = _code_of(bundle_id)
    return _show_decision(code, bundle_id)


@blueprint.post("/berkas/<uuid:bundle_id>/setujui")
@requires(Permission.BUNDLE_APPROVE)
def approve(bundle_id: UUID) -> ResponseReturnValue:
    """Approve, after the second factor was asked for again."""
    code, act, session = _code_of(bundle_id), doing(), db.session()
    who = visitor(act.now)
    try:
        if who is None:
            raise SignInError
        pass_second_factor(session, act.staff_id, who.seed, request.form.get("code", ""), act.now)
    except SignInError:
        return _show_decision(code, bundle_id, _("Kode tidak cocok. Tunggu kode berikutnya, lalu coba lagi."))
    try:
        approve_bundle(session, bundle_id, act)
        session.commit()
    except (BundleBarredError, WrongStateError) as error:
        return _not_now(code, error)
    flash(_("Berkas bukti disetujui untuk satu kali unduhan."))
    return redirect(url_for("bundles.show", code=code), code=303)


@blueprint.post("/berkas/<uuid:bundle_id>/tolak")
@requires(Permission.BUNDLE_APPROVE)
def refuse(bundle_id: UUID) -> ResponseReturnValue:
    """Refuse for good."""
    code, session = _code_of(bundle_id), db.session()
    try:
        refuse_bundle(session, bundle_id, doing())
        session.commit()
    except (BundleBarredError, WrongStateError) as error:
        return _not_now(code, error)
    flash(_("Berkas bukti ditolak."))
    return redirect(url_for("bundles.show", code=code), code=303)


@blueprint.post("/berkas/<uuid:bundle_id>/unduh")
@requires(Permission.BUNDLE_EXPORT)
def download(bundle_id: UUID) -> ResponseReturnValue:
    """The package, once."""
    code = _code_of(bundle_id)
    try:
        package = export_bundle(db.session(), bundle_id, doing())
    except (BundleBarredError, WrongStateError) as error:
        return _not_now(code, error)
    except _CANNOT_BUILD:
        return _failed(code)
    return _attachment(package, "application/zip", f"berkas-{code}-{bundle_id.hex[:8]}.zip")


@blueprint.get("/alat/verify.pyz")
@requires(Permission.BUNDLE_SEE)
def verifier() -> ResponseReturnValue:
    """The program with which the recipient checks a bundle."""
    return _attachment(build_pyz(), "application/zip", "verify.pyz")


def bar_sentence(bar: BundleBar) -> str:
    """The rule that stands in the way, as a person is told."""
    return {
        BundleBar.SAME_PERSON: _("Anda yang meminta berkas ini. Orang lain harus memutuskan."),
        BundleBar.WITHDRAWN: _("Pelapor menarik laporannya. Tidak ada yang boleh dikirim."),
        BundleBar.NO_CONSENT: _("Pelapor tidak memberi izin ke polisi di formulir. Pilih dasar lain."),
        BundleBar.ALREADY_REQUESTED: _("Sudah ada permintaan untuk kasus ini yang menunggu keputusan."),
        BundleBar.NOT_FILLED_IN: _("Isi penerima, tujuan, dan dasar."),
    }[bar]


def _typed_wish() -> BundleWish:
    form = request.form
    return BundleWish.from_form(form.get("recipient", ""), form.get("purpose", ""), form.get("basis", ""))


def _preview(code: str, wish: BundleWish, bundle_id: UUID | None) -> str:
    session, act = db.session(), doing()
    session.rollback()
    contents = read_case(session, code, act)
    bundle = get_bundle(session, bundle_id) if bundle_id else None
    return preview_bundle(session, Disclosure(code, wish, contents, bundle), act)


def _show_decision(code: str, bundle_id: UUID, fault: str | None = None) -> ResponseReturnValue:
    wish = open_wish(get_bundle(db.session(), bundle_id), person().reader)
    try:
        if wish is None:
            raise UnsealError("the request does not open")
        page = _preview(code, wish, bundle_id)
    except BundleBarredError as error:
        return _not_now(code, error)
    except _CANNOT_BUILD:
        return _failed(code)
    values = {**_head(code), "bundle": get_bundle(db.session(), bundle_id), "wish": wish, "page": page, "fault": fault}
    return render_template("triage/bundle_decide.html", **values, labels=BASIS_LABELS), REFUSED if fault else 200


def _render(code: str, fault: str | None = None) -> str:
    db.session.rollback()
    session = db.session()
    head = _head(code)
    case: Case = head["case"]
    bundles = [(bundle, open_wish(bundle, person().reader)) for bundle in list_bundles(session, case.id)]
    return render_template(
        "triage/bundles.html",
        **head,
        bundles=bundles,
        bases=list(BundleBasis),
        labels=BASIS_LABELS,
        names=list_names(session),
        typed=request.form,
        fault=fault,
        office_key=fingerprint(desk().office.signing),
        verifier_digest=hashlib.sha256(build_pyz()).hexdigest(),
    )


def _head(code: str) -> dict[str, Case]:
    return {"case": get_case(db.session(), code)}


def _code_of(bundle_id: UUID) -> str:
    session = db.session()
    code = session.get_one(Case, get_bundle(session, bundle_id).case_id).code
    session.rollback()
    return code


def _not_now(code: str, error: BundleBarredError | WrongStateError) -> ResponseReturnValue:
    db.session.rollback()
    if isinstance(error, BundleBarredError):
        flash(bar_sentence(error.bar))
    else:
        flash(_("Permintaan ini sudah diputuskan, atau berkasnya sudah diunduh."))
    return redirect(url_for("bundles.show", code=code), code=303)


def _failed(code: str) -> ResponseReturnValue:
    db.session.rollback()
    flash(_("Berkas gagal dibuat. Tidak ada yang terkirim."))
    return redirect(url_for("bundles.show", code=code), code=303)


def _attachment(content: bytes, kind: str, name: str) -> Response:
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
