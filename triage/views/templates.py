"""Templates of messages: which there are, changed by supervisors and administrators, every earlier state kept."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.text import clean_text
from triage.administration.keeping import keep, list_past, remove, restore
from triage.conversation import REPLY_LIMIT
from triage.errors import ChangedError
from triage.extensions import db
from triage.gate import doing
from triage.history import list_names
from triage.message_templates import (
    FIELD_LABELS,
    TITLE_LIMIT,
    Wording,
    get_last_wording,
    item_of,
    list_removed,
    list_templates,
    new_key,
    shipped,
)
from triage.permissions import Permission, requires
from triage.unsaved import keeps
from triage.views.casework import CONFLICT, INVALID
from triage.views.typed import seen_version

blueprint = Blueprint("templates", __name__)

LIMITS = {"title": TITLE_LIMIT, "title_en": TITLE_LIMIT, "text": REPLY_LIMIT, "text_en": REPLY_LIMIT}


@blueprint.get("/contoh-pesan")
@requires(Permission.TEMPLATE_EDIT)
def show() -> ResponseReturnValue:
    """Those in use, and those that are not."""
    session = db.session()
    return render_template(
        "triage/templates.html", templates=list_templates(session), removed=list_removed(session), key=new_key()
    )


@blueprint.get("/contoh-pesan/<key>")
@requires(Permission.TEMPLATE_EDIT)
def edit(key: str) -> ResponseReturnValue:
    """One template with its history; an unknown key is an empty form for a new one."""
    return _page(key)


@blueprint.post("/contoh-pesan/<key>")
@requires(Permission.TEMPLATE_EDIT)
@keeps("text", "text_en")
def save(key: str) -> ResponseReturnValue:
    """A new version, beside the earlier ones."""
    typed, version = _typed(), seen_version()
    get_last_wording(db.session(), key)
    db.session.rollback()
    if not typed.title or not typed.text:
        return _page(key, typed, fault=_("Isi nama dan isi dalam bahasa Indonesia.")), INVALID
    return _change(key, lambda: keep(db.session(), item_of(key), typed.body, doing(version)), typed)


@blueprint.post("/contoh-pesan/<key>/lepas")
@requires(Permission.TEMPLATE_EDIT)
def retire(key: str) -> ResponseReturnValue:
    """Out of use; nothing is lost."""
    version = seen_version()
    return _change(key, lambda: remove(db.session(), item_of(key), doing(version)))


@blueprint.post("/contoh-pesan/<key>/kembali")
@requires(Permission.TEMPLATE_EDIT)
def bring_back(key: str) -> ResponseReturnValue:
    """As it was in an earlier version."""
    version, number = seen_version(), request.form.get("number", -1, type=int)
    return _change(key, lambda: restore(db.session(), item_of(key), number, doing(version)))


def _change(key: str, perform: Callable[[], object], typed: Wording | None = None) -> ResponseReturnValue:
    try:
        perform()
        db.session.commit()
    except ChangedError:
        db.session.rollback()
        return _page(
            key, typed, fault=_("Contoh ini baru saja diubah orang lain. Periksa, lalu simpan lagi.")
        ), CONFLICT
    flash(_("Contoh pesan tersimpan."))
    return redirect(url_for("templates.edit", key=key), code=303)


def _typed() -> Wording:
    return Wording(**{name: clean_text(request.form.get(name, ""), limit) for name, limit in LIMITS.items()})


def _page(key: str, typed: Wording | None = None, *, fault: str | None = None) -> str:
    session = db.session()
    stored, number, is_removed = get_last_wording(session, key)
    return render_template(
        "triage/template.html",
        key=key,
        stored=stored,
        values=typed or stored or Wording("", ""),
        version=number,
        is_removed=is_removed,
        past=list_past(session, item_of(key)),
        is_shipped=key in shipped(),
        names=list_names(session),
        labels=FIELD_LABELS,
        label_of=lambda name: _(FIELD_LABELS[name]),
        limits=LIMITS,
        fault=fault,
    )
