"""Why a report has its urgency, in a few words each; shown on the desk beside the level."""

from __future__ import annotations

from enum import StrEnum

from casefile.vocabulary import ReasonCode
from casefile.wording.marking import N_

REASON_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    ReasonCode: {
        ReasonCode.SUICIDAL: N_("ada pikiran mengakhiri hidup"),
        ReasonCode.UNSAFE_AND_NEAR: N_("sedang terancam, dan terduga pelaku serumah atau berbahaya"),
        ReasonCode.CHILD_EXTORTED: N_("di bawah 18 tahun, diperas atau dieksploitasi"),
        ReasonCode.HELD: N_("tidak bisa pergi, atau dokumen ditahan"),
        ReasonCode.UNSAFE: N_("sedang terancam"),
        ReasonCode.CHILD_INTIMATE: N_("di bawah 18 tahun dengan konten intim"),
        ReasonCode.DEADLINE_24_H: N_("batas waktu kurang dari 24 jam"),
        ReasonCode.PUBLIC_AND_IDENTIFIED: N_("bisa dilihat umum, wajah atau nama terlihat"),
        ReasonCode.CHILD_VISIBLE: N_("yang terlihat tampak anak"),
        ReasonCode.HURT_OR_ARMED: N_("terduga pelaku pernah menyakiti fisik atau punya senjata"),
        ReasonCode.DISABLED_AND_SEXUAL: N_("penyandang disabilitas, jenis kekerasan seksual"),
        ReasonCode.UNDER_13: N_("usia di bawah 13 tahun"),
        ReasonCode.FROM_13_TO_17: N_("usia 13–17 tahun"),
        ReasonCode.AGE_UNKNOWN: N_("usia belum diketahui"),
        ReasonCode.DISABLED: N_("penyandang disabilitas"),
        ReasonCode.DEADLINE_7_DAYS: N_("batas waktu 1–7 hari"),
        ReasonCode.THREAT_WITHOUT_DEADLINE: N_("ada ancaman tanpa batas waktu"),
        ReasonCode.SPREAD_PUBLIC: N_("konten bisa dilihat umum"),
        ReasonCode.SPREAD_CLOSED_GROUP: N_("konten tersebar di grup tertutup"),
        ReasonCode.SPREAD_UNKNOWN: N_("belum tahu apakah konten tersebar"),
        ReasonCode.SAME_HOUSE: N_("terduga pelaku tinggal serumah"),
        ReasonCode.KNOWS_ADDRESS: N_("terduga pelaku tahu alamat"),
        ReasonCode.HOLDS_PHONE: N_("terduga pelaku memegang HP"),
        ReasonCode.DEMANDS: N_("diminta uang, gambar, atau bertemu"),
        ReasonCode.TRAFFICKING: N_("ada tanda perdagangan orang"),
        ReasonCode.POWER: N_("terduga pelaku keluarga, guru, atasan, atau aparat"),
        ReasonCode.SAME_CONTENT: N_("konten sama ada di kasus lain"),
        ReasonCode.SAME_ACCOUNT: N_("akun sama ada di kasus lain"),
        ReasonCode.VERY_HEAVY: N_("keadaan sangat berat"),
        ReasonCode.WAITING: N_("menunggu lebih lama dari separuh target"),
        ReasonCode.OVERDUE: N_("menunggu lebih lama dari target"),
        ReasonCode.UNREADABLE: N_("jawaban rusak dan tidak dibandingkan: baca ceritanya"),
    }
}
