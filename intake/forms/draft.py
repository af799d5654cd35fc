"""A form being filled: what was typed, as it was typed, and what is kept of the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from casefile.submission import Answers
from casefile.vocabulary import Feeling, HarmKind, ReporterRole, SafeNow
from intake.forms.pictures import Pictures, PictureWays

Values = Mapping[str, list[str]]
"""Field name to what was sent under it; a field left blank is absent."""

ASKS_FOR_TRAFFICKING_SIGNS = frozenset({HarmKind.TRAFFICKING_OFFER.value, HarmKind.GROOMING.value})
_ONE_ANSWER = ("aman_sekarang", "peran", "usia", "anak_dalam_konten", "perasaan")


@dataclass(frozen=True)
class Draft:
    """``was_warned`` means that the notice about a phone number in the story was shown once."""

    values: Values = field(default_factory=dict)
    pictures: Pictures = field(default_factory=Pictures)
    was_warned: bool = False

    def one(self, name: str) -> str:
        """The first value of a field, or nothing."""
        return next(iter(self.values.get(name, [])), "")

    def many(self, name: str) -> list[str]:
        """All values of a field."""
        return list(self.values.get(name, []))

    @property
    def is_witness(self) -> bool:
        """Filled by somebody who saw it."""
        return self.one("peran") == ReporterRole.WITNESS

    @property
    def is_child(self) -> bool:
        """The person harmed is under 18."""
        return self._answers.age.is_child

    @property
    def picture_ways(self) -> PictureWays:
        """Which pictures this person may send, and which of those that came are sent on."""
        return PictureWays.of(self._answers)

    @property
    def is_in_danger(self) -> bool:
        """The reporter said that they are threatened right now."""
        return self.one("aman_sekarang") == SafeNow.NO

    @property
    def is_suicidal(self) -> bool:
        """The reporter told of thoughts of ending their life."""
        return not self.is_witness and self.one("perasaan") == Feeling.SUICIDAL

    @property
    def may_be_trafficked(self) -> bool:
        """The kinds told of ask for signs of trafficking."""
        return not ASKS_FOR_TRAFFICKING_SIGNS.isdisjoint(self.many("jenis"))

    @property
    def _answers(self) -> Answers:
        single = {name: self.one(name) for name in _ONE_ANSWER if self.one(name)}
        return Answers.from_json({**single, "jenis": self.many("jenis")})

    def with_values(self, values: Values) -> Self:
        """Another draft with these values."""
        return replace(self, values=dict(values))

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
