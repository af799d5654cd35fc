"""Why a bundle may not be requested, approved or exported."""

from __future__ import annotations

from enum import StrEnum

from triage.errors import TriageError


class BundleBar(StrEnum):
    """The rule that stands in the way."""

    SAME_PERSON = "same_person"
    WITHDRAWN = "withdrawn"
    NO_CONSENT = "no_consent"
    ALREADY_REQUESTED = "already_requested"
    NOT_FILLED_IN = "not_filled_in"
    ANNEX_NOT_WHOLE = "annex_not_whole"
    AGE_KEY = "age_key"
    NOTHING_LEFT = "nothing_left"
    FINGERPRINTS_REASON = "fingerprints_reason"
    ANNEX_NO_CONSENT = "annex_no_consent"
    NOT_YOURS = "not_yours"
    NO_BUILDER = "no_builder"


class BundleBarredError(TriageError):
    """A rule forbids the act; ``bar`` says which. Nothing was changed."""

    def __init__(self, bar: BundleBar) -> None:
        self.bar = bar
        super().__init__(bar.value)
