"""The identity annex: who the reporter is, for one named investigator. Lies beside the bag, sealed to that person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from casefile.text import clean_text
from casefile.wording import N_
from triage.bundles.errors import BundleBar, BundleBarredError
from triage.printing import Facts, Paper, Text

if TYPE_CHECKING:
    from triage.bundles.facts import BundleFacts

LINE_LIMIT = 200
"""Characters of one typed fact."""


class IdentityFact(StrEnum):
    """What an annex may tell of the person whose report it is."""

    NAME = "nama"
    BIRTH = "lahir"
    CITIZEN_NUMBER = "nik"
    ADDRESS = "alamat"
    CONTACT = "kontak"
    COMPANION = "pendamping"


IDENTITY_LABELS: dict[IdentityFact, str] = {
    IdentityFact.NAME: N_("Nama lengkap"),
    IdentityFact.BIRTH: N_("Tempat dan tanggal lahir"),
    IdentityFact.CITIZEN_NUMBER: N_("NIK"),
    IdentityFact.ADDRESS: N_("Alamat"),
    IdentityFact.CONTACT: N_("Cara menghubungi"),
    IdentityFact.COMPANION: N_("Pendamping atau wali"),
}


@dataclass(frozen=True)
class Annex:
    """``investigator`` alone may open it, with the private half of ``age_key``; ``identity`` holds what was typed."""

    investigator: str
    age_key: str
    identity: tuple[tuple[IdentityFact, str], ...] = field(repr=False)

    @classmethod
    def from_form(cls, form: Mapping[str, str]) -> Self | None:
        """The typed annex, None when nothing of it was filled in. Raises ``BundleBarredError`` when half of it is."""
        named = " ".join(clean_text(form.get("annex_investigator", ""), LINE_LIMIT).split())
        age_key = form.get("annex_age_key", "").strip()
        typed = ((fact, clean_text(form.get(f"annex_{fact.value}", ""), LINE_LIMIT)) for fact in IdentityFact)
        identity = tuple((fact, " ".join(told.split())) for fact, told in typed if told)
        if not (named or age_key or identity):
            return None
        if not (named and age_key and identity):
            raise BundleBarredError(BundleBar.ANNEX_NOT_WHOLE)
        return cls(named, age_key, identity)

    def to_values(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "investigator": self.investigator,
            "age_key": self.age_key,
            "identity": [[fact.value, told] for fact, told in self.identity],
        }

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> Self:
        """The inverse of ``to_values``. Raises ``ValueError`` or ``KeyError`` on another form."""
        identity = tuple((IdentityFact(fact), str(told)) for fact, told in values["identity"])
        return cls(values["investigator"], values["age_key"], identity)


def annex_paper(annex: Annex, facts: BundleFacts) -> Paper:
    """The annex as a page, in Indonesian."""
    about = (
        ("Untuk penyidik", annex.investigator),
        ("Kasus", facts.case_code),
        ("Berkas", str(facts.bundle_id or "-")),
    )
    told = tuple((IDENTITY_LABELS[fact], said) for fact, said in annex.identity)
    return Paper(
        title="Lampiran identitas",
        reference=f"Lampiran identitas · {facts.case_code}",
        blocks=(
            Text("Rahasia. Hanya untuk penyidik yang disebut di sini. Jangan digandakan."),
            Facts(about),
            Facts(told),
            Text("Lampiran ini di luar berkas bukti. Isinya keterangan pelapor dan belum diperiksa."),
        ),
    )
