"""The minutes of the handover (berita acara). Its digest is written by hand: no file can name its own."""

from __future__ import annotations

from triage.bundles.facts import BundleFacts
from triage.bundles.pages import OFFICE_NAME
from triage.bundles.papers.common import BLANK, reference
from triage.bundles.papers.letter import officer_rows
from triage.printing import Bullets, Facts, Heading, Paper, Signatures, Table, Text
from verifier.checking import INNER

_BOXES = "   ".join(["_" * 12] * 4)
_READ_ALOUD = (
    f"Pihak I membacakan sidik dari lembar serah terima. Pihak II menghitungnya sendiri: sha256sum {INNER}.",
    "Kedua pihak menulisnya di atas, delapan angka di setiap garis. Hasil: sama [   ]  tidak sama [   ]",
    "Sidik kunci kantor cocok dengan surat pengantar: ya [   ]  tidak [   ]",
)
_PLACES = (
    ("Pihak I, yang menyerahkan", ""),
    ("Pihak II, yang menerima", ""),
    ("Saksi 1", ""),
    ("Saksi 2", ""),
)
_ITEMS = (
    ("1", f"Berkas elektronik {INNER} beserta tanda tangannya", "1", "", ""),
    ("2", "Surat pengantar dan lampiran cetak", "", "", ""),
    ("3", "\n", "", "", ""),
)


def handover_paper(facts: BundleFacts) -> Paper:
    """``14_berita_acara_serah_terima.pdf``: two copies, filled in by hand when the bundle changes hands."""
    return Paper(
        title="Berita acara serah terima berkas bukti",
        subtitle="Dibuat rangkap dua, satu untuk setiap pihak",
        reference=reference(facts),
        blocks=(
            Facts((("Nomor", BLANK), ("Hari, tanggal, jam (WIB)", BLANK), ("Tempat", BLANK))),
            Heading("Pihak"),
            Table(
                ("", "Nama", "NIP / NRP, pangkat", "Jabatan, unit"),
                (
                    ("Pihak I (menyerahkan)", "\n\n", "", OFFICE_NAME),
                    ("Pihak II (menerima)", "\n\n", "", facts.wish.recipient),
                ),
                (2, 3, 3, 3),
            ),
            Heading("Barang yang diserahkan"),
            Table(("No", "Uraian", "Jumlah", "Media", "Kondisi"), _ITEMS, (0.7, 5, 1.2, 2, 2)),
            Facts(
                (
                    ("Kode kasus", facts.case_code),
                    ("Nomor berkas", str(facts.bundle_id) if facts.bundle_id else "(ada setelah diminta)"),
                    ("Maksud", facts.wish.purpose),
                    ("Cara diperoleh", "Laporan warga kepada kantor; disusun dan ditandatangani dengan Suluh"),
                    *officer_rows(facts),
                )
            ),
            Heading(f"SHA-256 {INNER}, dibacakan dan dicocokkan"),
            Text(f"\n{_BOXES}\n\n{_BOXES}"),
            Bullets(_READ_ALOUD),
            Signatures(_PLACES),
        ),
    )
