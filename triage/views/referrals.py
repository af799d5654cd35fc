"""Referrals of a case: draft, read what leaves, a second person's yes, send, set down what came of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.errors import UnsealError
from casefile.text import clean_text
from casefile.vocabulary import ReferralAct, ReferralState
from triage.casework import get_case
from triage.conversation import find_draft
from triage.errors import ChangedError, NotFoundError, SamePersonError, WrongStateError
from triage.extensions import db
from triage.gate import confirm_second_factor, doing, person
from triage.message_templates import get_wording
from triage.permissions import Permission, requires
from triage.referrals import (
    NEEDS_WORDS,
    OpenedReferral,
    Outcome,
    Plan,
    Ready,
    approve_referral,
    count_by_state,
    follow_referral,
    has_changed_choices,
    newest_choices,
    save_plan,
    send_referral,
    write_referral,
)
from triage.referrals_in_words import list_differences
from triage.unsaved import keeps
from triage.views.casework import CONFLICT, INVALID
from triage.views.conversation_page import keep_draft, read_address
from triage.views.paper_forms import IncompleteError
from triage.views.referral_form import TEXT_LIMIT, TEXTS, fill_form, read_form
from triage.views.referral_page import (
    Sheet,
    case_id_of,
    make_letter,
    open_file,
    render_form,
    render_list,
    render_one,
    render_preview,
)
from triage.views.typed import new_id, pick, seen_version

blueprint = Blueprint("referrals", __name__)

REFUSED = 403
ASK_CONSENT = "ask_consent"
"""Key of the template that asks for consent to refer."""


@blueprint.get("/kasus/<code>/rujukan")
@requires(Permission.REFERRAL_SEE)
def show(code: str) -> ResponseReturnValue:
    """All referrals of the case, and the reporter's consent; the look is on record."""
    return render_list(code)


@blueprint.get("/kasus/<code>/rujukan/baru")
@requires(Permission.REFERRAL_WRITE)
def begin(code: str) -> ResponseReturnValue:
    """An empty form: nothing is ticked."""
    return render_form(code, Sheet())


@blueprint.post("/kasus/<code>/rujukan/baru")
@requires(Permission.REFERRAL_WRITE)
@keeps(*TEXTS)
def write(code: str) -> ResponseReturnValue:
    """A new draft."""
    return _save(code, Sheet(request.form, new_id("nomor")), None)


@blueprint.get("/kasus/<code>/rujukan/<uuid:referral_id>")
@requires(Permission.REFERRAL_SEE)
def open_one(code: str, referral_id: UUID) -> ResponseReturnValue:
    """One referral with everything that was done to it."""
    return render_one(code, referral_id)


@blueprint.get("/kasus/<code>/rujukan/<uuid:referral_id>/ubah")
@requires(Permission.REFERRAL_WRITE)
def edit(code: str, referral_id: UUID) -> ResponseReturnValue:
    """The form with what stands in the draft."""
    referral = _draft(code, referral_id)
    if referral is None or referral.plan is None:
        return _to(code, referral_id)
    return render_form(code, Sheet(fill_form(referral.plan), referral_id, referral.version))


@blueprint.post("/kasus/<code>/rujukan/<uuid:referral_id>/ubah")
@requires(Permission.REFERRAL_WRITE)
@keeps(*TEXTS)
def change(code: str, referral_id: UUID) -> ResponseReturnValue:
    """Change a draft, unless somebody else did meanwhile: then both are shown."""
    sheet = Sheet(request.form, referral_id, seen_version())
    return _save(code, sheet, open_file(code, referral_id).referrals[0].plan)


@blueprint.post("/kasus/<code>/rujukan/<uuid:referral_id>/pratinjau")
@requires(Permission.REFERRAL_WRITE)
def preview(code: str, referral_id: UUID) -> ResponseReturnValue:
    """Exactly what would leave. Opens the report, which is put on record."""
    return _preview(code, referral_id)


@blueprint.post("/kasus/<code>/rujukan/<uuid:referral_id>/setujui")
@requires(Permission.REFERRAL_APPROVE)
def approve(code: str, referral_id: UUID) -> ResponseReturnValue:
    """A second person's yes to exactly what was read, after the second factor was asked for again."""
    version = seen_version()
    if not confirm_second_factor(request.form.get("code", "")):
        return _preview(code, referral_id, _("Kode tidak cocok. Tunggu kode berikutnya, lalu coba lagi."), REFUSED)

    def perform(ready: Ready) -> None:
        approve_referral(db.session(), code, referral_id, ready.letter, doing(version))

    return _carry_out(code, referral_id, perform, _("Disetujui. Rujukan ini sekarang bisa dikirim."))


@blueprint.post("/kasus/<code>/rujukan/<uuid:referral_id>/kirim")
@requires(Permission.REFERRAL_WRITE)
def send(code: str, referral_id: UUID) -> ResponseReturnValue:
    """Keep the letter sealed as it leaves. A person hands it over."""
    version = seen_version()

    def perform(ready: Ready) -> None:
        send_referral(db.session(), code, referral_id, ready, doing(version))

    done = _("Tercatat sebagai dikirim. Suluh tidak mengirim surel: cetak suratnya dan serahkan sendiri.")
    return _carry_out(code, referral_id, perform, done)


@blueprint.get("/kasus/<code>/rujukan/<uuid:referral_id>/surat")
@requires(Permission.REFERRAL_SEE)
def letter(code: str, referral_id: UUID) -> ResponseReturnValue:
    """What was sent, as it was sent, to be printed."""
    referral = open_file(code, referral_id).referrals[0]
    if referral.letter is None:
        return _to(code, referral_id)
    case = get_case(db.session(), code)
    return render_template("triage/referral_letter.html", case=case, tab="referrals", referral=referral)


@blueprint.post("/kasus/<code>/rujukan/<uuid:referral_id>/langkah")
@requires(Permission.REFERRAL_WRITE)
@keeps("keterangan")
def follow(code: str, referral_id: UUID) -> ResponseReturnValue:
    """What came of it, or the last outcome taken back."""
    act = pick(ReferralAct, request.form.get("langkah"))
    words = clean_text(request.form.get("keterangan", ""), TEXT_LIMIT)
    version = seen_version()
    if act is None:
        abort(400)
    if act in NEEDS_WORDS and not words:
        return render_one(code, referral_id, _("Tulis alasan atau hasilnya dulu."), request.form), INVALID
    try:
        follow_referral(db.session(), code, referral_id, Outcome(act, words), doing(version))
        db.session.commit()
    except ChangedError:
        fault = _("Belum tercatat: rekan mengubah rujukan ini sejak Anda buka. Baca dulu riwayatnya.")
        return _again(code, referral_id, fault)
    except WrongStateError:
        return _again(code, referral_id, _("Belum tercatat: langkah itu tidak mungkin lagi."))
    flash(_("Tercatat."))
    return _to(code, referral_id)


@blueprint.post("/kasus/<code>/rujukan/minta-izin")
@requires(Permission.CONVERSATION_WRITE)
def ask_consent(code: str) -> ResponseReturnValue:
    """Put the template that asks for consent into the person's reply box; nothing is sent."""
    session = db.session()
    draft = find_draft(session, get_case(session, code).id, person().reader)
    begun = (draft.text or "") if draft else ""
    try:
        wording = get_wording(session, ASK_CONSENT)
    except NotFoundError:
        flash(_("Contoh pesan untuk meminta izin tidak ada lagi. Tulis sendiri."))
        return redirect(url_for("conversation.show", code=code, _anchor="balas"), code=303)
    session.rollback()
    text = wording.say(read_address(code))
    if text not in begun:
        keep_draft(code, "\n\n".join(filter(None, (begun, text))))
    flash(_("Contoh pesan ada di kotak. Baca, ubah, lalu kirim sendiri."))
    return redirect(url_for("conversation.show", code=code, _anchor="balas"), code=303)


@blueprint.app_context_processor
def offer_state() -> dict[str, Callable[[UUID], object]]:
    """For the case's page: how many referrals stand how, whether consent changed since. Opens nothing."""
    return {
        "referral_state": lambda case_id: count_by_state(db.session(), case_id),
        "referral_consent_changed": lambda case_id: has_changed_choices(db.session(), case_id),
    }


def _save(code: str, sheet: Sheet, before: Plan | None) -> ResponseReturnValue:
    session, act = db.session(), doing(sheet.version)
    try:
        plan = read_form(session, request.form, newest_choices(session, case_id_of(code)), before)
    except IncompleteError as error:
        return render_form(code, Sheet(sheet.values, sheet.referral_id, sheet.version, str(error))), INVALID
    session.rollback()
    try:
        if sheet.version is None:
            write_referral(session, code, sheet.referral_id, plan, act)
        else:
            save_plan(session, code, sheet.referral_id, plan, act)
        session.commit()
    except ChangedError:
        return _clash(code, sheet, plan)
    except WrongStateError:
        session.rollback()
        fault = _("Belum tersimpan: kasus ditutup, laporan ditarik, atau rujukan ini bukan draf lagi.")
        return render_form(code, Sheet(sheet.values, sheet.referral_id, sheet.version, fault)), CONFLICT
    flash(_("Draf tersimpan. Belum ada yang dikirim."))
    return _to(code, sheet.referral_id)


def _clash(code: str, sheet: Sheet, typed: Plan) -> ResponseReturnValue:
    """The typed form on top of what a colleague wrote meanwhile."""
    db.session.rollback()
    referral = open_file(code, sheet.referral_id).referrals[0]
    fault = _("Rekan menulis ini sejak Anda buka. Tulisan Anda masih di formulir. Bandingkan, lalu simpan.")
    differences = list_differences(referral.plan, typed)
    shown = Sheet(sheet.values, referral.id, referral.version, fault, differences, referral.drafted_by)
    return render_form(code, shown), CONFLICT


def _carry_out(code: str, referral_id: UUID, perform: Callable[[Ready], None], done: str) -> ResponseReturnValue:
    """Do something to exactly the letter that was on the screen; otherwise show the one that would leave now."""
    referral = _draft(code, referral_id)
    if referral is None or referral.plan is None:
        return _to(code, referral_id)
    try:
        ready = make_letter(code, referral.plan)
        if ready.letter.digest != request.form.get("surat"):
            raise ChangedError
        perform(ready)
        db.session.commit()
    except ChangedError:
        return _preview(code, referral_id, _("Isinya berubah sejak Anda baca. Baca sekali lagi."), CONFLICT)
    except SamePersonError:
        return _preview(code, referral_id, _("Anda yang menulis rujukan ini. Orang lain harus menyetujui."), REFUSED)
    except WrongStateError:
        return _preview(code, referral_id, _("Belum bisa. Baca apa yang masih kurang."), CONFLICT)
    except UnsealError:
        return _unreadable(code, referral_id)
    flash(done)
    return _to(code, referral_id)


def _preview(code: str, referral_id: UUID, fault: str | None = None, status: int = 200) -> ResponseReturnValue:
    db.session.rollback()
    referral = _draft(code, referral_id)
    if referral is None or referral.plan is None:
        return _to(code, referral_id)
    try:
        ready = make_letter(code, referral.plan)
    except UnsealError:
        return _unreadable(code, referral_id)
    return render_preview(code, referral, ready, fault), status


def _draft(code: str, referral_id: UUID) -> OpenedReferral | None:
    """The referral, unless it is no draft any more."""
    referral = open_file(code, referral_id).referrals[0]
    return referral if referral.state is ReferralState.DRAFT else None


def _again(code: str, referral_id: UUID, fault: str) -> ResponseReturnValue:
    db.session.rollback()
    return render_one(code, referral_id, fault, request.form), CONFLICT


def _unreadable(code: str, referral_id: UUID) -> ResponseReturnValue:
    db.session.rollback()
    flash(_("Laporan tidak terbuka. Surat tidak bisa dibuat, dan tidak ada yang dikirim."))
    return _to(code, referral_id)


def _to(code: str, referral_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("referrals.open_one", code=code, referral_id=referral_id), code=303)
