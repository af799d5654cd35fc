"""Words for tasks, the duty to report, addresses to be taken down, and requests to erase a report."""

from __future__ import annotations

from enum import StrEnum

from casefile.vocabulary import (
    DutyOutcome,
    IdentityCheck,
    RemarkKind,
    Requester,
    TakedownState,
    TakedownTarget,
    TaskEnd,
)
from casefile.wording.marking import N_

CASEWORK_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    TaskEnd: {
        TaskEnd.DONE: N_("Selesai"),
        TaskEnd.REMOVED: N_("Dihapus dari daftar"),
    },
    RemarkKind: {
        RemarkKind.DUTY: N_("Putusan tentang wajib lapor"),
        RemarkKind.KNOWN: N_("Tanggal mengetahui"),
        RemarkKind.CLOSING: N_("Catatan penutupan"),
        RemarkKind.REOPENING: N_("Alasan dibuka lagi"),
    },
    DutyOutcome: {
        DutyOutcome.REPORTED: N_("Sudah dilaporkan ke polisi"),
        DutyOutcome.NOT_REPORTED: N_("Tidak dilaporkan, dengan alasan"),
        DutyOutcome.NOT_TPKS: N_("Bukan jenis TPKS"),
    },
    TakedownTarget: {
        TakedownTarget.KOMDIGI: N_("Komdigi"),
        TakedownTarget.PLATFORM: N_("Aplikasi atau situsnya"),
    },
    TakedownState: {
        TakedownState.WAITING: N_("Menunggu"),
        TakedownState.REMOVED: N_("Sudah hilang"),
        TakedownState.REFUSED: N_("Ditolak"),
    },
    Requester: {
        Requester.PERSON: N_("Yang mengalami sendiri"),
        Requester.REPRESENTATIVE: N_("Wali atau kuasanya"),
        Requester.REPORTER: N_("Pelapor, yang bukan yang mengalami"),
    },
    IdentityCheck: {
        IdentityCheck.SHOWN: N_("Datang dan menunjukkan identitas"),
        IdentityCheck.CALLED_BACK: N_("Dihubungi lewat kontak aman di laporan"),
        IdentityCheck.KNEW_DETAILS: N_("Menjawab hal yang hanya ia bisa tahu"),
        IdentityCheck.LETTER: N_("Surat bertanda tangan atau surat kuasa"),
    },
}
