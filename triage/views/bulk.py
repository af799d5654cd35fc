"""Acts on several cases of a list at once, and what a person keeps for their own queue: saved views, single keys."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.database import begin_write
from casefile.models import StaffMember
from casefile.text import clean_text
from casefile.vocabulary import WorkLabel
from triage.casework import lock_cases_named
from triage.errors import NotFoundError, PausedError, TakenError, WrongStateError
from triage.extensions import db, desk
from triage.gate import doing, person
from triage.handover import NOTE_LIMIT, Moving, hand_over
from triage.labelling import set_label, take_label_off
from triage.pausing import is_paused
from triage.permissions import Permission, requires
from triage.phrases import word
from triage.queue_phrases import skipped
from triage.saving_views import drop_view, save_view
from triage.views.queue import asked, here
from triage.views.typed import pick

blueprint = Blueprint("bulk", __name__)

MOST_AT_ONCE = 100


@blueprint.post("/antrean/<view>/sekaligus")
@requires(Permission.CASE_WORK)
def act(view: str) -> ResponseReturnValue:
    """Give the ticked cases to somebody, or set or take off a label. What another person holds is passed over."""
    excerpt = asked(view)
    back = redirect(url_for("queue.show", view=view, **here(excerpt)), code=303)
    codes = list(dict.fromkeys(request.form.getlist("kasus")))
    if not codes or len(codes) > MOST_AT_ONCE:
        flash(_("Pilih 1 sampai %(most)s kasus dulu.", most=MOST_AT_ONCE))
        return back
    match request.form.get("tindakan"):
        case "tugaskan":
            _assign(codes)
        case "label":
            _label(codes, set_label, _("Label dipasang"))
        case "lepas-label":
            _label(codes, take_label_off, _("Label dilepas"))
        case _:
            abort(400)
    return back


@blueprint.post("/antrean/<view>/simpan")
@requires(Permission.QUEUE_LIST)
def save(view: str) -> ResponseReturnValue:
    """Keep the list with its filters."""
    excerpt = asked(view)
    try:
        save_view(db.session(), excerpt.view, excerpt.filters, doing())
        db.session.commit()
        flash(_("Tampilan disimpan untuk Anda."))
    except WrongStateError:
        db.session.rollback()
        flash(_("Pilih saringan dulu, atau hapus satu tampilan simpanan."))
    return redirect(url_for("queue.show", view=view, **here(excerpt)), code=303)


@blueprint.post("/antrean/<view>/simpanan/<uuid:saved_id>/hapus")
@requires(Permission.QUEUE_LIST)
def forget(view: str, saved_id: UUID) -> ResponseReturnValue:
    """Forget a saved view of one's own."""
    drop_view(db.session(), saved_id, doing())
    db.session.commit()
    return redirect(url_for("queue.show", view=asked(view).view.value), code=303)


@blueprint.post("/antrean/<view>/tombol")
@requires(Permission.QUEUE_LIST)
def switch_keys(view: str) -> ResponseReturnValue:
    """Switch single keys on or off for the person (WCAG 2.1.4)."""
    excerpt, session = asked(view), db.session()
    begin_write(session)
    member = session.get_one(StaffMember, person().staff_id)
    member.has_key_map = request.form.get("nyala") == "ya"
    session.commit()
    return redirect(url_for("queue.show", view=view, **here(excerpt)), code=303)


def _assign(codes: list[str]) -> None:
    session = db.session()
    note = clean_text(request.form.get("catatan", ""), NOTE_LIMIT)
    to = request.form.get("kepada", type=UUID)
    may_move = person().may(Permission.CASE_ASSIGN) and bool(note)
    member = session.get(StaffMember, to) if to else None
    name = member.display_name if member else ""
    pauses = member is not None and member.id != person().staff_id and is_paused(member, desk().clock())
    session.rollback()
    if to is None or not name:
        flash(_("Pilih rekan yang menerima kasus."))
        return
    if pauses:
        flash(_("%(name)s sedang jeda. Pilih rekan lain.", name=name))
        return
    moving = Moving(to, note, may_move)
    _do_each(codes, lambda code: hand_over(session, code, moving, doing()), _("Diserahkan ke %(name)s", name=name))


def _label(codes: list[str], change: Callable[..., object], done: str) -> None:
    label = pick(WorkLabel, request.form.get("label"))
    if label is None:
        flash(_("Pilih label dulu."))
        return
    said = f"{done} ({word(label)})"
    _do_each(codes, lambda code: change(db.session(), code, label, doing()), said)


def _do_each(codes: list[str], perform: Callable[[str], object], done: str) -> None:
    """All in one transaction; each case is locked before any is changed, always in one order."""
    session = db.session()
    refused = []
    lock_cases_named(session, codes)
    for code in codes:
        try:
            perform(code)
        except (TakenError, PausedError, WrongStateError, NotFoundError):
            refused.append(code)
    session.commit()
    if len(codes) > len(refused):
        flash(_("%(done)s: %(count)s kasus.", done=done, count=len(codes) - len(refused)))
    if refused:
        flash(skipped(refused))
