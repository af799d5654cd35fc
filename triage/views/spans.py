"""What is erased, and when: read by everybody, set by supervisors."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.kept import find_newest
from casefile.retention import BOUNDS, GRACE, ITEM, Spans, find_spans
from triage.administration.keeping import get_body, list_past
from triage.administration.spans import FIELD_LABELS, count_old_stories, erases_more, newest_spans, save_spans
from triage.errors import BoundsError, ChangedError
from triage.extensions import db, desk
from triage.gate import confirm_second_factor, doing
from triage.history import list_names
from triage.permissions import Permission, requires
from triage.views.typed import seen_version

blueprint = Blueprint("spans", __name__)

INVALID = 422


@blueprint.get("/pengaturan/masa-simpan")
@requires(Permission.SETTINGS_SEE)
def show() -> ResponseReturnValue:
    """What is kept how long, in words, and what stood before."""
    return _page()


@blueprint.post("/pengaturan/masa-simpan")
@requires(Permission.RETENTION_EDIT)
def save() -> ResponseReturnValue:
    """Set other spans; erasing more, or sooner, asks for the second factor."""
    try:
        days = {name: int(request.form.get(name, "")) for name in BOUNDS}
    except ValueError:
        return _page(fault=_("Isi setiap masa simpan dengan jumlah hari.")), INVALID
    typed = Spans("erases_cases" in request.form, **days)
    return _keep(typed, lambda fault: (_page(typed, fault=fault), INVALID))


@blueprint.post("/pengaturan/masa-simpan/kembalikan")
@requires(Permission.RETENTION_EDIT)
def bring_back() -> ResponseReturnValue:
    """What stood in an earlier version: one more change, with the same question."""
    number = request.form.get("number", -1, type=int)
    earlier = Spans.from_body(get_body(db.session(), ITEM, number))
    return _keep(earlier, lambda fault: (_page(earlier, fault=fault), INVALID))


def _keep(spans: Spans, refuse: Callable[[str], ResponseReturnValue]) -> ResponseReturnValue:
    act, before = doing(seen_version()), newest_spans(db.session())
    db.session.rollback()
    if erases_more(before, spans) and not confirm_second_factor(request.form.get("code", "")):
        return refuse(_("Ini menghapus lebih banyak atau lebih cepat. Isi kode 6 angka dari ponsel Anda, lalu simpan."))
    try:
        save_spans(db.session(), spans, act)
        db.session.commit()
    except BoundsError as error:
        db.session.rollback()
        least, most = BOUNDS[error.name]
        named = {"name": _(FIELD_LABELS[error.name]), "least": least, "most": most}
        return refuse(_("“%(name)s”: paling sedikit %(least)s hari, paling banyak %(most)s hari.", **named))
    except ChangedError:
        db.session.rollback()
        return refuse(_("Belum tersimpan: rekan mengubah masa simpan sejak Anda buka. Periksa dulu, lalu simpan lagi."))
    flash(_("Tersimpan. Yang dihapus lebih cepat baru berlaku setelah %(days)s hari.", days=GRACE.days))
    return redirect(url_for("spans.show"), code=303)


def _page(typed: Spans | None = None, *, fault: str | None = None) -> str:
    session, now = db.session(), desk().clock()
    newest, spans = find_newest(session, ITEM), newest_spans(session)
    return render_template(
        "triage/spans.html",
        spans=spans,
        values=typed or spans,
        standing=find_spans(session, now),
        old_stories=count_old_stories(session, spans, now),
        version=newest.number if newest else 0,
        past=list_past(session, ITEM),
        names=list_names(session),
        labels=FIELD_LABELS,
        bounds=BOUNDS,
        grace=GRACE.days,
        fault=fault,
    )
