"""Referrals to other institutions: how one stands, what was done, what it rests on, and what is shared."""

from __future__ import annotations

from enum import StrEnum


class ReferralState(StrEnum):
    """How a referral stands."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something about it."""
        return self in {ReferralState.DRAFT, ReferralState.SENT, ReferralState.ACCEPTED}

    @property
    def is_out(self) -> bool:
        """Another institution holds what was shared, and was not asked to give it up."""
        return self in {ReferralState.SENT, ReferralState.ACCEPTED, ReferralState.REFUSED, ReferralState.DONE}


class ReferralAct(StrEnum):
    """What was done to a referral; ``RESUMED`` takes the last outcome back, ``TOLD`` says that consent was lost."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    RESUMED = "resumed"
    TOLD = "told"
    DISCARDED = "discarded"


class ReferralBasis(StrEnum):
    """What allows sharing: a tick of the reporter's, words of the reporter's, or the duty to report (art. 41)."""

    CONSENT = "consent"
    SPOKEN = "spoken"
    DUTY = "duty"


class SharedPart(StrEnum):
    """What of a report may be shared, each for itself, in the order in which it stands on the letter."""

    SUMMARY = "summary"
    KINDS = "kinds"
    AGE = "age"
    GENDER = "gender"
    PLATFORMS = "platforms"
    RELATION = "relation"
    DISTRICT = "district"
    NEEDS = "needs"
    CONTACT = "contact"
    URGENCY = "urgency"
    FEELING = "feeling"
    STORY = "story"
    ADDRESSES = "addresses"
    FINGERPRINTS = "fingerprints"
