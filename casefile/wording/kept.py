"""Words of what an office keeps for itself."""

from __future__ import annotations

from enum import StrEnum

from casefile.vocabulary import KeptAct, KeptKind
from casefile.wording.marking import N_

KEPT_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    KeptKind: {
        KeptKind.MESSAGE_TEMPLATE: N_("Contoh pesan"),
        KeptKind.LEGAL_ARTICLE: N_("Pasal"),
        KeptKind.URGENCY_RULES: N_("Nilai urgensi"),
        KeptKind.RETENTION: N_("Masa simpan"),
        KeptKind.STAFF_MEMBER: N_("Petugas"),
    },
    KeptAct: {
        KeptAct.ADDED: N_("Ditambahkan"),
        KeptAct.EDITED: N_("Diubah"),
        KeptAct.REMOVED: N_("Tidak dipakai lagi"),
        KeptAct.RESTORED: N_("Dikembalikan"),
    },
}
