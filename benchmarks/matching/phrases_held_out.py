"""Sentence templates of the held-out split: other people, other topics, other turns of phrase."""

from __future__ import annotations

from benchmarks.matching.phrases_home import lines

SHORT = lines("""
injih mas
nggih
sip lur
gas wae
yowis
lha piye
matur nuwun
suwun yo
hatur nuhun
sami-sami
muhun
mangga
sok atuh
wadaw
wkwk parah
ngakak sumpah
ih kocak
waduh
astaga
ya ampun
puji Tuhan
syukurlah
amin
semoga lancar
paham
oh paham
copy
meluncur
merapat
absen
hadir
nyimak
skip dulu
ikut dong
aku pas
terserah kalian
gue sih yes
mantul
keren euy
valid
noted bang
siap laksanakan
kirim lokasi
share loc
cek japri
sudah masuk belum?
belum mendarat
baru kelar
masih di jalan tol
hp lowbat
sinyal jelek
ulangi dong
maksudnya?
yakin?
kok bisa?
lah iya juga
betul sekali
tidak masalah
ditunggu kabarnya
sampai ketemu
""")
GREETINGS = lines("""
punten, mau tanya soal {barang}
permisi, ini nomornya {nama}?
halo semuanya, selamat bergabung di grup {mapel}
sugeng enjing, sehat?
mas {nama}, sibuk tidak?
om swastiastu, ini {nama} dari {kota}
lur, ana kabar apa?
hei, lama tidak dengar kabarmu
maaf ganggu malam-malam
tes tes, suaraku masuk?
""")
GARAGE = lines("""
motorku bunyi kletek-kletek pas lewat {tempat}
ganti {barang} habis {uang}, lumayan juga
montirnya bilang tunggu {hari}, onderdilnya dari {kota}
servis terakhir kilometer {angka}.200
rem belakang sudah tipis, jangan dipakai turun ke {tempat}
kalau mau jual yang warna {warna} kabari aku dulu
bensin boros, {angka} kilo sudah minta isi lagi
ban depan bocor halus, tambal di {tempat} saja
aku antre nomor {angka}, mungkin kelar jam {jam}
stnk atas nama {nama}, fotokopi dua lembar
helmmu ketinggalan di {tempat} lho
tarikan gas berat kalau boncengan sama {nama}
kata {nama2} akinya soak, coba ukur dulu
pajaknya jatuh {hari}, siapkan {uang}
""")
VILLAGE = lines("""
kerja bakti {hari} jam {jam}, kumpul di {tempat}
iuran {mapel} bulan ini {uang} per rumah
yang belum setor ke bu {nama} tinggal {angka} orang
spanduknya warna {warna}, sudah dicetak {nama2}
siapa yang pegang kunci {tempat}?
konsumsi {angka} kotak, isinya {makanan}
pinjam {barang} punya pak {nama} boleh?
lampu jalan dekat {tempat} mati lagi
notulen rapat aku kirim nanti jam {jam}
panitia {mapel} kurang {angka} orang
ronda malam ini {nama} sama {nama2}
tenda datang {hari}, tolong bantu angkat
uang kas sisa {uang}, ada di {nama}
surat ke kelurahan sudah dicap, nomor {nilai}/{angka}
""")
BAND = lines("""
latihan geser ke jam {jam} ya, {nama} telat
lagu nomor {angka} kuncinya turun setengah
{barang} rusak pas manggung di {kota}
studio di {tempat} sejamnya {uang}
{nama2} vokalnya serak, minum air hangat dulu
poster acara {hari} latarnya {warna}
bayaran kemarin {uang} dibagi {angka}
bagian reff diulang dua kali terus masuk solo {nama}
kabel panjang ketinggalan di {tempat}
aransemen baru sudah kuunggah, judulnya Malam di {kota}
tiket terjual {angka}, sisanya di loket
panggungnya kecil, drum taruh di belakang {nama2}
""")
GARDEN = lines("""
cabainya kena hama, daun jadi {warna}
kucing {nama} melahirkan {angka} ekor di {tempat}
pakannya naik jadi {uang} sekarung
aku tanam {angka} bibit kemarin, yang hidup {angka}
siram jam {jam} saja, jangan siang
ikan koi yang {warna} sakit, pindah ke {tempat}
pupuknya titip {nama2} lewat {kota}
panen {hari}, bantu angkut ya {nama}
tetangga beli {barang} dari kita {uang}
dokter hewan buka sampai jam {jam}
si oren hilang sejak {hari}, terakhir di dekat {tempat}
sumur kering, pinjam {barang} dulu
""")
GAME = lines("""
push rank jam {jam}, kurang satu, {nama} masuk?
lawan tim {kota} tadi selisih {angka} poin
skin {warna} harganya {uang}, gila
ping {angka}0, pindah ke wifi {tempat}
jangan maju sendiri, tunggu {nama2}
farming dulu sampai level {angka}
turnamen {hari}, daftar {uang} per tim
akunku kena logout terus
hero {nama} sudah diambil lawan
bawa {barang}, yang lain jaga base
mabar di {tempat} saja sekalian {makanan}
kalah gara-gara {nama2} afk, menit {angka}
""")
COMMENTS = lines("""
menit {angka} detik {nilai} yang paling berkesan
saya dari {kota} hadir menyimak
harga {barang} di tempat saya malah {uang}
bagian {tempat} itu dulu sawah semua
sudah saya coba tiga kali, hasilnya tetap {warna}
mohon bahas soal {mapel} juga lain kali
antreannya panjang, datang sebelum jam {jam}
pelayanan ramah, {makanan} porsinya pas
parkir sempit tapi {makanan} juara
kok bisa {angka} ribu penonton dalam {hari}
admin tolong balas, saya tanya dari kemarin
tidak setuju, data {kota} tahun lalu beda
ini {nama} yang dulu di {kota} bukan?
bangku dekat {tempat} kotor, mohon diperhatikan
bintang empat karena tutup jam {jam}
videonya jernih, suaranya kecil
titip salam buat {nama} dan {nama2}
saya pesan {angka}, yang datang {nilai}
kualitas naik turun, {hari} enak, kemarin asin
sumbernya dari mana, tolong cantumkan
semoga {kota} kebagian juga
tempatnya adem, cocok bawa orang tua
beli {barang} di sini jangan lupa minta nota
penjelasan nomor {angka} masih kurang jelas bagi saya
""")
LETTERS = lines("""
Bersama surat ini kami sampaikan bahwa pengajuan {mapel} atas nama {nama} telah kami terima pada {hari} pukul {jam}.
Sehubungan dengan rencana kegiatan di {tempat}, kami mohon kesediaan Saudara {nama2} menyiapkan {angka} {barang}.
Biaya yang timbul sebesar {uang} dapat dibayarkan paling lambat {hari} melalui bendahara, Saudari {nama}.
Mengenai pertanyaan Anda tentang {mapel}, berkasnya masih diperiksa kantor {kota} dan perlu {angka} hari kerja lagi.
Jadwal keberangkatan ke {kota} berubah menjadi pukul {jam}; titik kumpul tetap di {tempat}.
Terlampir daftar {angka} peserta beserta nomor meja; mohon dikoreksi apabila ada nama yang keliru.
Kami juga mengingatkan bahwa {barang} yang dipinjam belum dikembalikan sejak {hari}.
Demikian kami sampaikan, atas perhatian dan kerja samanya kami ucapkan terima kasih.
Untuk konsumsi, {nama2} mengusulkan {makanan} sebanyak {angka} porsi dengan anggaran {uang}.
Rapat terakhir mencatat {nilai} suara setuju dan {angka} abstain terhadap usulan {mapel}.
""")
TOPICS = (GARAGE, VILLAGE, BAND, GARDEN, GAME)
