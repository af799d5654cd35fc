"""Articles of law that may fit a report: read by everybody, kept by supervisors."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.articles import Article, item_of, list_articles
from casefile.contents import QueueSummary
from casefile.text import clean_text
from casefile.vocabulary import HarmKind
from casefile.wib import local_date
from triage.administration.articles import (
    FIELD_LABELS,
    StoredArticle,
    check_article,
    fitting_articles,
    get_article,
    list_removed,
    save_article,
)
from triage.administration.keeping import list_past, remove, restore
from triage.casework import Doing
from triage.errors import ChangedError
from triage.extensions import db
from triage.gate import doing
from triage.history import list_names
from triage.permissions import Permission, requires
from triage.unsaved import keeps
from triage.views.typed import pick, seen_version

blueprint = Blueprint("articles", __name__)

CONFLICT, INVALID = 409, 422
DAYS = ("valid_from", "valid_to")
LIMITS = {"law": 80, "article": 120, "note": 600}
NAME_LIMIT = 60
CODE_BYTES = 6


@blueprint.get("/pengaturan/pasal")
@requires(Permission.SETTINGS_SEE)
def show() -> ResponseReturnValue:
    """All articles in use, and those that are not."""
    session = db.session()
    return render_template(
        "triage/articles.html", articles=list_articles(session), removed=list_removed(session), labels=FIELD_LABELS
    )


@blueprint.get("/pengaturan/pasal/baru")
@requires(Permission.ARTICLE_EDIT)
def begin() -> ResponseReturnValue:
    """An empty form."""
    return _page(StoredArticle(Article("", "", ""), 0, is_removed=False))


@blueprint.post("/pengaturan/pasal/baru")
@requires(Permission.ARTICLE_EDIT)
@keeps("note")
def add() -> ResponseReturnValue:
    """A new article, not checked."""
    return _save(secrets.token_hex(CODE_BYTES), StoredArticle(Article("", "", ""), 0, is_removed=False))


@blueprint.get("/pengaturan/pasal/<code>")
@requires(Permission.SETTINGS_SEE)
def open_article(code: str) -> ResponseReturnValue:
    """One article with its history, and its form for those who may change it."""
    return _page(get_article(db.session(), code))


@blueprint.post("/pengaturan/pasal/<code>")
@requires(Permission.ARTICLE_EDIT)
@keeps("note")
def save(code: str) -> ResponseReturnValue:
    """Keep what was typed, unless a colleague changed the article meanwhile."""
    return _save(code, get_article(db.session(), code))


@blueprint.post("/pengaturan/pasal/<code>/periksa")
@requires(Permission.ARTICLE_EDIT)
def check(code: str) -> ResponseReturnValue:
    """A legal officer found it right today."""
    name = clean_text(request.form.get("verified_by", ""), NAME_LIMIT)
    if not name:
        flash(_("Tulis nama ahli hukum yang memeriksa."))
        return _back(code)
    return _do(code, lambda act: check_article(db.session(), code, name, act), _("Dicatat: diperiksa hari ini."))


@blueprint.post("/pengaturan/pasal/<code>/lepas")
@requires(Permission.ARTICLE_EDIT)
def retire(code: str) -> ResponseReturnValue:
    """Out of use; nothing is lost."""
    return _do(code, lambda act: remove(db.session(), item_of(code), act), _("Tidak dipakai lagi."))


@blueprint.post("/pengaturan/pasal/<code>/kembalikan")
@requires(Permission.ARTICLE_EDIT)
def bring_back(code: str) -> ResponseReturnValue:
    """As it was in the version that the form names."""
    number = request.form.get("number", -1, type=int)
    done = _("Dikembalikan. Perubahan sebelumnya tetap ada di riwayat.")
    return _do(code, lambda act: restore(db.session(), item_of(code), number, act), done)


def list_fitting(summary: QueueSummary | None, received_at: datetime) -> tuple[Article, ...]:
    """For a case's page: the articles in use that may fit what its summary tells."""
    if summary is None:
        return ()
    return fitting_articles(summary.answers, local_date(received_at), list_articles(db.session()))


def _save(code: str, stored: StoredArticle) -> ResponseReturnValue:
    act, (typed, fault) = doing(seen_version()), _typed(code)
    if fault:
        return _page(stored, typed, fault=fault), INVALID
    db.session.rollback()
    try:
        save_article(db.session(), typed, act)
        db.session.commit()
    except ChangedError:
        db.session.rollback()
        fault = _("Belum tersimpan: rekan mengubah pasal ini sejak Anda buka. Bandingkan, lalu simpan lagi.")
        return _page(get_article(db.session(), code), typed, fault=fault), CONFLICT
    flash(_("Tersimpan, belum diperiksa."))
    return _back(code)


def _do(code: str, perform: Callable[[Doing], None], done: str) -> ResponseReturnValue:
    try:
        perform(doing(seen_version()))
        db.session.commit()
        flash(done)
    except ChangedError:
        db.session.rollback()
        flash(_("Belum dilakukan: rekan mengubah pasal ini sejak Anda buka. Periksa dulu isinya sekarang."))
    return _back(code)


def _back(code: str) -> ResponseReturnValue:
    return redirect(url_for("articles.open_article", code=code), code=303)


def _typed(code: str) -> tuple[Article, str | None]:
    law, article, note = (clean_text(request.form.get(name, ""), limit) for name, limit in LIMITS.items())
    kinds = frozenset(kind for value in request.form.getlist("kinds") if (kind := pick(HarmKind, value)))
    fault = None if law and article else _("Isi undang-undang dan pasalnya.")
    try:
        begins, ends = (date.fromisoformat(given) if (given := request.form.get(name)) else None for name in DAYS)
    except ValueError:
        begins, ends, fault = None, None, _("Tulis tanggal sebagai tahun-bulan-hari.")
    typed = Article(code, law, article, kinds, begins, ends, note)
    if typed.valid_from and typed.valid_to and typed.valid_to < typed.valid_from:
        fault = _("“Berlaku sampai” lebih awal dari “Berlaku sejak”.")
    return typed, fault


def _page(stored: StoredArticle, typed: Article | None = None, *, fault: str | None = None) -> str:
    session, code = db.session(), stored.article.code
    return render_template(
        "triage/article.html",
        stored=stored,
        values=typed or stored.article,
        version=stored.number,
        past=list_past(session, item_of(code)) if code else [],
        is_shipped=item_of(code).shipped is not None,
        names=list_names(session),
        labels=FIELD_LABELS,
        limits=LIMITS,
        kinds=list(HarmKind),
        fault=fault,
    )
