"""Words of the pages on related reports."""

from __future__ import annotations

from casefile.wording import N_
from triage.bonds import Bond
from triage.differences import Difference
from triage.links import Barrier, Choice

CHOICES: dict[Choice, str] = {
    Choice.RELATED: N_("Terkait"),
    Choice.UNRELATED: N_("Tidak terkait"),
    Choice.UNSURE: N_("Belum yakin"),
    Choice.UNDO: N_("Dibatalkan"),
}

RESULTS: dict[Choice, str] = {
    Choice.RELATED: N_("Kasus dihubungkan."),
    Choice.UNRELATED: N_("Dicatat: tidak terkait."),
    Choice.UNSURE: N_("Dicatat: belum yakin."),
    Choice.UNDO: N_("Keputusan dibatalkan."),
}

DIFFERENCES: dict[Difference, str] = {
    Difference.KINDS: N_("jenis kejadian berbeda"),
    Difference.AGE: N_("kelompok usia berbeda"),
    Difference.TIME: N_("waktu kejadian berbeda"),
    Difference.PLATFORM: N_("aplikasi berbeda"),
    Difference.DISTRICT: N_("wilayah berbeda"),
}

BARRIERS: dict[Barrier, str] = {
    Barrier.DECLINED: N_("Pelapor tidak mengizinkan pembandingan."),
    Barrier.WITHDRAWN: N_("Salah satu laporan ditarik pelapor. Isinya sudah dihapus."),
    Barrier.UNKNOWN: N_("Ringkasan tidak terbuka, jadi izin pelapor belum diketahui."),
}

BONDS: dict[Bond, str] = {
    Bond.PICTURE: N_("Gambar"),
    Bond.CONVERSATION: N_("Percakapan"),
    Bond.PHOTO: N_("Foto"),
    Bond.ACCOUNT: N_("Akun"),
    Bond.ADDRESS: N_("Tautan"),
    Bond.HANDLE: N_("Nama akun"),
    Bond.WEAK: N_("Kemiripan"),
}

RETURNED: dict[Bond, str] = {
    Bond.PICTURE: N_("Gambar dari kasus ditutup %(code)s muncul lagi."),
    Bond.CONVERSATION: N_("Percakapan dari kasus ditutup %(code)s muncul lagi."),
    Bond.PHOTO: N_("Foto dari kasus ditutup %(code)s muncul lagi."),
    Bond.ACCOUNT: N_("Akun dari kasus ditutup %(code)s muncul lagi."),
    Bond.ADDRESS: N_("Tautan dari kasus ditutup %(code)s muncul lagi."),
    Bond.HANDLE: N_("Nama akun dari kasus ditutup %(code)s muncul lagi."),
    Bond.WEAK: N_("Yang mirip kasus ditutup %(code)s muncul lagi."),
}
