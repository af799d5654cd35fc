"""Closed lists of the work on one case: its tasks and clocks, what staff set down about it, who asked to erase it."""

from __future__ import annotations

from enum import StrEnum


class TaskEnd(StrEnum):
    """Why a task is no longer to be done. It can be taken up again either way."""

    DONE = "done"
    REMOVED = "removed"


class RemarkKind(StrEnum):
    """What a remark is about; the newest of a kind counts."""

    DUTY = "duty"
    KNOWN = "known"
    CLOSING = "closing"
    REOPENING = "reopening"


class DutyOutcome(StrEnum):
    """What the office decided on its duty to report (UU 12/2022 art. 41)."""

    REPORTED = "reported"
    NOT_REPORTED = "not_reported"
    NOT_TPKS = "not_tpks"


class TakedownTarget(StrEnum):
    """Who was asked to take an address down."""

    KOMDIGI = "komdigi"
    PLATFORM = "platform"


class TakedownState(StrEnum):
    """What became of an address that somebody was asked to take down."""

    WAITING = "waiting"
    REMOVED = "removed"
    REFUSED = "refused"


class Requester(StrEnum):
    """Who asked the office to erase a report. No value says how old anybody is."""

    PERSON = "person"
    REPRESENTATIVE = "representative"
    REPORTER = "reporter"


class IdentityCheck(StrEnum):
    """How the office made sure that it was that person."""

    SHOWN = "identity_shown"
    CALLED_BACK = "called_back"
    KNEW_DETAILS = "knew_details"
    LETTER = "letter"
