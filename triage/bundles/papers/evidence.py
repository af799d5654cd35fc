"""Alleged accounts and addresses, the list of evidence, method and limits, the custody log."""

from __future__ import annotations

from collections.abc import Iterator

from casefile.vocabulary import FingerprintSource
from triage.bundles.custody_table import custody_of
from triage.bundles.facts import BundleFacts
from triage.bundles.grids import SCREENSHOT, address_kinds, evidence_grid
from triage.bundles.leaving import Leaving, leaving_reports
from triage.bundles.papers.common import NOTHING, left_out_note, platforms_said, reference, report_line
from triage.bundles.tables import Grid
from triage.bundles.words import all_said, said, wib_words
from triage.printing import Block, Bullets, Facts, Heading, Paper, Table, Text

_KIND = 3
"""The place of the kind in a row of the evidence list."""

_METHOD = (
    "SHA-256 (FIPS 180-4) dihitung dari byte asli berkas pada saat pelapor memilihnya.",
    "Dihitung di server: gambar hanya ada di memori selama dihitung, lalu dilepas.",
    "Dihitung di perangkat pelapor: gambar tidak pernah sampai ke kantor. Kantor hanya menerima hasilnya.",
    (
        "SHA-256 dari perangkat sama cara hitungnya. Bedanya, perangkat itu di luar penguasaan kantor, dan kantor "
        "tidak dapat menghitung ulang. Cocokkan dengan berkas asli sebelum dipakai."
    ),
)
_LIMITS = (
    "Gambar asli tidak disimpan kantor. Periksa SHA-256 berkas asli di perangkat pemiliknya.",
    (
        "SHA-256 yang sama: berkasnya sama, byte demi byte. SHA-256 yang lain tidak berarti palsu: gambar yang "
        "dipotong, diunduh ulang, atau dikirim lewat aplikasi obrolan menjadi berkas lain."
    ),
    (
        "Sidik kemiripan (PDQ, pHash) hanya menunjukkan gambar yang mirip. Kemiripan bukan bukti bahwa dua berkas "
        "sama, dan bukan bukti tentang orang. Karena itu tidak disertakan, kecuali dipilih."
    ),
    (
        "Tingkat risiko berasal dari aturan tertulis untuk urutan penanganan. Tingkat itu tidak menilai apakah laporan "
        "benar."
    ),
    "Stempel waktu pihak ketiga (RFC 3161) hanya ada bila berkas .tsr disertakan.",
    (
        "Tanda seperti [U+1F62D] menggantikan gambar kecil atau huruf yang tidak dapat dicetak. Bentuk aslinya ada di "
        "laporan.json."
    ),
)
_ISO = (
    (
        "Dapat diaudit",
        "Setiap pembukaan laporan dan setiap langkah berkas tercatat: siapa, kapan, apa. Catatan saling mengunci.",
        "08_rantai_penguasaan",
    ),
    (
        "Dapat diulang",
        "SHA-256 dihitung ulang dari gambar asli dengan alat apa pun; hasilnya sama.",
        "05_daftar_bukti",
    ),
    (
        "Dapat direproduksi",
        "Orang lain dengan alat lain memeriksa seluruh berkas tanpa internet dan tanpa alat kantor.",
        "README_verifikasi.txt",
    ),
    (
        "Dapat dipertanggungjawabkan",
        "Dua petugas yang berbeda meminta dan menyetujui. Pilihan untuk tidak menyertakan butir tertulis.",
        "00_surat_pengantar, 01_ringkasan",
    ),
)


def accused_paper(facts: BundleFacts) -> Paper:
    """``04_terlapor.pdf``."""
    blocks: list[Block] = [
        Text(
            "Akun, tautan, dan nomor di bawah ini DIDUGA dipakai terduga pelaku, menurut pelapor. "
            "Kantor tidak memeriksa siapa pemiliknya. Kolom “Terbaca sebagai” dibuat komputer."
        )
    ]
    for one in leaving_reports(facts):
        blocks += _accused(one)
    return Paper("Terlapor: akun dan alamat yang diduga dipakai", reference(facts), tuple(blocks))


def evidence_paper(facts: BundleFacts) -> Paper:
    """``05_daftar_bukti.pdf``."""
    grid = evidence_grid(facts)
    blocks: list[Block] = [
        Text(
            "Kantor tidak menyimpan gambar. Yang ada di sini sidik digital (SHA-256) dari berkas yang dilaporkan. "
            "Berkas aslinya ada di tempat yang tertulis pada kolom “Berkas asli”."
        ),
        Bullets(tuple(f"L{one.number}: {report_line(one)}" for one in leaving_reports(facts))),
        Heading("Gambar"),
        _pictures(grid),
        Heading("Akun, tautan, dan nomor"),
        _addresses(grid),
    ]
    for one in leaving_reports(facts):
        blocks += left_out_note(one)
    if facts.wish.fingerprints_reason:
        blocks.append(Text("Sidik kemiripan gambar disertakan dalam 05_sidik_gambar.json."))
    return Paper("Daftar bukti", reference(facts), tuple(blocks), f"Kasus {facts.case_code}")


def method_paper(facts: BundleFacts) -> Paper:
    """``07_metode.pdf``."""
    sources = [picture.source for one in leaving_reports(facts) for _, picture in one.pictures]
    on_device = sum(source is FingerprintSource.DEVICE for source in sources)
    return Paper(
        "Metode dan batasnya",
        reference(facts),
        (
            Facts(
                (
                    ("Perangkat lunak", facts.case.software),
                    ("Disusun", wib_words(facts.made_at)),
                    ("Sumber waktu", "jam server kantor, ditulis dalam WIB (UTC+7)"),
                    ("Sidik dihitung di server", f"{len(sources) - on_device} gambar"),
                    ("Sidik dihitung di perangkat pelapor", f"{on_device} gambar"),
                )
            ),
            Heading("Cara menghitung sidik"),
            Bullets(_METHOD),
            Heading("Batas"),
            Bullets(_LIMITS),
            Heading("Syarat SNI ISO/IEC 27037:2014"),
            Table(("Syarat", "Cara dipenuhi", "Lihat"), _ISO, (2.4, 6, 3)),
        ),
    )


def custody_paper(facts: BundleFacts) -> Paper:
    """``08_rantai_penguasaan.pdf``."""
    blocks: list[Block] = [
        Text(
            "Setiap catatan mengunci catatan sebelumnya dengan SHA-256. Di sini tertulis 12 dari 64 angka sidiknya; "
            "lengkapnya ada di 08_rantai_penguasaan.jsonl dan .csv. Perbuatan pelapor dicatat harinya saja. "
            "Catatan unduhan berkas ini sendiri menyusul di kantor: tidak ada berkas yang dapat menyebut sidiknya."
        )
    ]
    for one in leaving_reports(facts):
        custody = one.report.custody
        blocks += [
            Heading(report_line(one)),
            Facts((("Jumlah catatan", str(len(custody))), ("Sidik catatan terakhir", custody[-1].digest.hex()))),
            custody_of(facts, one.number).to_table(),
        ]
    return Paper("Rantai penguasaan", reference(facts), tuple(blocks), f"Kasus {facts.case_code}")


def _pictures(grid: Grid) -> Block:
    rows = tuple(row for row in grid.rows if row[_KIND] == SCREENSHOT)
    return Grid(grid.columns, rows).to_table() if rows else Text(NOTHING)


def _addresses(grid: Grid) -> Block:
    """What is no picture has neither digest nor size."""
    rows = tuple((str(row[0]), str(row[2]), str(row[4])) for row in grid.rows if row[_KIND] != SCREENSHOT)
    return Table(("No", "Butir", "Menurut pelapor"), rows, (0.7, 1.8, 14)) if rows else Text(NOTHING)


def _accused(one: Leaving) -> Iterator[Block]:
    answers = one.report.submission.answers
    yield Heading(report_line(one))
    platforms = platforms_said(one)
    yield Facts(
        (
            ("Hubungan dengan korban", said(answers.relation)),
            ("Akses ke korban", all_said(answers.access)),
            ("Platform", platforms),
        )
    )
    rows = tuple((f"{number}", line, address_kinds(one, line), "diduga") for number, line in one.addresses)
    yield (
        Table(("Alamat", "Menurut pelapor", "Terbaca sebagai", "Status"), rows, (1, 7, 3, 1.3))
        if rows
        else Text(NOTHING)
    )
    yield from left_out_note(one)
