"""What stands in a letter, as frozen values with a JSON form. Nothing in it names the reporter or tells the story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from casefile.vocabulary import ReferralBasis, TakedownTarget, YesNoUnknown
from casefile.wording import N_


class ExtraRequest(StrEnum):
    """What is asked for beside taking the content down."""

    PRESERVE = "simpan_data"
    NO_NOTICE = "jangan_beri_tahu"


REQUEST_LABELS: dict[ExtraRequest, str] = {
    ExtraRequest.PRESERVE: N_("Simpan datanya untuk polisi"),
    ExtraRequest.NO_NOTICE: N_("Jangan beri tahu pengunggah"),
}


def reference_of(letter_id: UUID) -> str:
    """The number on a letter. It tells nothing of the case, so that two letters cannot be told to be about one."""
    return f"HK-{letter_id.hex[:8].upper()}"


@dataclass(frozen=True)
class LetterLine:
    """One address as it was told, the accounts it names, and on which day the office learned of it.

    ``takedown_id`` is the id of the row that comes to be when the letter is sent.
    """

    takedown_id: UUID
    address: str = field(repr=False)
    account: str = field(repr=False)
    seen_on: date

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "takedown": self.takedown_id.hex,
            "address": self.address,
            "account": self.account,
            "seen_on": self.seen_on.isoformat(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``. Raises ``KeyError`` or ``ValueError`` on another form."""
        seen_on = date.fromisoformat(stored["seen_on"])
        return cls(UUID(stored["takedown"]), stored["address"], stored["account"], seen_on)


@dataclass(frozen=True)
class FirstLetter:
    """The letter that a reminder follows: its id, when it was sent, and the recipient's number for it, if any."""

    id: UUID
    sent_at: datetime
    ticket: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterContents:
    """All that a letter says, and what allows it.

    ``hours`` is the recipient's time, from when it is told. ``basis_note`` says how consent was spoken and does not
    leave the office; ``choices_number`` is that of the reporter's newest choices when the letter was made.
    """

    recipient: str
    recipient_name: str
    target: TakedownTarget
    category: str
    laws: tuple[str, ...]
    shows_child: YesNoUnknown
    is_urgent: bool
    hours: int
    deadline_law: str
    extras: frozenset[ExtraRequest]
    lines: tuple[LetterLine, ...] = field(repr=False)
    officer: str
    made_on: date
    basis: ReferralBasis
    basis_note: str = field(default="", repr=False)
    choices_number: int = 0
    follows: FirstLetter | None = None
    sent_at: datetime | None = None
    ticket: str = ""

    @property
    def first_deadline(self) -> datetime | None:
        """By when the recipient must have acted on the letter that this one follows."""
        return None if self.follows is None else self.follows.sent_at + timedelta(hours=self.hours)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        first = self.follows
        return {
            "recipient": self.recipient,
            "recipient_name": self.recipient_name,
            "target": self.target.value,
            "category": self.category,
            "laws": list(self.laws),
            "shows_child": self.shows_child.value,
            "is_urgent": self.is_urgent,
            "hours": self.hours,
            "deadline_law": self.deadline_law,
            "extras": sorted(extra.value for extra in self.extras),
            "lines": [line.to_json() for line in self.lines],
            "officer": self.officer,
            "made_on": self.made_on.isoformat(),
            "basis": self.basis.value,
            "basis_note": self.basis_note,
            "choices_number": self.choices_number,
            "follows": first and [first.id.hex, first.sent_at.isoformat(), first.ticket],
            "sent_at": self.sent_at and self.sent_at.isoformat(),
            "ticket": self.ticket,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``. Raises ``KeyError``, ``ValueError`` or ``TypeError`` on another form."""
        first, sent_at = stored["follows"], stored["sent_at"]
        return cls(
            recipient=stored["recipient"],
            recipient_name=stored["recipient_name"],
            target=TakedownTarget(stored["target"]),
            category=stored["category"],
            laws=tuple(stored["laws"]),
            shows_child=YesNoUnknown(stored["shows_child"]),
            is_urgent=stored["is_urgent"],
            hours=stored["hours"],
            deadline_law=stored["deadline_law"],
            extras=frozenset(ExtraRequest(extra) for extra in stored["extras"]),
            lines=tuple(LetterLine.from_json(line) for line in stored["lines"]),
            officer=stored["officer"],
            made_on=date.fromisoformat(stored["made_on"]),
            basis=ReferralBasis(stored["basis"]),
            basis_note=stored["basis_note"],
            choices_number=stored["choices_number"],
            follows=FirstLetter(UUID(first[0]), datetime.fromisoformat(first[1]), first[2]) if first else None,
            sent_at=datetime.fromisoformat(sent_at) if sent_at else None,
            ticket=stored["ticket"],
        )
