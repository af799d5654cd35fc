"""Words of synthetic reports: Indonesian, plain, without names, numbers of people or anything sexual."""

from __future__ import annotations

import random
from enum import StrEnum


class Theme(StrEnum):
    """What a story is about."""

    THREAT = "ancaman"
    EXTORTION = "pemerasan"
    SPREAD = "penyebaran"
    FAKE = "akun_palsu"
    MESSAGES = "pesan"
    STALKING = "penguntitan"
    OFFER = "tawaran"
    HACKED = "peretasan"


OPENINGS = (
    "Kejadiannya mulai {when}.",
    "Saya bingung harus mulai dari mana, tetapi ini terjadi {when}.",
    "Saya menulis ini karena sejak {when} saya tidak tenang.",
    "Awalnya biasa saja, lalu {when} semuanya berubah.",
    "Saya baru berani bercerita sekarang, padahal sudah {when}.",
)

WHENS = (
    "dua hari lalu",
    "minggu lalu",
    "awal bulan ini",
    "sejak kemarin malam",
    "beberapa minggu lalu",
    "setelah libur sekolah",
    "sepulang kerja hari Senin",
)

EVENTS = {
    Theme.THREAT: (
        "Akun itu mengirim pesan bahwa percakapan pribadi kami akan disebar ke teman-teman kantor.",
        "Dia bilang akan mengirim foto lama saya ke keluarga kalau saya tidak membalas.",
        "Setiap malam ada pesan baru yang isinya ancaman akan mempermalukan saya.",
        "Dia menulis daftar nama teman saya dan berkata mereka semua akan tahu.",
    ),
    Theme.EXTORTION: (
        "Dia meminta uang lewat dompet digital dan memberi batas waktu.",
        "Setelah saya transfer sekali, dia meminta lagi dengan jumlah yang lebih besar.",
        "Dia mengirim tangkapan layar daftar pengikut saya dan meminta pulsa.",
        "Katanya kalau tidak dibayar, semuanya dikirim ke grup keluarga.",
    ),
    Theme.SPREAD: (
        "Foto saya dipasang di sebuah kanal dengan nama lengkap dan sekolah.",
        "Teman memberi tahu bahwa gambar pribadi beredar di grup alumni.",
        "Ada akun yang mengunggah ulang foto dari akun yang sudah saya tutup.",
        "Gambar yang diubah dengan aplikasi dibagikan di grup warga.",
    ),
    Theme.FAKE: (
        "Ada akun yang memakai foto profil saya dan mengaku sebagai saya.",
        "Akun palsu itu menambah teman-teman saya dan meminjam uang kepada mereka.",
        "Nama dan foto saya dipakai untuk berjualan barang yang tidak pernah ada.",
        "Sudah saya laporkan ke aplikasinya, tetapi muncul lagi dengan nama hampir sama.",
    ),
    Theme.MESSAGES: (
        "Pesan yang tidak pantas masuk terus meskipun sudah saya blokir.",
        "Orang yang tidak saya kenal mengomentari setiap unggahan dengan kata-kata kasar.",
        "Dia membuat akun baru setiap kali akun lamanya saya blokir.",
        "Pesan suara dan panggilan masuk hampir setiap jam, juga saat saya bekerja.",
    ),
    Theme.STALKING: (
        "Dia selalu tahu saya di mana, padahal saya tidak memberi tahu siapa pun.",
        "Ponsel saya diperiksa setiap hari dan lokasinya dinyalakan tanpa izin.",
        "Dia menunggu di depan kantor setelah mengirim pesan berisi ancaman.",
        "Kata sandi saya diganti dan saya dilarang menghubungi keluarga.",
    ),
    Theme.OFFER: (
        "Lowongan itu menjanjikan gaji besar di luar kota, lalu KTP saya ditahan.",
        "Setelah tiba di mes, kami tidak boleh keluar dan ditagih biaya perjalanan.",
        "Perekrut di grup itu meminta dokumen asli dan melarang kami bertanya.",
        "Kontraknya berbeda dengan iklan, dan ponsel kami dikumpulkan.",
    ),
    Theme.HACKED: (
        "Akun surel dan media sosial saya tiba-tiba keluar sendiri dan kata sandinya diganti.",
        "Ada yang masuk ke akun saya dan mengirim pesan aneh kepada teman-teman.",
        "Kode verifikasi masuk terus, lalu akun saya tidak bisa dibuka.",
        "Nomor pemulihan akun saya diganti orang lain.",
    ),
}

DETAILS = (
    "Saya sudah menyimpan tangkapan layarnya.",
    "Sebagian pesannya dihapus, jadi hanya ini yang tersisa.",
    "Teman saya menerima pesan yang sama.",
    "Bahasanya mirip dengan pesan yang diterima rekan saya.",
    "Akunnya sering berganti nama, tetapi gambarnya sama.",
    "Saya tidak pernah bertemu langsung dengan orang itu.",
    "Saya mengenal orang itu dari lingkungan sekitar.",
)

EFFECTS = (
    "Saya jadi sulit tidur.",
    "Saya takut membuka ponsel.",
    "Saya malu dan belum bercerita ke keluarga.",
    "Saya tidak masuk kerja dua hari.",
    "Nilai sekolah ikut turun karena kepikiran.",
    "Saya masih bisa beraktivitas, tetapi tidak tenang.",
)

WISHES = (
    "Saya ingin ini berhenti.",
    "Tolong bantu agar unggahannya dihapus.",
    "Saya ingin tahu apa yang sebaiknya dilakukan.",
    "Saya mau bicara dengan konselor dulu.",
    "Saya belum siap melapor ke polisi, tetapi ingin ini dicatat.",
    "",
)


def tell(rng: random.Random, theme: Theme) -> str:
    """A story of three to seven sentences; equal states of ``rng`` tell equal stories."""
    sentences = [
        rng.choice(OPENINGS).format(when=rng.choice(WHENS)),
        *rng.sample(EVENTS[theme], k=rng.choice((1, 1, 2))),
        *rng.sample(DETAILS, k=rng.choice((0, 1, 2))),
        rng.choice(EFFECTS),
        rng.choice(WISHES),
    ]
    return " ".join(sentence for sentence in sentences if sentence)
