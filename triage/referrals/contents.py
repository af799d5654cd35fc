"""What stands in the steps of a referral, as frozen values with a JSON form. Texts are cleaned (``casefile.text``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from casefile.vocabulary import ReferralBasis, ReferralTarget, SharedPart

WORDS = "text"
"""Key of the words of an outcome."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be shared with whom, what for, and what allows it.

    ``recipient`` is a name, of the directory's entry where ``entry_id`` is set; ``target`` is the field of work that
    consent is given for, None for all that the form does not ask about. ``basis_note`` says how consent was spoken, or
    why the duty to report is followed. ``choices_number`` is that of the reporter's newest choices when it was written.
    """

    recipient: str
    purpose: str
    target: ReferralTarget | None = None
    entry_id: UUID | None = None
    account: str = ""
    parts: frozenset[SharedPart] = frozenset()
    basis: ReferralBasis | None = None
    basis_note: str = ""
    choices_number: int = 0

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "recipient": self.recipient,
            "entry_id": self.entry_id and self.entry_id.hex,
            "target": self.target,
            "purpose": self.purpose,
            "account": self.account,
            "parts": sorted(part.value for part in self.parts),
            "basis": self.basis,
            "basis_note": self.basis_note,
            "choices_number": self.choices_number,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``. Raises ``KeyError`` or ``ValueError`` on another form."""
        return cls(
            recipient=stored["recipient"],
            entry_id=stored["entry_id"] and UUID(stored["entry_id"]),
            target=stored["target"] and ReferralTarget(stored["target"]),
            purpose=stored["purpose"],
            account=stored["account"],
            parts=frozenset(SharedPart(part) for part in stored["parts"]),
            basis=stored["basis"] and ReferralBasis(stored["basis"]),
            basis_note=stored["basis_note"],
            choices_number=stored["choices_number"],
        )
