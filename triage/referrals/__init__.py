"""Referrals of a case to other institutions: nothing is shared but what was ticked, and nothing without a basis.

``contents`` holds what is drafted, ``letter`` makes of it the text that leaves, ``consent`` says what allows sending,
``writing`` drafts, approves and sends, ``following`` keeps what came of it, ``opening`` opens referrals with a custody
entry (docs/decisions/0019-referrals.md). Suluh sends nothing by itself: staff hand the letter over.
"""

from triage.referrals.consent import Bar, ConsentStand, find_bar, stand_of
from triage.referrals.contents import Plan
from triage.referrals.following import NEEDS_WORDS, Outcome, follow_referral, list_possible
from triage.referrals.letter import Letter, Sharing, compose
from triage.referrals.opening import (
    OpenedReferral,
    OpenedStep,
    ReferralFile,
    count_by_state,
    count_open,
    has_changed_choices,
    newest_choices,
    read_referrals,
)
from triage.referrals.writing import Ready, approve_referral, save_plan, send_referral, write_referral

__all__ = [
    "NEEDS_WORDS",
    "Bar",
    "ConsentStand",
    "Letter",
    "OpenedReferral",
    "OpenedStep",
    "Outcome",
    "Plan",
    "Ready",
    "ReferralFile",
    "Sharing",
    "approve_referral",
    "compose",
    "count_by_state",
    "count_open",
    "find_bar",
    "follow_referral",
    "has_changed_choices",
    "list_possible",
    "newest_choices",
    "read_referrals",
    "save_plan",
    "send_referral",
    "stand_of",
    "write_referral",
]
