"""The timeline in plain words: one sentence for each act, naming who."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from casefile.vocabulary import (
    Channel,
    ClosingReason,
    CustodyAction,
    IdentityCheck,
    MatchClass,
    PaperKind,
    ReferralBasis,
    Requester,
    TakedownState,
    Urgency,
    WorkLabel,
)
from casefile.wording import N_
from triage.phrases import act_word, word
from triage.timeline import ActKind, TimelineRow

KIND_LABELS: dict[ActKind, str] = {
    ActKind.CASE: N_("Kasus"),
    ActKind.CLOCKS: N_("Tingkat dan waktu"),
    ActKind.TASKS: N_("Tugas"),
    ActKind.READING: N_("Pembacaan"),
    ActKind.MESSAGES: N_("Pesan"),
    ActKind.PAPERS: N_("Catatan tim"),
    ActKind.REPORTER: N_("Pelapor"),
    ActKind.LINKS: N_("Keterkaitan"),
    ActKind.REFERRALS: N_("Rujukan"),
    ActKind.BUNDLES: N_("Berkas"),
    ActKind.OTHER: N_("Lainnya"),
}

SENTENCES: dict[CustodyAction, str] = {
    CustodyAction.RECEIVED: N_("Laporan masuk."),
    CustodyAction.MATCHED: N_("Sistem membandingkan laporan ini dengan yang lain."),
    CustodyAction.LINKED_EXACT: N_("Sistem menghubungkan laporan ini karena ada yang sama persis."),
    CustodyAction.CLAIMED: N_("%(who)s mengambil kasus."),
    CustodyAction.RELEASED: N_("%(who)s melepas kasus."),
    CustodyAction.HANDED_OVER: N_("%(who)s menyerahkan kasus kepada %(to)s."),
    CustodyAction.HANDOVER_ACCEPTED: N_("%(who)s menerima serah terima."),
    CustodyAction.LABELLED: N_("%(who)s memasang label."),
    CustodyAction.UNLABELLED: N_("%(who)s melepas label."),
    CustodyAction.READ: N_("%(who)s membaca cerita."),
    CustodyAction.READ_FAILED: N_("%(who)s membuka cerita, tetapi ceritanya rusak."),
    CustodyAction.MESSAGES_READ: N_("%(who)s membaca percakapan."),
    CustodyAction.REPLIED: N_("%(who)s membalas pelapor."),
    CustodyAction.REPLY_TAKEN_BACK: N_("%(who)s membatalkan balasan sebelum pelapor melihatnya."),
    CustodyAction.CONTACTED: N_("%(who)s menghubungi pelapor di luar Suluh."),
    CustodyAction.PAPER_WRITTEN: N_("%(who)s menulis untuk tim."),
    CustodyAction.PAPER_CORRECTED: N_("%(who)s memperbaiki tulisan tim."),
    CustodyAction.PAPER_WITHDRAWN: N_("%(who)s menarik tulisan tim. Isinya dihapus."),
    CustodyAction.PAPERS_READ: N_("%(who)s membaca tulisan tim."),
    CustodyAction.REPORTER_WROTE: N_("Pelapor menulis pesan."),
    CustodyAction.REPORTER_ADDED: N_("Pelapor menambahkan sesuatu."),
    CustodyAction.CONSENT_CHANGED: N_("Pelapor mengubah izin atau kontak."),
    CustodyAction.LINK_CONFIRMED: N_("%(who)s menyatakan terkait."),
    CustodyAction.LINK_REJECTED: N_("%(who)s menyatakan tidak terkait."),
    CustodyAction.LINK_UNDONE: N_("%(who)s membatalkan keputusan keterkaitan."),
    CustodyAction.LINK_LEFT_OPEN: N_("%(who)s belum yakin tentang keterkaitan."),
    CustodyAction.LINK_CHECKED: N_("%(who)s meninjau keterkaitan sebagai orang kedua."),
    CustodyAction.LINK_CHECK_SETTLED: N_("%(who)s membaca dua tinjauan yang berbeda."),
    CustodyAction.RECURRED: N_("Isi kasus ini muncul lagi di laporan lain."),
    CustodyAction.RECURRENCE_SEEN: N_("%(who)s melihat kabar itu dan membiarkan kasus tertutup."),
    CustodyAction.URGENCY_OVERRIDDEN: N_("%(who)s menetapkan tingkat."),
    CustodyAction.DUTY_DECIDED: N_("%(who)s memutuskan tentang wajib lapor."),
    CustodyAction.DUTY_TAKEN_BACK: N_("%(who)s mencabut keputusan tentang wajib lapor."),
    CustodyAction.KNOWN_DAY_SET: N_("%(who)s menetapkan sejak kapan yang mengalami tahu."),
    CustodyAction.TAKEDOWN_ASKED: N_("%(who)s mencatat permintaan hapus konten."),
    CustodyAction.TAKEDOWN_SETTLED: N_("%(who)s mencatat hasil permintaan hapus konten."),
    CustodyAction.TAKEDOWN_RESUMED: N_("%(who)s menunggu lagi hasil permintaan hapus konten."),
    CustodyAction.TAKEDOWN_LETTER_MADE: N_("%(who)s membuat surat hapus konten."),
    CustodyAction.TAKEDOWN_LETTER_TAKEN: N_("%(who)s mengunduh surat hapus konten."),
    CustodyAction.TAKEDOWN_LETTER_SENT: N_("%(who)s mengirim surat hapus konten."),
    CustodyAction.TAKEDOWN_LETTER_DISCARDED: N_("%(who)s membuang surat hapus konten. Isinya dihapus."),
    CustodyAction.TASK_ADDED: N_("%(who)s menambah tugas."),
    CustodyAction.TASK_CHANGED: N_("%(who)s mengubah tugas."),
    CustodyAction.TASK_DONE: N_("%(who)s menyelesaikan tugas."),
    CustodyAction.TASK_REMOVED: N_("%(who)s menghapus tugas dari daftar."),
    CustodyAction.TASK_RESUMED: N_("%(who)s membuka lagi tugas."),
    CustodyAction.REFERRAL_DRAFTED: N_("%(who)s menulis rujukan."),
    CustodyAction.REFERRAL_CHANGED: N_("%(who)s mengubah draf rujukan."),
    CustodyAction.REFERRAL_DISCARDED: N_("%(who)s membuang draf rujukan. Isinya dihapus."),
    CustodyAction.REFERRAL_APPROVED: N_("%(who)s menyetujui rujukan sebagai orang kedua."),
    CustodyAction.REFERRAL_SENT: N_("%(who)s mengirim rujukan."),
    CustodyAction.REFERRAL_ACCEPTED: N_("%(who)s mencatat: penerima menerima rujukan."),
    CustodyAction.REFERRAL_REFUSED: N_("%(who)s mencatat: penerima menolak rujukan."),
    CustodyAction.REFERRAL_DONE: N_("%(who)s mencatat: rujukan selesai."),
    CustodyAction.REFERRAL_WITHDRAWN: N_("%(who)s menarik rujukan."),
    CustodyAction.REFERRAL_RESUMED: N_("%(who)s membatalkan langkah terakhir rujukan."),
    CustodyAction.REFERRAL_TOLD: N_("%(who)s mencatat: penerima tahu izin pelapor berubah."),
    CustodyAction.REFERRALS_READ: N_("%(who)s membaca rujukan."),
    CustodyAction.BUNDLE_REQUESTED: N_("%(who)s meminta berkas bukti."),
    CustodyAction.BUNDLE_APPROVED: N_("%(who)s menyetujui berkas bukti."),
    CustodyAction.BUNDLE_REFUSED: N_("%(who)s menolak berkas bukti."),
    CustodyAction.BUNDLE_TAKEN_BACK: N_("%(who)s menarik permintaan berkas bukti."),
    CustodyAction.BUNDLE_ORDERED: N_("%(who)s memulai penyusunan berkas bukti."),
    CustodyAction.BUNDLE_BUILT: N_("Sistem selesai menyusun berkas bukti."),
    CustodyAction.BUNDLE_EXPORTED: N_("%(who)s mengunduh berkas bukti."),
    CustodyAction.BUNDLE_STAMPED: N_("Sistem menerima stempel waktu untuk berkas bukti."),
    CustodyAction.CLOSED: N_("%(who)s menutup kasus."),
    CustodyAction.REOPENED: N_("%(who)s membuka lagi kasus."),
    CustodyAction.CLOSING_UNDONE: N_("%(who)s membatalkan penutupan."),
    CustodyAction.WITHDRAWN: N_("Pelapor menarik laporan."),
    CustodyAction.ERASURE_ASKED: N_("%(who)s mencatat permintaan menghapus laporan."),
    CustodyAction.ERASURE_TAKEN_BACK: N_("%(who)s membatalkan permintaan menghapus laporan."),
    CustodyAction.ERASURE_CONFIRMED: N_("%(who)s menyetujui penghapusan sebagai orang kedua."),
    CustodyAction.PURGED: N_("Sistem menghapus isi laporan."),
    CustodyAction.JOB_RESENT: N_("%(who)s mengirim ulang pekerjaan untuk laporan ini."),
}
"""An act that is not here is shown with its name and who did it."""

ENTERED = N_("%(who)s mencatat laporan ini.")
"""What a report that staff wrote down for somebody begins with."""

_DETAILS: tuple[tuple[str, type[StrEnum]], ...] = (
    ("class", MatchClass),
    ("from", Urgency),
    ("to", Urgency),
    ("reason", ClosingReason),
    ("label", WorkLabel),
    ("takedown", TakedownState),
    ("paper", PaperKind),
    ("basis", ReferralBasis),
    ("channel", Channel),
    ("requester", Requester),
    ("check", IdentityCheck),
)


def sentence(row: TimelineRow, names: Mapping[str, str]) -> str:
    """What happened and who did it. ``names`` gives names of staff by how the log calls them."""
    act = row.act
    who = _(act.actor) if act.is_fixed else act.actor
    is_entered = act.action == CustodyAction.RECEIVED and not act.is_fixed
    try:
        said = (
            _(ENTERED, who=who)
            if is_entered
            else _(SENTENCES[CustodyAction(act.action)], who=who, to=names.get(str(act.detail.get("staff")), "–"))
        )
    except (ValueError, KeyError):
        said = f"{who}: {act_word(act.action)}."
    return _("%(sentence)s (%(count)s kali)", sentence=said, count=row.times) if row.times > 1 else said


def more(detail: Mapping[str, Any]) -> str:
    """What an act adds that people can use: from which level to which, why closed, which label, what agreed."""
    said = [word(kind(detail[key])) for key, kind in _DETAILS if detail.get(key) in set(kind)]
    return " → ".join(said)
