"""The values: one fingerprint, the set a picture has, and how far two of them are apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from casefile.vocabulary import FingerprintKind

MAX_PICTURE_BYTES = 10 * 1024 * 1024
"""Longest file that is taken, 10 MB as the portal promises."""

BYTE_LENGTHS = {
    FingerprintKind.SHA256: 32,
    FingerprintKind.PDQ: 32,
    FingerprintKind.PHASH: 8,
    FingerprintKind.LINE: 16,
    FingerprintKind.POINT: 8,
    FingerprintKind.WORDS: 6,
    FingerprintKind.INSET: 32,
}
"""Length of one value of each kind."""

INSET_BYTES = BYTE_LENGTHS[FingerprintKind.INSET]
MOST_INSETS = 2
"""Insets of a picture (``insets``). More would find little: a page shows one photograph large, or two side by side."""

_LOWER_HEX = re.compile(r"(?:[0-9a-f]{2})+")
_HIGHEST_QUALITY = 100


@dataclass(frozen=True)
class Fingerprint:
    """One value of one algorithm; ``quality`` is 0 to 100, or None where the algorithm has none."""

    algorithm: FingerprintKind
    value: bytes
    quality: int | None = None

    def __repr__(self) -> str:
        return f"Fingerprint({self.algorithm.value})"


@dataclass(frozen=True)
class Comparison:
    """What two fingerprints of one kind have in common."""

    is_match: bool
    distance: int


def distance(first: Fingerprint, second: Fingerprint) -> int:
    """Return the number of bits in which two fingerprints of one algorithm differ.

    Raises ``ValueError`` for two algorithms or two lengths: such a number would mean nothing.
    """
    if first.algorithm is not second.algorithm or len(first.value) != len(second.value):
        message = "fingerprints of different kinds have no distance"
        raise ValueError(message)
    return (int.from_bytes(first.value) ^ int.from_bytes(second.value)).bit_count()


@dataclass(frozen=True)
class PictureFingerprints:
    """All that is kept of one picture: values in bytes, sizes in pixels after rotation, length of the original file.

    ``phash`` is None where a device computed the rest: it cannot compute that one.
    """

    sha256: bytes
    pdq: bytes
    pdq_quality: int
    phash: bytes | None
    width: int
    height: int
    byte_count: int

    def __repr__(self) -> str:
        return f"PictureFingerprints({self.width}x{self.height})"

    def fingerprints(self) -> tuple[Fingerprint, ...]:
        """Return one ``Fingerprint`` for each kind that is of the whole picture and was computed."""
        second_opinion = () if self.phash is None else (Fingerprint(FingerprintKind.PHASH, self.phash),)
        return (
            Fingerprint(FingerprintKind.SHA256, self.sha256),
            Fingerprint(FingerprintKind.PDQ, self.pdq, self.pdq_quality),
            *second_opinion,
        )

    def to_json(self) -> dict[str, str | int | None]:
        """Return a plain dict of JSON types; the values as lower-case hex, an absent one as None."""
        return {
            "sha256": self.sha256.hex(),
            "pdq": self.pdq.hex(),
            "pdq_quality": self.pdq_quality,
            "phash": None if self.phash is None else self.phash.hex(),
            "width": self.width,
            "height": self.height,
            "byte_count": self.byte_count,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Read what ``to_json`` wrote, from a mapping that may hold other keys too.

        Raises ``ValueError``, naming the key and never the value, if one is missing, of a wrong type or length, or
        out of range.
        """
        return cls(
            sha256=_hex_value(values, "sha256", BYTE_LENGTHS[FingerprintKind.SHA256]),
            pdq=_hex_value(values, "pdq", BYTE_LENGTHS[FingerprintKind.PDQ]),
            pdq_quality=_whole_number(values, "pdq_quality", lowest=0, highest=_HIGHEST_QUALITY),
            phash=_phash(values),
            width=_whole_number(values, "width", lowest=1),
            height=_whole_number(values, "height", lowest=1),
            byte_count=_whole_number(values, "byte_count", lowest=1),
        )


@dataclass(frozen=True)
class PictureReading:
    """All that was computed of one picture. ``descriptions`` is the text form of ``Descriptions``, ``insets`` the PDQs
    of pictures inside it, at most ``MOST_INSETS``.

    Descriptions show more than may be kept: whoever holds a reading keys them and lets them go.
    """

    fingerprints: PictureFingerprints
    descriptions: str
    insets: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        return f"PictureReading({self.fingerprints})"

    def to_json(self) -> dict[str, Any]:
        """A plain dict of JSON types."""
        insets = [inset.hex() for inset in self.insets]
        return {"fingerprints": self.fingerprints.to_json(), "descriptions": self.descriptions, "insets": insets}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``. Raises ``ValueError``, ``KeyError`` or ``TypeError`` on another form."""
        return cls(
            fingerprints=PictureFingerprints.from_json(values["fingerprints"]),
            descriptions=str(values["descriptions"]),
            insets=tuple(bytes.fromhex(inset) for inset in values["insets"]),
        )


def _phash(values: Mapping[str, Any]) -> bytes | None:
    is_absent = "phash" in values and values["phash"] is None
    return None if is_absent else _hex_value(values, "phash", BYTE_LENGTHS[FingerprintKind.PHASH])


def _hex_value(values: Mapping[str, Any], key: str, byte_count: int) -> bytes:
    text = values.get(key)
    if not isinstance(text, str) or len(text) != 2 * byte_count or not _LOWER_HEX.fullmatch(text):
        message = f"{key} is not {byte_count} bytes of lower-case hex"
        raise ValueError(message)
    return bytes.fromhex(text)


def _whole_number(values: Mapping[str, Any], key: str, *, lowest: int, highest: int | None = None) -> int:
    number = values.get(key)
    if not isinstance(number, int) or isinstance(number, bool) or number < lowest:
        message = f"{key} is not a whole number from {lowest}"
        raise ValueError(message)
    if highest is not None and number > highest:
        message = f"{key} is more than {highest}"
        raise ValueError(message)
    return number
