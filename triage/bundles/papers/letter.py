"""The covering letter."""

from __future__ import annotations

from casefile.wib import local_date
from triage.bundles.facts import BundleFacts
from triage.bundles.pages import OFFICE_NAME
from triage.bundles.papers.common import BLANK, CONFIDENTIAL, NOT_A_CONCLUSION, reference
from triage.bundles.wish import ACTION_LABELS, BASIS_LABELS
from triage.bundles.words import day_words, wib_words
from triage.printing import Block, Bullets, Facts, Heading, Paper, Signatures, Text

LAW = "UU 12/2022 Pasal 39 (siapa pun yang tahu dapat melapor) dan Pasal 41 (kewajiban melapor dalam 3x24 jam)"


def letter_paper(facts: BundleFacts, annexes: tuple[str, ...]) -> Paper:
    """``00_surat_pengantar.pdf``; ``annexes`` names what lies in the bundle beside it."""
    return Paper(
        title="Surat pengantar berkas bukti",
        subtitle=f"{OFFICE_NAME}\nPelindungan perempuan dan anak",
        reference=reference(facts),
        code=_code(facts),
        blocks=(
            *_opening(facts, len(annexes)),
            Heading("Tindakan yang kami mohon"),
            _actions(facts),
            Heading("Isi berkas"),
            Text(", ".join(annexes)),
            *_authenticity(facts),
            Text(CONFIDENTIAL),
            Text(NOT_A_CONCLUSION),
            Facts(officer_rows(facts)),
            Signatures(((f"Untuk {OFFICE_NAME},", ""), ("Diterima oleh,", ""))),
        ),
    )


def officer_rows(facts: BundleFacts) -> tuple[tuple[str, str], ...]:
    """Who asked for the bundle, who approved it, when it was made."""
    asked, approved = facts.requested, facts.approved
    return (
        ("Diminta oleh", f"{asked.name}, {wib_words(asked.at)}"),
        ("Disetujui oleh", f"{approved.name}, {wib_words(approved.at)}" if approved else "(belum disetujui)"),
        ("Disusun", wib_words(facts.made_at)),
    )


def _opening(facts: BundleFacts, count: int) -> tuple[Block, ...]:
    wish = facts.wish
    head = (
        ("Nomor", wish.letter_number or BLANK),
        ("Tanggal", day_words(local_date(facts.made_at))),
        ("Sifat", "Rahasia"),
        ("Kepada", wish.recipient),
        ("Perihal", f"Penyerahan berkas bukti kekerasan berbasis gender online, kasus {facts.case_code}"),
        ("Lampiran", f"1 berkas elektronik, berisi {count} dokumen"),
    )
    basis = (("Dasar hukum", LAW), ("Dasar penyerahan", BASIS_LABELS[wish.basis]), ("Tujuan", wish.purpose))
    return Facts(head), Text("Bersama surat ini kami serahkan berkas bukti untuk kasus di atas."), Facts(basis)


def _authenticity(facts: BundleFacts) -> tuple[Block, ...]:
    return (
        Heading("Cara memastikan keaslian"),
        Text(
            "Berkas elektronik ditandatangani dengan kunci kantor. Sidik kunci itu tertulis di bawah, juga dalam kode "
            "QR di atas. Cocokkan sidik ini dengan hasil pemeriksaan; caranya ada di README_verifikasi.txt. Percayai "
            "sidik ini hanya bila lembar ini Anda terima langsung dari petugas kantor."
        ),
        Facts(
            (
                ("Sidik kunci kantor", facts.case.key_fingerprint or "-"),
                ("Nomor berkas", str(facts.bundle_id) if facts.bundle_id else "(ada setelah diminta)"),
            )
        ),
    )


def _actions(facts: BundleFacts) -> Bullets | Text:
    if not facts.wish.actions:
        return Text("Tidak ada tindakan khusus yang dimohon.")
    return Bullets(tuple(ACTION_LABELS[action] for action in facts.wish.actions))


def _code(facts: BundleFacts) -> str:
    """No file can name its own digest: the letter's code says whose key signed, and for which bundle."""
    if facts.bundle_id is None or not facts.case.key_fingerprint:
        return ""
    return f"SULUH1:kunci:{facts.case.key_fingerprint}:berkas:{facts.bundle_id}"
