"""Pages for what went wrong: the neutral title, the hotlines, and an honest sentence."""

from __future__ import annotations

from flask import Flask, make_response, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    InternalServerError,
    RequestEntityTooLarge,
    TooManyRequests,
)
from werkzeug.wrappers import Response

from casefile.wording import N_
from intake import state
from intake.forms import CHECK, FIRST, Fault
from intake.leaving import EXIT_PATH, exit_response
from intake.portal import current_portal
from intake.views.form import render_unsaved
from intake.views.thread import THREAD_PATH
from web.logs import report_failure

_OTHERWISE = (N_("Halaman tidak bisa dibuka"), N_("Coba mulai lagi dari halaman awal."))
_PAGES = {
    400: (N_("Permintaan tidak terbaca"), N_("Coba mulai lagi dari halaman awal.")),
    404: (N_("Halaman tidak ada"), N_("Periksa alamatnya, atau mulai dari halaman awal.")),
    405: (N_("Halaman tidak bisa dibuka dengan cara ini"), N_("Coba mulai lagi dari halaman awal.")),
    413: (
        N_("Gambar terlalu besar atau terlalu banyak"),
        N_(
            "Pilih paling banyak 10 gambar, masing-masing paling besar 10 MB."
            " Isian sebelumnya masih tersimpan. Kembali ke halaman tadi untuk memilih lagi."
        ),
    ),
    429: (
        N_("Terlalu banyak percobaan"),
        N_("Terlalu banyak percobaan. Coba lagi dalam 15 menit, atau telepon 129."),
    ),
    500: (N_("Layanan sedang terganggu"), N_("Layanan sedang terganggu. Coba lagi nanti, atau telepon 129.")),
    503: (N_("Layanan sedang terganggu"), N_("Layanan sedang terganggu. Coba lagi nanti, atau telepon 129.")),
}
_EXPIRED = (N_("Waktu habis"), N_("Waktu habis. Isian sudah dihapus demi keamanan."))
_NOT_SENT = (
    N_("Laporan belum terkirim"),
    N_(
        "Ada gangguan pada layanan kami, bukan pada ponsel Anda. Isian Anda masih tersimpan 30 menit."
        " Coba kirim lagi sebentar lagi. Laporan tidak akan tercatat dua kali."
    ),
)

_RENEWING = {FIRST.path, THREAD_PATH}
_NOT_KEPT = N_("Layanan sedang terganggu. Isian di halaman ini belum tersimpan. Coba lagi, atau telepon 129.")


def set_up(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(CSRFError, show_expired)
    app.register_error_handler(SQLAlchemyError, show_database_failure)
    app.register_error_handler(InternalServerError, show_failure)
    app.register_error_handler(HTTPException, show_refusal)


def show_refusal(error: HTTPException) -> Response:
    """Whatever the web framework refuses. Redirects, which it also raises, pass through."""
    code = error.code or 500
    if code < BadRequest.code:
        return error.get_response()
    title, text = _PAGES.get(code, _OTHERWISE)
    is_retry = isinstance(error, RequestEntityTooLarge | TooManyRequests)
    response = _render(title, text, code, again=request.path if is_retry else "")
    if "Allow" in (raised := error.get_response().headers):
        response.headers["Allow"] = raised["Allow"]
    return response


def show_expired(_error: CSRFError) -> Response:
    """The form's session is over, or the request did not come from our page.

    The pages that give a new cookie may be sent twice; the second time still carries the cookie that opens nothing now.
    """
    if request.path in _RENEWING and state.is_empty() and current_portal().sessions.name in request.cookies:
        return redirect(request.path, 303)
    title, text = _EXPIRED
    return _render(title, text, 400, again="/b" if request.path.startswith("/b") else "/a")


def show_failure(error: InternalServerError) -> Response:
    """Anything unforeseen, and a database that fails outside of a view."""
    cause = error.original_exception or error
    if isinstance(cause, SQLAlchemyError):
        return show_database_failure(cause)
    number = report_failure(cause)
    if request.path == EXIT_PATH:
        return exit_response()
    title, text = _PAGES[500]
    return _render(title, text, 500, number=number)


def show_database_failure(error: SQLAlchemyError) -> Response:
    """Locked, full or out of reach: nothing was kept, and the page says so. Quick exit still leaves."""
    number = report_failure(error)
    if request.path == EXIT_PATH or not state.is_empty():
        state.browser_session().abandon()  # a second attempt would only wait for the same lock again
    if request.path == EXIT_PATH:
        return exit_response()
    if request.method != "POST":
        title, text = _PAGES[503]
        return _render(title, text, 503, again=request.path, number=number)
    if request.path == CHECK.path:
        title, text = _NOT_SENT
        return _render(title, text, 503, again=CHECK.path, number=number)
    page = render_unsaved((request.view_args or {}).get("number", 0), Fault(_NOT_KEPT))
    return make_response(page, 503) if page else _render(_PAGES[503][0], _NOT_KEPT, 503, number=number)


def _render(title: str, text: str, code: int, *, again: str = "", number: str = "") -> Response:
    page = render_template("intake/failure.html", title=title, text=text, again=again, number=number)
    return make_response(page, code)
