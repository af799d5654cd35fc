"""Words for the work between report and closing; most are read on the desk."""

from __future__ import annotations

from enum import StrEnum

from casefile.vocabulary import (
    Author,
    BundleState,
    CaseStatus,
    Channel,
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
        CustodyAction.REPLIED: N_("Balasan dikirim ke pelapor"),
        CustodyAction.REPORTER_WROTE: N_("Pelapor menulis pesan"),
        CustodyAction.LINK_CONFIRMED: N_("Dinyatakan terkait"),
        CustodyAction.LINK_REJECTED: N_("Dinyatakan tidak terkait"),
        CustodyAction.LINK_UNDONE: N_("Keputusan keterkaitan dibatalkan"),
        CustodyAction.URGENCY_OVERRIDDEN: N_("Tingkat ditetapkan petugas"),
        CustodyAction.BUNDLE_REQUESTED: N_("Berkas bukti diminta"),
        CustodyAction.BUNDLE_APPROVED: N_("Berkas bukti disetujui"),
        CustodyAction.BUNDLE_REFUSED: N_("Berkas bukti ditolak"),
        CustodyAction.BUNDLE_EXPORTED: N_("Berkas bukti dibuat"),
        CustodyAction.CLOSED: N_("Kasus ditutup"),
        CustodyAction.WITHDRAWN: N_("Laporan ditarik pelapor"),
        CustodyAction.PURGED: N_("Isi laporan dihapus"),
    },
}
