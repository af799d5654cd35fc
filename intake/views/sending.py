"""The last step of the form: send once, show the code, have it typed back."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request
from flask_babel import get_locale
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from casefile.receipts import first_wrong_word
from casefile.vocabulary import Audience
from casefile.wording import N_
from intake import state
from intake.elsewhere import NEAREST, list_nearest
from intake.extensions import db
from intake.forms import CHECK, Draft, pages_of, parse_page, to_submission
from intake.lanes import TRAP_FIELD, Admission, Sending, admit
from intake.portal import current_portal
from intake.proofs import PROOF_FIELD, new_challenge
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
from intake.wordreader import with_words

CONSENT_TEXT = 1
"""Counts the versions of the consent texts in ``casefile.questions.asked``; kept with the language they were in."""

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
    return redirect(CODE_PATH, 303) if _send_once(parsed.draft, now) else _say_it_was_kept()


@blueprint.get("/6")
def show_code() -> Answer:
    """The code, for ten minutes or until the reporter is done."""
    sent = state.sent_report()
    return redirect("/", 303) if sent is None else _render(sent)


@blueprint.post("/6")
def check_code() -> Answer:
    """Whether the code was copied rightly, and if not, which word to look at."""
    sent = state.sent_report()
    if sent is None:
        return redirect("/", 303)
    typed = request.form.get("kode", "")
    wrong = first_wrong_word(sent.code, typed)
    return _render(sent, is_checked=True, wrong=wrong, typed=typed)


def _render(sent: state.SentReport, **typed_back: object) -> str:
    also_for = tuple(Audience(value) for value in sent.also_for)
    nearest = list_nearest(also_for, NEAREST)
    return render_template("intake/code.html", sent=sent, also_for=also_for, nearest=nearest, **typed_back)


@blueprint.app_template_global("proof_challenge")
def challenge_under_load() -> str | None:
    """A challenge for the form being filled while the load is high; ends with the form."""
    portal, now = current_portal(), datetime.now(UTC)
    if not portal.load.is_high(request.remote_addr or "", now):
        return None
    return new_challenge(portal.proof_keys, min(state.form_end(), now + state.DRAFT_LIFETIME))


def _send_once(filled: Draft, now: datetime) -> bool:
    """Report and page with the code come in one transaction, so that whoever is too late still sees the code.

    False where the report was kept before and its code can be shown no more.
    """
    portal, browser = current_portal(), state.browser_session()
    admission = _admission(filled, now)
    submission = with_words(to_submission(filled, f"{get_locale()}-{CONSENT_TEXT}"), portal.words)
    db.session.rollback()
    try:
        kept = submit_report(db.session(), submission, portal.keys, state.form_tag(), now, admission=admission)
        state.replace_draft(state.SentReport.of(filled, kept.code), now)
        portal.sessions.write(browser, db.session())
        db.session.commit()
    except IntegrityError:
        portal.sessions.reload(browser)
        return state.sent_report() is not None
    return True


def _admission(filled: Draft, now: datetime) -> Admission:
    portal = current_portal()
    sending = Sending(
        address=request.remote_addr or "",
        begun_at=state.form_begun(),
        is_trapped=bool(request.form.get(TRAP_FIELD)),
        is_in_danger=filled.is_in_danger,
        proof=request.form.get(PROOF_FIELD, ""),
    )
    return admit(sending, portal.load, portal.proof_keys, now)


def _say_it_was_kept() -> str:
    """For whoever went on filling in a form while it was being sent, so that the code met nobody."""
    state.end_draft()
    return render_template("intake/failure.html", title=_KEPT, text=_KEPT_WITHOUT_CODE, again="", number="")


_KEPT = N_("Laporan Anda sudah kami terima")
_KEPT_WITHOUT_CODE = N_(
    "Kodenya tidak bisa kami tampilkan lagi. Konselor tetap membaca laporan ini. Perlu balasan? Telepon 129."
)
