"""Errors as calm pages: what happened, what to do, and nothing that was typed in a log."""

from __future__ import annotations

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from triage.errors import MissingKeyError, NotFoundError, WrongStateError
from triage.extensions import db
from triage.unsaved import typed_texts
from web.logs import report_failure

NOT_FOUND = 404
CONFLICT = 409
BROKEN = 500
UNAVAILABLE = 503


def register_failures(app: Flask) -> None:
    """Every error of a view ends in one of these pages."""
    app.register_error_handler(HTTPException, _show_http)
    app.register_error_handler(NotFoundError, _show_missing)
    app.register_error_handler(MissingKeyError, _show_no_key)
    app.register_error_handler(StaleDataError, _show_stale)
    app.register_error_handler(WrongStateError, _show_wrong_state)
    app.register_error_handler(SQLAlchemyError, _show_unavailable)
    app.register_error_handler(BROKEN, _show_broken)


def _page(title: str, text: str, status: int) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("triage/failure.html", title=title, text=text, typed=typed_texts()), status


def _show_http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or BROKEN
    titles = {
        400: (_("Formulir tidak bisa dipakai"), _("Buka lagi halaman sebelumnya, lalu coba sekali lagi.")),
        403: (_("Tidak ada izin"), _("Peran Anda tidak mencakup halaman ini.")),
        404: (_("Halaman tidak ada"), _("Mungkin alamatnya salah ketik.")),
        413: (_("Terlalu panjang"), _("Persingkat teks, lalu kirim lagi.")),
    }
    title, text = titles.get(code, (_("Tidak bisa dibuka"), _("Kembali ke antrean, lalu coba lagi.")))
    return _page(title, text, code)


def _show_missing(_error: NotFoundError) -> ResponseReturnValue:
    return _page(_("Tidak ditemukan"), _("Kasus atau baris ini tidak ada, atau isinya sudah dihapus."), NOT_FOUND)


def _show_no_key(_error: MissingKeyError) -> ResponseReturnValue:
    return _page(
        _("Menunggu kunci"),
        _("Anda belum diberi akses kunci untuk laporan ini. Minta rekan membuka “Beri akses kunci”."),
        403,
    )


def _show_stale(_error: StaleDataError) -> ResponseReturnValue:
    return _page(_("Kasus berubah"), _("Kasus berubah sejak Anda buka. Lihat perubahan sebelum menyimpan."), CONFLICT)


def _show_wrong_state(_error: WrongStateError) -> ResponseReturnValue:
    return _page(_("Tidak bisa lagi"), _("Kasus ini ditutup, atau pelapor menarik laporannya."), CONFLICT)


def _show_unavailable(error: SQLAlchemyError) -> ResponseReturnValue:
    number = report_failure(error)
    return _page(
        _("Data tidak bisa dimuat"),
        _("Tidak ada yang tersimpan. Coba lagi sebentar. Nomor gangguan: %(number)s", number=number),
        UNAVAILABLE,
    )


def _show_broken(error: BaseException) -> ResponseReturnValue:
    number = report_failure(getattr(error, "original_exception", None) or error)
    return _page(
        _("Ada gangguan"),
        _("Tidak ada yang tersimpan. Coba lagi. Nomor gangguan: %(number)s", number=number),
        BROKEN,
    )
