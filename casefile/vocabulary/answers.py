"""What a reporter can answer. One enum a question; a value is the HTML option value of the public form.

A question left blank is stored as ``lewati`` (skipped) where the question has that option, otherwise as ``None``:
never as "no". "The person harmed" is whom the report is about, whoever fills the form.
"""

from __future__ import annotations

from enum import StrEnum


class SafeNow(StrEnum):
    """``aman_sekarang``: is it safe to fill this in now?"""

    YES = "ya"
    NO = "tidak"
    UNSURE = "tidak_yakin"
    SKIPPED = "lewati"


class ReporterRole(StrEnum):
    """``peran``: who fills the form."""

    SELF = "mengalami"
    FAMILY_OR_FRIEND = "keluarga_teman"
    TEACHER_OR_COMPANION = "guru_pendamping"
    WITNESS = "melihat"
    SKIPPED = "lewati"


class AgeBand(StrEnum):
    """``usia``: age of the person harmed."""

    UNDER_13 = "lt13"
    FROM_13 = "13_15"
    FROM_16 = "16_17"
    FROM_18 = "18_24"
    FROM_25 = "25_44"
    FROM_45 = "45_59"
    FROM_60 = "60_plus"
    SKIPPED = "lewati"

    @property
    def is_child(self) -> bool:
        """Under 18 (UU 35/2014)."""
        return self in {AgeBand.UNDER_13, AgeBand.FROM_13, AgeBand.FROM_16}


class HarmKind(StrEnum):
    """``jenis``: kinds of KBGO, as in docs/vocabulary.md."""

    NCII_SPREAD = "NCII_SEBAR"
    THREAT_TO_SPREAD = "ANCAM_SEBAR"
    SEXTORTION = "SEKSTORSI"
    STALKING = "PENGUNTITAN"
    IMPERSONATION = "PENIRUAN"
    MANIPULATION = "MANIPULASI"
    HARASSMENT = "PELECEHAN"
    OTHER = "LAINNYA"
    UNSURE = "TIDAK_YAKIN"
    COVERT_RECORDING = "NCII_REKAM"
    DOXING = "DOXING"
    HACKING = "PERETASAN"
    THREAT_OF_VIOLENCE = "ANCAMAN_FISIK"
    DEFAMATION = "CEMAR"
    GROOMING = "GROOMING"
    EXPLOITATION = "EKSPLOITASI"
    CHILD_MATERIAL = "MATERI_ANAK"
    TRAFFICKING_OFFER = "REKRUT_TPPO"


class WhenHappened(StrEnum):
    """``kapan_terjadi``: when it last happened."""

    TODAY = "hari_ini"
    THIS_WEEK = "minggu_ini"
    THIS_MONTH = "bulan_ini"
    LONGER = "lebih_lama"
    UNSURE = "tidak_yakin"


class Threat(StrEnum):
    """``ancaman``: a threat and its deadline."""

    NONE = "tidak"
    WITHIN_24_H = "sampai_24_jam"
    WITHIN_7_DAYS = "1_7_hari"
    NO_DEADLINE = "tanpa_batas"


class Spread(StrEnum):
    """``status_konten``: how far the content has spread."""

    NOT_YET = "belum"
    CLOSED_GROUP = "grup_tertutup"
    PUBLIC = "umum"
    UNKNOWN = "tidak_tahu"
    NO_CONTENT = "tidak_ada"


class YesNoUnknown(StrEnum):
    """``teridentifikasi`` and ``anak_dalam_konten``."""

    YES = "ya"
    NO = "tidak"
    UNKNOWN = "tidak_tahu"


class OriginalKept(StrEnum):
    """``asli_disimpan``: where the original file still is."""

    OWN_PHONE = "hp_saya"
    OTHER_PHONE = "hp_orang_lain"
    DELETED = "terhapus"
    UNKNOWN = "tidak_tahu"


class Platform(StrEnum):
    """``platform``: where it happened."""

    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    INSTAGRAM = "instagram"
    TIKTOK = "tiktok"
    X = "x"
    FACEBOOK = "facebook"
    ONLINE_GAME = "gim_online"
    DATING_APP = "aplikasi_kencan"
    LOAN_APP = "aplikasi_pinjol"
    OTHER = "lainnya"


class Feeling(StrEnum):
    """``perasaan``: how the person is today."""

    GOOD = "baik"
    HEAVY = "berat"
    VERY_HEAVY = "sangat_berat"
    SUICIDAL = "akhiri_hidup"
    SKIPPED = "lewati"


class Need(StrEnum):
    """``kebutuhan``: help that is wanted."""

    COUNSELLING = "konseling"
    TAKEDOWN = "hapus_konten"
    LEGAL_AID = "hukum"
    SAFETY = "aman_dari_pelaku"
    POLICE = "lapor_polisi"
    RECORD_ONLY = "hanya_mencatat"


class Demand(StrEnum):
    """``minta_apa``: what the alleged perpetrator demands."""

    MONEY = "uang"
    MORE_IMAGES = "gambar_lagi"
    MEETING = "bertemu"
    STAY_TOGETHER = "tetap_berpacaran"
    OTHER = "lainnya"
    NOTHING = "tidak_ada"


class Relation(StrEnum):
    """``relasi``: who the alleged perpetrator is to the person harmed."""

    PARTNER = "pasangan"
    EX_PARTNER = "mantan"
    FAMILY = "keluarga"
    FRIEND = "teman"
    ONLINE_FRIEND = "teman_medsos"
    AUTHORITY = "guru_atasan_aparat"
    STRANGER = "tidak_dikenal"
    SKIPPED = "lewati"


class PerpetratorAccess(StrEnum):
    """``akses_pelaku``: how near the alleged perpetrator can come."""

    SAME_HOUSE = "serumah"
    KNOWS_ADDRESS = "tahu_alamat"
    HAS_HURT = "pernah_fisik"
    HAS_WEAPON = "punya_senjata"
    HOLDS_PHONE = "memegang_hp"


class TraffickingSign(StrEnum):
    """``tppo``: signs of trafficking (UU 21/2007 art. 2)."""

    ASKS_TO_MEET = "ajak_bertemu"
    ORDERS_TRAVEL = "suruh_berangkat"
    HOLDS_PAPERS = "tahan_dokumen"
    COLLECTS_DEBT = "tagih_utang"
    CANNOT_LEAVE = "tidak_bisa_pergi"


class Gender(StrEnum):
    """``gender`` of the person harmed."""

    FEMALE = "perempuan"
    MALE = "laki_laki"
    OTHER = "lainnya"
    SKIPPED = "lewati"


class YesNo(StrEnum):
    """``disabilitas``: yes, no, or skipped."""

    YES = "ya"
    NO = "tidak"
    SKIPPED = "lewati"


class District(StrEnum):
    """``wilayah``: kecamatan of residence."""

    TEBET = "tebet"
    SETIABUDI = "setiabudi"
    MAMPANG_PRAPATAN = "mampang_prapatan"
    PASAR_MINGGU = "pasar_minggu"
    KEBAYORAN_LAMA = "kebayoran_lama"
    CILANDAK = "cilandak"
    KEBAYORAN_BARU = "kebayoran_baru"
    PANCORAN = "pancoran"
    JAGAKARSA = "jagakarsa"
    PESANGGRAHAN = "pesanggrahan"
    OUTSIDE = "luar_jaksel"
    SKIPPED = "lewati"


class ContactWay(StrEnum):
    """``kontak``: a safe way to be contacted."""

    NONE = "tidak"
    WHATSAPP = "wa"
    PHONE = "telp"
    EMAIL = "surel"


class ReferralTarget(StrEnum):
    """``setuju_rujuk``: to whom data may be passed."""

    LEGAL_AID = "lbh"
    PSYCHOLOGIST = "psikolog"
    KOMDIGI = "komdigi"
    LPSK = "lpsk"
    POLICE = "polisi"


class Consent(StrEnum):
    """The purposes of consent on the last page of the form."""

    PROCESSING = "setuju_proses"
    NO_COMPARISON = "jangan_bandingkan"
    REFERRAL = "setuju_rujuk"
