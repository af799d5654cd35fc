"""The last step of the form: send once, show the code, have it typed back."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request
from flask_babel import get_locale
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from casefile.receipts import first_wrong_word
from intake import state
from intake.extensions import db
from intake.forms import CHECK, Draft, pages_of, parse_page, to_submission
from intake.portal import current_portal
from intake.submission import submit_report
from intake.views.form import (
    CODE_PATH,
    Answer,
    begun_draft,
    first_faulty,
    neighbour,
    render_page,
    this_year,
)

CONSENT_TEXT = 1
"""Counts the versions of the consent texts in ``intake.forms.questions``; kept with the language they were read in."""

blueprint = Blueprint("sending", __name__, url_prefix="/a")


@blueprint.post("/5")
def send() -> Answer:
    """Seal and keep the report, then lead to its code. The same form sent twice is one report with one code."""
    filled = begun_draft(CHECK)
    if isinstance(filled, Response):
        return filled
    parsed = parse_page(CHECK, request.form.to_dict(flat=False), filled, this_year())
    now = datetime.now(UTC)
    state.keep_draft(parsed.draft, now)
    if request.form.get("langkah") == "kembali":
        return redirect(neighbour(CHECK, parsed.draft, -1), 303)
    if faulty := first_faulty(parsed.draft, pages_of(parsed.draft)):
        return render_page(*faulty)
    _send_once(parsed.draft, now)
    return redirect(CODE_PATH, 303)


@blueprint.get("/6")
def show_code() -> Answer:
    """The code, for ten minutes or until the reporter is done."""
    sent = state.sent_report()
    return redirect("/", 303) if sent is None else render_template("intake/code.html", sent=sent)


@blueprint.post("/6")
def check_code() -> Answer:
    """Whether the code was copied rightly, and if not, which word to look at."""
    sent = state.sent_report()
    if sent is None:
        return redirect("/", 303)
    typed = request.form.get("kode", "")
    wrong = first_wrong_word(sent.code, typed)
    return render_template("intake/code.html", sent=sent, is_checked=True, wrong=wrong, typed=typed)


def _send_once(filled: Draft, now: datetime) -> None:
    """Report and page with the code come in one transaction, so that whoever is too late still sees the code."""
    portal, browser = current_portal(), state.browser_session()
    submission = to_submission(filled, f"{get_locale()}-{CONSENT_TEXT}")
    db.session.rollback()
    try:
        kept = submit_report(db.session(), submission, portal.keys, state.form_tag(), now)
        state.replace_draft(state.SentReport.of(filled, kept.code), now)
        portal.sessions.write(browser, db.session())
        db.session.commit()
    except IntegrityError:
        portal.sessions.reload(browser)
        if state.sent_report() is None:
            raise
