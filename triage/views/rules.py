"""The values of the urgency rules: seen by everybody, tried out, proposed by a supervisor, confirmed by another one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.kept import find_newest, list_differences
from casefile.urgency import RULES_ITEM, SHIPPED_VALUES, Assessment, RuleValues, assess, find_rules
from casefile.urgency.pasted import AnswersError, read_answers
from casefile.urgency.values import bounds_of, floors_for, list_faults
from casefile.vocabulary import ReasonCode
from triage.administration.keeping import list_past
from triage.administration.rule_values import (
    PROPOSAL,
    Effect,
    confirm_proposal,
    count_effect,
    find_proposal,
    propose,
    propose_earlier,
    withdraw_proposal,
)
from triage.administration.rule_words import FACT_LABELS, list_questions, name_value, read_choices
from triage.errors import BoundsError, ChangedError, SamePersonError
from triage.extensions import db
from triage.gate import doing, person
from triage.history import list_names
from triage.permissions import Permission, requires
from triage.views.typed import seen_version

blueprint = Blueprint("rules", __name__)

INVALID, CONFLICT = 422, 409
PASTED_LIMIT = 4_000


@dataclass(frozen=True)
class TryOut:
    """Answers weighed three times: as Suluh comes, as it stands, as typed; and what the typed values would move."""

    shipped: Assessment
    standing: Assessment
    typed: Assessment
    effect: Effect | None


@blueprint.get("/pengaturan/urgensi")
@requires(Permission.SETTINGS_SEE)
def show() -> ResponseReturnValue:
    """All values, a proposal that waits, and what stood before."""
    return _page(find_rules(db.session()).values)


@blueprint.post("/pengaturan/urgensi/coba")
@requires(Permission.SETTINGS_SEE)
def try_out() -> ResponseReturnValue:
    """What the typed values say of chosen or pasted answers, and of open cases. Nothing is kept."""
    values, fault = _typed()
    if values is None:
        return _page(find_rules(db.session()).values, fault=fault), INVALID
    pasted = request.form.get("tempel", "")[:PASTED_LIMIT].strip()
    try:
        asked = read_answers(pasted or json.dumps(read_choices(request.form.to_dict(flat=False))))
    except (AnswersError, RecursionError) as error:
        faults = error.faults if isinstance(error, AnswersError) else []
        return _page(values, fault=_("Jawaban tidak terbaca."), faults=faults), INVALID
    session = db.session()
    standing = find_rules(session).values
    may_count = person().may(Permission.RULES_PROPOSE) and bool(person().reader.epochs)
    effect = count_effect(session, person().reader, values) if may_count else None
    shipped, stands, typed = (assess(*asked, values=each) for each in (SHIPPED_VALUES, standing, values))
    return _page(values, tried=TryOut(shipped, stands, typed, effect))


@blueprint.post("/pengaturan/urgensi")
@requires(Permission.RULES_PROPOSE)
def save() -> ResponseReturnValue:
    """Put the typed values before a second person."""
    values, fault = _typed()
    if values is None:
        return _page(find_rules(db.session()).values, fault=fault), INVALID
    if values == find_rules(db.session()).values:
        return _page(values, fault=_("Belum ada yang berubah.")), INVALID
    db.session.rollback()
    act = doing(seen_version())
    return _change(lambda: propose(db.session(), values, act), _("Diusulkan. Penyelia lain perlu menyetujuinya."))


@blueprint.post("/pengaturan/urgensi/kembalikan")
@requires(Permission.RULES_PROPOSE)
def bring_back() -> ResponseReturnValue:
    """Propose what stood before; going back needs two people as well."""
    number, act = request.form.get("number", -1, type=int), doing(seen_version())
    done = _("Diusulkan: kembali ke versi itu. Penyelia lain perlu menyetujuinya.")
    return _change(lambda: propose_earlier(db.session(), number, act), done)


@blueprint.post("/pengaturan/urgensi/setujui")
@requires(Permission.RULES_PROPOSE)
def confirm() -> ResponseReturnValue:
    """Let a colleague's proposal count."""
    act = doing(seen_version())
    done = _("Berlaku sekarang. Laporan baru langsung dihitung begini; kasus terbuka menyusul dalam beberapa menit.")
    return _change(lambda: confirm_proposal(db.session(), act), done)


@blueprint.post("/pengaturan/urgensi/batal")
@requires(Permission.RULES_PROPOSE)
def withdraw() -> ResponseReturnValue:
    """Drop the proposal."""
    act = doing(seen_version())
    return _change(lambda: withdraw_proposal(db.session(), act), _("Usulan dibatalkan."))


def _change(perform: Callable[[], None], done: str) -> ResponseReturnValue:
    try:
        perform()
        db.session.commit()
        flash(done)
    except SamePersonError:
        db.session.rollback()
        flash(_("Anda yang mengusulkan. Penyelia lain perlu menyetujuinya."))
    except BoundsError as error:
        db.session.rollback()
        flash(_("Nilai di luar batas: %(name)s", name=_(name_value(error.name))))
    except ChangedError:
        db.session.rollback()
        flash(_("Belum dilakukan: usulan berubah sejak Anda buka. Periksa dulu isinya sekarang."))
    return redirect(url_for("rules.show"), code=303)


def _typed() -> tuple[RuleValues, None] | tuple[None, str]:
    body = find_rules(db.session()).values.to_body()
    try:
        for name, stands in body.items():
            body[name] = type(stands)(request.form.get(name, stands))
        values = RuleValues.from_body(body)
    except ValueError:
        return None, _("Isi setiap nilai dengan angka.")
    if not (faults := list_faults(values)):
        return values, None
    more, less = faults[0]
    if more == less:
        lowest, most = bounds_of(more)
        name = _(name_value(more))
        limits = {"lowest": lowest, "most": most}
        return None, _("“%(name)s” paling sedikit %(lowest)s, paling banyak %(most)s.", name=name, **limits)
    names = {"more": _(name_value(more)), "less": _(name_value(less))}
    return None, _("“%(more)s” tidak boleh lebih ringan dari “%(less)s”.", **names)


def _page(
    values: RuleValues, *, fault: str | None = None, faults: list[str] | None = None, tried: TryOut | None = None
) -> str:
    session = db.session()
    standing, newest, proposal = find_rules(session).values, find_newest(session, RULES_ITEM), find_proposal(session)
    last = find_newest(session, PROPOSAL)
    return render_template(
        "triage/rules.html",
        body=values.to_body(),
        floors=[name for name in SHIPPED_VALUES.to_body() if name.startswith("floor.")],
        standing=standing.to_body(),
        shipped=SHIPPED_VALUES.to_body(),
        newest=newest,
        proposal=proposal,
        proposed=list_differences(standing.to_body(), proposal.body) if proposal else [],
        version=last.number if last else 0,
        past=list_past(session, RULES_ITEM),
        names=list_names(session),
        name_value=name_value,
        bounds_of=bounds_of,
        floors_for=lambda name: floors_for(ReasonCode(name.partition(".")[2])),
        questions=list_questions(),
        facts=FACT_LABELS,
        chosen=request.form,
        fault=fault,
        faults=faults or [],
        tried=tried,
        unchanged=tried is not None and values == standing,
    )
