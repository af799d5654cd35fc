"""The pictures of one form, as what is kept of them, and which ways are open to a person's pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Self

from casefile.pictures import Picture
from casefile.submission import Answers
from casefile.vocabulary import FingerprintSource

MAX_PICTURES = 10


class PictureWays(Enum):
    """Which ways a person's pictures may take (portal-and-desk.md 3.6)."""

    NONE = "none"
    """A witness sends none: where it was seen is enough."""
    DEVICE = "device"
    """Readings of the reporter's own device only: no picture of a child may reach the server."""
    ALL = "all"

    @classmethod
    def of(cls, answers: Answers) -> PictureWays:
        """The ways that a person's answers leave open."""
        if answers.bars_pictures:
            return cls.NONE
        return cls.DEVICE if answers.bars_upload else cls.ALL

    @property
    def takes_files(self) -> bool:
        """A picture may come to the server to be read there."""
        return self is PictureWays.ALL

    @property
    def takes_readings(self) -> bool:
        """What a device read of a picture may come."""
        return self is not PictureWays.NONE

    def admits(self, picture: Picture) -> bool:
        """This picture may be sent on."""
        return self.takes_files or (self.takes_readings and picture.source is FingerprintSource.DEVICE)


@dataclass(frozen=True)
class Pictures:
    """``numbered`` are pairs of a number that stays with a picture and what is kept of it; never a pixel or a name."""

    numbered: tuple[tuple[int, Picture], ...] = ()
    next_number: int = 1

    def __len__(self) -> int:
        return len(self.numbered)

    def __iter__(self) -> Iterator[tuple[int, Picture]]:
        return iter(self.numbered)

    @property
    def is_full(self) -> bool:
        """No further picture is taken."""
        return len(self.numbered) >= MAX_PICTURES

    def with_picture(self, picture: Picture) -> Self:
        """These and one picture more."""
        return replace(self, numbered=(*self.numbered, (self.next_number, picture)), next_number=self.next_number + 1)

    def without_picture(self, number: int) -> Self:
        """These without the picture of that number, if there is one."""
        return replace(self, numbered=tuple(pair for pair in self.numbered if pair[0] != number))

    def position_of(self, picture: Picture) -> int | None:
        """Where the same file stands already, counted from 1."""
        digests = [kept.fingerprints.sha256 for _, kept in self.numbered]
        digest = picture.fingerprints.sha256
        return digests.index(digest) + 1 if digest in digests else None

    def admitted(self, ways: PictureWays) -> Self:
        """Those that may be sent on, in their order."""
        return replace(self, numbered=tuple(pair for pair in self.numbered if ways.admits(pair[1])))

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {"gambar": [[number, picture.to_json()] for number, picture in self.numbered], "nomor": self.next_number}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``, from a mapping that may hold other keys too."""
        return cls(tuple((number, Picture.from_json(picture)) for number, picture in stored["gambar"]), stored["nomor"])
