"""Words of referrals."""

from __future__ import annotations

from enum import StrEnum

from casefile.vocabulary import ReferralAct, ReferralBasis, ReferralState, SharedPart
from casefile.wording.marking import N_

REFERRAL_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    ReferralState: {
        ReferralState.DRAFT: N_("Draf, belum dikirim"),
        ReferralState.SENT: N_("Dikirim, menunggu jawaban"),
        ReferralState.ACCEPTED: N_("Diterima penerima"),
        ReferralState.REFUSED: N_("Ditolak penerima"),
        ReferralState.DONE: N_("Selesai"),
        ReferralState.WITHDRAWN: N_("Ditarik"),
        ReferralState.DISCARDED: N_("Draf dibuang"),
    },
    ReferralAct: {
        ReferralAct.DRAFTED: N_("Draf ditulis"),
        ReferralAct.APPROVED: N_("Disetujui orang kedua"),
        ReferralAct.SENT: N_("Dikirim"),
        ReferralAct.ACCEPTED: N_("Diterima penerima"),
        ReferralAct.REFUSED: N_("Ditolak penerima"),
        ReferralAct.DONE: N_("Selesai"),
        ReferralAct.WITHDRAWN: N_("Ditarik"),
        ReferralAct.RESUMED: N_("Langkah terakhir dibatalkan"),
        ReferralAct.TOLD: N_("Penerima diberi tahu tentang izin"),
        ReferralAct.DISCARDED: N_("Draf dibuang"),
    },
    ReferralBasis: {
        ReferralBasis.CONSENT: N_("Izin pelapor yang tercatat"),
        ReferralBasis.SPOKEN: N_("Izin pelapor lewat percakapan atau telepon"),
        ReferralBasis.DUTY: N_("Kewajiban melapor (UU 12/2022 Pasal 41), hanya ke polisi"),
    },
    SharedPart: {
        SharedPart.SUMMARY: N_("Ringkasan satu baris"),
        SharedPart.KINDS: N_("Jenis kejadian"),
        SharedPart.AGE: N_("Kelompok usia"),
        SharedPart.GENDER: N_("Jenis kelamin dan disabilitas"),
        SharedPart.PLATFORMS: N_("Tempat kejadian online"),
        SharedPart.RELATION: N_("Hubungan dengan terduga pelaku"),
        SharedPart.DISTRICT: N_("Kecamatan"),
        SharedPart.NEEDS: N_("Bantuan yang diminta"),
        SharedPart.CONTACT: N_("Kontak aman"),
        SharedPart.URGENCY: N_("Tingkat dan alasannya"),
        SharedPart.FEELING: N_("Perasaan hari ini"),
        SharedPart.STORY: N_("Cerita lengkap"),
        SharedPart.ADDRESSES: N_("Akun, tautan, dan nomor"),
        SharedPart.FINGERPRINTS: N_("Jumlah sidik digital"),
    },
}
