"""Words for pictures, identifiers and matches."""

from __future__ import annotations

from enum import StrEnum

from casefile.vocabulary import FingerprintSource, IdentifierKind, MatchClass, PictureFault
from casefile.wording.marking import N_

EVIDENCE_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    FingerprintSource: {
        FingerprintSource.SERVER: N_("dihitung di server"),
        FingerprintSource.DEVICE: N_("dihitung di perangkat"),
    },
    PictureFault: {
        PictureFault.EMPTY: N_("Gambar {number} kosong. Pilih lagi, atau lewati."),
        PictureFault.NOT_ALLOWED: N_("Gambar {number} bukan JPG, PNG, atau WebP"),
        PictureFault.HEIC: N_("Gambar {number} berformat HEIC. Ubah dulu ke JPG, atau lewati."),
        PictureFault.TOO_LARGE: N_("Gambar {number} lebih dari 10 MB"),
        PictureFault.TOO_MANY_PIXELS: N_("Gambar {number} lebih dari 40 megapiksel"),
        PictureFault.TOO_SMALL: N_("Gambar {number} terlalu kecil untuk dikenali"),
        PictureFault.ANIMATED: N_("Gambar {number} bergerak. Pilih gambar diam, atau lewati."),
        PictureFault.UNREADABLE: N_("Gambar {number} tidak bisa dibaca. Coba tangkapan layar lain, atau lewati."),
        PictureFault.TOO_SLOW: N_("Gambar {number} terlalu lama diperiksa. Coba gambar lain, atau lewati."),
    },
    IdentifierKind: {
        IdentifierKind.ACCOUNT: N_("Akun"),
        IdentifierKind.URL: N_("Tautan"),
        IdentifierKind.PHONE: N_("Nomor telepon"),
        IdentifierKind.HANDLE: N_("Nama akun"),
    },
    MatchClass: {
        MatchClass.SAME_FILE: N_("berkas gambar sama persis"),
        MatchClass.SAME_DIGEST: N_("berkas gambar sama menurut ponsel pelapor"),
        MatchClass.SAME_ACCOUNT: N_("akun sama"),
        MatchClass.SAME_ADDRESS: N_("tautan sama"),
        MatchClass.SAME_HANDLE: N_("nama akun sama, aplikasinya belum pasti"),
        MatchClass.DUPLICATE: N_("tangkapan layar sama"),
        MatchClass.SAME_PICTURE: N_("foto atau gambar sama di dalamnya"),
        MatchClass.SAME_CONVERSATION: N_("percakapan sama, bagian lain"),
        MatchClass.WEAK: N_("ada kemiripan lemah"),
    },
}
