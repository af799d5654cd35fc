"""Behind the code: replies, messages, withdrawal. The code comes in a POST body and goes no further."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from casefile.receipts import derive_receipt_keys
from casefile.text import clean_text
from casefile.vocabulary import PublicStatus
from casefile.wording import N_
from intake import state
from intake.extensions import db
from intake.followup import Thread, erase_line, knows_receipt, note_opening, send_message, withdraw
from intake.forms import Fault, text_length
from intake.portal import current_portal
from intake.views.thread import THREAD_PATH, current_thread
from intake.views.typed import read_number

MESSAGE_LIMIT = 4000
Answer = Response | str

blueprint = Blueprint("replies", __name__, url_prefix=THREAD_PATH)


@blueprint.get("")
def show() -> Answer:
    """The open thread, or the field for a code."""
    opened = current_thread()
    return _render(opened.thread) if opened else render_template("intake/enter_code.html")


@blueprint.post("")
def enter() -> Answer:
    """Open the thread of a code. Ill-formed, unknown and wrong codes cost the same and get the same page."""
    portal, now = current_portal(), datetime.now(UTC)
    address = request.remote_addr or ""
    if not portal.guesses.allows(address, now):
        abort(429)
    secrets = portal.keys.secrets
    keys = derive_receipt_keys(request.form.get("kode", ""), secrets.instance_salt, secrets.receipt_pepper)
    is_known = knows_receipt(db.session(), keys)
    db.session.rollback()
    if not is_known:
        portal.guesses.count(address, now)
        return render_template("intake/enter_code.html", is_wrong=True)
    note_opening(db.session(), keys, now)
    state.end_thread()
    state.keep_receipt_keys(keys, now)
    state.browser_session().take_new_key()
    return redirect(THREAD_PATH, 303)


@blueprint.post("/pesan")
def send() -> Answer:
    """Add a message; sent twice, it is there once."""
    opened = current_thread()
    if opened is None:
        return redirect(THREAD_PATH, 303)
    keys, thread = opened
    typed = request.form.get("pesan", "")
    fault = _fault_of(thread, text_length(typed, MESSAGE_LIMIT))
    if fault:
        return _render(thread, typed, fault)
    now = datetime.now(UTC)
    shown = read_number(request.form.get("nomor", ""))
    expected = thread.next_number if shown is None else shown
    text = clean_text(typed, MESSAGE_LIMIT)
    send_message(db.session(), keys, current_portal().keys.office, text, expected=expected, now=now)
    state.keep_receipt_keys(keys, now)
    state.leave_notices([Fault(N_("Pesan terkirim."))])
    return redirect(THREAD_PATH, 303)


@blueprint.get("/hapus/<int:number>")
def ask_erasure(number: int) -> Answer:
    """Before a message is erased from this page for ever."""
    opened = current_thread()
    may_ask = opened is not None and opened.thread.may_write and opened.thread.holds(number)
    return render_template("intake/erase.html", number=number) if may_ask else redirect(THREAD_PATH, 303)


@blueprint.post("/hapus/<int:number>")
def confirm_erasure(number: int) -> Answer:
    """Erase the reporter's copy of one message."""
    opened = current_thread()
    if opened is not None and opened.thread.holds(number):
        erase_line(db.session(), opened.keys, number)
        state.leave_notices([Fault(N_("Pesan terhapus dari halaman ini."))])
    return redirect(THREAD_PATH, 303)


@blueprint.get("/tarik")
def ask_withdrawal() -> Answer:
    """What withdrawing means, before it is done."""
    opened = current_thread()
    may_ask = opened is not None and opened.thread.may_write
    return render_template("intake/withdraw.html") if may_ask else redirect(THREAD_PATH, 303)


@blueprint.post("/tarik")
def confirm_withdrawal() -> Answer:
    """Ask for erasure."""
    keys = state.receipt_keys()
    if keys and withdraw(db.session(), keys, datetime.now(UTC)):
        state.end_thread()
        return render_template("intake/withdrawn.html")
    return redirect(THREAD_PATH, 303)


def _fault_of(thread: Thread, length: int) -> Fault | None:
    if thread.status is PublicStatus.ERASED:
        return Fault(N_("Laporan ini sudah dihapus. Pesan tidak dapat dikirim."))
    if not thread.may_write:
        return Fault(N_("Laporan ini sudah ditarik. Pesan tidak dapat dikirim."))
    if not length:
        return Fault(N_("Tulis pesan dulu."))
    if length > MESSAGE_LIMIT:
        return Fault(N_("Pesan terlalu panjang. Paling banyak {limit} huruf."), {"limit": MESSAGE_LIMIT})
    return None


def _render(thread: Thread, typed: str = "", fault: Fault | None = None) -> str:
    return render_template(
        "intake/thread.html",
        thread=thread,
        typed=typed,
        fault=fault,
        general=state.take_notices(),
        now=datetime.now(UTC),
    )
