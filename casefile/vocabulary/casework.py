"""Closed lists of the work on one case: what became of its tasks and clocks, and what staff set down about it."""

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
