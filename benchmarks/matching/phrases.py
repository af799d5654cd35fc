"""Sentence templates of everyday Indonesian talk; braces are slots that ``conversations`` fills."""

from __future__ import annotations

from benchmarks.matching.phrases_home import FAMILY, LIFE, SHOPPING, lines

SHORT = lines("""
iya kak
ok siap
nanti ya
oke
iya
siap kak
makasih ya
makasih banyak kak
sama sama
wkwkwk
wkwk iya
hahaha
haha bisa aja
gak papa kok
gapapa kak
belum nih
udah kok
sudah kak
baik kak
boleh
boleh banget
otw
otw ya
bentar ya
sebentar kak
tunggu ya
lagi di jalan
lagi di kantor
lagi makan
aku baru bangun
met pagi
selamat pagi
pagi kak
siang kak
selamat malam
malam
assalamualaikum
waalaikumsalam
halo
hai
halo kak
apa kabar?
baik, kamu gimana?
alhamdulillah baik
kamu dimana?
dimana?
jam berapa?
kapan?
serius?
masa sih
beneran?
iya beneran
oh gitu
oh ya udah
ya udah gapapa
hmm
hmm gimana ya
gak tau juga
kurang tau kak
coba tanya dulu
nanti aku kabarin
kabarin ya
hati hati di jalan
hati-hati ya
selamat istirahat
met bobo
udah makan belum?
belum, kamu?
aman
aman kak
mantap
sip
sip lah
setuju
aku ikut aja
terserah kamu
gas
gaskeun
yuk
ayo
maaf ya
maaf baru bales
maaf kak slow respon
semangat ya
amin
aamiin
cepet sembuh ya
telepon aja
nanti aku telepon
gak jadi deh
besok aja ya
ok noted
terima kasih infonya
""")

GREETINGS = lines("""
halo {nama}, lagi apa?
pagi {nama}, hari ini masuk gak?
assalamualaikum {nama}, maaf ganggu
hai {nama} apa kabar?
{nama} kamu di rumah gak?
siang kak {nama}, mau tanya boleh?
malam {nama}, belum tidur?
eh {nama} lama gak ketemu
permisi kak, ini nomornya {nama} ya?
{nama} ada waktu sebentar?
""")

SCHOOL = lines("""
tugas {mapel} udah selesai belum?
besok {mapel} jam {jam} jangan telat
kata bu {nama} ulangan {mapel} dimundurin ke hari {hari}
aku belum ngerti bab {angka} {mapel}, bisa ajarin gak?
kelompok {mapel} kita siapa aja sih?
nanti kerja kelompok di rumah {nama} aja ya jam {jam}
nilai {mapel} ku cuma {nilai}, sedih banget
pak {nama} gak masuk katanya sakit
bawa buku {mapel} halaman {angka} ya
seragam hari {hari} pakai batik kan?
ppt nya udah aku kirim ke email {nama}
bagian kamu halaman {angka} sampai selesai ya
absen dulu di link yang dikirim bu {nama}
uang kas bulan ini {uang} belum bayar ya
remedial {mapel} ruang {angka} jam {jam}
kantin yuk, aku lapar dari tadi
kamu duduk sebelah {nama} aja biar bisa nyontek wkwk
daftar ulang terakhir hari {hari} jangan lupa bawa fotokopi kartu keluarga
dosen pembimbingku minta revisi bab {angka} lagi
skripsi gimana? aku baru sampai bab {angka}
judulku ditolak lagi sama pak {nama}
sidang tanggal {angka}, doain lancar ya
kelas online nya pindah ke jam {jam}
ada yang punya catatan {mapel} minggu lalu?
besok jangan lupa bawa {barang} buat praktek
kata {nama} ujiannya open book, semoga aja bener
study tour ke {kota} bayarnya {uang}, dicicil boleh
lomba {mapel} tingkat kota, kamu ikut gak?
rapotan orang tua harus datang jam {jam}
aku ketinggalan {barang} di kelas, tolong ambilin ya
beasiswa dari {kota} udah buka pendaftaran lho
""")

WORK = lines("""
meeting jam {jam} di lantai {lantai} ya
laporan bulan ini tolong dikirim sebelum jam {jam}
bos minta data penjualan {kota} dari bulan lalu
aku lembur lagi sampai jam {jam}
gaji udah masuk belum? di aku belum
besok shift pagi atau siang?
tolong gantiin shift ku hari {hari} dong, ada acara keluarga
invoice dari {nama} udah aku forward ke finance
hari ini aku wfh ya, badan gak enak
klien dari {kota} minta harga {uang} nett
kontrakku habis bulan depan, gak tau diperpanjang apa enggak
ada lowongan admin di daerah {tempat}, gaji {uang}
interview nya hari {hari} jam {jam}, doain ya
cv nya kirim ke aku aja nanti aku kasih ke hrd
stok {barang} tinggal {angka} pcs, perlu order lagi gak?
paket untuk {nama} udah dikirim pakai kurir biasa
cuti ku cuma di acc {angka} hari
kata mbak {nama} target bulan ini naik jadi {uang}
bonusnya cair minggu depan katanya
tadi ada tamu dari {kota} nyariin kamu
printer di lantai {lantai} rusak lagi
aku izin telat ya, macet di {tempat}
rapatnya diundur, pak {nama} masih di {kota}
file nya ada di folder bersama yang nama {nama}
capek banget hari ini, customer marah marah terus
besok ada training dari kantor pusat di {tempat}
thr cair tanggal {angka}, alhamdulillah
pak {nama} minta revisi lagi, padahal udah di acc
tolong rekap absen dari tanggal {angka}
makan siang bareng yuk di {tempat}
nota yang {uang} kemarin disimpan dimana ya?
""")

FOOD = lines("""
makan {makanan} yuk di {tempat}
aku lagi pengen {makanan} dari kemarin
{makanan} di {tempat} enak lho, cuma {uang}
mau nitip {makanan} gak? aku lagi di {tempat}
nitip {makanan} {angka} bungkus ya, pedesnya sedang
ibu masak {makanan} hari ini, mampir sini
resep {makanan} yang kemarin dong
jangan lupa beli telur sama {barang} di warung
bumbunya cuma bawang merah {angka} siung sama garam
kemarin makan {makanan} malah sakit perut
diet mulai hari {hari} ya, sekarang {makanan} dulu
antri {makanan} nya panjang banget sampai jalan
ongkirnya {uang}, mending beli langsung
warung bu {nama} tutup hari {hari}
kopi di {tempat} sekarang naik jadi {uang}
traktir dong kan baru gajian
kita patungan {uang} seorang ya buat {makanan}
pesen yang gak pake sambal, {nama} gak kuat pedes
sahur pakai {makanan} aja biar gampang
buka puasa bareng di {tempat} jam {jam}
kue ulang tahun buat {nama} udah dipesan, {uang}
aku bikin {makanan} sendiri tapi gosong wkwk
kamu suka {makanan} gak? di sini ada yang terkenal
galonnya habis, tolong pesen ya
""")

TRAVEL = lines("""
kereta ke {kota} jam {jam}, kamu berangkat dari mana?
tiket ke {kota} lagi promo cuma {uang}
aku udah di {tempat}, kamu sebelah mana?
macet total di {tempat}, kayaknya telat {angka} menit
naik ojek aja dari {tempat} paling {uang}
hujan deras banget di {kota}, nunggu reda dulu
jemput aku di {tempat} jam {jam} ya
parkirnya penuh, aku muter dulu
penginapan di {kota} semalam {uang} udah sarapan
minggu depan jadi ke {kota} gak?
rencana ke pantai hari {hari}, siapa aja yang ikut?
mobilnya muat {angka} orang, sisanya naik motor
bensin udah aku isi {uang}
aku ketinggalan bus yang jam {jam}
pulang kampung tahun ini naik apa?
busnya mogok di daerah {tempat}
foto foto di {kota} kirimin dong
oleh oleh dari {kota} mau apa?
turun di halte {tempat} terus jalan {angka} menit
dari stasiun belok kiri, rumahku pagar {warna}
helmnya aku bawa dua ya
sim ku mati bulan ini, perpanjang di {tempat}
pesawat delay sampai jam {jam}
sampai {kota} kabarin ibu ya
jangan ngebut, jalanan ke {kota} licin
share lokasi dong, aku nyasar
""")

COMMENTS = lines("""
setuju banget sama kak {nama}, di {kota} juga gitu
kalau di {tempat} malah lebih parah, udah {angka} bulan begini
pengalaman saya tahun lalu, bayar {uang} tapi gak ada hasil
mohon info dong, yang di {kota} ada gak ya?
keren banget kak, kapan ke {kota}?
ini di mana ya kak? bagus banget tempatnya
mirip {nama} gak sih wkwkwk
aku juga pernah, terus akhirnya lapor ke {tempat}
sabar ya kak, semoga cepat selesai masalahnya
jangan percaya kalau belum lihat sendiri
dulu saya beli {barang} harga {uang}, sekarang naik dua kali lipat
ada yang tau nomor teleponnya {nama}?
up biar dilihat admin
izin share ya kak ke grup {tempat}
kok bisa sih, padahal hari {hari} masih baik baik aja
resepnya dong kak, {makanan} nya kelihatan enak
pertama!
saya tinggal di {kota} dan memang begitu kenyataannya dari dulu
gagal fokus sama {barang} yang {warna}
harusnya pemerintah turun tangan, warga {kota} sudah capek
hari {hari} kemarin lewat {tempat} masih ditutup jalannya
siapa yang nonton tengah malam jam {jam}?
lucu banget anaknya kak {nama}
udah coba dan berhasil, makasih tipsnya kak {nama}
menurut saya kurang tepat, coba baca lagi penjelasan di halaman {angka}
ditunggu part {angka} nya kak
kangen {kota} jadinya
{makanan} {kota} memang gak ada lawan
bagi dong kak {barang} nya kalau gak dipakai
yang penting sehat dulu, rezeki menyusul
""")

TOPICS = (SCHOOL, WORK, FOOD, TRAVEL, FAMILY, SHOPPING, LIFE)
