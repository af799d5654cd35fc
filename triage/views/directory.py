"""The directory of other places that help, kept by supervisors and administrators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.directory import EntryValues, dial, freshness
from casefile.hotlines import HOTLINE_ENTRIES
from casefile.models import DirectoryEntry
from casefile.text import clean_text
from casefile.vocabulary import Audience, Freshness, HelpKind
from casefile.wib import local_date
from triage.casework import Doing
from triage.directory import (
    FIELD_LABELS,
    add_entry,
    check_entry,
    find_differences,
    get_entry,
    list_all,
    list_changes,
    list_checkers,
    restore,
    save_entry,
    set_retired,
    with_state_of,
)
from triage.errors import ChangedError
from triage.extensions import db, desk
from triage.gate import doing
from triage.history import list_names
from triage.permissions import Permission, requires
from triage.views.typed import pick, seen_version

blueprint = Blueprint("directory", __name__)

INVALID, CONFLICT = 422, 409
LIMITS = {
    "name": 80,
    "about": 300,
    "about_en": 300,
    "hours": 60,
    "hours_en": 60,
    "phone": 200,
    "whatsapp": 200,
    "web": 200,
    "email": 200,
    "address": 200,
}
SHORTEST_NUMBER, HIGHEST_POSITION = 3, 9999


@blueprint.get("/direktori")
@requires(Permission.DIRECTORY_SEE)
def show() -> ResponseReturnValue:
    """All entries, with what has to be checked."""
    session = db.session()
    names, checkers = list_names(session), list_checkers(session)
    checked_by = {entry_id: names.get(staff_id, "") for entry_id, staff_id in checkers.items() if staff_id}
    entries = [(entry, EntryValues.of(entry)) for entry in list_all(session)]
    today = local_date(desk().clock())
    shown = [values for _entry, values in entries if not values.is_retired]
    to_check = sum(freshness(values.verified_on, today) is not Freshness.FRESH for values in shown)
    return _render("directory", entries=entries, checked_by=checked_by, to_check=to_check)


@blueprint.get("/direktori/baru")
@requires(Permission.DIRECTORY_EDIT)
def begin() -> ResponseReturnValue:
    """An empty form."""
    return _form(EntryValues(""))


@blueprint.post("/direktori/baru")
@requires(Permission.DIRECTORY_EDIT)
def add() -> ResponseReturnValue:
    """A new entry."""
    typed = _typed()
    if fault := _fault_of(typed):
        return _form(typed, fault=fault), INVALID
    entry_id = add_entry(db.session(), typed, doing()).id
    db.session.commit()
    flash(_("Ditambahkan. Tempat ini sudah tampil di portal."))
    return redirect(url_for("directory.open_entry", entry_id=entry_id), code=303)


@blueprint.get("/direktori/<uuid:entry_id>")
@requires(Permission.DIRECTORY_SEE)
def open_entry(entry_id: UUID) -> ResponseReturnValue:
    """One entry, its form for those who may change it, and what was done to it."""
    return _entry_page(get_entry(db.session(), entry_id))


@blueprint.post("/direktori/<uuid:entry_id>")
@requires(Permission.DIRECTORY_EDIT)
def save(entry_id: UUID) -> ResponseReturnValue:
    """Keep what was typed, unless somebody else changed the entry meanwhile: then both are shown."""
    typed, act = _typed(), doing(seen_version())
    if fault := _fault_of(typed):
        return _entry_page(get_entry(db.session(), entry_id), typed, fault=fault, version=act.version), INVALID
    try:
        save_entry(db.session(), entry_id, typed, act)
        db.session.commit()
    except ChangedError:
        db.session.rollback()
        return _entry_page(get_entry(db.session(), entry_id), typed, is_clash=True), CONFLICT
    flash(_("Tersimpan."))
    return _back(entry_id)


@blueprint.post("/direktori/<uuid:entry_id>/periksa")
@requires(Permission.DIRECTORY_EDIT)
def check(entry_id: UUID) -> ResponseReturnValue:
    """Found right today."""
    return _do(entry_id, lambda act: check_entry(db.session(), entry_id, act), _("Dicatat: sudah diperiksa hari ini."))


@blueprint.post("/direktori/<uuid:entry_id>/sembunyikan")
@requires(Permission.DIRECTORY_EDIT)
def retire(entry_id: UUID) -> ResponseReturnValue:
    """Off the portal."""
    done = _("Tidak tampil lagi di portal.")
    return _do(entry_id, lambda act: set_retired(db.session(), entry_id, True, act), done)


@blueprint.post("/direktori/<uuid:entry_id>/tampilkan")
@requires(Permission.DIRECTORY_EDIT)
def reinstate(entry_id: UUID) -> ResponseReturnValue:
    """On the portal again."""
    done = _("Tampil lagi di portal.")
    return _do(entry_id, lambda act: set_retired(db.session(), entry_id, False, act), done)


@blueprint.post("/direktori/<uuid:entry_id>/kembalikan")
@requires(Permission.DIRECTORY_EDIT)
def bring_back(entry_id: UUID) -> ResponseReturnValue:
    """As it was after the change that the form names."""
    number = request.form.get("number", 0, type=int)
    done = _("Dikembalikan. Perubahan sebelumnya tetap ada di riwayat.")
    return _do(entry_id, lambda act: restore(db.session(), entry_id, number, act), done)


def _do(entry_id: UUID, perform: Callable[[Doing], None], done: str) -> ResponseReturnValue:
    try:
        perform(doing(seen_version()))
        db.session.commit()
        flash(done)
    except ChangedError:
        db.session.rollback()
        flash(_("Belum dilakukan: rekan mengubah tempat ini sejak Anda buka. Periksa dulu isinya sekarang."))
    return _back(entry_id)


def _back(entry_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("directory.open_entry", entry_id=entry_id), code=303)


def _typed() -> EntryValues:
    texts = {name: clean_text(request.form.get(name, ""), limit) for name, limit in LIMITS.items()}
    audiences = {pick(Audience, value) for value in request.form.getlist("audiences")}
    helps = {pick(HelpKind, value) for value in request.form.getlist("helps")}
    position = request.form.get("position", 0, type=int)
    return replace(
        EntryValues.from_json(texts),
        audiences=tuple(one for one in Audience if one in audiences),
        helps=tuple(one for one in HelpKind if one in helps),
        position=min(max(position, 0), HIGHEST_POSITION),
    )


def _fault_of(typed: EntryValues) -> str | None:
    if not typed.name:
        return _("Isi nama lembaga.")
    numbers = f"{typed.phone}\n{typed.whatsapp}".splitlines()
    if any(line and len(dial(line)) < SHORTEST_NUMBER for line in numbers):
        return _("Tulis satu nomor per baris, paling sedikit 3 angka.")
    return None


def _form(typed: EntryValues, *, fault: str | None = None) -> str:
    return _render("directory_new", values=typed, fault=fault)


def _entry_page(
    entry: DirectoryEntry,
    typed: EntryValues | None = None,
    *,
    fault: str | None = None,
    is_clash: bool = False,
    version: int | None = None,
) -> str:
    """``typed`` takes the place of what is stored in the form; ``version`` is the one the form keeps speaking of."""
    session, stored = db.session(), EntryValues.of(entry)
    return _render(
        "directory_entry",
        entry=entry,
        values=typed or stored,
        clash=find_differences(stored, with_state_of(stored, typed)) if is_clash and typed else (),
        fault=fault,
        is_clash=is_clash,
        version=entry.version if version is None else version,
        changes=list_changes(session, entry.id),
        names=list_names(session),
        is_hotline=entry.name_in_file in HOTLINE_ENTRIES,
    )


def _render(template: str, **values: object) -> str:
    today = local_date(desk().clock())
    return render_template(
        f"triage/{template}.html",
        labels=FIELD_LABELS,
        limits=LIMITS,
        audiences=list(Audience),
        helps=list(HelpKind),
        freshness=lambda day: freshness(day, today),
        **values,
    )
