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
from casefile.wording import N_
from triage.administration.accounts import change_role, deactivate, list_changes, reactivate, rename, undo
from triage.casework import Doing
from triage.errors import ChangedError, LastKeyError, LastOfRoleError, OwnAccountError, TriageError, UsernameTakenError
from triage.extensions import db, desk
from triage.gate import confirm_second_factor, doing, person
from triage.granting import list_granted, list_without_key
from triage.history import list_names
from triage.passwords import new_temporary_password
from triage.permissions import Permission, requires
from triage.staff import Account, add_staff, canonical_username, get_staff, list_staff, reset_second_factor
from triage.views.typed import pick, seen_version

blueprint = Blueprint("staff", __name__)

NAME_LIMIT = 60
INVALID = 422

DUTIES: dict[StaffRole, str] = {
    StaffRole.COUNSELLOR: N_(
        "Membaca laporan, membalas, memutuskan keterkaitan, meminta berkas bukti, dan memberi akses kunci."
    ),
    StaffRole.SUPERVISOR: N_(
        "Semua yang boleh dilakukan konselor."
        " Juga membagi kasus, menyetujui berkas bukti, dan mengubah pengaturan kantor."
    ),
    StaffRole.EVIDENCE_OFFICER: N_(
        "Membaca laporan, lalu menyiapkan dan menyetujui berkas bukti. Tidak membalas pelapor."
    ),
    StaffRole.ADMINISTRATOR: N_("Mengurus akun, direktori, dan sistem. Tidak bisa membaca laporan."),
}
"""What each role may do, in words; the list that counts is ``triage.permissions``."""


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


@blueprint.get("/petugas/<uuid:staff_id>")
@requires(Permission.STAFF_MANAGE)
def open_account(staff_id: UUID) -> ResponseReturnValue:
    """One account: its state, what can be changed, and what was."""
    session = db.session()
    staff, changes = get_staff(session, staff_id), list_changes(session, staff_id)
    return render_template(
        "triage/staff_member.html",
        staff=staff,
        is_own=staff_id == person().staff_id,
        epochs=sorted(list_granted(session, staff_id)),
        changes=changes,
        version=changes[0].number if changes else 0,
        names=list_names(session),
        roles=list(StaffRole),
        duties=DUTIES,
    )


@blueprint.post("/petugas/<uuid:staff_id>/nama")
@requires(Permission.STAFF_MANAGE)
def name(staff_id: UUID) -> ResponseReturnValue:
    """Another name on the screens; the name to sign in with stays."""
    chosen = clean_text(request.form.get("display_name", ""), NAME_LIMIT)
    if not chosen:
        flash(_("Isi nama yang tampil."))
        return _back(staff_id)
    return _do(staff_id, lambda act: rename(db.session(), staff_id, chosen, act), _("Nama diubah."))


@blueprint.post("/petugas/<uuid:staff_id>/peran")
@requires(Permission.STAFF_MANAGE)
def role(staff_id: UUID) -> ResponseReturnValue:
    """Another role, after the second factor was given once more."""
    chosen = pick(StaffRole, request.form.get("role"))
    if chosen is None:
        flash(_("Pilih peran."))
        return _back(staff_id)
    if not confirm_second_factor(request.form.get("code", "")):
        flash(_("Kode 6 angka tidak cocok. Peran belum diubah."))
        return _back(staff_id)
    done = _("Peran diubah. Orang itu masuk lagi dengan peran barunya.")
    return _do(staff_id, lambda act: change_role(db.session(), staff_id, chosen, act), done)


@blueprint.post("/petugas/<uuid:staff_id>/nonaktif")
@requires(Permission.STAFF_MANAGE)
def end(staff_id: UUID) -> ResponseReturnValue:
    """Put an account out of service."""
    return _do(staff_id, lambda act: deactivate(db.session(), staff_id, act), _("Akun dinonaktifkan."))


@blueprint.post("/petugas/<uuid:staff_id>/aktif")
@requires(Permission.STAFF_MANAGE)
def begin_again(staff_id: UUID) -> ResponseReturnValue:
    """Put an account back into service."""
    done = _("Akun aktif lagi. Akses kunci diberikan rekan di halaman Kunci.")
    return _do(staff_id, lambda act: reactivate(db.session(), staff_id, act), done)


@blueprint.post("/petugas/<uuid:staff_id>/kembalikan")
@requires(Permission.STAFF_MANAGE)
def bring_back(staff_id: UUID) -> ResponseReturnValue:
    """As it was before the change that the form names; a role asks for the second factor too."""
    if not confirm_second_factor(request.form.get("code", "")):
        flash(_("Kode 6 angka tidak cocok. Belum dikembalikan."))
        return _back(staff_id)
    number = request.form.get("number", 0, type=int)
    done = _("Dikembalikan. Perubahan sebelumnya tetap ada di riwayat.")
    return _do(staff_id, lambda act: undo(db.session(), staff_id, number, act), done)


@blueprint.post("/petugas/<uuid:staff_id>/kode")
@requires(Permission.STAFF_MANAGE)
def reset(staff_id: UUID) -> ResponseReturnValue:
    """Forget a lost second factor."""
    done = _("Kode kedua dihapus. Saat masuk berikutnya, orang itu memasang yang baru dan mengganti kata sandi.")
    return _do(staff_id, lambda act: reset_second_factor(db.session(), staff_id, act.staff_id, act.now), done)


def _do(staff_id: UUID, perform: Callable[[Doing], None], done: str) -> ResponseReturnValue:
    """Perform on the version that was on the screen, or on any where the form names none."""
    version = seen_version() if "version" in request.form else None
    try:
        perform(doing(version))
        db.session.commit()
        flash(done)
    except (ChangedError, LastOfRoleError, LastKeyError, OwnAccountError) as error:
        db.session.rollback()
        flash(_refusal(error))
    return _back(staff_id)


def _refusal(error: TriageError) -> str:
    return {
        LastOfRoleError: _("Ini administrator terakhir. Buat administrator lain dulu."),
        LastKeyError: _(
            "Belum diubah: hanya orang ini yang memegang kunci. Minta rekan memberi akses kunci ke orang lain dulu."
        ),
        OwnAccountError: _("Anda tidak bisa mengubah peran sendiri. Minta administrator lain."),
        ChangedError: _("Belum dilakukan: rekan mengubah akun ini sejak Anda buka. Periksa dulu isinya sekarang."),
    }[type(error)]


def _back(staff_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("staff.open_account", staff_id=staff_id), code=303)


def _page(*, added: Account | None = None, fault: str | None = None) -> str:
    session = db.session()
    return render_template(
        "triage/staff.html",
        staff=list_staff(session),
        without_key=list_without_key(session),
        roles=list(StaffRole),
        duties=DUTIES,
        added=added,
        fault=fault,
        typed=request.form,
    )
