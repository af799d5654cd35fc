"""Behind the code: something is added to the report, or chosen anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request
from flask_babel import get_locale
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from casefile.additions import Material
from casefile.receipts import ReceiptKeys
from casefile.wording import N_
from intake import state
from intake.extensions import db
from intake.followup import MOST_ADDITIONS, Addressed, add_material, change_choices
from intake.forms import (
    CHOICES,
    MATERIAL,
    Draft,
    Fault,
    Parsed,
    choices_draft,
    parse_page,
    to_choices,
    to_material,
    ways_of,
)
from intake.portal import current_portal
from intake.views.form import this_year
from intake.views.pictures import PICTURE_FIELD, REMOVAL_FIELD, receive_pictures
from intake.views.sending import CONSENT_TEXT
from intake.views.thread import THREAD_PATH, Opened, current_thread
from intake.wordreader import words_for

ADD_PATH, CHOICES_PATH = f"{THREAD_PATH}/tambah", f"{THREAD_PATH}/izin"
Answer = Response | str

blueprint = Blueprint("additions", __name__, url_prefix=THREAD_PATH)


@blueprint.get("/tambah")
def show_adding() -> Answer:
    """The form for what came to light later, as far as it was filled."""
    opened = _writable()
    if opened is None:
        return redirect(THREAD_PATH, 303)
    filled = state.addition() or Draft()
    state.keep_addition(filled)
    return _render_adding(opened, Parsed(filled, {}, {}))


@blueprint.post("/tambah")
def add() -> Answer:
    """Keep what was typed and which pictures came; send it once. A form that was sent already leads to the thread."""
    opened, filled = _writable(), state.addition()
    if opened is None or filled is None:
        return redirect(THREAD_PATH, 303)
    state.keep_receipt_keys(opened.keys, datetime.now(UTC))
    parsed = _with_pictures(opened, parse_page(MATERIAL, request.form.to_dict(flat=False), filled, this_year()))
    state.keep_addition(parsed.draft)
    step = request.form.get("langkah")
    if step == "kembali":
        return redirect(THREAD_PATH, 303)
    if parsed.faults or parsed.notices:
        return _render_adding(opened, parsed)
    if REMOVAL_FIELD in request.form or step == "tambah":
        return redirect(ADD_PATH, 303)
    fault = _send(opened, parsed.draft)
    if fault:
        return _render_adding(opened, replace(parsed, faults={"cerita": [fault]}))
    return redirect(THREAD_PATH, 303)


@blueprint.get("/izin")
def show_choices() -> Answer:
    """What was agreed to and how to be reached, as it stands."""
    opened = _writable()
    if opened is None:
        return redirect(THREAD_PATH, 303)
    return _render_choices(opened, Parsed(choices_draft(opened.thread.choices), {}, {}))


@blueprint.post("/izin")
def choose() -> Answer:
    """Keep other choices beside the earlier ones; the same again changes nothing."""
    opened, now = _writable(), datetime.now(UTC)
    if opened is None or request.form.get("langkah") == "kembali":
        return redirect(THREAD_PATH, 303)
    before = choices_draft(opened.thread.choices)
    parsed = parse_page(CHOICES, request.form.to_dict(flat=False), before, this_year())
    if parsed.faults:
        return _render_choices(opened, parsed)
    version = f"{get_locale()}-{CONSENT_TEXT}"
    is_new = change_choices(
        db.session(), _addressed(opened.keys), lambda kept: to_choices(parsed.draft, kept, version), now
    )
    state.keep_receipt_keys(opened.keys, now)
    state.leave_notices([Fault(N_("Pilihan Anda tersimpan.") if is_new else N_("Tidak ada yang berubah."))])
    return redirect(THREAD_PATH, 303)


def _writable() -> Opened | None:
    """The open thread, unless its report was taken back."""
    opened = current_thread()
    return opened if opened is not None and opened.thread.may_write else None


def _addressed(keys: ReceiptKeys) -> Addressed:
    portal = current_portal()
    return Addressed(keys, portal.keys.office, portal.keys.secrets.identifier_key)


def _with_pictures(opened: Opened, parsed: Parsed) -> Parsed:
    """What was typed, and the pictures that came with it."""
    choices = opened.thread.choices
    is_child = choices is not None and choices.is_child
    taken = receive_pictures(parsed.draft.pictures, ways_of(choices), is_child=is_child)
    state.leave_notices(taken.notices)
    faults = {PICTURE_FIELD: taken.faults} if taken.faults else {}
    return Parsed(parsed.draft.with_pictures(taken.pictures), {**parsed.faults, **faults}, parsed.notices)


def _send(opened: Opened, filled: Draft) -> Fault | None:
    """Send what was filled in, once. Returns why nothing was sent."""
    material = _material(opened, filled)
    if material.is_empty:
        return Fault(N_("Isi salah satu dulu: akun, gambar, atau cerita."))
    try:
        is_sent = _keep(opened.keys, material)
    except IntegrityError:
        current_portal().sessions.reload(state.browser_session())
        is_sent = state.addition() is None or _keep(opened.keys, material)
    if is_sent:
        return None
    return Fault(N_("Sudah ada {limit} tambahan. Tulis sisanya sebagai pesan."), {"limit": MOST_ADDITIONS})


def _material(opened: Opened, filled: Draft) -> Material:
    choices = opened.thread.choices
    material = to_material(filled, ways_of(choices))
    if choices is None or not choices.consents.may_compare:
        return material
    return replace(material, pictures=words_for(material.pictures, current_portal().words))


def _keep(keys: ReceiptKeys, material: Material) -> bool:
    """The addition and the end of its draft come in one transaction."""
    db.session.rollback()
    tag = state.addition_tag()
    if add_material(db.session(), _addressed(keys), material, tag, datetime.now(UTC)) is None:
        return False
    state.end_addition()
    state.leave_notices([Fault(N_("Tambahan terkirim. Konselor akan membacanya."))])
    current_portal().sessions.write(state.browser_session(), db.session())
    db.session.commit()
    return True


def _render_adding(opened: Opened, parsed: Parsed) -> str:
    choices = opened.thread.choices
    ways = ways_of(choices)
    return render_template(
        "intake/add.html",
        page=MATERIAL,
        fields=MATERIAL.fields_for(parsed.draft),
        draft=parsed.draft,
        faults=parsed.faults,
        notices=parsed.notices,
        general=state.take_notices(),
        ways=ways,
        pictures=parsed.draft.pictures.admitted(ways),
        is_child=choices is not None and choices.is_child,
    )


def _render_choices(opened: Opened, parsed: Parsed) -> str:
    return render_template(
        "intake/choices.html",
        page=CHOICES,
        fields=CHOICES.fields_for(parsed.draft),
        draft=parsed.draft,
        faults=parsed.faults,
        thread=opened.thread,
        now=datetime.now(UTC),
    )
