"""Making the file of an approved bundle, watching it being made, and taking it, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask.globals import current_app
from flask.typing import ResponseReturnValue

from triage.browser import sealed_session
from triage.bundles import (
    BuildState,
    BundleBarredError,
    Package,
    find_build,
    find_stamp,
    get_bundle,
    open_sheet,
    order_build,
    take_package,
)
from triage.casework import get_case
from triage.errors import WrongStateError
from triage.extensions import db, desk
from triage.gate import doing
from triage.permissions import Permission, requires
from triage.views.bundle_page import CANNOT_BUILD, attachment, code_of, failed, not_now
from verifier.bag import TIMESTAMP
from web.sessions import SealedSessions

blueprint = Blueprint("bundle_building", __name__)

PASSPHRASE_LIFETIME = timedelta(minutes=10)
LOOK_AGAIN = 2
"""Seconds after which the browser asks again how far a build is."""
_TAKEN = "berkas"


@blueprint.post("/berkas/<uuid:bundle_id>/susun")
@requires(Permission.BUNDLE_EXPORT)
def order(bundle_id: UUID) -> ResponseReturnValue:
    """Hand the bundle to the builder. Pressed twice, by one or by two, it is made once."""
    code = code_of(bundle_id)
    try:
        order_build(db.session(), bundle_id, desk().builder_key, doing())
        db.session.commit()
    except (BundleBarredError, WrongStateError) as error:
        return not_now(code, error)
    except CANNOT_BUILD:
        return failed(code)
    return redirect(url_for("bundle_building.watch", bundle_id=bundle_id), code=303)


@blueprint.get("/berkas/<uuid:bundle_id>/susunan")
@requires(Permission.BUNDLE_EXPORT)
def watch(bundle_id: UUID) -> ResponseReturnValue:
    """How far the build is. While it waits, the page asks again by itself, without a script."""
    session = db.session()
    bundle, build = get_bundle(session, bundle_id), find_build(session, bundle_id)
    code = code_of(bundle_id)
    if build is None:
        return redirect(url_for("bundles.show", code=code), code=303)
    case = get_case(db.session(), code)
    page = make_response(render_template("triage/bundle_build.html", case=case, bundle=bundle, build=build))
    if build.state is BuildState.WAITING:
        page.headers["Refresh"] = str(LOOK_AGAIN)
    return page


@blueprint.post("/berkas/<uuid:bundle_id>/unduh")
@requires(Permission.BUNDLE_EXPORT)
def download(bundle_id: UUID) -> ResponseReturnValue:
    """The file, once. Its passphrase waits in the session of whoever took it, and nowhere else."""
    code, act = code_of(bundle_id), doing()
    try:
        package = take_package(db.session(), bundle_id, act)
        _remember(bundle_id, package, act.now)
        db.session.commit()
    except (BundleBarredError, WrongStateError) as error:
        return not_now(code, error)
    except CANNOT_BUILD:
        return failed(code)
    return attachment(package.content, "application/octet-stream", package.name)


@blueprint.get("/berkas/<uuid:bundle_id>/serah")
@requires(Permission.BUNDLE_EXPORT)
def hand_over(bundle_id: UUID) -> ResponseReturnValue:
    """What is needed to hand the file over: passphrase, digest, sheet."""
    code = code_of(bundle_id)
    session = db.session()
    bundle, taken = get_bundle(session, bundle_id), sealed_session().get(_TAKEN)
    is_own = taken is not None and taken["berkas"] == str(bundle_id)
    return render_template(
        "triage/bundle_given.html",
        case=get_case(session, code),
        bundle=bundle,
        taken=taken if is_own else None,
        stamp=find_stamp(session, bundle_id),
    )


@blueprint.post("/berkas/<uuid:bundle_id>/serah")
@requires(Permission.BUNDLE_EXPORT)
def forget(bundle_id: UUID) -> ResponseReturnValue:
    """Forget the passphrase now."""
    sealed_session().pop(_TAKEN, None)
    return redirect(url_for("bundles.show", code=code_of(bundle_id)), code=303)


@blueprint.before_app_request
def forget_passphrase() -> None:
    """The passphrase is gone from the session once its time is over, whatever page is asked for."""
    taken = sealed_session().get(_TAKEN)
    if taken is not None and datetime.fromisoformat(taken["sampai"]) <= desk().clock():
        sealed_session().pop(_TAKEN)


@blueprint.get("/berkas/<uuid:bundle_id>/lembar.pdf")
@requires(Permission.BUNDLE_SEE)
def sheet(bundle_id: UUID) -> ResponseReturnValue:
    """The sheet that both sides sign when the file changes hands."""
    bundle = get_bundle(db.session(), bundle_id)
    pdf = open_sheet(bundle, doing())
    if pdf is None:
        abort(404)
    return attachment(pdf, "application/pdf", f"serah-terima-{bundle_id.hex[:8]}.pdf")


@blueprint.get("/berkas/<uuid:bundle_id>/stempel.tsr")
@requires(Permission.BUNDLE_SEE)
def stamp(bundle_id: UUID) -> ResponseReturnValue:
    """A timestamp that came after the file was made, to lie beside it."""
    owed = find_stamp(db.session(), bundle_id)
    if owed is None or owed.token is None:
        abort(404)
    return attachment(owed.token, "application/timestamp-reply", TIMESTAMP)


def _remember(bundle_id: UUID, package: Package, now: datetime) -> None:
    """Written with the export in one transaction: where the one is, the other is too."""
    browser, sessions = sealed_session(), cast("SealedSessions", current_app.session_interface)
    until = (now + PASSPHRASE_LIFETIME).isoformat()
    browser[_TAKEN] = {
        "berkas": str(bundle_id),
        "sandi": package.passphrase,
        "nama": package.name,
        "sampai": until,
    }
    sessions.write(browser, db.session())
