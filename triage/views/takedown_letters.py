"""Takedown letters of a case: choose addresses, make letters, take files, note that one was sent, ask again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.errors import UnsealError
from casefile.text import clean_text
from casefile.wib import local_date
from triage.casework import get_case
from triage.errors import ChangedError, MissingKeyError, NotFoundError, WrongStateError
from triage.extensions import db, desk
from triage.gate import doing, person
from triage.permissions import Permission, requires
from triage.printing import PrintingError, render_pdf
from triage.referrals import newest_choices
from triage.takedown_letters import (
    LetterBarredError,
    LetterContents,
    Reminder,
    Sending,
    TakedownConsent,
    Taking,
    compose,
    discard_letter,
    get_letter,
    log_taken,
    make_letters,
    make_reminder,
    reference_of,
    send_letter,
    to_csv,
    to_json,
)
from triage.unsaved import keeps
from triage.views.casework import CONFLICT, INVALID
from triage.views.paper_forms import IncompleteError
from triage.views.takedown_letter_form import Signing, read_letters
from triage.views.takedown_letter_page import (
    BAR_SENTENCES,
    TICKET_LIMIT,
    newest_consent,
    open_choosing,
    render_choose,
    render_letter,
    render_letters,
)
from triage.views.typed import new_id, pick, row_version, typed_moment

blueprint = Blueprint("takedown_letters", __name__)

_A_WRONG_CLOCK = timedelta(minutes=5)
"""By how much a browser's clock may be ahead."""


class FileForm(StrEnum):
    """As what a letter leaves."""

    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


_TYPES = {
    FileForm.PDF: "application/pdf",
    FileForm.CSV: "text/csv; charset=utf-8",
    FileForm.JSON: "application/json",
}


@blueprint.get("/kasus/<code>/hapus-konten/surat")
@requires(Permission.CASE_WORK)
def show(code: str) -> ResponseReturnValue:
    """All letters of the case."""
    return render_letters(code)


@blueprint.post("/kasus/<code>/hapus-konten/surat/pilih")
@requires(Permission.CASE_WORK)
@keeps("alamat_lain")
def choose(code: str) -> ResponseReturnValue:
    """The addresses of the report, to be ticked for each recipient. Opens the report, which is put on record."""
    try:
        choosing = open_choosing(code, request.form)
    except (UnsealError, MissingKeyError, NotFoundError, WrongStateError):
        return _closed(code)
    if not choosing.addresses:
        fault = _("Laporan ini tidak memuat alamat. Tulis alamatnya dulu.")
        return render_letters(code, fault, request.form), INVALID
    return render_choose(code, choosing, request.form)


@blueprint.post("/kasus/<code>/hapus-konten/surat")
@requires(Permission.CASE_WORK)
@keeps("catatan_izin", "alamat_lain")
def make(code: str) -> ResponseReturnValue:
    """One letter for each recipient that an address was ticked for. Nothing is sent."""
    form_id = new_id()
    try:
        choosing = open_choosing(code, request.form)
    except (UnsealError, MissingKeyError, NotFoundError, WrongStateError):
        return _closed(code)
    signing = Signing(person().display_name, local_date(desk().clock()), form_id)
    session = db.session()
    try:
        letters = read_letters(session, request.form, choosing, signing)
        session.rollback()
        make_letters(session, code, letters, choosing.consent, doing())
        session.commit()
    except IncompleteError as error:
        return render_choose(code, choosing, request.form, str(error)), INVALID
    except LetterBarredError as error:
        return render_choose(code, choosing, request.form, _(BAR_SENTENCES[error.bar])), CONFLICT
    except ChangedError:
        fault = _("Pelapor baru saja mengubah izinnya. Periksa lagi.")
        return render_choose(code, open_choosing(code, request.form), request.form, fault), CONFLICT
    except WrongStateError:
        return _closed(code)
    flash(_("Surat dibuat. Belum ada yang dikirim."))
    return _to(code, letters[0][0] if len(letters) == 1 else None)


@blueprint.get("/kasus/<code>/hapus-konten/surat/<uuid:letter_id>")
@requires(Permission.CASE_WORK)
def open_one(code: str, letter_id: UUID) -> ResponseReturnValue:
    """One letter, exactly as it leaves."""
    return render_letter(code, letter_id)


@blueprint.post("/kasus/<code>/hapus-konten/surat/<uuid:letter_id>/unduh")
@requires(Permission.CASE_WORK)
def take(code: str, letter_id: UUID) -> ResponseReturnValue:
    """The letter or its table as a file; that it left is put on record."""
    form = pick(FileForm, request.form.get("bentuk"))
    if form is None:
        abort(400)
    case = get_case(db.session(), code)
    contents = get_letter(db.session(), case.id, letter_id, person().reader).contents
    db.session.rollback()
    try:
        data = b"" if contents is None else _render(form, letter_id, contents)
    except PrintingError:
        return render_letter(code, letter_id, _("PDF tidak bisa dibuat. Cetak halaman ini saja.")), CONFLICT

    def perform(consent: TakedownConsent | None) -> None:
        log_taken(db.session(), code, letter_id, Taking(form.value, consent), doing())

    if refused := _attempt(code, letter_id, perform):
        return refused
    name = f"surat-{reference_of(letter_id)}.{form.value}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, content_type=_TYPES[form], headers=headers)


@blueprint.post("/kasus/<code>/hapus-konten/surat/<uuid:letter_id>/kirim")
@requires(Permission.CASE_WORK)
@keeps("tiket")
def send(code: str, letter_id: UUID) -> ResponseReturnValue:
    """A person has sent it: the clocks of its addresses run from then on."""
    version, sent_at = row_version(), typed_moment("pada")
    if sent_at is None or sent_at > desk().clock() + _A_WRONG_CLOCK:
        fault = _("Isi kapan surat dikirim. Waktunya tidak boleh sesudah sekarang.")
        return render_letter(code, letter_id, fault, request.form), INVALID
    ticket = " ".join(clean_text(request.form.get("tiket", ""), TICKET_LIMIT).split())

    def perform(consent: TakedownConsent | None) -> None:
        send_letter(db.session(), code, letter_id, Sending(sent_at, ticket, consent), doing(version))

    if refused := _attempt(code, letter_id, perform):
        return refused
    flash(_("Tercatat sebagai dikirim. Jamnya berjalan."))
    return _to(code, letter_id)


@blueprint.post("/kasus/<code>/hapus-konten/surat/<uuid:letter_id>/tagih")
@requires(Permission.CASE_WORK)
def remind(code: str, letter_id: UUID) -> ResponseReturnValue:
    """A letter that asks again for what is late."""
    reminder_id = new_id()

    def perform(consent: TakedownConsent | None) -> None:
        new = Reminder(reminder_id, person().display_name, consent)
        make_reminder(db.session(), code, letter_id, new, doing())

    if refused := _attempt(code, letter_id, perform):
        return refused
    flash(_("Surat tagihan dibuat. Belum ada yang dikirim."))
    return _to(code, reminder_id)


@blueprint.post("/kasus/<code>/hapus-konten/surat/<uuid:letter_id>/buang")
@requires(Permission.CASE_WORK)
def discard(code: str, letter_id: UUID) -> ResponseReturnValue:
    """Erase a letter that was never sent."""
    if refused := _attempt(code, letter_id, lambda _consent: discard_letter(db.session(), code, letter_id, doing())):
        return refused
    flash(_("Surat dibuang."))
    return _to(code, None)


def _attempt(
    code: str, letter_id: UUID, perform: Callable[[TakedownConsent | None], None]
) -> ResponseReturnValue | None:
    """Do it, with the newest consent where the reporter chose anew; the letter's page with the reason where not."""
    try:
        perform(_consent_if_changed(code, letter_id))
        db.session.commit()
    except LetterBarredError as error:
        return render_letter(code, letter_id, _(BAR_SENTENCES[error.bar])), CONFLICT
    except ChangedError:
        fault = _("Belum tercatat: surat atau izinnya berubah sejak Anda buka. Baca dulu.")
        return render_letter(code, letter_id, fault, request.form), CONFLICT
    except WrongStateError:
        fault = _("Belum tercatat: langkah itu tidak mungkin lagi.")
        return render_letter(code, letter_id, fault, request.form), CONFLICT
    return None


def _consent_if_changed(code: str, letter_id: UUID) -> TakedownConsent | None:
    """The report is opened only where the reporter chose anew since the letter was made."""
    session = db.session()
    case = get_case(session, code)
    contents = get_letter(session, case.id, letter_id, person().reader).contents
    is_changed = contents is not None and newest_choices(session, case.id) != contents.choices_number
    session.rollback()
    if not is_changed:
        return None
    try:
        return newest_consent(code)
    except (UnsealError, MissingKeyError, NotFoundError):
        raise WrongStateError from None


def _render(form: FileForm, letter_id: UUID, contents: LetterContents) -> bytes:
    match form:
        case FileForm.PDF:
            return render_pdf(compose(letter_id, contents), desk().clock())
        case FileForm.CSV:
            return to_csv(contents)
        case FileForm.JSON:
            return to_json(letter_id, contents)


def _closed(code: str) -> ResponseReturnValue:
    db.session.rollback()
    flash(_("Laporan tidak terbuka, kasus ditutup, atau laporan ditarik. Tidak ada surat yang dibuat."))
    return _to(code, None)


def _to(code: str, letter_id: UUID | None) -> ResponseReturnValue:
    if letter_id is None:
        return redirect(url_for("takedown_letters.show", code=code), code=303)
    return redirect(url_for("takedown_letters.open_one", code=code, letter_id=letter_id), code=303)
