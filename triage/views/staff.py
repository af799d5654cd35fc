"""Accounts of staff, for administrators."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.text import clean_text
from casefile.vocabulary import StaffRole
from triage.errors import LastOfRoleError, UsernameTakenError
from triage.extensions import db, desk
from triage.gate import person
from triage.granting import list_without_key
from triage.passwords import new_temporary_password
from triage.permissions import Permission, requires
from triage.staff import Account, add_staff, canonical_username, deactivate, list_staff, reset_second_factor
from triage.views.typed import pick

blueprint = Blueprint("staff", __name__)

NAME_LIMIT = 60
INVALID = 422


@blueprint.get("/petugas")
@requires(Permission.STAFF_MANAGE)
def show() -> ResponseReturnValue:
    """All accounts, and a form for a new one."""
    return _page()


@blueprint.post("/petugas")
@requires(Permission.STAFF_MANAGE)
def add() -> ResponseReturnValue:
    """A new account; its temporary password is shown once."""
    username = canonical_username(clean_text(request.form.get("username", ""), NAME_LIMIT))
    display_name = clean_text(request.form.get("display_name", ""), NAME_LIMIT)
    role = pick(StaffRole, request.form.get("role"))
    if role is None or not username or not display_name or len(username.split()) != 1:
        return _page(fault=_("Isi nama pengguna (satu kata), nama, dan peran.")), INVALID
    account = Account(username, display_name, role, new_temporary_password())
    try:
        add_staff(db.session(), account, person().staff_id, desk().clock(), desk().staff_cost)
        db.session.commit()
    except UsernameTakenError:
        db.session.rollback()
        return _page(fault=_("Nama pengguna itu sudah dipakai.")), INVALID
    return _page(added=account)


@blueprint.post("/petugas/<uuid:staff_id>/nonaktif")
@requires(Permission.STAFF_MANAGE)
def end(staff_id: UUID) -> ResponseReturnValue:
    """Put an account out of service."""
    by, now = person().staff_id, desk().clock()
    return _do(lambda: deactivate(db.session(), staff_id, by, now), _("Akun dinonaktifkan."))


@blueprint.post("/petugas/<uuid:staff_id>/kode")
@requires(Permission.STAFF_MANAGE)
def reset(staff_id: UUID) -> ResponseReturnValue:
    """Forget a lost second factor."""
    by, now = person().staff_id, desk().clock()
    done = _("Kode kedua dihapus. Saat masuk berikutnya, orang itu memasang yang baru dan mengganti kata sandi.")
    return _do(lambda: reset_second_factor(db.session(), staff_id, by, now), done)


def _do(act: Callable[[], None], done: str) -> ResponseReturnValue:
    try:
        act()
        db.session.commit()
        flash(done)
    except LastOfRoleError:
        db.session.rollback()
        flash(_("Ini administrator terakhir. Buat administrator lain dulu."))
    return redirect(url_for("staff.show"), code=303)


def _page(*, added: Account | None = None, fault: str | None = None) -> str:
    session = db.session()
    return render_template(
        "triage/staff.html",
        staff=list_staff(session),
        without_key=list_without_key(session),
        roles=list(StaffRole),
        added=added,
        fault=fault,
        typed=request.form,
    )
