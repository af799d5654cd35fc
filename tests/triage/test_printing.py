"""Papers as PDF/A: equal bytes, no text is markup, every letter is printed or named, nothing runs off the page."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.programs import find_program, judge_pdf_a, read_pdf
from triage.printing import (
    Block,
    Bullets,
    Facts,
    Heading,
    Paper,
    PrintingError,
    Quote,
    Signatures,
    Table,
    Text,
    pdf,
    render_pdf,
)
from triage.printing.glyphs import PRINTED, make_printer
from triage.printing.ledger import LEDGER_FROM

NOW = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
DIGEST = "0a1b2c3d" * 8
LONG_URL = "https://contoh.example/jalan/" + "abcdefgh" * 30
RIGHT_MARGIN = 595.3 - 62
"""Points; A4 less the design's margin, rounded up."""


def paper(*blocks: Block, code: str = "") -> Paper:
    return Paper("Judul uji", "Kasus K-1", blocks, "Anak judul", code)


WHOLE = paper(
    Heading("Bagian"),
    Text("Satu\nDua"),
    Quote("Tiga"),
    Bullets(("Empat",)),
    Facts((("Nama", "Isi"),)),
    Table(("A", "B"), (("1", "2"),)),
    Signatures((("Pihak I", "Rina"), ("Pihak II", ""))),
    code="SULUH1:sha256:" + DIGEST.upper(),
)


def words_of(*blocks: Block) -> str:
    return " ".join(read_pdf(render_pdf(paper(*blocks), NOW)).split())


def test_equal_papers_give_equal_bytes_and_another_time_gives_others() -> None:
    assert render_pdf(WHOLE, NOW) == render_pdf(WHOLE, NOW)
    assert render_pdf(WHOLE, NOW) != render_pdf(WHOLE, NOW.replace(year=2027))
    text = read_pdf(render_pdf(WHOLE, NOW))
    for told in (
        *("Judul uji", "Anak judul", "Bagian", "Satu", "Dua", "Tiga", "Empat", "Nama", "Isi", "Pihak I", "Rina"),
        *("Nama jelas", "Kasus K-1 · dicetak 24-11-2026 00.30 WIB", "1/1"),
    ):
        assert told in text


def test_it_is_pdf_a_and_whole(tmp_path: Path) -> None:
    made = render_pdf(paper(Text("Isi")), NOW)
    assert b"<pdfaid:part>1</pdfaid:part>" in made
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in made
    assert b"<xmp:CreateDate>2026-11-23T17:30:00+00:00</xmp:CreateDate>" in made
    (tmp_path / "a.pdf").write_bytes(made)
    checked = subprocess.run([find_program("qpdf"), "--check", tmp_path / "a.pdf"], capture_output=True, check=True)
    assert b"No syntax or stream encoding errors" in checked.stdout
    fonts = subprocess.run([find_program("pdffonts"), tmp_path / "a.pdf"], capture_output=True, check=True)
    assert [line.split()[-5:-2] for line in fonts.stdout.decode().splitlines()[2:]] == [["yes", "yes", "yes"]] * 2


def test_another_makers_judge_finds_every_kind_of_block_to_be_pdf_a(tmp_path: Path) -> None:
    whole = render_pdf(WHOLE, NOW)
    long = render_pdf(paper(Table(("A", "B"), (("1", "é – “x” 😭"),) * LEDGER_FROM)), NOW)
    assert not judge_pdf_a(tmp_path, {"whole.pdf": whole, "long.pdf": long})
    (tmp_path / "spoilt").mkdir()
    assert "FontFile entry is missing" in judge_pdf_a(
        tmp_path / "spoilt", {"a.pdf": whole.replace(b"/FontFile", b"/FontFilf")}
    )


def test_nobodys_text_is_markup() -> None:
    typed = "#let x = 1 *a* _b_ $c$ `d` <e> @f \\ \"g\" -- // h /* i */ [j] ~ 'k'"
    for block in (Text(typed), Quote(typed), Bullets((typed,)), Facts(((typed, typed),)), Table((typed,), ((typed,),))):
        assert typed in words_of(block)


def test_every_letter_of_the_fonts_is_printed_and_all_others_are_named() -> None:
    letters = [chr(code) for code in range(0x3000) if re.match(f"[{PRINTED}]", chr(code))]
    assert len(letters) > 2000
    render_pdf(paper(Text(" ".join(letters))), NOW)
    rows = tuple((" ".join(letters[start : start + 8]),) for start in range(0, len(letters), 8))
    render_pdf(paper(Heading(" ".join(letters)), Table(("A",), rows * 2)), NOW)
    assert make_printer(PRINTED)("a😭b\u202ec中\u200d\ufe0f\td") == "a[U+1F62D]b[U+202E]c[U+4E2D]    d"
    assert "tidak dapat dicetak" in words_of(Quote("😭"))
    assert "tidak dapat dicetak" not in words_of(Quote("[U+1F62D] é – “x”"))


@pytest.mark.parametrize("token", [LONG_URL, DIGEST, "x" * 200, "+62" + "0" * 80, "@" + "akun_panjang." * 12])
def test_nothing_runs_off_the_page_and_copied_text_is_whole(token: str) -> None:
    blocks = (
        *(Text(token), Quote(token), Facts(((token, token),))),
        Table(("A", "B", "C"), ((token, token, token),), (4, 1, 1)),
    )
    made = render_pdf(paper(*blocks), NOW)
    rights = [float(found) for found in re.findall(r'xMax="([\d.]+)"', read_pdf(made, "-bbox"))]
    assert max(rights) <= RIGHT_MARGIN
    assert token in read_pdf(made).replace("\n", "")


@pytest.mark.parametrize("count", [LEDGER_FROM - 1, LEDGER_FROM])
def test_long_tables_go_over_pages_with_their_head_on_each(count: int) -> None:
    rows = tuple((f"r{number}", f"uraian {number} " + "panjang " * 12, DIGEST) for number in range(count))
    text = read_pdf(render_pdf(paper(Table(("Nomor", "Uraian", "Sidik"), rows, (1, 3, 4))), NOW), "-layout")
    pages = text.rstrip("\f").split("\f")
    assert len(pages) > 5
    assert all("Nomor" in page for page in pages)
    assert re.findall(r"^ *(r\d+) ", text, re.MULTILINE) == [row[0] for row in rows]
    assert f"{len(pages)}/{len(pages)}" in pages[-1]


def test_what_cannot_be_set_is_set_plainly_and_a_fault_says_nothing_of_the_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "_PRINTER", str)
    assert "rahasia[U+1F62D]" in words_of(Quote("rahasia😭"))
    monkeypatch.setattr(pdf, "_PLAIN_PRINTER", str)
    with pytest.raises(PrintingError) as raised:
        render_pdf(paper(Quote("rahasia😭")), NOW)
    assert "rahasia" not in repr(raised.value)
    assert raised.value.__suppress_context__
