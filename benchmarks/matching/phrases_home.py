"""More sentence templates: family, buying and selling, daily life."""

from __future__ import annotations


def lines(block: str) -> tuple[str, ...]:
    """The non-empty lines of a block, stripped."""
    return tuple(line.strip() for line in block.splitlines() if line.strip())


FAMILY = lines("""
ibu lagi di rumah sakit {tempat}, nemenin {nama}
adek {nama} panas dari semalam
ayah pulang hari {hari} naik bus
besok arisan di rumah tante {nama} jam {jam}
nenek nanyain kamu terus
tolong transfer {uang} ke ibu buat bayar listrik
token listrik habis, beliin yang {uang} ya
undangan nikahnya {nama} hari {hari} di {tempat}
bayinya {nama} udah lahir, beratnya {angka} ons
kamu kapan pulang ke {kota}?
jaga kesehatan ya nak, jangan telat makan
uang saku bulan ini {uang} dulu ya, nanti ibu tambah
kunci rumah aku taruh di bawah pot {warna}
air mati dari jam {jam}, mandi di rumah {nama} aja
kucingnya {nama} hilang, warnanya {warna}
paklik {nama} mau datang dari {kota}
sepupumu {nama} keterima kuliah di {kota}
jangan pulang malam malam, ayah marah nanti
obatnya diminum {angka} kali sehari ya
bpjs ibu udah dibayar belum?
kontrol ke dokter {nama} hari {hari}
foto keluarga yang kemarin bagus, cetak {angka} lembar
adikmu minta {barang} buat sekolah
lebaran kumpul di {kota} semua ya
""")

SHOPPING = lines("""
{barang} ini masih ada kak?
harga pas nya berapa kak? {uang} boleh?
bisa cod di {tempat} gak?
kirim ke {kota} ongkirnya berapa?
warna {warna} ready stok {angka} kak
ukuran {angka} kosong, adanya yang lain
sudah saya transfer {uang} ya kak, mohon dicek
resinya nanti sore ya kak
barang sampai tapi {barang} nya penyok
kak bisa nego gak, buat langganan
minus pemakaian aja, mesin aman
beli {barang} di {tempat} dapat diskon {angka} persen
paketku nyangkut di {kota} udah {angka} hari
rekening atas nama {nama} ya kak
kalau ambil dua jadi {uang} kak
garansi toko {angka} hari ya
foto aslinya dong kak, yang jelas
dusnya masih ada, nota hilang
pre order {angka} hari, dp {uang}
kak {nama} pesanan yang {barang} jadi diambil?
lagi cari {barang} bekas buat anak kos
kurirnya udah di depan gang {nama}
checkout sebelum jam {jam} dikirim hari ini
komplain aja ke penjualnya, {barang} ku juga rusak
""")

LIFE = lines("""
kos di {tempat} sebulan {uang} udah wifi
ac kamarku bocor lagi, bapak kos gak respon
lampu kamar mati dari jam {jam}
tadi malam nonton bola sampai jam {jam}, tim kita kalah
main futsal hari {hari} jam {jam}, kurang {angka} orang
film yang di {tempat} seru banget, kamu harus nonton
drama korea nya udah sampai episode {angka}
aku putus sama {nama}, jangan bilang siapa siapa
{nama} jadian sama {nama2} lho, udah tau belum?
hp ku jatuh, layarnya retak dikit
kuota ku habis, beliin yang {uang} ya
ganti nomor, yang lama udah gak aktif
senam pagi di {tempat} hari {hari}, ikut gak?
batuk pilek dari hari {hari} gak sembuh sembuh
antri di puskesmas dapat nomor {angka}
vaksinnya di balai warga jam {jam}
ronda malam ini giliran pak {nama} sama pak {nama2}
iuran rt {uang} dikumpulin ke bu {nama}
banjir di {tempat} udah sampai lutut
listrik padam sekampung, katanya sampai jam {jam}
motor ku mogok di {tempat}, tolongin dong
sim card nya daftar pakai ktp {nama}
kemarin ketemu {nama} di {tempat}, dia nanyain kamu
aku lagi belajar masak {makanan}, doain berhasil
pengen punya {barang} baru tapi uangnya belum ada
tabunganku baru {uang}, target masih jauh
tadi pagi lari {angka} kilo di {tempat}
jerawatku muncul lagi, pakai apa ya?
kemarin mimpi aneh banget, ada {nama} sama kucing {warna}
nonton konser di {kota} tiketnya {uang}
aku pinjam {barang} dulu ya, hari {hari} aku balikin
utang yang {uang} kemarin aku bayar hari {hari} ya
kamu udah daftar ulang bpjs di {tempat} belum?
pemilihan ketua rt jam {jam}, datang ya
baca deh https://berita.contoh/{kota_url}/{angka}
link nya ini https://bit.contoh/{kode}
lihat video ini deh https://vid.contoh/{kode}
""")
