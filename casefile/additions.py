"""What a reporter puts beside the report, later and behind the code (docs/decisions/0009-additions.md).

==================  ==========  ====================================  ===========================================
contents            written by  opened by                             sealed with
==================  ==========  ====================================  ===========================================
``Material``        intake      desk (``reading``)                    ``seal_part`` under the addition's data key
``Choices``         intake      desk (``reading``), the reporter      the same
``AdditionPayload`` intake      worker                                ``seal_worker_addition``
==================  ==========  ====================================  ===========================================

The addition's data key is wrapped for the office's epoch and for recovery, and for the reporter where the reporter may
see the contents again: of choices. Material is never shown to whoever holds the code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self
from uuid import UUID

from casefile.boxes import PublicKey
from casefile.contents import BlindedTag, WorkerPayload, decode_json, encode_json
from casefile.keyring import OfficePublicKeys
from casefile.pictures import Picture
from casefile.sealing import new_data_key, seal_data_key, seal_part, seal_worker_addition
from casefile.submission import Consents, SafeContact
from casefile.vocabulary import AdditionKind, IdentifierKind, Platform, SlotRole

FIRST_CHOICES = 1
"""Number of the addition that holds what was chosen when the report was sent."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """What came to light after the report was sent. Texts are already cleaned (``casefile.text.clean_text``)."""

    story: str = ""
    platforms: frozenset[Platform] = frozenset()
    platform_other: str = ""
    addresses: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing was added."""
        return not (self.story or self.platforms or self.platform_other or self.addresses or self.pictures)

    def to_bytes(self) -> bytes:
        """UTF-8 JSON of what the office keeps: fingerprints, no sketches."""
        return encode_json(
            {
                "cerita": self.story,
                "platform": sorted(platform.value for platform in self.platforms),
                "platform_lain": self.platform_other,
                "tautan": list(self.addresses),
                "gambar": [picture.without_sketches().to_json() for picture in self.pictures],
            }
        )

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The inverse of ``to_bytes``. Raises ``ValueError`` or ``KeyError`` on another form."""
        values = decode_json(stored)
        return cls(
            story=values["cerita"],
            platforms=frozenset(Platform(value) for value in values["platform"]),
            platform_other=values["platform_lain"],
            addresses=tuple(values["tautan"]),
            pictures=tuple(Picture.from_json(picture) for picture in values["gambar"]),
        )


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Consents and contact as they stand since one addition, and what the pages behind the code must know to ask.

    ``is_child`` chooses the form of address; ``bars_upload`` and ``bars_pictures`` are those of ``Answers``.
    """

    consents: Consents
    contact: SafeContact = field(default_factory=SafeContact)
    is_child: bool = False
    bars_upload: bool = True
    bars_pictures: bool = False

    def says_the_same(self, other: Choices) -> bool:
        """The same choices, whichever text they were made under."""
        return replace(self, consents=replace(self.consents, text_version=other.consents.text_version)) == other

    def to_bytes(self) -> bytes:
        """UTF-8 JSON."""
        about: dict[str, Any] = {
            "anak": self.is_child,
            "tanpa_unggah": self.bars_upload,
            "tanpa_gambar": self.bars_pictures,
        }
        return encode_json({**self.consents.to_json(), **self.contact.to_json(), **about})

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The inverse of ``to_bytes``. Raises ``ValueError`` or ``KeyError`` on another form."""
        values = decode_json(stored)
        return cls(
            consents=Consents.from_json(values),
            contact=SafeContact.from_json(values),
            is_child=values["anak"],
            bars_upload=values["tanpa_unggah"],
            bars_pictures=values["tanpa_gambar"],
        )


@dataclass(frozen=True, kw_only=True)
class AdditionPayload:
    """All that the worker learns of an addition. ``may_compare`` is None where it says nothing about consent."""

    platforms: frozenset[Platform] = frozenset()
    pictures: tuple[Picture, ...] = ()
    tags: tuple[BlindedTag, ...] = ()
    may_compare: bool | None = None

    def to_bytes(self) -> bytes:
        """UTF-8 JSON."""
        return encode_json(
            {
                "platforms": sorted(platform.value for platform in self.platforms),
                "pictures": [picture.to_json() for picture in self.pictures],
                "tags": [[tag.kind.value, tag.first.hex()] for tag in self.tags],
                "may_compare": self.may_compare,
            }
        )

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The inverse of ``to_bytes``. Raises ``ValueError``, ``TypeError`` or ``KeyError`` on another form."""
        values = decode_json(stored)
        return cls(
            platforms=frozenset(Platform(value) for value in values["platforms"]),
            pictures=tuple(Picture.from_json(picture) for picture in values["pictures"]),
            tags=tuple(BlindedTag(IdentifierKind(kind), bytes.fromhex(first)) for kind, first in values["tags"]),
            may_compare=values["may_compare"],
        )


def add_up(payload: WorkerPayload, additions: Iterable[AdditionPayload]) -> WorkerPayload:
    """The report as it stands with its additions, in their order: each file and tag once, the newest consent.

    Pictures keep their places, new ones follow: what was said of "picture 2" stays true.
    """
    for addition in additions:
        digests = {picture.fingerprints.sha256 for picture in payload.pictures}
        new = tuple(picture for picture in addition.pictures if picture.fingerprints.sha256 not in digests)
        tags = {*payload.tags, *addition.tags}
        answers = replace(payload.answers, platforms=payload.answers.platforms | addition.platforms)
        payload = replace(
            payload,
            answers=answers,
            may_compare=payload.may_compare if addition.may_compare is None else addition.may_compare,
            pictures=(*payload.pictures, *new),
            tags=tuple(sorted(tags, key=lambda tag: (tag.kind, tag.first))),
        )
    return payload


@dataclass(frozen=True)
class Place:
    """Where an addition belongs: report, number in it, day."""

    report_id: UUID
    number: int
    added_on: date


def seal_material(
    keys: OfficePublicKeys, place: Place, material: Material, tags: tuple[BlindedTag, ...]
) -> dict[str, Any]:
    """Column values of an addition that holds ``material``; ``tags`` are its addresses after their first blinding."""
    payload = AdditionPayload(platforms=material.platforms, pictures=material.pictures, tags=tags)
    return _seal(keys, place, (AdditionKind.MATERIAL, material.to_bytes()), payload)


def seal_choices(keys: OfficePublicKeys, place: Place, choices: Choices, reporter: PublicKey) -> dict[str, Any]:
    """Column values of an addition that holds ``choices``, which the reporter too can open."""
    payload = AdditionPayload(may_compare=choices.consents.may_compare)
    return _seal(keys, place, (AdditionKind.CONSENT, choices.to_bytes()), payload, reporter)


def _seal(
    keys: OfficePublicKeys,
    place: Place,
    said: tuple[AdditionKind, bytes],
    payload: AdditionPayload,
    reporter: PublicKey | None = None,
) -> dict[str, Any]:
    (kind, contents), data_key = said, new_data_key()
    report_id, number = place.report_id, place.number

    def slot(role: SlotRole, public: PublicKey) -> bytes:
        return seal_data_key(public, data_key, role, report_id, number)

    return {
        "report_id": report_id,
        "number": number,
        "kind": kind,
        "added_on": place.added_on,
        "epoch": keys.epoch,
        "box": seal_part(data_key, contents, report_id, number, kind.value),
        "office_slot": slot(SlotRole.OFFICE, keys.office),
        "recovery_slot": slot(SlotRole.RECOVERY, keys.recovery),
        "reporter_slot": None if reporter is None else slot(SlotRole.REPORTER, reporter),
        "worker_box": seal_worker_addition(keys.worker, payload.to_bytes(), report_id, number),
        "is_noted": False,
        "is_read": False,
    }
