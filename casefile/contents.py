"""What lies inside the sealed boxes, and its JSON form: one writer and one reader for each.

=====================  ==============  =======================  =========================================
contents               written by      opened by                sealed with
=====================  ==============  =======================  =========================================
``ReportContents``     intake          desk (``reading``)       ``seal_part`` under the report's data key
``WorkerPayload``      intake          worker                   ``seal_worker_envelope``
additions              intake          see ``casefile.additions``
``QueueSummary``       worker          desk (queue)             ``seal_note``, kind ``SUMMARY_NOTE``
``MatchReason`` list   worker          desk (related reports)   ``seal_note``, kind ``MATCH_NOTE``
=====================  ==============  =======================  =========================================
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from typing import Any, Self

from casefile.pictures import Picture
from casefile.submission import Answers, Submission
from casefile.vocabulary import ClosingReason, IdentifierKind, MatchClass

CONTENTS_PART = 0
"""Position of the part that holds ``ReportContents``."""
CONTENTS_KIND = "contents"
SUMMARY_NOTE = "case-summary"
MATCH_NOTE = "match-reasons"
OVERRIDE_NOTE = "override-reason"
DECISION_NOTE = "decision-reason"
BUNDLE_NOTE = "bundle-purpose"
ANNEX_NOTE = "bundle-annex"
PACKAGE_NOTE = "bundle-package"
SHEET_NOTE = "bundle-sheet"
HANDOVER_NOTE = "handover-note"
DRAFT_NOTE = "reply-draft"
ENTERING_NOTE = "entering-draft"
PAPER_NOTE = "paper-version"
REFERRAL_NOTE = "referral-step"
TASK_NOTE = "task"
REMARK_NOTE = "case-remark"
TAKEDOWN_NOTE = "takedown"
TAKEDOWN_LETTER_NOTE = "takedown-letter"
ERASURE_NOTE = "erasure-request"


def encode_json(values: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces: equal values give equal bytes."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def decode_json(stored: bytes) -> Any:
    """The inverse of ``encode_json``. Raises ``ValueError`` for all that is no JSON, also for lists without end."""
    try:
        return json.loads(stored)
    except RecursionError:
        raise ValueError("nested too deeply") from None


@dataclass(frozen=True)
class ReportContents:
    """The whole report, and the reporter's public key (base64 text) for replies; empty where no code was made."""

    submission: Submission
    reporter_key: str

    def to_bytes(self) -> bytes:
        """UTF-8 JSON."""
        return encode_json({"laporan": self.submission.to_json(), "kunci_pelapor": self.reporter_key})

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The inverse of ``to_bytes``. Raises ``ValueError`` or ``KeyError`` on another form."""
        values = decode_json(stored)
        return cls(Submission.from_json(values["laporan"]), values["kunci_pelapor"])


@dataclass(frozen=True)
class BlindedTag:
    """An identifier after its first blinding in intake; the worker blinds it a second time."""

    kind: IdentifierKind
    first: bytes


@dataclass(frozen=True)
class Closing:
    """A case that was closed before it came to Suluh: on which day, and why where that is known."""

    on: date
    reason: ClosingReason | None = None


@dataclass(frozen=True)
class WorkerPayload:
    """All that the worker learns of a report: no word, no address, no receipt.

    ``closing`` is there where an old register's case was closed already.
    """

    received_at: datetime
    answers: Answers
    may_compare: bool
    pictures: tuple[Picture, ...]
    tags: tuple[BlindedTag, ...]
    closing: Closing | None = None

    def to_bytes(self) -> bytes:
        """UTF-8 JSON."""
        return encode_json(
            {
                "received_at": self.received_at.isoformat(),
                "answers": self.answers.to_json(),
                "may_compare": self.may_compare,
                "pictures": [picture.to_json() for picture in self.pictures],
                "tags": [[tag.kind.value, tag.first.hex()] for tag in self.tags],
                **_closing_to_json(self.closing),
            }
        )

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The inverse of ``to_bytes``. Raises ``ValueError`` or ``KeyError`` on another form."""
        values = decode_json(stored)
        return cls(
            received_at=datetime.fromisoformat(values["received_at"]),
            answers=Answers.from_json(values["answers"]),
            may_compare=values["may_compare"],
            pictures=tuple(Picture.from_json(picture) for picture in values["pictures"]),
            tags=tuple(BlindedTag(IdentifierKind(kind), bytes.fromhex(first)) for kind, first in values["tags"]),
            closing=_closing_from_json(values.get("closed")),
        )


def _closing_to_json(closing: Closing | None) -> dict[str, Any]:
    if closing is None:
        return {}
    return {"closed": [closing.on.isoformat(), None if closing.reason is None else closing.reason.value]}


def _closing_from_json(stored: list[str] | None) -> Closing | None:
    if stored is None:
        return None
    day, reason = stored
    return Closing(date.fromisoformat(day), ClosingReason(reason) if reason else None)


@dataclass(frozen=True)
class QueueSummary:
    """What the queue shows of a report without opening it. ``reasons`` are pairs of reason code and points.

    ``device_pictures`` says how many of the pictures were read on the reporter's device.
    """

    answers: Answers
    may_compare: bool
    picture_count: int
    incomparable_pictures: tuple[int, ...]
    reasons: tuple[tuple[str, int], ...]
    device_pictures: int = 0

    def to_bytes(self) -> bytes:
        """UTF-8 JSON."""
        return encode_json(
            {
                "answers": self.answers.to_json(),
                "may_compare": self.may_compare,
                "picture_count": self.picture_count,
                "incomparable_pictures": list(self.incomparable_pictures),
                "reasons": [list(reason) for reason in self.reasons],
                "device_pictures": self.device_pictures,
            }
        )

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The inverse of ``to_bytes``."""
        values = decode_json(stored)
        return cls(
            answers=Answers.from_json(values["answers"]),
            may_compare=values["may_compare"],
            picture_count=values["picture_count"],
            incomparable_pictures=tuple(values["incomparable_pictures"]),
            reasons=tuple((code, points) for code, points in values["reasons"]),
            device_pictures=values.get("device_pictures", 0),
        )


@dataclass(frozen=True)
class Agreement:
    """What the fingerprints of two pictures have in common, and what speaks against it; nought where a kind is absent.

    ``distance`` is PDQ's, of 256 bits. ``lines``, ``points`` and ``words`` count text lines, photo points and keyed
    word groups that agree, ``pieces`` lines of which only a piece agrees, as where they are cut off; ``other_lines``
    counts places where both pictures have a line and the lines differ.
    ``rarity`` is 0 to 100: 100 where nothing that agrees occurs in any other group of reports. ``low_share`` and
    ``high_share`` are percent of each picture's lines and points, within what both show, that agree. ``low_in_high`` is
    not None where the low picture lies inside the high one as a picture in a picture: in how many of 256 bits of PDQ it
    differs from what is seen there; ``high_in_low`` the other way about.
    """

    distance: int | None = None
    lines: int = 0
    other_lines: int = 0
    points: int = 0
    words: int = 0
    rarity: int = 0
    low_share: int = 0
    high_share: int = 0
    low_in_high: int | None = None
    high_in_low: int | None = None
    pieces: int = 0

    @property
    def is_inside(self) -> bool:
        """Whether one of the pictures lies inside the other."""
        return self.low_in_high is not None or self.high_in_low is not None

    def swapped(self) -> Agreement:
        """The same, with low and high changed over."""
        return replace(
            self,
            low_share=self.high_share,
            high_share=self.low_share,
            low_in_high=self.high_in_low,
            high_in_low=self.low_in_high,
        )


@dataclass(frozen=True)
class MatchReason:
    """One agreement between two reports, in the order (low, high) of the match.

    ``low_picture`` and ``high_picture`` count pictures from 1; both are None for identifiers. ``agreement`` is None
    where the agreement is exact.
    """

    match_class: MatchClass
    low_picture: int | None = None
    high_picture: int | None = None
    agreement: Agreement | None = None

    def swapped(self) -> MatchReason:
        """The same, seen from the other report."""
        agreement = self.agreement and self.agreement.swapped()
        return MatchReason(self.match_class, self.high_picture, self.low_picture, agreement)


def encode_reasons(reasons: tuple[MatchReason, ...]) -> bytes:
    """UTF-8 JSON of a match's reasons."""
    return encode_json(
        [
            [
                r.match_class.value,
                r.low_picture,
                r.high_picture,
                None if r.agreement is None else list(astuple(r.agreement)),
            ]
            for r in reasons
        ]
    )


def decode_reasons(stored: bytes) -> tuple[MatchReason, ...]:
    """The inverse of ``encode_reasons``. Raises ``ValueError``, ``TypeError`` or ``IndexError`` on another form."""
    return tuple(
        MatchReason(MatchClass(row[0]), row[1], row[2], None if row[3] is None else Agreement(*row[3]))
        for row in decode_json(stored)
    )
