"""Words of the directory of other places that help."""

from __future__ import annotations

from enum import StrEnum

from casefile.vocabulary import Audience, DirectoryAct, Freshness, HelpKind
from casefile.wording.marking import N_

DIRECTORY_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Audience: {
        Audience.WOMEN: N_("Untuk perempuan"),
        Audience.MEN: N_("Untuk laki-laki"),
        Audience.CHILDREN: N_("Untuk anak"),
        Audience.OUTSIDE: N_("Di luar Jakarta Selatan"),
    },
    HelpKind: {
        HelpKind.SAFETY: N_("Bahaya dan polisi"),
        HelpKind.COMPANY: N_("Pendampingan"),
        HelpKind.COUNSELLING: N_("Psikolog"),
        HelpKind.LEGAL: N_("Hukum"),
        HelpKind.TAKEDOWN: N_("Menghapus gambar"),
    },
    DirectoryAct: {
        DirectoryAct.SUPPLIED: N_("Bawaan sistem"),
        DirectoryAct.ADDED: N_("Ditambahkan"),
        DirectoryAct.EDITED: N_("Diubah"),
        DirectoryAct.CHECKED: N_("Diperiksa"),
        DirectoryAct.RETIRED: N_("Disembunyikan"),
        DirectoryAct.REINSTATED: N_("Ditampilkan lagi"),
        DirectoryAct.RESTORED: N_("Dikembalikan"),
    },
    Freshness: {
        Freshness.UNCHECKED: N_("belum diperiksa"),
        Freshness.FRESH: N_("sudah diperiksa"),
        Freshness.STALE: N_("perlu diperiksa lagi"),
    },
}
