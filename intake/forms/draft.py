"""A form being filled: what was typed, as it was typed, and what is kept of the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from casefile.questions import Filled
from intake.forms.pictures import Pictures, PictureWays


@dataclass(frozen=True)
class Draft(Filled):
    """``was_warned`` means that the notice about a phone number in the story was shown once."""

    pictures: Pictures = field(default_factory=Pictures)
    was_warned: bool = False

    @property
    def picture_ways(self) -> PictureWays:
        """Which pictures this person may send, and which of those that came are sent on."""
        return PictureWays.of(self.own_answers)

    def with_pictures(self, pictures: Pictures) -> Self:
        """Another draft with these pictures."""
        return replace(self, pictures=pictures)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "isi": {name: list(sent) for name, sent in self.values.items()},
            **self.pictures.to_json(),
            "diingatkan": self.was_warned,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``."""
        return cls(stored["isi"], Pictures.from_json(stored), stored["diingatkan"])
