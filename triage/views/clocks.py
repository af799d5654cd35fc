"""What staff set down about the clocks of a case: the duty to report, since when it was known, takedowns."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.text import clean_text
from casefile.vocabulary import DutyOutcome, TakedownState, TakedownTarget
from casefile.wib import local_date
from triage.casework import Doing
from triage.clash import SeenRow
from triage.extensions import db, desk
from triage.permissions import Permission, requires
from triage.remarks import REASON_LIMIT, DutyDecision, decide_duty, set_known_day
from triage.takedowns import ADDRESS_LIMIT, Asking, ask_takedown, settle_takedown
from triage.unsaved import keeps
from triage.views.case_page import render_case
from triage.views.casework import INVALID, attempt, wants_to_edit
from triage.views.typed import new_id, pick, row_version, seen_version, typed_day, typed_moment

blueprint = Blueprint("clocks", __name__)

PLACE = "waktu"
_A_WRONG_CLOCK = timedelta(minutes=5)
"""By how much a browser's clock may be ahead."""
TAKES_BACK = "batal"


@blueprint.post("/kasus/<code>/wajib-lapor")
@requires(Permission.CASE_WORK)
@keeps("alasan_putusan")
def decide(code: str) -> ResponseReturnValue:
    """What the office decided on its duty to report, or that this is taken back. Only a report needs no reason."""
    if wants_to_edit():
        return render_case(code, typed=request.form)
    given = request.form.get("putusan")
    outcome = pick(DutyOutcome, given)
    reason = clean_text(request.form.get("alasan_putusan", ""), REASON_LIMIT)
    is_known = outcome is not None or given == TAKES_BACK
    if not is_known or (outcome is not DutyOutcome.REPORTED and not reason):
        return _again(code, _("Pilih putusannya dan tulis alasannya."))
    decision = DutyDecision(outcome, reason)
    return attempt(code, lambda act: decide_duty(db.session(), code, decision, act), seen_version(), place=PLACE)


@blueprint.post("/kasus/<code>/tahu-sejak")
@requires(Permission.CASE_WORK)
def set_known(code: str) -> ResponseReturnValue:
    """Since when the person harmed has known; nothing typed counts from the report."""
    if wants_to_edit():
        return render_case(code, typed=request.form)
    known_on = typed_day("tahu")
    if request.form.get("tahu", "").strip() and (known_on is None or known_on > local_date(desk().clock())):
        return _again(code, _("Isi tanggal yang benar, tidak sesudah hari ini."))
    return attempt(code, lambda act: set_known_day(db.session(), code, known_on, act), seen_version(), place=PLACE)


@blueprint.post("/kasus/<code>/hapus-konten")
@requires(Permission.CASE_WORK)
@keeps("alamat")
def ask(code: str) -> ResponseReturnValue:
    """An address was reported, to whom and when."""
    takedown_id, asked_at = new_id(), typed_moment("pada")
    address = clean_text(request.form.get("alamat", ""), ADDRESS_LIMIT)
    target = pick(TakedownTarget, request.form.get("kepada_siapa"))
    is_past = asked_at is not None and asked_at <= desk().clock() + _A_WRONG_CLOCK
    if not address or target is None or asked_at is None or not is_past:
        return _again(code, _("Isi alamat, kepada siapa, dan kapan. Waktunya tidak boleh sesudah sekarang."))
    asking = Asking(address, target, request.form.get("mendesak") == "ya")

    def perform(act: Doing) -> None:
        ask_takedown(db.session(), code, takedown_id, asking, act, asked_at=asked_at)

    return attempt(code, perform, None, place=PLACE, holds_words=True)


@blueprint.post("/kasus/<code>/hapus-konten/<uuid:takedown_id>")
@requires(Permission.CASE_WORK)
def settle(code: str, takedown_id: UUID) -> ResponseReturnValue:
    """What became of a request."""
    seen, state = SeenRow(takedown_id, row_version()), pick(TakedownState, request.form.get("hasil"))
    if state is None:
        return _again(code, _("Pilih hasilnya."))

    def perform(act: Doing) -> None:
        settle_takedown(db.session(), code, seen, state, act)

    return attempt(code, perform, None, place=PLACE)


def _again(code: str, fault: str) -> ResponseReturnValue:
    return render_case(code, typed=request.form, fault=fault), INVALID
