"""Names, places and things that fill the slots of the sentence templates, and the texts sent to many people."""

from __future__ import annotations


def words(block: str) -> tuple[str, ...]:
    """The words of a block."""
    return tuple(block.split())


def paragraphs(block: str) -> tuple[str, ...]:
    """The paragraphs of a block, each in one line."""
    return tuple(" ".join(part.split()) for part in block.split("\n\n"))


NAMES = words("""
Andi Budi Citra Dewi Eka Fajar Gita Hendra Indah Joko Kartika Lina Maya Nanda Oki Putri Rani Sari Tono Umi
Vina Wahyu Yanti Zahra Agus Bayu Cahya Dian Endah Farah Galih Hana Ilham Jihan Kiki Lukman Mega Nisa Okta
Puspa Rizky Salsa Tika Ulfa Vera Wulan Yoga Zaki Ayu Bagas Cindy Dimas Elsa Fitri Gilang Hesti Intan Julia
Krisna Laras Mira Novi Prita Ratna Sinta Tari Uji Winda Yuni Arif Bella Clara Desi Erna Fikri Guntur Heru Irma
Jamal Komang Lusi Made Nurul Pandu Raka Siska Teguh Wati Yusuf Adel Bintang Dinda Fahri Hafiz Karin Nabila
Rangga Tasya
""")
SURNAMES = words("""
Pratama Saputra Wijaya Lestari Nugroho Santoso Hidayat Kusuma Siregar Nasution Simanjuntak Tanjung Rahayu
Setiawan Maulana Permata Anggraini Utami Handayani Ramadhan Wibowo Susanti Hartono Gunawan Putra Sihombing
Ginting Harahap Lubis Halim Kurniawan Suryani Oktaviani Purnama Mahendra Safitri Aulia Firmansyah
""")
CITIES = words("""
Bandung Surabaya Medan Semarang Yogyakarta Malang Bogor Depok Bekasi Tangerang Solo Padang Palembang Makassar
Denpasar Pontianak Manado Balikpapan Cirebon Lampung Jambi Pekanbaru Batam Mataram Kupang Ambon
""")
PLACES = (
    *("Blok M", "Pasar Minggu", "Tebet", "Cililitan", "Kampung Melayu", "Senen", "Kemang", "Ciputat", "Cilandak"),
    *("Grogol", "Rawamangun", "Klender", "Kebon Jeruk", "Cengkareng", "Tanah Abang", "Manggarai", "Duren Sawit"),
    *("alun-alun", "terminal lama", "stasiun kota", "depan masjid raya", "kantor kelurahan", "lapangan bola"),
    *("taman kota", "kampus dua", "perempatan besar", "mal baru", "pasar pagi", "jalan Melati", "jalan Kenanga"),
    *("jalan Cempaka", "gang Mawar", "ruko sebelah bank", "kafe pojok", "perpustakaan", "warung bu RT"),
)
FOODS = (
    *("nasi goreng", "mie ayam", "bakso", "soto", "ayam geprek", "seblak", "martabak", "gado-gado", "pecel lele"),
    *("rendang", "sate padang", "ketoprak", "bubur ayam", "batagor", "siomay", "es teler", "rujak", "lontong sayur"),
    *("pempek", "gudeg", "nasi uduk", "tahu gejrot", "es campur", "cilok", "nasi padang", "ikan bakar"),
)
THINGS = (
    *(
        "charger",
        "helm",
        "jaket",
        "tas ransel",
        "sepatu",
        "kipas angin",
        "rice cooker",
        "laptop",
        "mouse",
        "kalkulator",
    ),
    *("buku gambar", "penggaris", "kacamata", "payung", "dompet", "jam tangan", "sepeda", "kompor", "setrika"),
    *("kulkas kecil", "kamera", "speaker", "headset", "lemari plastik", "kasur", "meja belajar", "gitar", "tripod"),
)
SUBJECTS = words("""
matematika fisika kimia biologi sejarah ekonomi geografi sosiologi akuntansi statistika
""")
DAYS = words("""
Senin Selasa Rabu Kamis Jumat Sabtu Minggu
""")
COLOURS = words("""
merah hitam putih biru hijau kuning abu-abu cokelat oranye ungu
""")
EMOJI = words("""
😂 😭 🙏 😅 👍 ❤️ 😊 🤣 😍 🥺 😁 🙈 💪 🔥 ✨ 😢 🤔 😴 🎉 😡 😱 🤦 👌 😘
""")
BANKS = ("Bank Cendana", "Bank Mutiara", "Bank Nusa", "Bank Rakyat Jaya", "Bank Sentosa", "Bank Teratai")

# Sent word for word to many people, and so without any slot.
THREATS = paragraphs("""
Selamat siang, kami dari bagian penagihan. Sampai hari ini pinjaman Anda belum dibayar. Kalau tidak transfer
sebelum jam 5 sore, data Anda dan foto KTP saya kirim ke semua kontak kamu, termasuk kantor dan keluarga.

Jangan coba-coba blokir saya. Semua chat dan foto kamu sudah saya simpan. Kalau tidak transfer 2 juta malam
ini, saya kirim ke semua kontak kamu satu per satu, mulai dari orang tua kamu.

INI PERINGATAN TERAKHIR!!! Segera lunasi tagihan Anda hari ini juga. Jika tidak, tim lapangan kami akan datang
ke alamat rumah dan nama Anda kami sebar sebagai BURONAN PINJAMAN ke seluruh daftar kontak.

Saya sudah punya daftar teman kamu di semua media sosial. Kamu punya waktu 24 jam. Transfer dulu baru saya
hapus semuanya. Kalau lapor polisi, saya sebar saat itu juga. Pilih sendiri.

Kamu pikir saya main-main? Lihat, ini daftar nama keluarga kamu. Kirim uangnya sekarang ke rekening yang tadi.
Setiap satu jam terlambat saya kirim ke lima orang. Hitung sendiri berapa lama sampai semua orang tahu.

Yth. Nasabah, pembayaran Anda sudah jatuh tempo 7 hari. Denda berjalan setiap hari. Apabila tidak ada niat
baik, kami akan menghubungi seluruh kontak darurat dan atasan tempat Anda bekerja tanpa pemberitahuan lagi.

Akun kamu sudah saya pegang. Kalau mau kembali, bayar 1,5 juta. Kalau tidak, saya pakai nama kamu untuk pinjam
uang ke semua teman kamu dan saya kirim isi percakapan kamu ke grup kantor.

Jangan hubungi siapa-siapa. Ikuti saja apa yang saya bilang dan semuanya selesai. Besok pagi jam 8 uang harus
sudah masuk. Kalau kurang satu rupiah pun, saya unggah di grup sekolah kamu.

Halo, mungkin kamu tidak kenal saya, tapi saya kenal kamu. Saya tahu di mana kamu kuliah dan siapa pacar kamu.
Balas pesan ini dalam 10 menit atau saya mulai kirim ke mereka.

Hapus blokiran saya sekarang. Saya bisa bikin akun baru seratus kali. Selama kamu belum turuti permintaan
saya, setiap hari satu rahasia kamu saya bongkar di kolom komentar keluarga kamu.

Data Anda telah kami serahkan ke pihak ketiga. Total tagihan menjadi Rp 4.850.000 termasuk biaya kunjungan.
Transfer sekarang dan kirim bukti, atau wajah Anda kami pasang di grup warga dengan tulisan PENIPU.

Ini bukan ancaman, ini kenyataan. Video call kemarin saya rekam. Bayar 3 juta atau saya kirim ke semua
pengikut kamu. Jangan balas dengan alasan, saya hanya mau lihat bukti transfer.

Kamu kira ganti nomor bisa selesai? Saya punya alamat kamu, nomor ibu kamu, dan foto rumah kamu. Turuti saja.
Kalau besok belum ada kabar, saya datang dan saya ceritakan semuanya ke tetangga kamu.

Mohon kerja samanya Bapak/Ibu, nomor ini dicantumkan sebagai penjamin oleh peminjam yang melarikan diri.
Sampaikan agar segera membayar hari ini, atau nomor Anda ikut kami masukkan dalam daftar hitam dan kami
telepon setiap jam.
""")

STICKERS = (
    *(
        ("😹", "NGAKAK"),
        ("🐻", "Oke deh"),
        ("🐱", "Makasih ya"),
        ("🐰", "Semangat!"),
        ("🐼", "Ngantuk"),
        ("🦊", "Siap bos"),
    ),
    *(("🐸", "Hadeh"), ("🐥", "Pagi~"), ("🐶", "Maaf ya"), ("🐵", "Gak lihat"), ("🦁", "Gas!"), ("🐨", "Kangen")),
    *(("🐷", "Lapar"), ("🐹", "Lucu deh"), ("🐯", "Marah nih"), ("🦄", "Cantik"), ("🐙", "Sibuk"), ("🐢", "Sabar")),
    *(
        ("🐧", "Dingin"),
        ("🦉", "Begadang"),
        ("🐮", "Masa sih"),
        ("🐔", "Bangun!"),
        ("🐳", "Dadah"),
        ("🐝", "Kerja kerja"),
    ),
)
MEMES = (
    *(("KETIKA GAJIAN", "CUMA LEWAT"), ("SENIN LAGI", "SENIN LAGI"), ("DISURUH DIET", "MALAH NAMBAH")),
    *(("KATANYA OTW", "MASIH MANDI"), ("TUGAS BANYAK", "TIDUR DULU"), ("HUJAN TURUN", "JEMURAN LUPA")),
    *(("KUOTA HABIS", "TANGGAL TUA"), ("IBU BILANG", "KAPAN NIKAH"), ("DAPAT DISKON", "GAK ADA UANG")),
    *(("MAU SABAR", "GAK BISA"), ("DITANYA KABAR", "PURA PURA BAIK"), ("BESOK LIBUR", "TERNYATA MASUK")),
)
