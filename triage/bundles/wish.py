"""What is asked for: to whom the evidence goes, for what, and what allows it. Kept sealed to the office."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from casefile.contents import ReportContents
from casefile.text import clean_text
from casefile.vocabulary import ReferralTarget
from casefile.wording import N_
from triage.bundles.errors import BundleBar, BundleBarredError

RECIPIENT_LIMIT = 120
PURPOSE_LIMIT = 500
"""Characters."""


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


@dataclass(frozen=True)
class BundleWish:
    """A filled request."""

    recipient: str
    purpose: str
    basis: BundleBasis

    @classmethod
    def from_form(cls, recipient: str, purpose: str, basis: str) -> Self:
        """The cleaned request, the recipient on one line. Raises ``BundleBarredError`` when something is missing."""
        named = " ".join(clean_text(recipient, RECIPIENT_LIMIT).split())
        reason = clean_text(purpose, PURPOSE_LIMIT)
        if not named or not reason or basis not in set(BundleBasis):
            raise BundleBarredError(BundleBar.NOT_FILLED_IN)
        return cls(named, reason, BundleBasis(basis))

    def to_bytes(self) -> bytes:
        """UTF-8 JSON."""
        values = {"recipient": self.recipient, "purpose": self.purpose, "basis": self.basis.value}
        return json.dumps(values, ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The inverse of ``to_bytes``. Raises ``ValueError`` or ``KeyError`` on another form."""
        values = json.loads(stored)
        return cls(values["recipient"], values["purpose"], BundleBasis(values["basis"]))


def check_basis(basis: BundleBasis, contents: Iterable[ReportContents]) -> None:
    """Raises ``BundleBarredError`` where the form is named as consent and a report does not give it."""
    if basis is not BundleBasis.FORM_CONSENT:
        return
    for report in contents:
        if ReferralTarget.POLICE not in report.submission.consents.referrals:
            raise BundleBarredError(BundleBar.NO_CONSENT)
