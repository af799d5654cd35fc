"""Whence staff have a report that nobody sent by the portal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from casefile.vocabulary import Channel, LegalBasis


@dataclass(frozen=True)
class Origin:
    """``basis`` is what keeping the report rests on, ``register_number`` its number in the unit's old register."""

    channel: Channel
    basis: LegalBasis
    register_number: str = ""

    def to_json(self) -> dict[str, str]:
        """Plain JSON values."""
        return {"kanal": self.channel.value, "dasar": self.basis.value, "nomor_register": self.register_number}

    @classmethod
    def from_json(cls, stored: Mapping[str, str]) -> Self:
        """The inverse of ``to_json``. Raises ``ValueError`` or ``KeyError`` when a value has the wrong form."""
        return cls(Channel(stored["kanal"]), LegalBasis(stored["dasar"]), stored["nomor_register"])
