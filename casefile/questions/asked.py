"""The questions, in the order of the pages. Names and option values are a public contract: stored and tested."""

from __future__ import annotations

from casefile.questions.calendar import Month
from casefile.questions.fields import Field, Widget
from casefile.questions.filled import Filled
from casefile.vocabulary import (
    AgeBand,
    Consent,
    ContactWay,
    Demand,
    District,
    Feeling,
    Gender,
    HarmKind,
    Need,
    OriginalKept,
    PerpetratorAccess,
    Platform,
    ReferralTarget,
    Relation,
    ReporterRole,
    SafeNow,
    Spread,
    Threat,
    TraffickingSign,
    WhenHappened,
    YesNo,
    YesNoUnknown,
)
from casefile.wording import N_, label

STORY_LIMIT = 4000
LINE_LIMIT = 200
ADDRESSES_LIMIT = 4000


def _not_witness(filled: Filled) -> bool:
    return not filled.is_witness


def _child(filled: Filled) -> bool:
    return filled.is_child


def _trafficking(filled: Filled) -> bool:
    return filled.may_be_trafficked


_RARER_KINDS = frozenset(
    {
        HarmKind.COVERT_RECORDING,
        HarmKind.DOXING,
        HarmKind.HACKING,
        HarmKind.THREAT_OF_VIOLENCE,
        HarmKind.DEFAMATION,
        HarmKind.GROOMING,
        HarmKind.EXPLOITATION,
        HarmKind.CHILD_MATERIAL,
        HarmKind.TRAFFICKING_OFFER,
    }
)

ABOUT_SAFETY = (
    Field(
        name="aman_sekarang",
        label=N_("Apakah Anda aman untuk mengisi ini sekarang?"),
        help=N_("Kalau tidak, tutup dulu. Anda bisa kembali nanti."),
        widget=Widget.RADIO,
        options=SafeNow,
    ),
    Field(
        name="peran",
        label=N_("Siapa yang mengisi?"),
        help=N_("Pilih yang paling dekat."),
        widget=Widget.RADIO,
        options=ReporterRole,
    ),
    Field(
        name="usia",
        label=N_("Kelompok usia yang mengalami"),
        help=N_("Kami tanya agar bantuan tepat. Di bawah 18 tahun mendapat jalur khusus."),
        widget=Widget.RADIO,
        options=AgeBand,
    ),
)

ABOUT_EVENTS = (
    Field(
        name="jenis",
        label=N_("Apa yang terjadi?"),
        help=N_("Boleh pilih lebih dari satu. Tidak yakin? Pilih “Tidak yakin”."),
        widget=Widget.CHECKBOXES,
        options=HarmKind,
        folded=_RARER_KINDS,
    ),
    Field(
        name="cerita",
        label=N_("Ceritakan dengan kata-kata Anda (bila mau)"),
        help=N_("Boleh singkat. Jangan tulis nama lengkap, NIK, alamat, atau nomor telepon Anda."),
        widget=Widget.LINES,
        limit=STORY_LIMIT,
        shown=_not_witness,
    ),
    Field(
        name="kapan_terjadi",
        label=N_("Kapan terakhir terjadi?"),
        help=N_("Perkiraan sudah cukup."),
        widget=Widget.SELECT,
        options=WhenHappened,
        shown=_not_witness,
    ),
    Field(
        name="ancaman",
        label=N_("Apakah ada ancaman atau batas waktu?"),
        help=N_("Misalnya “bayar sebelum jam 8 malam”."),
        widget=Widget.RADIO,
        options=Threat,
        shown=_not_witness,
    ),
    Field(
        name="status_konten",
        label=N_("Apakah konten sudah tersebar?"),
        widget=Widget.RADIO,
        options=Spread,
    ),
    Field(
        name="teridentifikasi",
        label=N_("Apakah wajah atau nama terlihat?"),
        help=N_("Jawab dari ingatan. Jangan buka lagi."),
        widget=Widget.RADIO,
        options=YesNoUnknown,
    ),
    Field(
        name="anak_dalam_konten",
        label=N_("Apakah yang terlihat tampak anak?"),
        help=N_("Jawab dari ingatan. Jangan buka lagi."),
        widget=Widget.RADIO,
        options=YesNoUnknown,
    ),
)

ABOUT_TRACES = (
    Field(
        name="asli_disimpan",
        label=N_("File asli masih ada di…"),
        help=N_("Polisi nanti perlu melihatnya. Simpan gambar asli hanya jika aman bagi Anda."),
        widget=Widget.RADIO,
        options=OriginalKept,
        shown=_not_witness,
    ),
    Field(
        name="platform",
        label=N_("Di aplikasi atau situs apa?"),
        help=N_("Contoh: WhatsApp, Telegram, Instagram, gim online."),
        widget=Widget.CHECKBOXES,
        options=Platform,
    ),
    Field(
        name="platform_lain",
        label=N_("Aplikasi atau situs lain"),
        widget=Widget.LINE,
        limit=LINE_LIMIT,
    ),
    Field(
        name="tautan",
        label=N_("Akun atau tautan yang melakukan"),
        help=N_(
            "Satu per baris. Contoh: @nama_akun. Salin tautan kiriman atau profil."
            " Jangan buka lagi bila membuat Anda tertekan."
        ),
        widget=Widget.LINES,
        limit=ADDRESSES_LIMIT,
    ),
)

ABOUT_HELP = (
    Field(
        name="perasaan",
        label=N_("Bagaimana keadaan Anda hari ini?"),
        help=N_("Jawaban ini membantu kami memilih langkah. Tidak dinilai."),
        widget=Widget.RADIO,
        options=Feeling,
    ),
    Field(
        name="kebutuhan",
        label=N_("Bantuan apa yang Anda inginkan?"),
        help=N_("Boleh lebih dari satu."),
        widget=Widget.CHECKBOXES,
        options=Need,
    ),
    Field(name="minta_apa", label=N_("Orang itu meminta apa?"), widget=Widget.CHECKBOXES, options=Demand),
    Field(name="relasi", label=N_("Siapa orang yang melakukan?"), widget=Widget.RADIO, options=Relation),
    Field(
        name="akses_pelaku",
        label=N_("Apakah orang itu…"),
        help=N_("Centang yang benar."),
        widget=Widget.CHECKBOXES,
        options=PerpetratorAccess,
    ),
    Field(
        name="tppo",
        label=N_("Apakah orang itu juga…"),
        widget=Widget.CHECKBOXES,
        options=TraffickingSign,
        shown=_trafficking,
    ),
    Field(
        name="kapan_tahu_bulan",
        label=N_("Kapan Anda mengetahuinya? Bulan"),
        help=N_("Perkiraan sudah cukup."),
        widget=Widget.SELECT,
        options=Month,
    ),
    Field(name="kapan_tahu_tahun", label=N_("Tahun"), widget=Widget.YEAR),
    Field(
        name="gender",
        label=N_("Jenis kelamin yang mengalami"),
        help=N_("Boleh dilewati."),
        widget=Widget.RADIO,
        options=Gender,
    ),
    Field(
        name="disabilitas",
        label=N_("Apakah yang mengalami penyandang disabilitas?"),
        help=N_("Supaya cara menghubungi kami sesuai."),
        widget=Widget.RADIO,
        options=YesNo,
    ),
    Field(
        name="wilayah",
        label=N_("Kecamatan tempat tinggal"),
        help=N_("Cukup kecamatan, jangan alamat."),
        widget=Widget.SELECT,
        options=District,
    ),
    Field(
        name="orang_dewasa",
        label=N_("Bolehkah kami bicara dengan orang dewasa yang Anda percaya?"),
        help=N_("Tulis perannya saja, misalnya bibi atau guru BK. Orang tua tidak dihubungi otomatis."),
        widget=Widget.LINE,
        limit=LINE_LIMIT,
        shown=_child,
    ),
    Field(
        name="kontak",
        label=N_("Cara aman menghubungi (opsional)"),
        help=N_("Boleh kosong. Anda dapat memakai kode laporan."),
        widget=Widget.RADIO,
        options=ContactWay,
    ),
    Field(name="kontak_isi", label=N_("Nomor atau alamat surel"), widget=Widget.LINE, limit=LINE_LIMIT),
    Field(name="kontak_jam", label=N_("Jam aman"), widget=Widget.LINE, limit=LINE_LIMIT),
    Field(name="kontak_sapaan", label=N_("Kata sandi sapaan"), widget=Widget.LINE, limit=LINE_LIMIT),
    Field(name="kontak_tanpa_pesan", label=N_("Jangan tinggalkan pesan"), widget=Widget.TICK),
)

CONSENTS = (
    Field(
        name="setuju_proses",
        label=label(Consent.PROCESSING),
        plain=(
            N_("Laporan kekerasan seksual wajib kami teruskan ke polisi paling lambat 3x24 jam (UU 12/2022 Pasal 41)."),
            N_("Kami akan bicara dulu dengan Anda bila dapat dihubungi."),
        ),
        widget=Widget.TICK,
    ),
    Field(
        name="jangan_bandingkan",
        label=label(Consent.NO_COMPARISON),
        plain=(N_("Laporan ini dibandingkan dengan laporan lain untuk menemukan orang yang melakukan hal serupa."),),
        widget=Widget.TICK,
    ),
    Field(
        name="setuju_rujuk",
        label=label(Consent.REFERRAL),
        help=N_("Pilih satu per satu. Dapat dicabut."),
        widget=Widget.CHECKBOXES,
        options=ReferralTarget,
        shown=_not_witness,
    ),
)
