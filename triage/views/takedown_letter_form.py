"""The form of takedown letters: which addresses go to whom, from fields to letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from casefile.articles import list_articles
from casefile.submission import Answers
from casefile.takedown_recipients import ContentCategory, TakedownRecipient, list_recipients
from casefile.text import clean_text
from casefile.vocabulary import ReferralBasis, YesNoUnknown
from triage.administration.articles import fitting_articles
from triage.clocks import suggests_urgent
from triage.takedown_letters import (
    ChosenAddress,
    ExtraRequest,
    LetterContents,
    LetterLine,
    TakedownConsent,
    letter_id_for,
    takedown_ids,
)
from triage.takedowns import ADDRESS_LIMIT
from triage.views.paper_forms import IncompleteError
from triage.views.typed import pick

Form = MultiDict[str, str]

NOTE_LIMIT = 500
TYPED_LIMIT = 20
"""Addresses that may be typed beside those of the report."""
BASES = (ReferralBasis.CONSENT, ReferralBasis.SPOKEN)
_YES, _NO = "ya", "tidak"


@dataclass(frozen=True)
class Choosing:
    """What the form is about: a report as it stands, its addresses, whom its reporter allows to be asked."""

    answers: Answers
    received_on: date
    addresses: tuple[ChosenAddress, ...] = field(repr=False)
    consent: TakedownConsent


@dataclass(frozen=True)
class Signing:
    """Who makes the letters, on which day, and the id that the page made for its form."""

    officer: str
    on: date
    form_id: UUID


def typed_addresses(form: Form) -> list[str]:
    """The addresses that were typed, one a line."""
    lines = (clean_text(line, ADDRESS_LIMIT) for line in form.get("alamat_lain", "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))[:TYPED_LIMIT]


def is_urgent(form: Form, answers: Answers) -> bool:
    """Whether four hours were chosen; what the answers suggest where nobody has chosen yet."""
    return form["mendesak"] == _YES if "mendesak" in form else suggests_urgent(answers)


def sections(choosing: Choosing) -> Iterator[tuple[TakedownRecipient, list[ChosenAddress], bool]]:
    """Each recipient with the addresses that may go there, and whether it is likely to be asked at all."""
    for recipient in list_recipients():
        if recipient.platform is None:
            yield recipient, list(choosing.addresses), not recipient.needs_account
            continue
        own = [one for one in choosing.addresses if one.platform_key in {recipient.key, ""}]
        is_named = recipient.platform in choosing.answers.platforms
        is_theirs = any(one.platform_key == recipient.key for one in own)
        if own:
            yield recipient, own, is_named or is_theirs


def read_letters(
    session: Session, form: Form, choosing: Choosing, signing: Signing
) -> list[tuple[UUID, LetterContents]]:
    """The letters that were filled in, each with its id. Raises ``IncompleteError``."""
    basis = pick(ReferralBasis, form.get("izin"))
    if basis not in BASES or basis is None:
        raise IncompleteError(_("Pilih dasar izinnya."))
    note = clean_text(form.get("catatan_izin", ""), NOTE_LIMIT)
    if basis is ReferralBasis.SPOKEN and not note:
        raise IncompleteError(_("Tulis kapan dan bagaimana izin itu diberikan."))
    made = [
        (
            letter_id_for(signing.form_id, recipient.key),
            replace(
                _letter(session, form, choosing, recipient, signing),
                lines=_lines(chosen, recipient, signing),
                basis=basis,
                basis_note=note if basis is ReferralBasis.SPOKEN else "",
            ),
        )
        for recipient, addresses, _likely in sections(choosing)
        if (chosen := [one for one in addresses if one.text in form.getlist(f"ke-{recipient.key}")])
    ]
    if not made:
        raise IncompleteError(_("Pilih paling sedikit satu alamat."))
    return made


def _letter(
    session: Session, form: Form, choosing: Choosing, recipient: TakedownRecipient, signing: Signing
) -> LetterContents:
    urgent = is_urgent(form, choosing.answers)
    category = _category(form, choosing, recipient, urgent=urgent)
    return LetterContents(
        recipient=recipient.key,
        recipient_name=recipient.name,
        target=recipient.target,
        category=category.words,
        laws=_laws(session, choosing, recipient, category, urgent=urgent),
        shows_child=YesNoUnknown.YES if urgent else choosing.answers.child_visible or YesNoUnknown.UNKNOWN,
        is_urgent=urgent,
        hours=recipient.urgent_hours if urgent else recipient.usual_hours,
        deadline_law=recipient.deadline_law,
        extras=frozenset(extra for extra in ExtraRequest if extra.value in form.getlist("minta")),
        lines=(),
        officer=signing.officer,
        made_on=signing.on,
        basis=ReferralBasis.CONSENT,
    )


def _lines(chosen: list[ChosenAddress], recipient: TakedownRecipient, signing: Signing) -> tuple[LetterLine, ...]:
    ids = takedown_ids(signing.form_id, recipient.key, [one.text for one in chosen])
    return tuple(
        LetterLine(takedown_id, one.text, one.account, one.seen_on)
        for takedown_id, one in zip(ids, chosen, strict=True)
    )


def _category(form: Form, choosing: Choosing, recipient: TakedownRecipient, *, urgent: bool) -> ContentCategory:
    """What was chosen; where a child is to be seen, always the recipient's own category for that."""
    given = form.get(f"jenis-{recipient.key}", "")
    if not urgent and given.isdecimal() and int(given) < len(recipient.categories):
        chosen = recipient.categories[int(given)]
        if not chosen.is_for_children_alone:
            return chosen
    return recipient.categories[recipient.suggest_category(choosing.answers.kinds, shows_child=urgent)]


def _laws(
    session: Session, choosing: Choosing, recipient: TakedownRecipient, category: ContentCategory, *, urgent: bool
) -> tuple[str, ...]:
    """What the recipient must act on, then articles that may fit this kind of content and no other of the report."""
    asked = replace(choosing.answers, kinds=choosing.answers.kinds & category.kinds)
    found = fitting_articles(asked, choosing.received_on, list_articles(session)) if asked.kinds else ()
    named = [f"{one.law}, {one.article}" for one in found]
    return tuple(dict.fromkeys([*recipient.list_laws(shows_child=urgent), *named]))
