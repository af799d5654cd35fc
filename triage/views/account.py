"""One's own account: another password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from triage.browser import visitor
from triage.errors import PasswordRuleError, SignInError
from triage.extensions import db, desk
from triage.permissions import Permission, requires
from triage.signing_in import PasswordChange, change_password

blueprint = Blueprint("account", __name__)

REFUSED = 403


@blueprint.route("/akun", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_CHANGE)
def change() -> ResponseReturnValue:
    """A new password, for the old one and a code."""
    fault = _try_change() if request.method == "POST" else None
    if request.method == "POST" and fault is None:
        flash(_("Kata sandi diganti."))
        return redirect(url_for("home.show"), code=303)
    return render_template("triage/account.html", fault=fault), REFUSED if fault else 200


def _try_change() -> str | None:
    who, now = visitor(desk().clock()), desk().clock()
    chosen = request.form.get("password", "")
    if who is None or chosen != request.form.get("password_again", ""):
        return _("Kedua kata sandi tidak sama.")
    typed = PasswordChange(who.username, request.form.get("current", ""), chosen, request.form.get("code", ""))
    try:
        change_password(db.session(), typed, now, desk().staff_cost)
    except PasswordRuleError:
        return _("Kata sandi baru paling sedikit 12 huruf atau angka, beragam, dan berbeda dari yang lama.")
    except SignInError:
        return _("Kata sandi lama atau kode salah. Satu kode hanya berlaku sekali.")
    db.session.commit()
    return None
