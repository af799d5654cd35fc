"""What a bundle is asked for: to whom the evidence goes, for what, what allows it. Kept sealed to the office."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from casefile.submission import Submission
from casefile.vocabulary import ReferralTarget
from casefile.wording import N_
from triage.bundles.annex import Annex
from triage.bundles.errors import BundleBar, BundleBarredError


class BundleBasis(StrEnum):
    """What allows handing a report to the police (UU 27/2022 art. 20(2); UU 12/2022 art. 41)."""

    FORM_CONSENT = "persetujuan_formulir"
    SPOKEN_CONSENT = "persetujuan_percakapan"
    LEGAL_DUTY = "kewajiban_hukum"


BASIS_LABELS: dict[BundleBasis, str] = {
    BundleBasis.FORM_CONSENT: N_("Persetujuan pelapor di formulir (diteruskan ke polisi)"),
    BundleBasis.SPOKEN_CONSENT: N_("Persetujuan pelapor lewat percakapan"),
    BundleBasis.LEGAL_DUTY: N_("Kewajiban melapor (UU 12/2022 Pasal 41)"),
}


class RequestedAction(StrEnum):
    """What the office asks the recipient to do (domain.md section 10, covering letter)."""

    POLICE_REPORT = "laporan_polisi"
    TEMPORARY_PROTECTION = "perlindungan_sementara"
    DATA_PRESERVATION = "pengamanan_data"
    CUTTING_ACCESS = "pemutusan_akses"


ACTION_LABELS: dict[RequestedAction, str] = {
    RequestedAction.POLICE_REPORT: N_("Menerima laporan polisi"),
    RequestedAction.TEMPORARY_PROTECTION: N_("Perlindungan sementara (UU 12/2022 Pasal 42)"),
    RequestedAction.DATA_PRESERVATION: N_("Meminta platform mengamankan data"),
    RequestedAction.CUTTING_ACCESS: N_("Memutus akses (UU 12/2022 Pasal 46 dan 47)"),
}


@dataclass(frozen=True)
class BundleWish:
    """A filled request.

    ``left_out`` names the items that were unticked, ``"<report id>/uraian"`` or ``/tambahan/<n>``, ``/gambar/<n>``,
    ``/alamat/<n>``, numbered as in ``laporan.json``. An empty ``fingerprints_reason`` means that fingerprints stay; an
    empty ``age_key`` that the package is sealed with a passphrase. ``shown`` names every item that stood in the form:
    what the reporter adds after that was read by nobody and stays.
    """

    recipient: str
    purpose: str
    basis: BundleBasis
    left_out: frozenset[str] = frozenset()
    fingerprints_reason: str = ""
    names_related: bool = False
    actions: tuple[RequestedAction, ...] = ()
    letter_number: str = ""
    age_key: str = ""
    annex: Annex | None = field(default=None, repr=False)
    shown: frozenset[str] = frozenset()

    def to_bytes(self) -> bytes:
        """UTF-8 JSON, sorted: equal wishes give equal bytes."""
        values = {
            "recipient": self.recipient,
            "purpose": self.purpose,
            "basis": self.basis.value,
            "left_out": sorted(self.left_out),
            "shown": sorted(self.shown),
            "fingerprints_reason": self.fingerprints_reason,
            "names_related": self.names_related,
            "actions": [action.value for action in self.actions],
            "letter_number": self.letter_number,
            "age_key": self.age_key,
            "annex": self.annex.to_values() if self.annex else None,
        }
        return json.dumps(values, ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The inverse of ``to_bytes``; wishes sealed before there were items to choose lack the newer fields.

        Raises ``ValueError`` or ``KeyError`` on another form.
        """
        values: dict[str, Any] = json.loads(stored)
        annex = values.get("annex")
        return cls(
            values["recipient"],
            values["purpose"],
            BundleBasis(values["basis"]),
            left_out=frozenset(values.get("left_out", ())),
            fingerprints_reason=values.get("fingerprints_reason", ""),
            names_related=values.get("names_related", False),
            actions=tuple(map(RequestedAction, values.get("actions", ()))),
            letter_number=values.get("letter_number", ""),
            age_key=values.get("age_key", ""),
            annex=Annex.from_values(annex) if annex else None,
            shown=frozenset(values.get("shown", ())),
        )


def check_basis(basis: BundleBasis, submissions: Iterable[Submission]) -> None:
    """Raises ``BundleBarredError`` where the form is named as consent and a report does not give it."""
    if basis is not BundleBasis.FORM_CONSENT:
        return
    for submission in submissions:
        if ReferralTarget.POLICE not in submission.consents.referrals:
            raise BundleBarredError(BundleBar.NO_CONSENT)
