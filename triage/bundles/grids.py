"""The tables of a bundle, each in one form for machines and people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casefile.articles import Article
from casefile.fingerprints.kinds import PDQ, PHASH
from casefile.identifiers import parse_identifier
from casefile.wording import label
from triage.bundles.facts import BundleFacts
from triage.bundles.leaving import ADDRESS, PICTURE, Leaving, leaves_address, leaving_reports
from triage.bundles.tables import Cell, Column, Grid
from triage.bundles.words import BY_RULE, said, staff_name, wib

SCREENSHOT = "tangkapan layar"
ADDRESS_KIND = "akun, tautan, atau nomor"
WITHHELD_ADDRESS = "(alamat tidak disertakan)"

_EVIDENCE = (
    Column("no", "No", 0.7),
    Column("laporan"),
    Column("butir", "Butir", 1.8),
    Column("jenis"),
    Column("uraian", "Piksel", 1.9),
    Column("diperoleh", "Diterima", 1.9),
    Column("sha256", "SHA-256", 5.2),
    Column("ukuran_byte", "Byte", 1.3),
    Column("lebar_piksel"),
    Column("tinggi_piksel"),
    Column("sidik_dihitung", "Sidik", 1.9),
    Column("lokasi_asli", "Berkas asli", 1.9),
)
_RELATED = (
    Column("no", "No", 0.7),
    Column("kode_kasus", "Kasus lain", 2),
    Column("kelas"),
    Column("alasan", "Yang sama", 4),
    Column("diputuskan", "Diputuskan", 3),
    Column("oleh", "Oleh", 2.5),
)
_TAKEDOWNS = (
    Column("no", "No", 0.7),
    Column("alamat", "Alamat", 5),
    Column("kepada", "Diminta kepada", 2.2),
    Column("nomor_tiket", "Tiket", 1.6),
    Column("mendesak", "Mendesak", 1.8),
    Column("waktu", "Waktu", 2.6),
    Column("hasil", "Hasil", 1.6),
    Column("tanggal_hasil", "Tanggal hasil", 1.7),
)
_ARTICLES = (
    Column("no", "No", 0.7),
    Column("kode"),
    Column("undang_undang", "Undang-undang", 2.6),
    Column("pasal", "Pasal", 2.4),
    Column("jenis", "Jenis yang dilaporkan", 2.6),
    Column("berlaku_dari", "Berlaku dari", 2),
    Column("berlaku_sampai", "Sampai", 2),
    Column("catatan", "Catatan", 4.4),
    Column("diperiksa", "Diperiksa", 2),
)


def evidence_grid(facts: BundleFacts) -> Grid:
    """Every picture and address that leaves, numbered through; ``butir`` names its report and its number in that."""
    rows = [row for one in leaving_reports(facts) for row in _evidence(one)]
    return Grid(_EVIDENCE, tuple((number, *row) for number, row in enumerate(rows, start=1)))


def picture_rows(facts: BundleFacts) -> list[dict[str, Any]]:
    """``05_sidik_gambar.json``: the fingerprints by which pictures are found to be alike."""
    return [
        {
            "laporan": str(one.report.report_id),
            "no": number,
            "sha256": prints.sha256.hex(),
            "pdq": {"versi": str(PDQ.version), "nilai": prints.pdq.hex(), "mutu": prints.pdq_quality},
            "phash": None if prints.phash is None else {"versi": str(PHASH.version), "nilai": prints.phash.hex()},
        }
        for one in leaving_reports(facts)
        for number, prints in ((number, picture.fingerprints) for number, picture in one.pictures)
    ]


def related_grid(facts: BundleFacts) -> Grid:
    """Cases that were linked to this one, where it was chosen that their codes leave."""
    related = facts.case.related if facts.wish.names_related else ()
    return Grid(
        _RELATED,
        tuple(
            (
                number,
                one.code,
                one.match_class.value,
                said(one.match_class),
                wib(one.decided_at),
                staff_name(facts, one.decided_by) if one.decided_by else BY_RULE,
            )
            for number, one in enumerate(related, start=1)
        ),
    )


def takedown_grid(facts: BundleFacts) -> Grid:
    """Every address that somebody was asked to take down, oldest first."""
    return Grid(
        _TAKEDOWNS,
        tuple(
            (
                number,
                one.address if leaves_address(facts, one.address) else WITHHELD_ADDRESS,
                one.recipient or said(one.target),
                one.ticket,
                "ya" if one.is_urgent else "tidak",
                wib(one.asked_at),
                said(one.state),
                one.settled_on.isoformat() if one.settled_on else None,
            )
            for number, one in enumerate(facts.case.takedowns, start=1)
        ),
    )


def article_grid(facts: BundleFacts) -> Grid:
    """Articles that may fit what was reported, with their days of validity."""
    kinds = {kind for report in facts.reports for kind in report.submission.answers.kinds}
    return Grid(
        _ARTICLES,
        tuple(
            (
                number,
                one.code,
                one.law,
                one.article,
                ", ".join(label(kind) for kind in sorted(one.kinds & kinds)),
                one.valid_from.isoformat() if one.valid_from else None,
                one.valid_to.isoformat() if one.valid_to else None,
                one.note,
                _checked(one),
            )
            for number, one in enumerate(facts.case.articles, start=1)
        ),
    )


def address_kinds(one: Leaving, line: str) -> str:
    """What a line seems to be, as the office reads it: an account, a link, a phone number."""
    found = parse_identifier(line, one.report.submission.answers.platforms)
    return ", ".join(dict.fromkeys(label(identifier.kind).lower() for identifier in found)) or "tidak terbaca"


def _evidence(one: Leaving) -> Iterator[tuple[Cell, ...]]:
    report_id, kept = str(one.report.report_id), said(one.report.submission.answers.original_kept)
    for number, picture in one.pictures:
        prints = picture.fingerprints
        yield (
            report_id,
            _item(one, PICTURE, number),
            SCREENSHOT,
            f"{prints.width} x {prints.height}",
            one.came_on(number, picture).isoformat(),
            prints.sha256.hex(),
            prints.byte_count,
            prints.width,
            prints.height,
            said(picture.source),
            kept,
        )
    for number, line in one.addresses:
        yield report_id, _item(one, ADDRESS, number), ADDRESS_KIND, line, None, "", None, None, None, "", ""


def _item(one: Leaving, kind: str, number: int) -> str:
    return f"L{one.number} {kind} {number}"


def _checked(article: Article) -> str:
    if not article.verified_by or article.verified_on is None:
        return "belum diperiksa ahli hukum"
    return f"{article.verified_by}, {article.verified_on.isoformat()}"
