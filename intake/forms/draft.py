"""A form being filled: what was typed, as it was typed, and the fingerprints of the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from casefile.submission import Answers, Picture
from casefile.vocabulary import Feeling, HarmKind, ReporterRole

Values = Mapping[str, list[str]]
"""Field name to what was sent under it; a field left blank is absent."""

MAX_PICTURES = 10
ASKS_FOR_TRAFFICKING_SIGNS = frozenset({HarmKind.TRAFFICKING_OFFER.value, HarmKind.GROOMING.value})
_ONE_ANSWER = ("aman_sekarang", "peran", "usia", "anak_dalam_konten", "perasaan")


@dataclass(frozen=True)
class Draft:
    """``pictures`` are pairs of a number that stays with a picture and its fingerprints; never a pixel, never a name.

    ``was_warned`` means that the notice about a phone number in the story was shown once.
    """

    values: Values = field(default_factory=dict)
    pictures: tuple[tuple[int, Picture], ...] = ()
    next_number: int = 1
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
    def bars_upload(self) -> bool:
        """No picture may reach the server, and none that did is sent on."""
        return self._answers.bars_upload

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

    def with_picture(self, picture: Picture) -> Self:
        """Another draft with one picture more."""
        added = (*self.pictures, (self.next_number, picture))
        return replace(self, pictures=added, next_number=self.next_number + 1)

    def without_picture(self, number: int) -> Self:
        """Another draft without the picture of that number, if there is one."""
        return replace(self, pictures=tuple(pair for pair in self.pictures if pair[0] != number))

    def position_of(self, picture: Picture) -> int | None:
        """Where the same file stands already, counted from 1."""
        digests = [kept.fingerprints.sha256 for _, kept in self.pictures]
        digest = picture.fingerprints.sha256
        return digests.index(digest) + 1 if digest in digests else None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "isi": {name: list(sent) for name, sent in self.values.items()},
            "gambar": [[number, picture.to_json()] for number, picture in self.pictures],
            "nomor": self.next_number,
            "diingatkan": self.was_warned,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``."""
        pictures = tuple((number, Picture.from_json(picture)) for number, picture in stored["gambar"])
        return cls(stored["isi"], pictures, stored["nomor"], stored["diingatkan"])
