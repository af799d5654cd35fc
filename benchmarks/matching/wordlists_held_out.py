"""Names, places, things and texts sent to many, of the held-out split alone."""

from __future__ import annotations

from benchmarks.matching.wordlists import paragraphs, words

NAMES = words("""
Abimanyu Aisyah Alvaro Anjani Ardi Asih Basuki Binar Cakra Candra Daru Damar Danu Desta Diajeng Elang Embun Enggar
Erlangga Gading Ganes Gendis Hapsari Haris Hening Ida Ismail Jati Jelita Kalya Kanaya Kemala Kinan Laksmi Langit
Lintang Luh Manda Marwan Mentari Mutia Naufal Niken Nyoman Padma Panji Pelangi Pramudya Puji Qori Rahman Rengganis
Rukmini Samsul Sekar Seruni Sidik Sukma Suryo Syifa Tirta Tri Udin Utari Wayan Widya Yudha Zulfa
""")
SURNAMES = words("""
Adiputro Ambarwati Baskoro Batubara Cahyono Damanik Darmawan Effendi Fatmawati Gumilar Hasibuan Irawan Juwita
Kristanto Laksana Manurung Marpaung Nainggolan Novianti Pangestu Pasaribu Pertiwi Prasetyo Rachmadi Rosadi
Sastrowardoyo Sembiring Sudrajat Sulistyo Suwandi Tampubolon Wahyudi Widodo Yuliana Zulkarnain
""")
CITIES = words("""
Banyuwangi Blitar Bukittinggi Cianjur Cilacap Garut Gorontalo Jayapura Jember Kebumen Kediri Kendari Klaten Kudus
Kuningan Lamongan Magelang Majalengka Mamuju Pacitan Palu Pati Pekalongan Ponorogo Purwokerto Salatiga Samarinda
Singkawang Sorong Sragen Sukabumi Tarakan Tasikmalaya Ternate Tuban Wonosobo
""")
PLACES = (
    *(
        "balai desa",
        "lapak Mbah Jo",
        "bengkel Maju",
        "simpang lima",
        "jembatan gantung",
        "pos ronda",
        "gudang belakang",
    ),
    *("studio atas", "kolam pancing", "rumah Pakde", "kebun kopi", "pangkalan ojek", "gedung serbaguna", "pelabuhan"),
    *("gapura timur", "puskesmas", "sanggar tari", "lapangan voli", "toko bangunan", "loket tiga", "dermaga", "embung"),
    *("aula sekolah", "kantin bawah", "halte ujung", "pasar hewan", "warnet lama", "tambal ban", "curug", "parkiran"),
)
FOODS = (
    *(
        "nasi liwet",
        "rawon",
        "tekwan",
        "lotek",
        "mi celor",
        "papeda",
        "sop buntut",
        "tongseng",
        "klepon",
        "nasi jinggo",
    ),
    *("sego pecel", "coto", "konro", "bubur Manado", "kerak telor", "dawet", "wedang jahe", "pisang epe", "lumpia"),
)
THINGS = (
    *("oli mesin", "rantai", "busi", "cat tembok", "semen", "paku", "pompa air", "selang", "bibit cabai", "pupuk"),
    *("senar bas", "stik drum", "jaring voli", "sarung tangan", "pasir kucing", "kandang", "akuarium", "router"),
    *("tenda", "kompor gas", "matras", "senter", "kostum", "spanduk", "mesin jahit", "benang", "kursi lipat", "genset"),
)
SUBJECTS = words("""
tabungan iuran kas perizinan absensi konsumsi keamanan dekorasi logistik sponsor notulen transportasi
""")
DAYS = ("malam Rabu", "Ahad pagi", "tanggal 5", "tanggal 17", "awal bulan", "habis Lebaran", "pekan depan", "lusa")
COLOURS = ("jingga", "marun", "biru dongker", "hijau lumut", "kuning gading", "perak", "cokelat susu", "ungu tua")

THREATS = paragraphs("""
Kamu pikir dengan memblokir nomor ini urusan kita selesai? Aku masih punya semua percakapan kita dan malam ini juga
kukirim ke grup kantormu.

PEMBERITAHUAN AKHIR. Data kontak Bapak/Ibu sudah kami simpan. Apabila sampai pukul 12.00 tidak ada pembayaran, seluruh
kontak akan menerima pemberitahuan dari kami.

Jangan coba lapor siapa-siapa. Aku tahu jam berapa kamu pulang dan lewat jalan mana. Balas pesanku sekarang.

Transfer 3 juta ke rekening yang tadi, paling lambat besok pagi. Kalau tidak, foto KTP dan alamat rumahmu aku sebar di
semua kolom komentar.

Kata sandi akunmu sudah di tanganku. Mau kembali? Ikuti perintahku satu per satu, jangan banyak tanya.

Sekali lagi kamu bicara dengan dia, semua orang di kampungmu akan baca apa yang kamu tulis padaku dulu.

Saya dari bagian keamanan. Akun Anda dilaporkan 14 orang. Kirim kode enam angka yang baru masuk supaya tidak dihapus
selamanya.

Aku sudah bikin akun atas namamu. Tiap jam kamu diam, satu gambar lagi naik. Terserah kamu.
""")

STICKERS = (
    *(("🦆", "SANTAI"), ("🐴", "Gaskeun"), ("🐞", "Cie cie"), ("🦔", "Ampun"), ("🐌", "Pelan2"), ("🦩", "Syantik")),
    *(("🐊", "Awas ya"), ("🦥", "Mager"), ("🐬", "Yuhuu"), ("🦚", "Pamer"), ("🐡", "Ngambek"), ("🦜", "Kepo")),
)
MEMES = (
    *(
        ("NIATNYA OLAHRAGA", "ENDINGNYA BAKSO"),
        ("SINYAL PENUH", "PESAN PENDING"),
        ("ALARM JAM LIMA", "BANGUN JAM TUJUH"),
    ),
    *(
        ("MOTOR DIPINJAM", "BENSIN DIKEMBALIKAN KOSONG"),
        ("RAPAT SEBENTAR", "TIGA JAM KEMUDIAN"),
        ("CUCI MOBIL", "HUJAN"),
    ),
)
