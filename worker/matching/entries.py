"""What the index keeps of one report, and its sealed form in the database.

Opening an envelope takes two key agreements; opening an entry takes one symmetric key that only the worker has. So a
worker that starts reads a hundred thousand pictures in seconds, and nothing opened lies anywhere.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casefile.boxes import box, derive, pad, unbox, unpad
from casefile.errors import UnsealError
from casefile.fingerprints.sketches import Sketches
from casefile.keyring import WorkerSecrets
from casefile.pictures import WORD_BYTES, split_insets
from casefile.vocabulary import IdentifierKind
from worker.matching.values import Features, PictureFeatures, Tag

_STEP = 1024
_PLACE = b"index-entry"
_VERSION = 1
_USUAL = (False, "")
"""What entries say nothing of that are older than it."""


@dataclass(frozen=True)
class Entry:
    """One report's features, and for each picture the name (16 bytes) of its content group."""

    features: Features
    groups: tuple[bytes, ...]


def entry_key(secrets: WorkerSecrets) -> bytes:
    """The worker's 32-byte key for its entries."""
    return derive(secrets.pair.seed, "index entries")


def seal_entry(key: bytes, entry: Entry, report_id: UUID) -> bytes:
    """An entry for the row of one report, padded to 1,024-byte steps."""
    values = {
        "v": _VERSION,
        "p": [_picture_values(picture) for picture in entry.features.pictures],
        "g": [_text(group) for group in entry.groups],
        "t": sorted([tag.kind.value, _text(tag.value)] for tag in entry.features.tags),
    }
    return box(key, pad(json.dumps(values, separators=(",", ":")).encode(), _STEP), _PLACE, report_id.bytes)


def open_entry(key: bytes, sealed: bytes, report_id: UUID) -> Entry:
    """The inverse of ``seal_entry``. Raises ``UnsealError`` when it was altered, moved or is of another version."""
    opened = unpad(unbox(key, sealed, _PLACE, report_id.bytes))
    try:
        values = json.loads(opened)
        if values["v"] != _VERSION:
            raise UnsealError("an index entry of another version")
        pictures = tuple(_picture(number, picture) for number, picture in enumerate(values["p"], start=1))
        tags = frozenset(Tag(IdentifierKind(kind), b64decode(value)) for kind, value in values["t"])
        return Entry(Features(pictures, tags), tuple(b64decode(group) for group in values["g"]))
    except (ValueError, KeyError, TypeError):
        raise UnsealError("an index entry is malformed") from None


def _picture_values(picture: PictureFeatures) -> list[Any]:
    sketches = None if picture.sketches is None else _text(picture.sketches.to_bytes())
    words = _text(b"".join(sorted(picture.words)))
    insets = _text(b"".join(picture.insets))
    return [_text(picture.sha256), _text(picture.pdq), picture.quality, sketches, words, picture.is_told, insets]


def _picture(number: int, values: list[Any]) -> PictureFeatures:
    """Entries from before devices read pictures end with the words, those from before insets with ``is_told``."""
    sha256, pdq, quality, sketches, words, *later = values
    later += _USUAL[len(later) :]
    is_told, insets = later
    packed = b64decode(words)
    return PictureFeatures(
        number=number,
        sha256=b64decode(sha256),
        pdq=b64decode(pdq),
        quality=quality,
        sketches=None if sketches is None else Sketches.from_bytes(b64decode(sketches), is_checked=True),
        words=frozenset(packed[start : start + WORD_BYTES] for start in range(0, len(packed), WORD_BYTES)),
        is_told=is_told,
        insets=split_insets(b64decode(insets)),
    )


def _text(data: bytes) -> str:
    return b64encode(data).decode()
