"""What stands around the reports: related cases, takedown requests, articles, consents, supporting papers."""

from __future__ import annotations

from collections.abc import Iterator

from casefile.wib import local_date
from triage.bundles.facts import BundleFacts, ConsentState, ReportFacts
from triage.bundles.grids import article_grid, related_grid, takedown_grid
from triage.bundles.leaving import leaving_reports
from triage.bundles.papers.common import reference, report_line, table_or_nothing
from triage.bundles.wish import BASIS_LABELS
from triage.bundles.words import all_said, day_words, said, staff_name
from triage.clocks import complaint_ends_at
from triage.printing import Block, Bullets, Facts, Heading, Paper, Table, Text

NO_LEGAL_CONCLUSION = "Indikasi pasal, bukan kesimpulan hukum."

_SUPPORTING = (
    "Surat psikolog klinis atau psikiater (TPKS Pasal 24 ayat 3)",
    "Rekam medis atau visum",
    "Hasil pemeriksaan forensik",
    "Bukti transfer atau rekening",
    "Saksi (inisial saja)",
    "Perangkat yang menyimpan berkas asli",
)
_BLANK_ROWS = 4
_ROOM = "\n\n"


def related_paper(facts: BundleFacts) -> Paper:
    """``09_keterkaitan.pdf``."""
    if facts.wish.names_related:
        said_first = (
            "Kasus lain dengan gambar, akun, atau percakapan yang sama. Hanya kode: isi laporan lain tidak disertakan. "
            "Hanya kasus yang kedua pelapornya mengizinkan, dan yang diputuskan petugas atau berkasnya sama persis."
        )
        block: Block = table_or_nothing(related_grid(facts))
    else:
        said_first = "Kantor memilih tidak menyertakan keterkaitan dengan kasus lain."
        block = Text("Tidak disertakan bukan berarti tidak ada.")
    limits = (
        "Berkas atau akun yang sama bukan bukti bahwa orangnya sama.",
        "Satu gambar dapat beredar luas; satu akun dapat menyasar banyak orang.",
    )
    return Paper("Keterkaitan dengan kasus lain", reference(facts), (Text(said_first), block, Bullets(limits)))


def takedown_paper(facts: BundleFacts) -> Paper:
    """``10_permintaan_takedown.pdf``."""
    blocks = (
        Text("Alamat yang sudah diminta untuk dihapus: kepada siapa, kapan (WIB), dan hasilnya."),
        table_or_nothing(takedown_grid(facts)),
        Text(
            "Batas waktu menurut Permenkominfo 5/2020: 4 jam untuk konten mendesak, 24 jam untuk yang lain. "
            "Konten yang sudah dihapus mungkin masih ada di platform; mintalah platform mengamankan datanya."
        ),
    )
    return Paper("Permintaan hapus konten", reference(facts), blocks)


def article_paper(facts: BundleFacts) -> Paper:
    """``11_indikasi_pasal.pdf``."""
    blocks: tuple[Block, ...] = (
        Text("Daftar ini mengikuti jenis yang pelapor pilih. Pemilihan pasal ada pada penyidik dan penuntut."),
        table_or_nothing(article_grid(facts)),
        Heading("Delik aduan"),
        Text(
            "Sebagian pasal adalah delik aduan; lihat kolom “Catatan”. UU 12/2022 Pasal 14 ayat (3): bukan delik aduan "
            "bila korban anak atau penyandang disabilitas."
        ),
        Facts(tuple(_known(facts))),
        Text("Hari peristiwa tidak diketahui pasti. Bandingkan dengan masa berlaku setiap pasal."),
    )
    return Paper("Indikasi pasal", reference(facts), blocks, NO_LEGAL_CONCLUSION)


def consent_paper(facts: BundleFacts) -> Paper:
    """``12_persetujuan.pdf``."""
    blocks: list[Block] = [Facts((("Dasar penyerahan berkas ini", BASIS_LABELS[facts.wish.basis]),))]
    for one in leaving_reports(facts):
        blocks += [Heading(report_line(one)), _consents(one.report)]
    blocks += [
        Text(
            "Setiap baris berlaku sejak tanggalnya sampai baris berikut. Yang terakhir yang berlaku. Izin dicatat "
            "harinya saja, demi keamanan pelapor."
        ),
        Heading("Keputusan tentang kewajiban melapor (UU 12/2022 Pasal 41)"),
        Facts(_duty(facts)),
    ]
    return Paper("Persetujuan dan kewajiban melapor", reference(facts), tuple(blocks))


def supporting_paper(facts: BundleFacts) -> Paper:
    """``13_pendukung.pdf``: a list to be filled in by hand; Suluh keeps none of these papers."""
    rows = [(str(number), what, _ROOM, _ROOM, _ROOM) for number, what in enumerate(_SUPPORTING, start=1)]
    rows += [(str(len(rows) + number), _ROOM, _ROOM, _ROOM, _ROOM) for number in range(1, _BLANK_ROWS + 1)]
    blocks = (
        Text(
            "Dokumen pendukung diserahkan di atas kertas, terpisah dari berkas elektronik. Isi dengan tangan. "
            "Coret baris yang tidak dipakai. Tulis saksi dengan inisial."
        ),
        Table(("No", "Dokumen", "Nomor dan tanggal", "Dari siapa", "Paraf"), tuple(rows), (0.7, 4, 3, 3, 1.3)),
    )
    return Paper("Daftar dokumen pendukung", reference(facts), blocks)


def _known(facts: BundleFacts) -> Iterator[tuple[str, str]]:
    for one in leaving_reports(facts):
        told = one.report.submission.known_since
        yield f"Diketahui sejak, menurut laporan {one.number}", f"“{told}”" if told else "tidak dijawab"
    known_on = facts.case.known_on
    if known_on is None:
        yield "Diketahui sejak, menurut petugas", "belum ditetapkan"
        return
    ends_on = day_words(local_date(complaint_ends_at(known_on)))
    yield "Diketahui sejak, menurut petugas", day_words(known_on)
    yield "Batas pengaduan 6 bulan (KUHP Pasal 29)", f"sebelum {ends_on}; 9 bulan bila tinggal di luar negeri"


def _consents(report: ReportFacts) -> Block:
    sent = report.submission.consents
    states = report.consents or (ConsentState(report.received_on, sent.may_compare, sent.referrals, sent.text_version),)
    rows = tuple(
        (
            day_words(state.since),
            "boleh" if state.may_compare else "tidak boleh",
            all_said(state.referrals) if state.is_open else "tidak terbaca; dianggap dicabut",
            state.text_version or "-",
        )
        for state in states
    )
    columns = ("Sejak", "Dibandingkan dengan laporan lain", "Diteruskan kepada", "Versi teks")
    return Table(columns, rows, (2, 2.5, 4, 1.5))


def _duty(facts: BundleFacts) -> tuple[tuple[str, str], ...]:
    duty = facts.case.duty
    if duty is None:
        return (("Keputusan", "belum dicatat"),)
    return (
        ("Keputusan", said(duty.outcome)),
        ("Tanggal", day_words(duty.decided_on)),
        ("Oleh", staff_name(facts, duty.decided_by)),
    )
