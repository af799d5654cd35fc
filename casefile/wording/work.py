"""Words for the work between report and closing; most are read on the desk."""

from __future__ import annotations

from enum import StrEnum

from casefile.vocabulary import (
    Author,
    BundleState,
    CaseStatus,
    Channel,
    ClosingReason,
    CustodyAction,
    LinkState,
    OutboxState,
    PublicStatus,
    StaffRole,
    Urgency,
)
from casefile.wording.marking import N_

WORK_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Urgency: {
        Urgency.P0: N_("Darurat"),
        Urgency.P1: N_("Tinggi"),
        Urgency.P2: N_("Sedang"),
        Urgency.P3: N_("Biasa"),
    },
    CaseStatus: {
        CaseStatus.WAITING: N_("Perlu dibaca"),
        CaseStatus.OPEN: N_("Sedang ditangani"),
        CaseStatus.WAITING_FOR_REPORTER: N_("Menunggu pelapor"),
        CaseStatus.CLOSED: N_("Ditutup"),
        CaseStatus.WITHDRAWN: N_("Ditarik pelapor"),
    },
    PublicStatus: {
        PublicStatus.RECEIVED: N_("Menunggu dibaca"),
        PublicStatus.READ: N_("Sudah dibaca konselor"),
        PublicStatus.CLOSED: N_("Sudah selesai"),
        PublicStatus.WITHDRAWN: N_("Sudah ditarik"),
    },
    StaffRole: {
        StaffRole.COUNSELLOR: N_("Konselor"),
        StaffRole.SUPERVISOR: N_("Penyelia"),
        StaffRole.EVIDENCE_OFFICER: N_("Petugas bukti"),
        StaffRole.ADMINISTRATOR: N_("Administrator"),
    },
    Author: {
        Author.REPORTER: N_("Pelapor"),
        Author.OFFICE: N_("Konselor"),
    },
    Channel: {
        Channel.WEB: N_("Situs web"),
    },
    LinkState: {
        LinkState.SUGGESTED: N_("Kemungkinan terkait"),
        LinkState.LINKED: N_("Terkait"),
        LinkState.REJECTED: N_("Tidak terkait"),
    },
    BundleState: {
        BundleState.REQUESTED: N_("Menunggu persetujuan penyelia"),
        BundleState.APPROVED: N_("Disetujui"),
        BundleState.REFUSED: N_("Ditolak"),
    },
    OutboxState: {
        OutboxState.OPEN: N_("Menunggu diproses"),
        OutboxState.DONE: N_("Selesai diproses"),
        OutboxState.SET_ASIDE: N_("Disisihkan"),
    },
    CustodyAction: {
        CustodyAction.RECEIVED: N_("Laporan diterima"),
        CustodyAction.MATCHED: N_("Laporan dibandingkan"),
        CustodyAction.LINKED_EXACT: N_("Dihubungkan karena sama persis"),
        CustodyAction.CLAIMED: N_("Kasus diambil"),
        CustodyAction.RELEASED: N_("Kasus dilepas"),
        CustodyAction.READ: N_("Cerita dibaca"),
        CustodyAction.READ_FAILED: N_("Cerita tidak bisa dibuka: rusak"),
        CustodyAction.MESSAGES_READ: N_("Percakapan dibaca"),
        CustodyAction.REPLIED: N_("Balasan dikirim ke pelapor"),
        CustodyAction.REPORTER_WROTE: N_("Pelapor menulis pesan"),
        CustodyAction.LINK_CONFIRMED: N_("Dinyatakan terkait"),
        CustodyAction.LINK_REJECTED: N_("Dinyatakan tidak terkait"),
        CustodyAction.LINK_UNDONE: N_("Keputusan keterkaitan dibatalkan"),
        CustodyAction.LINK_LEFT_OPEN: N_("Keterkaitan belum yakin"),
        CustodyAction.URGENCY_OVERRIDDEN: N_("Tingkat ditetapkan petugas"),
        CustodyAction.BUNDLE_REQUESTED: N_("Berkas bukti diminta"),
        CustodyAction.BUNDLE_APPROVED: N_("Berkas bukti disetujui"),
        CustodyAction.BUNDLE_REFUSED: N_("Berkas bukti ditolak"),
        CustodyAction.BUNDLE_EXPORTED: N_("Berkas bukti dibuat"),
        CustodyAction.CLOSED: N_("Kasus ditutup"),
        CustodyAction.REOPENED: N_("Kasus dibuka lagi"),
        CustodyAction.WITHDRAWN: N_("Laporan ditarik pelapor"),
        CustodyAction.PURGED: N_("Isi laporan dihapus"),
        CustodyAction.STAFF_ADDED: N_("Akun petugas dibuat"),
        CustodyAction.STAFF_DEACTIVATED: N_("Akun petugas dinonaktifkan"),
        CustodyAction.SIGNED_IN: N_("Petugas masuk"),
        CustodyAction.SIGN_IN_LOCKED: N_("Akun dikunci sementara setelah gagal masuk"),
        CustodyAction.SECOND_FACTOR_ENROLLED: N_("Kode kedua dipasang, kata sandi diganti"),
        CustodyAction.SECOND_FACTOR_RESET: N_("Kode kedua diatur ulang"),
        CustodyAction.SIGN_IN_CHANGED: N_("Kata sandi diganti"),
        CustodyAction.KEY_GRANTED: N_("Akses kunci diberikan"),
        CustodyAction.JOB_RESENT: N_("Pekerjaan dikirim ulang"),
    },
    ClosingReason: {
        ClosingReason.HELPED: N_("Kebutuhan pelapor terpenuhi"),
        ClosingReason.REFERRED: N_("Dirujuk ke lembaga lain"),
        ClosingReason.REPORTED_TO_POLICE: N_("Sudah dilaporkan ke polisi"),
        ClosingReason.NO_ANSWER: N_("Pelapor tidak menjawab"),
        ClosingReason.RECORD_ONLY: N_("Pelapor hanya ingin mencatat"),
        ClosingReason.NOT_KBGO: N_("Bukan KBGO"),
        ClosingReason.ABUSE_OF_PORTAL: N_("Bukan laporan sungguhan"),
    },
}
