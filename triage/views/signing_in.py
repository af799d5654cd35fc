"""Signing in and out: password, second factor, and the first time."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.database import begin_write
from triage.browser import Stage, Visitor, begin, sealed_session, visitor
from triage.errors import PasswordRuleError, SignInError
from triage.extensions import db, desk
from triage.gate import person
from triage.permissions import Permission, requires
from triage.second_factor import enrolment, new_secret
from triage.signing_in import FirstSetup, Unlocked, enter, pass_second_factor, set_up, sign_in
from triage.staff import end_sessions

blueprint = Blueprint("signing_in", __name__)

REFUSED = 403


@blueprint.route("/masuk", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """The first step."""
    if request.method == "GET":
        return render_template("triage/sign_in.html")
    typed_name, typed_password = request.form.get("username", ""), request.form.get("password", "")
    now = desk().clock()
    try:
        unlocked = sign_in(db.session(), typed_name, typed_password, now, desk().staff_cost)
    except SignInError:
        return render_template("triage/sign_in.html", is_refused=True, username=typed_name), REFUSED
    stage = Stage.SECOND_FACTOR if unlocked.is_enrolled else Stage.FIRST_TIME
    begin(
        Visitor(stage, unlocked.staff_id, unlocked.username, now, unlocked.seed),
        session.get("language"),
    )
    db.session.commit()
    return redirect(url_for(f"signing_in.{stage.value}"), code=303)


@blueprint.route("/masuk/kode", methods=["GET", "POST"])
def second_factor() -> ResponseReturnValue:
    """The second step."""
    who = _waiting_at(Stage.SECOND_FACTOR)
    if who is None:
        return redirect(url_for("signing_in.password"), code=303)
    if request.method == "GET":
        return render_template("triage/second_factor.html")
    now = desk().clock()
    try:
        pass_second_factor(db.session(), who.staff_id, who.seed, request.form.get("code", ""), now)
    except SignInError:
        return render_template("triage/second_factor.html", is_refused=True), REFUSED
    return _let_in(who)


@blueprint.route("/masuk/pertama", methods=["GET", "POST"])
def first_time() -> ResponseReturnValue:
    """The first sign-in: a password of one's own, and the second factor."""
    who = _waiting_at(Stage.FIRST_TIME)
    if who is None:
        return redirect(url_for("signing_in.password"), code=303)
    secret = session.setdefault("new_secret", new_secret())
    fault = _try_set_up(who, secret) if request.method == "POST" else None
    if request.method == "POST" and fault is None:
        flash(_("Akun Anda siap. Mulai sekarang masuk dengan kata sandi baru dan kode."))
        return _let_in(who)
    page = render_template("triage/first_time.html", enrolment=enrolment(secret, who.username), fault=fault)
    return page, REFUSED if fault else 200


@blueprint.post("/keluar")
@requires(Permission.SESSION_END)
def sign_out() -> ResponseReturnValue:
    """End the person's session everywhere."""
    begin_write(db.session())
    end_sessions(db.session(), person().staff_id)
    db.session.commit()
    sealed_session().clear()
    return redirect(url_for("signing_in.password"), code=303)


def _try_set_up(who: Visitor, secret: str) -> str | None:
    chosen = request.form.get("password", "")
    if chosen != request.form.get("password_again", ""):
        return _("Kedua kata sandi tidak sama.")
    unlocked = Unlocked(who.staff_id, who.username, is_enrolled=False, seed=who.seed)
    setup = FirstSetup(secret, request.form.get("code", ""), chosen)
    try:
        set_up(db.session(), unlocked, setup, desk().clock(), desk().staff_cost)
    except PasswordRuleError:
        return _("Kata sandi paling sedikit 12 huruf atau angka, beragam, dan tidak memuat nama pengguna.")
    except SignInError:
        return _("Kode tidak cocok. Tunggu kode berikutnya, lalu coba lagi.")
    db.session.commit()
    return None


def _waiting_at(stage: Stage) -> Visitor | None:
    who = visitor(desk().clock())
    return who if who is not None and who.stage is stage else None


def _let_in(who: Visitor) -> ResponseReturnValue:
    now = desk().clock()
    language, flashes = session.get("language"), session.get("_flashes", [])
    enter(db.session(), who.staff_id, now)
    begin(Visitor(Stage.IN, who.staff_id, who.username, now, who.seed), language)
    session["_flashes"] = flashes
    db.session.commit()
    return redirect(url_for("home.show"), code=303)
