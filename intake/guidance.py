"""Short pages to read, apart from the form: which there are, and what each kind of harm looks like in plain words.

Addresses are numbers, so that a history does not tell what was read.
"""

from __future__ import annotations

from dataclasses import dataclass

from casefile.vocabulary import Audience, HarmKind, HelpKind
from casefile.wording import N_

INDEX_PATH = "/p"


@dataclass(frozen=True)
class GuidePage:
    """One page: its number in the address, its title, a line for the index, and its template's name."""

    number: int
    title: str
    summary: str
    template: str

    @property
    def path(self) -> str:
        """Says nothing about what stands there."""
        return f"{INDEX_PATH}/{self.number}"


KINDS = GuidePage(1, N_("Apa saja yang termasuk"), N_("Contoh, dan apa yang membantu."), "kinds")
EVIDENCE = GuidePage(2, N_("Simpan bukti dengan aman"), N_("Apa yang dicatat, apa yang jangan disimpan."), "evidence")
AVOID = GuidePage(3, N_("Yang sebaiknya jangan dilakukan"), N_("Jangan bayar, jangan hapus, jangan sebar."), "avoid")
SAFETY = GuidePage(4, N_("Cara tetap aman"), N_("Bila HP dipakai bersama atau diawasi."), "safety")
PLACES = GuidePage(5, N_("Tempat lain yang membantu"), N_("Nomor, situs, dan untuk siapa."), "places")
TAKEDOWN = GuidePage(
    6, N_("Mencegah gambar tersebar"), N_("StopNCII dan Take It Down, langkah demi langkah."), "takedown"
)
AFTERWARDS = GuidePage(
    7, N_("Apa yang terjadi setelah lapor?"), N_("Siapa yang membaca, berapa lama disimpan."), "after"
)
LAW = GuidePage(8, N_("Hak Anda dan hukum"), N_("Aturan pokok dengan kata biasa."), "law")
FRIENDS = GuidePage(9, N_("Untuk teman, keluarga, dan guru"), N_("Cara mendampingi tanpa memaksa."), "friends")

PAGES = (KINDS, EVIDENCE, AVOID, SAFETY, PLACES, TAKEDOWN, AFTERWARDS, LAW, FRIENDS)

FILTERS: tuple[Audience | HelpKind, ...] = (*Audience, *HelpKind)
"""What the list of places can be narrowed to; the address holds the number in this order, from 1."""


def find_guide(number: int) -> GuidePage | None:
    """The page with that number."""
    return next((page for page in PAGES if page.number == number), None)


def find_filter(number: int) -> Audience | HelpKind | None:
    """What the number of a filter stands for."""
    return FILTERS[number - 1] if 1 <= number <= len(FILTERS) else None


def filter_path(chosen: Audience | HelpKind) -> str:
    """Where the list narrowed to ``chosen`` lies."""
    return f"{PLACES.path}/{FILTERS.index(chosen) + 1}"


def is_guide_path(path: str) -> bool:
    """Whether one of these pages lies there."""
    paths = {INDEX_PATH, *(page.path for page in PAGES), *(filter_path(chosen) for chosen in FILTERS)}
    return path in paths


KIND_GUIDE: dict[HarmKind, tuple[str, str]] = {
    HarmKind.NCII_SPREAD: (
        N_("Foto atau video intim disebar tanpa izin. Juga bila dulu Anda sendiri yang mengirimnya."),
        N_("Catat tautannya. Pakai StopNCII atau Take It Down. Laporkan ke aplikasinya."),
    ),
    HarmKind.THREAT_TO_SPREAD: (
        N_("Orang berkata akan menyebar foto atau video Anda."),
        N_("Jangan menuruti. Simpan pesan ancamannya. StopNCII bisa dipakai sebelum gambar tersebar."),
    ),
    HarmKind.SEXTORTION: (
        N_("Orang mengancam supaya mendapat uang, gambar lagi, atau bertemu."),
        N_("Jangan bayar. Jangan kirim gambar lagi. Catat akun dan nomor rekeningnya."),
    ),
    HarmKind.STALKING: (
        N_("Orang terus memantau akun, lokasi, atau kegiatan Anda. Bisa lewat aplikasi pengintai."),
        N_("Ganti kata sandi dari HP lain. Catat tanggal dan kejadiannya."),
    ),
    HarmKind.IMPERSONATION: (
        N_("Akun palsu memakai nama atau foto Anda."),
        N_("Catat tautan akun itu. Minta teman ikut melapor ke aplikasi."),
    ),
    HarmKind.MANIPULATION: (
        N_("Wajah Anda ditempel ke gambar lain, atau gambar dibuat dengan AI."),
        N_("Gambar palsu pun kekerasan. Catat tautannya, lapor, minta dihapus."),
    ),
    HarmKind.HARASSMENT: (
        N_("Pesan, gambar, atau panggilan seksual yang tidak Anda mau."),
        N_("Anda tidak harus membalas. Simpan pesannya dulu, baru blokir."),
    ),
    HarmKind.COVERT_RECORDING: (
        N_("Orang diam-diam merekam atau memotret Anda, misalnya saat panggilan video."),
        N_("Catat kapan dan di mana. Bicara dulu dengan konselor sebelum menegur orang itu."),
    ),
    HarmKind.DOXING: (
        N_("Alamat, nomor, tempat kerja, atau hal pribadi Anda disebar."),
        N_("Catat tautannya, minta dihapus. Bila alamat rumah tersebar, tulis di laporan."),
    ),
    HarmKind.HACKING: (
        N_("Orang lain masuk ke akun Anda atau mengambilnya."),
        N_("Pakai HP yang aman. Ganti kata sandi surel lebih dulu, lalu pulihkan akunnya."),
    ),
    HarmKind.THREAT_OF_VIOLENCE: (
        N_("Orang mengancam akan menyakiti Anda atau orang dekat Anda."),
        N_("Bila bahaya dekat, telepon 110 atau 112. Simpan pesannya. Beri tahu orang yang Anda percaya."),
    ),
    HarmKind.DEFAMATION: (
        N_("Kabar bohong atau hal pribadi disebar untuk merusak nama Anda."),
        N_("Jangan membalas di komentar. Catat tautan dan akunnya."),
    ),
    HarmKind.GROOMING: (
        N_("Orang memberi perhatian atau hadiah, lalu mengarah ke hal seksual. Sering minta dirahasiakan."),
        N_("Anda boleh berhenti membalas. Cerita kepada satu orang dewasa yang Anda percaya."),
    ),
    HarmKind.EXPLOITATION: (
        N_("Dipaksa, ditekan, atau dibayar untuk tampil seksual di kamera."),
        N_("Anda boleh berhenti, walau pernah setuju. Bila KTP atau uang ditahan, tulis di laporan."),
    ),
    HarmKind.CHILD_MATERIAL: (
        N_("Gambar seksual orang di bawah 18 tahun, nyata atau buatan."),
        N_("Jangan simpan, salin, atau kirim, juga kepada kami. Catat tautannya saja."),
    ),
    HarmKind.TRAFFICKING_OFFER: (
        N_("Tawaran kerja atau pergi yang terlalu bagus, lalu minta foto, KTP, atau uang."),
        N_("Jangan berangkat. Jangan serahkan KTP atau paspor. Bila tidak bisa pergi, telepon 110."),
    ),
    HarmKind.OTHER: (
        N_("Hal lain di internet yang membuat Anda takut, malu, atau tertekan."),
        N_("Lapor saja. Kami yang mencari namanya."),
    ),
    HarmKind.UNSURE: (
        N_("Anda tidak perlu tahu nama kejadiannya."),
        N_("Pilih “Tidak yakin”, lalu cerita. Itu cukup."),
    ),
}
"""What it looks like, and what helps."""
