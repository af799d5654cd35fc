"""What allows a referral: rules on values.

UU 27/2022 (PDP) art. 20(2) names the bases; UU 12/2022 art. 41 is the duty to report to the police. Consent is what the
reporter chose last; words outside of the form count until the reporter chooses anew and leaves the recipient out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from casefile.submission import Consents
from casefile.vocabulary import ReferralBasis, ReferralTarget
from triage.referrals.contents import Plan


class Bar(StrEnum):
    """What keeps a referral from being sent."""

    NO_BASIS = "no_basis"
    NO_CONSENT = "no_consent"
    NOT_ON_FORM = "not_on_form"
    TAKEN_BACK = "taken_back"
    NO_NOTE = "no_note"
    NOT_POLICE = "not_police"
    NOT_APPROVED = "not_approved"


@dataclass(frozen=True)
class ConsentStand:
    """The reporter's consents as they stand. ``targets`` is None where only the opened report tells them.

    ``number`` is that of the newest choices: 0 where there are none beside the report.
    """

    targets: frozenset[ReferralTarget] | None
    number: int

    def covers(self, target: ReferralTarget | None) -> bool:
        """Whether the reporter has agreed to pass data to that field of work."""
        return target is not None and self.targets is not None and target in self.targets


def stand_of(consents: Consents, number: int) -> ConsentStand:
    """What an opened report says, its newest choices counted in."""
    return ConsentStand(consents.referrals, number)


def find_bar(plan: Plan, stand: ConsentStand, *, is_approved: bool) -> Bar | None:
    """The first thing that is missing before ``plan`` may be sent; None where nothing is."""
    if plan.basis is None:
        return Bar.NO_BASIS
    if plan.basis is not ReferralBasis.CONSENT and not plan.basis_note:
        return Bar.NO_NOTE
    return _RULES[plan.basis](plan, stand, is_approved)


def was_taken_back(plan: Plan | None, stand: ConsentStand, since: int) -> bool:
    """Whether the reporter chose anew after choice ``since``, and does not name the recipient's field of work.

    What cannot be read counts as taken back. The duty to report does not rest on consent.
    """
    if stand.number <= since:
        return False
    if plan is None:
        return True
    return plan.basis is not ReferralBasis.DUTY and not stand.covers(plan.target)


def _by_form(plan: Plan, stand: ConsentStand, _is_approved: bool) -> Bar | None:
    if plan.target is None:
        return Bar.NOT_ON_FORM
    return None if stand.covers(plan.target) else Bar.NO_CONSENT


def _by_words(plan: Plan, stand: ConsentStand, _is_approved: bool) -> Bar | None:
    return Bar.TAKEN_BACK if was_taken_back(plan, stand, plan.choices_number) else None


def _by_duty(plan: Plan, _stand: ConsentStand, is_approved: bool) -> Bar | None:
    if plan.target is not ReferralTarget.POLICE:
        return Bar.NOT_POLICE
    return None if is_approved else Bar.NOT_APPROVED


_RULES: dict[ReferralBasis, Callable[[Plan, ConsentStand, bool], Bar | None]] = {
    ReferralBasis.CONSENT: _by_form,
    ReferralBasis.SPOKEN: _by_words,
    ReferralBasis.DUTY: _by_duty,
}
