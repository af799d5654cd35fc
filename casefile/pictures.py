"""One picture of a report as a frozen value: what is kept of it, never a pixel."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from casefile.fingerprints import PictureFingerprints
from casefile.fingerprints.values import BYTE_LENGTHS, INSET_BYTES, MOST_INSETS
from casefile.vocabulary import FingerprintKind, FingerprintSource

WORD_BYTES = BYTE_LENGTHS[FingerprintKind.WORDS]
"""Length of a keyed word group."""


@dataclass(frozen=True)
class Picture:
    """One picture of a report: its fingerprints, and where they were computed.

    ``sketches`` is the packed form of ``casefile.fingerprints.sketches.Sketches``, None where none were taken;
    ``words`` are keyed word groups of 6 bytes each, in order, where text was read; ``insets`` are the PDQs (32 bytes)
    of at most two pictures that lie inside it. All three are for the worker alone.
    """

    fingerprints: PictureFingerprints
    source: FingerprintSource = FingerprintSource.SERVER
    sketches: bytes | None = field(default=None, repr=False)
    words: tuple[bytes, ...] = field(default=(), repr=False)
    insets: tuple[bytes, ...] = field(default=(), repr=False)

    def without_sketches(self) -> Picture:
        """What the office keeps of it: enough to name the file, not to compare it."""
        return Picture(self.fingerprints, self.source)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        values = {**self.fingerprints.to_json(), "sumber_sidik": self.source.value}
        if self.sketches is not None:
            values["sketsa"] = b64encode(self.sketches).decode()
        if self.words:
            values["kata"] = b64encode(b"".join(self.words)).decode()
        if self.insets:
            values["sisipan"] = b64encode(b"".join(self.insets)).decode()
        return values

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``. Raises ``ValueError`` when a value has the wrong form."""
        values = dict(stored)
        source = FingerprintSource(values.pop("sumber_sidik"))
        sketches, words = values.pop("sketsa", None), b64decode(values.pop("kata", ""), validate=True)
        return cls(
            source=source,
            sketches=None if sketches is None else b64decode(sketches, validate=True),
            words=tuple(words[start : start + WORD_BYTES] for start in range(0, len(words), WORD_BYTES)),
            insets=split_insets(b64decode(values.pop("sisipan", ""), validate=True)),
            fingerprints=PictureFingerprints.from_json(values),
        )


def split_insets(joined: bytes) -> tuple[bytes, ...]:
    """Insets that were joined, 32 bytes each. Raises ``ValueError`` where one is cut off or there are too many."""
    if len(joined) % INSET_BYTES or len(joined) > MOST_INSETS * INSET_BYTES:
        raise ValueError("insets of a wrong length")
    return tuple(joined[start : start + INSET_BYTES] for start in range(0, len(joined), INSET_BYTES))
