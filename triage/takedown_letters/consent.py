"""What allows asking for a takedown: rules on values (UU 27/2022, PDP, art. 20(2)).

Komdigi may be told where the reporter agreed to passing data to Komdigi. A platform learns addresses alone, and telling
it is the help that "have content removed" asks for; whoever takes back Komdigi takes that back too. Words outside of
the form count, written down, until the reporter chooses anew and leaves Komdigi out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casefile.vocabulary import Need, ReferralBasis, ReferralTarget, TakedownTarget
from triage.additions import OpenedReport
from triage.errors import TriageError


class LetterBar(StrEnum):
    """What keeps a letter from being made or sent."""

    NO_CONSENT = "no_consent"
    NO_NOTE = "no_note"
    TAKEN_BACK = "taken_back"


class LetterBarredError(TriageError):
    """A letter lacks what allows it. ``bar`` says what."""

    def __init__(self, bar: LetterBar) -> None:
        self.bar = bar
        super().__init__(bar.value)


@dataclass(frozen=True)
class TakedownConsent:
    """Whom the reporter allows to be asked. ``number`` is that of the newest choices, 0 where there are none."""

    targets: frozenset[TakedownTarget]
    number: int

    def covers(self, target: TakedownTarget) -> bool:
        """Whether that kind of recipient may be asked."""
        return target in self.targets


def consent_of(opened: OpenedReport) -> TakedownConsent:
    """What an opened report says, its newest choices counted in; choices that do not open allow nothing."""
    newest = opened.choices[0] if opened.choices else None
    number = newest.number if newest else 0
    if newest is not None and not newest.is_open:
        return TakedownConsent(frozenset(), number)
    agreed = ReferralTarget.KOMDIGI in opened.submission.consents.referrals
    took_back = ReferralTarget.KOMDIGI in opened.as_sent.consents.referrals and not agreed
    wants_removal = Need.TAKEDOWN in opened.submission.answers.needs
    if agreed:
        return TakedownConsent(frozenset(TakedownTarget), number)
    allowed = {TakedownTarget.PLATFORM} if wants_removal and not took_back else set()
    return TakedownConsent(frozenset(allowed), number)


def check_basis(consent: TakedownConsent, target: TakedownTarget, basis: ReferralBasis, note: str) -> None:
    """Raises ``LetterBarredError`` where ``basis``, with the ``note`` of how consent was spoken, does not allow it."""
    if basis is ReferralBasis.SPOKEN:
        if not note:
            raise LetterBarredError(LetterBar.NO_NOTE)
    elif basis is not ReferralBasis.CONSENT or not consent.covers(target):
        raise LetterBarredError(LetterBar.NO_CONSENT)
