"""Words for reports that staff enter."""

from __future__ import annotations

from enum import StrEnum

from casefile.vocabulary import LegalBasis
from casefile.wording.marking import N_

ENTERED_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    LegalBasis: {
        LegalBasis.SPOKEN_CONSENT: N_("Pelapor setuju, diucapkan"),
        LegalBasis.WRITTEN_CONSENT: N_("Pelapor setuju, tertulis"),
        LegalBasis.LEGAL_DUTY: N_("Kewajiban hukum unit, tanpa persetujuan"),
        LegalBasis.VITAL_INTEREST: N_("Menyelamatkan nyawa, tanpa persetujuan"),
        LegalBasis.PUBLIC_TASK: N_("Tugas layanan publik, tanpa persetujuan"),
    },
}
