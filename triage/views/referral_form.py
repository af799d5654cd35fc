"""The form of a referral's draft: from fields to a plan and back."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from casefile.models import DirectoryEntry
from casefile.text import clean_text
from casefile.vocabulary import ReferralBasis, ReferralTarget, SharedPart
from triage.referrals import Plan
from triage.views.paper_forms import IncompleteError
from triage.views.typed import pick

Form = MultiDict[str, str]

NAME_LIMIT, TEXT_LIMIT = 120, 2000
TEXTS = ("penerima", "tujuan", "keterangan", "alasan_dasar")
"""Fields in which people write."""
OTHER_FIELD = "lain"


def read_form(session: Session, form: Form, number: int, before: Plan | None) -> Plan:
    """What was filled in. Raises ``IncompleteError``.

    ``number`` is that of the reporter's newest choices. Words about consent that stood ``before`` keep the number they
    were written under: a newer choice asks for newer words.
    """
    entry = _entry(session, form.get("lembaga", ""))
    typed = " ".join(clean_text(form.get("penerima", ""), NAME_LIMIT).split())
    if entry and typed:
        raise IncompleteError(_("Pilih lembaga dari daftar, atau tulis sendiri. Jangan keduanya."))
    recipient = entry.name if entry else typed
    purpose = clean_text(form.get("tujuan", ""), TEXT_LIMIT)
    field = form.get("bidang", "")
    target = pick(ReferralTarget, field)
    if not recipient or not purpose or (target is None and field != OTHER_FIELD):
        raise IncompleteError(_("Isi penerima, bidangnya, dan yang diminta."))
    ticked = {pick(SharedPart, value) for value in form.getlist("bagi")}
    plan = Plan(
        recipient=recipient,
        entry_id=entry.id if entry else None,
        target=target,
        purpose=purpose,
        account=clean_text(form.get("keterangan", ""), TEXT_LIMIT),
        parts=frozenset(part for part in SharedPart if part in ticked),
        basis=pick(ReferralBasis, form.get("dasar")),
        basis_note=clean_text(form.get("alasan_dasar", ""), TEXT_LIMIT),
        choices_number=number,
    )
    said_before = before and (before.basis, before.basis_note) == (plan.basis, plan.basis_note)
    return replace(plan, choices_number=before.choices_number) if before and said_before else plan


def fill_form(plan: Plan) -> Form:
    """The fields of the form in which ``plan`` stands."""
    fields = [
        ("lembaga", str(plan.entry_id) if plan.entry_id else ""),
        ("penerima", "" if plan.entry_id else plan.recipient),
        ("bidang", plan.target.value if plan.target else OTHER_FIELD),
        ("tujuan", plan.purpose),
        ("keterangan", plan.account),
        ("dasar", plan.basis.value if plan.basis else ""),
        ("alasan_dasar", plan.basis_note),
    ]
    return MultiDict([*fields, *(("bagi", part.value) for part in plan.parts)])


def _entry(session: Session, typed: str) -> DirectoryEntry | None:
    try:
        return session.get(DirectoryEntry, UUID(typed)) if typed else None
    except ValueError:
        return None
