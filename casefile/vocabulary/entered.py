"""What staff say of a report that they enter for somebody."""

from __future__ import annotations

from enum import StrEnum


class LegalBasis(StrEnum):
    """On what the office rests keeping the report (UU 27/2022 on personal data, art. 20(2))."""

    SPOKEN_CONSENT = "spoken_consent"
    WRITTEN_CONSENT = "written_consent"
    LEGAL_DUTY = "legal_duty"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_TASK = "public_task"
