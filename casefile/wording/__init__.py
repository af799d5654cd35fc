"""The Indonesian words for the closed lists, the same on the portal and on the desk.

A label is a message id: whoever shows it wraps it in ``gettext``. The portal says "yang mengalami", the desk
"pelapor", "yang mengalami" and "terduga pelaku" (docs/vocabulary.md).
"""

from __future__ import annotations

from enum import StrEnum

from casefile.wording.answers import ANSWER_LABELS
from casefile.wording.casework import CASEWORK_LABELS
from casefile.wording.directory import DIRECTORY_LABELS
from casefile.wording.entered import ENTERED_LABELS
from casefile.wording.evidence import EVIDENCE_LABELS
from casefile.wording.kept import KEPT_LABELS
from casefile.wording.marking import N_
from casefile.wording.papers import PAPER_LABELS
from casefile.wording.reasons import REASON_LABELS
from casefile.wording.referrals import REFERRAL_LABELS
from casefile.wording.related import RELATED_LABELS
from casefile.wording.work import WORK_LABELS

__all__ = ["N_", "label"]

_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    **ANSWER_LABELS,
    **EVIDENCE_LABELS,
    **WORK_LABELS,
    **REASON_LABELS,
    **RELATED_LABELS,
    **REFERRAL_LABELS,
    **DIRECTORY_LABELS,
    **ENTERED_LABELS,
    **PAPER_LABELS,
    **CASEWORK_LABELS,
    **KEPT_LABELS,
}
"""By enum first: members of different enums with one value, such as ``ya``, are equal as dictionary keys."""


def label(member: StrEnum) -> str:
    """The message id that names ``member`` on a screen.

    That of a ``PictureFault`` is a sentence with a placeholder ``{number}``, filled in after translation.
    Raises ``KeyError`` for lists that no screen shows.
    """
    return _LABELS[type(member)][member]
