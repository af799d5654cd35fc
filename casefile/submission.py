"""What a reporter sent, as frozen values: coded answers, free text, consents and pictures' fingerprints.

``Answers`` holds coded values only and is what the worker may read; everything with words in it lies beside it in
``Submission`` and is sealed to the office. Keys of the JSON form are the field names of the public form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Self

from casefile.origin import Origin
from casefile.pictures import Picture
from casefile.vocabulary import (
    AgeBand,
    ContactWay,
    Demand,
    District,
    Feeling,
    Gender,
    HarmKind,
    Need,
    OriginalKept,
    PerpetratorAccess,
    Platform,
    ReferralTarget,
    Relation,
    ReporterRole,
    SafeNow,
    Spread,
    Threat,
    TraffickingSign,
    WhenHappened,
    YesNo,
    YesNoUnknown,
)

INTIMATE_KINDS = frozenset(
    {
        HarmKind.THREAT_TO_SPREAD,
        HarmKind.SEXTORTION,
        HarmKind.NCII_SPREAD,
        HarmKind.COVERT_RECORDING,
        HarmKind.MANIPULATION,
        HarmKind.EXPLOITATION,
        HarmKind.CHILD_MATERIAL,
    }
)
"""Kinds that mean intimate content."""

SEXUAL_VIOLENCE_KINDS = frozenset(
    {
        HarmKind.THREAT_TO_SPREAD,
        HarmKind.SEXTORTION,
        HarmKind.NCII_SPREAD,
        HarmKind.COVERT_RECORDING,
        HarmKind.STALKING,
        HarmKind.HARASSMENT,
        HarmKind.GROOMING,
        HarmKind.EXPLOITATION,
    }
)
"""Kinds for which an article of UU 12/2022 (TPKS) is indicated."""


def _one(name: str, enum: type[StrEnum], default: StrEnum | None = None) -> Any:
    return field(default=default, metadata={"name": name, "enum": enum, "many": False})


def _many(name: str, enum: type[StrEnum]) -> Any:
    return field(default=frozenset(), metadata={"name": name, "enum": enum, "many": True})


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Coded answers. ``metadata["name"]`` of each field is its name on the public form."""

    safe_now: SafeNow = _one("aman_sekarang", SafeNow, SafeNow.SKIPPED)
    role: ReporterRole = _one("peran", ReporterRole, ReporterRole.SKIPPED)
    age: AgeBand = _one("usia", AgeBand, AgeBand.SKIPPED)
    kinds: frozenset[HarmKind] = _many("jenis", HarmKind)
    happened: WhenHappened | None = _one("kapan_terjadi", WhenHappened)
    threat: Threat | None = _one("ancaman", Threat)
    spread: Spread | None = _one("status_konten", Spread)
    identified: YesNoUnknown | None = _one("teridentifikasi", YesNoUnknown)
    child_visible: YesNoUnknown | None = _one("anak_dalam_konten", YesNoUnknown)
    original_kept: OriginalKept | None = _one("asli_disimpan", OriginalKept)
    platforms: frozenset[Platform] = _many("platform", Platform)
    feeling: Feeling = _one("perasaan", Feeling, Feeling.SKIPPED)
    needs: frozenset[Need] = _many("kebutuhan", Need)
    demands: frozenset[Demand] = _many("minta_apa", Demand)
    relation: Relation = _one("relasi", Relation, Relation.SKIPPED)
    access: frozenset[PerpetratorAccess] = _many("akses_pelaku", PerpetratorAccess)
    trafficking: frozenset[TraffickingSign] = _many("tppo", TraffickingSign)
    gender: Gender = _one("gender", Gender, Gender.SKIPPED)
    disability: YesNo = _one("disabilitas", YesNo, YesNo.SKIPPED)
    district: District = _one("wilayah", District, District.SKIPPED)

    @property
    def is_witness(self) -> bool:
        """Filled by a person who saw it: addresses only, no pictures."""
        return self.role is ReporterRole.WITNESS

    @property
    def bars_pictures(self) -> bool:
        """Nothing of a picture is taken, not even its fingerprints: a witness sends where it was seen."""
        return self.is_witness

    @property
    def bars_upload(self) -> bool:
        """No picture may reach the server, only what a device read of it: a child, or child material."""
        return (
            self.bars_pictures
            or self.age.is_child
            or HarmKind.CHILD_MATERIAL in self.kinds
            or self.child_visible is YesNoUnknown.YES
        )

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values under the names of the form; sets become sorted lists."""
        return {f.metadata["name"]: _plain(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``; a missing key takes its default. Raises ``ValueError`` on unknown values."""
        known = {f.name: f for f in fields(cls) if f.metadata["name"] in stored}
        return cls(**{name: _typed(f.metadata, stored[f.metadata["name"]]) for name, f in known.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(member.value for member in value)
    return value.value if isinstance(value, StrEnum) else value


def _typed(metadata: Mapping[str, Any], value: Any) -> Any:
    enum = metadata["enum"]
    if metadata["many"]:
        return frozenset(enum(member) for member in value)
    return None if value is None else enum(value)


@dataclass(frozen=True, kw_only=True)
class SafeContact:
    """``kontak``: how a person may reach the reporter, if at all. Never used automatically."""

    way: ContactWay = ContactWay.NONE
    address: str = ""
    hours: str = ""
    greeting: str = ""
    leave_no_message: bool = False

    def to_json(self) -> dict[str, Any]:
        """Under the names of the form."""
        return {
            "kontak": self.way.value,
            "kontak_isi": self.address,
            "kontak_jam": self.hours,
            "kontak_sapaan": self.greeting,
            "kontak_tanpa_pesan": self.leave_no_message,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``, from a mapping that may hold other keys too."""
        return cls(
            way=ContactWay(stored["kontak"]),
            address=stored["kontak_isi"],
            hours=stored["kontak_jam"],
            greeting=stored["kontak_sapaan"],
            leave_no_message=stored["kontak_tanpa_pesan"],
        )


@dataclass(frozen=True, kw_only=True)
class Consents:
    """What was agreed to, and which text was shown (``text_version``)."""

    may_compare: bool = True
    referrals: frozenset[ReferralTarget] = frozenset()
    text_version: str = ""

    def to_json(self) -> dict[str, Any]:
        """Under the names of the form."""
        return {
            "jangan_bandingkan": not self.may_compare,
            "setuju_rujuk": _plain(self.referrals),
            "versi_persetujuan": self.text_version,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``, from a mapping that may hold other keys too."""
        return cls(
            may_compare=not stored["jangan_bandingkan"],
            referrals=frozenset(ReferralTarget(value) for value in stored["setuju_rujuk"]),
            text_version=stored["versi_persetujuan"],
        )


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One filled form, its texts cleaned (``casefile.text``); ``origin`` is None where the reporter filled it in."""

    answers: Answers
    story: str = ""
    platform_other: str = ""
    addresses: tuple[str, ...] = ()
    trusted_adult: str = ""
    known_since: str = ""
    contact: SafeContact = field(default_factory=SafeContact)
    consents: Consents = field(default_factory=Consents)
    pictures: tuple[Picture, ...] = ()
    origin: Origin | None = None

    def without_sketches(self) -> Submission:
        """What is sealed to the office."""
        return replace(self, pictures=tuple(picture.without_sketches() for picture in self.pictures))

    def to_json(self) -> dict[str, Any]:
        """Everything that is sealed to the office, under the names of the form."""
        return {
            **({} if self.origin is None else {"asal": self.origin.to_json()}),
            **self.answers.to_json(),
            "cerita": self.story,
            "platform_lain": self.platform_other,
            "tautan": list(self.addresses),
            "orang_dewasa": self.trusted_adult,
            "kapan_tahu": self.known_since,
            **self.contact.to_json(),
            **self.consents.to_json(),
            "gambar": [picture.to_json() for picture in self.pictures],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``. Raises ``ValueError`` or ``KeyError`` when a value has the wrong form."""
        return cls(
            answers=Answers.from_json(stored),
            story=stored["cerita"],
            platform_other=stored["platform_lain"],
            addresses=tuple(stored["tautan"]),
            trusted_adult=stored["orang_dewasa"],
            known_since=stored["kapan_tahu"],
            contact=SafeContact.from_json(stored),
            consents=Consents.from_json(stored),
            pictures=tuple(Picture.from_json(picture) for picture in stored["gambar"]),
            origin=Origin.from_json(stored["asal"]) if "asal" in stored else None,
        )
