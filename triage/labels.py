"""Words of the desk alone; what both applications say is in ``casefile.wording``."""

from __future__ import annotations

from casefile.vocabulary import JobName, MatchClass
from casefile.wording import N_
from triage.queue import QueueView

VIEW_LABELS: dict[QueueView, str] = {
    QueueView.TO_READ: N_("Perlu dibaca"),
    QueueView.MINE: N_("Kasus saya"),
    QueueView.WAITING: N_("Menunggu pelapor"),
    QueueView.DUE_TODAY: N_("Jatuh tempo hari ini"),
    QueueView.ALL: N_("Semua"),
    QueueView.CLOSED: N_("Ditutup"),
}

MATCH_CAUTIONS: dict[MatchClass, str] = {
    MatchClass.SAME_FILE: N_("Berkas yang sama bisa diunduh siapa saja; ini bukan bukti orangnya sama."),
    MatchClass.SAME_DIGEST: N_("Sidik dari ponsel tidak bisa kami periksa; yang tahu sidik berkasnya bisa menirunya."),
    MatchClass.SAME_ACCOUNT: N_("Satu akun bisa menyasar banyak orang; yang mengalami bisa berbeda."),
    MatchClass.SAME_ADDRESS: N_("Tautan yang sama bisa disebut siapa saja; ini bukan bukti orangnya sama."),
    MatchClass.SAME_HANDLE: N_("Nama akun yang sama di aplikasi lain bisa milik orang lain."),
    MatchClass.DUPLICATE: N_("Tangkapan layar yang sama bisa dikirim banyak orang; pelapornya bisa berbeda."),
    MatchClass.SAME_CONVERSATION: N_("Pesan yang sama bisa disalin ke banyak orang. Bandingkan kedua ceritanya."),
    MatchClass.SAME_PICTURE: N_("Foto yang sama bisa beredar luas; ini bukan bukti orangnya sama."),
    MatchClass.WEAK: N_("Kemiripan lemah. Abaikan jika tidak ada alasan lain."),
}

JOB_LABELS: dict[JobName, str] = {
    JobName.MATCH_REPORT: N_("Bandingkan laporan baru"),
    JobName.NOTE_MESSAGE: N_("Catat pesan pelapor"),
    JobName.NOTE_ADDITION: N_("Catat tambahan atau izin dari pelapor"),
    JobName.WITHDRAW_REPORT: N_("Hapus laporan yang ditarik"),
    JobName.BUILD_BUNDLE: N_("Susun berkas bukti"),
    JobName.STAMP_BUNDLE: N_("Minta stempel waktu untuk berkas bukti"),
}
