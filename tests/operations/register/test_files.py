"""Whatever is wrong with a file is said by line and column, without a word of it, and the end is status 1."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from casefile.submission import Answers
from casefile.vocabulary import ClosingReason, LegalBasis
from operations.register import COLUMNS, MOST_ROWS, Reading, RegisterError, read_register, template
from operations.register.columns import REQUIRED
from tests.operations.register.conftest import ROW, Registry, with_changes

TODAY = date(2026, 11, 23)
SECRET = "Rahasiaregister"
NAMES = list(ROW)
HEAD = ",".join(NAMES)


def line(delimiter: str = ",") -> str:
    """The good row as one line."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="").writerow(ROW.values())
    return text.getvalue()


LINE = line()


def read(path: Path, encoding: str = "utf-8") -> Reading:
    return read_register(path, encoding, TODAY)


def faults_of(path: Path, encoding: str = "utf-8") -> list[str]:
    """Everything that is said of a file."""
    try:
        return [str(fault) for fault in read(path, encoding).faults]
    except RegisterError as error:
        return str(error).splitlines()


def as_csv(folder: Path, text: str | bytes) -> Path:
    path = folder / "register.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def as_xlsx(folder: Path, change: Callable[[Workbook], object] | None = None) -> Path:
    """A workbook with one good row, and what ``change`` does to it."""
    book = Workbook()
    book.active.append(NAMES)
    book.active.append(list(ROW.values()))
    if change:
        change(book)
    path = folder / "register.xlsx"
    book.save(path)
    return path


def with_dates(book: Workbook) -> None:
    """As spreadsheets keep them: a date, a number, a month."""
    sheet = book.active
    sheet["A2"], sheet["B2"] = 12, date(2024, 3, 31)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (f"{HEAD}\n{LINE}\n", "utf-8"),
        ("\ufeff" + f"{HEAD}\r\n{LINE}\r\n", "utf-8"),
        (HEAD.replace(",", ";") + f";\n{line(';')};\n", "utf-8"),
        (HEAD.replace(",", "\t") + "\n\n" + line("\t") + "\n\t\t\n", "utf-8"),
        (f"{HEAD}\n{LINE}\n".encode("windows-1252"), "windows-1252"),
        (f"{HEAD.upper().replace('_', ' ')}\n{LINE}", "utf-8"),
    ],
)
def test_csv_as_spreadsheets_write_it_is_read(tmp_path: Path, text: str | bytes, encoding: str) -> None:
    reading = read(as_csv(tmp_path, text), encoding)
    assert reading.faults == []
    [case] = reading.cases
    assert (case.number, case.received_on, case.closing) == ("2024/001", date(2024, 3, 31), None)
    assert len(case.submission.answers.kinds) == 2
    assert len(case.submission.addresses) == 2


def test_an_xlsx_file_is_read_with_its_dates_and_numbers(tmp_path: Path) -> None:
    [case] = read(as_xlsx(tmp_path, with_dates)).cases
    assert (case.number, case.received_on) == ("12", date(2024, 3, 31))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"tanggal_lapor": "31-02-2024"}, "line 2, column tanggal_lapor: is no date"),
        ({"tanggal_lapor": "3/4/24"}, "line 2, column tanggal_lapor: is no date"),
        ({"tanggal_lapor": "1900-01-01"}, "line 2, column tanggal_lapor: is a date before 2000"),
        ({"tanggal_lapor": "2026-11-24"}, "line 2, column tanggal_lapor: lies in the future"),
        ({"tanggal_lapor": ""}, "line 2, column tanggal_lapor: is empty"),
        ({"keadaan": SECRET}, "line 2, column keadaan: must be terbuka or ditutup"),
        ({"keadaan": "ditutup"}, "line 2, column tanggal_tutup: is needed for a closed case"),
        ({"tanggal_tutup": "2024-05-01"}, "line 2, column keadaan: says open, but a closing is written down"),
        (
            {"keadaan": "ditutup", "tanggal_tutup": "2024-01-01"},
            "line 2, column tanggal_tutup: lies before",
        ),
        ({"usia": SECRET}, "line 2, column usia: is none of the answers"),
        ({"jenis": f"SEKSTORSI;{SECRET}"}, "line 2, column jenis: is none of the answers"),
        ({"jenis": "", "cerita": ""}, "line 2, column jenis: and cerita are both empty"),
        ({"cerita": SECRET * 400}, "line 2, column cerita: is longer than 4000 characters"),
        ({"cerita": f'=HYPERLINK("{SECRET}")'}, "line 2, column cerita: is a formula"),
        ({"kapan_tahu": SECRET}, "line 2, column kapan_tahu: is no year or month"),
        ({"nomor_register": ""}, "line 2, column nomor_register: is empty"),
    ],
)
def test_a_wrong_cell_is_named_and_not_repeated(
    registry_folder: Callable[[dict[str, str]], Path], changed: dict[str, str], said: str
) -> None:
    extra = dict.fromkeys(("tanggal_tutup", "kapan_tahu"), "")
    found = faults_of(registry_folder({**extra, **ROW, **changed}))
    assert any(fault.startswith(said) for fault in found), found
    assert SECRET not in "".join(found)


@pytest.fixture
def registry_folder(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    return lambda row: Registry(None, tmp_path).write([row])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The column nomor_register is missing."),
        (f"{LINE}\n{LINE}\n", "Column 1: the heading is none of the register's."),
        (f"{HEAD},{SECRET}\n{LINE},x\n", f"Column {len(NAMES) + 1}: the heading is none of the register's."),
        (f"{HEAD},usia\n{LINE},\n", f"Column {len(NAMES) + 1}: its heading stands there before."),
        (f"{HEAD}\n{LINE},{SECRET}\n", f"line 2, column number {len(NAMES) + 1}: has no heading"),
        (f"{HEAD}\n{LINE}\n{LINE}\n", "line 3, column nomor_register: stands on line 2 too"),
        (f'{HEAD}\n{LINE}\n"{SECRET}\n' + "x\n" * 9, "line 3: cannot be split into cells"),
        (f"{HEAD}\n{LINE}\n".encode() + b"\xe9" + SECRET.encode(), "line 3: is not UTF-8"),
        (f"{HEAD}\n{LINE}".encode("utf-16"), "line 1: is UTF-16"),
        (f"{HEAD}\n\0{SECRET}\n", "line 2: holds bytes that are no text"),
        (f"{HEAD}\n" + "x" * 1024**2, "line 2: is longer than a mebibyte"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "This is an old XLS file, or one with a password"),
        (b"PK\x03\x04" + SECRET.encode() * 9, "This is no XLSX file that can be read"),
    ],
)
def test_a_wrong_file_is_named_and_not_repeated(tmp_path: Path, text: str | bytes, said: str) -> None:
    found = faults_of(as_csv(tmp_path, text))
    assert any(fault.startswith(said) for fault in found), found
    assert SECRET not in "".join(found)


def hide_row(book: Workbook) -> None:
    book.active.row_dimensions[2].hidden = True


def hide_column(book: Workbook) -> None:
    book.active.column_dimensions["C"].hidden = True


def fill(cell: str, value: object) -> Callable[[Workbook], object]:
    return lambda book: book.active.__setitem__(cell, value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (fill("H2", "=A1&B1"), "line 2, column cerita: is a formula"),
        (fill("H2", True), "line 2, column cerita: is a truth value"),
        (lambda book: book.active.merge_cells("A2:A3"), "The sheet has merged cells"),
        (hide_row, "line 2: is hidden"),
        (hide_column, "Column 3 of the sheet is hidden"),
        (lambda book: book.create_sheet("Lain"), "The file has 2 sheets"),
        (fill("K5", SECRET), "line 5, column number 11: has no heading"),
    ],
)
def test_what_a_spreadsheet_hides_or_reckons_is_refused(
    tmp_path: Path, change: Callable[[Workbook], object], said: str
) -> None:
    found = faults_of(as_xlsx(tmp_path, change))
    assert any(fault.startswith(said) for fault in found), found
    assert SECRET not in "".join(found)


def repack(path: Path, sheet: str) -> Path:
    """The workbook with another sheet inside."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, sheet if part.filename.startswith("xl/worksheets/") else old.read(part))
    path.write_bytes(packed.getvalue())
    return path


def sheet_of(rows: str) -> str:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def inline(cells: list[str]) -> str:
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + "</row>"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (" " * 70_000_000, "The file unpacks to more than 64 MiB"),
        (inline(NAMES) + "<row/>" * 20_000 + inline(list(ROW.values())), None),
        (
            inline(NAMES) + inline(list(ROW.values())) + '<row r="99999999999"><c><v>1</v></c></row>',
            "line 99999999999: lies below",
        ),
        ("<row>", "This is no XLSX file that can be read"),
        ('<row r="x"/>', "This is no XLSX file that can be read"),
    ],
)
def test_a_bomb_and_a_broken_sheet_end_in_one_sentence(tmp_path: Path, rows: str, said: str | None) -> None:
    found = faults_of(repack(as_xlsx(tmp_path), sheet_of(rows)))
    assert found[0].startswith(said) if said else found == [], found


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + sheet_of(inline(["&b;"]))
    assert faults_of(repack(as_xlsx(tmp_path), laughs))[0].startswith("This is no XLSX file")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_million_rows_end_in_one_sentence_and_an_unchanged_database(registry: Registry, kind: str) -> None:
    row = with_changes(cerita=SECRET, jenis="SEKSTORSI", tautan="", platform="", usia="", dasar="legal_duty")
    cells = list(row.values())
    if kind == "csv":
        lines = (",".join([str(number), *cells[1:]]) for number in range(1_000_000))
        path = as_csv(registry.folder, HEAD + "\n" + "\n".join(lines)[: 60 * 1024**2])
    else:
        some = "".join(inline([str(number), *cells[1:]]) for number in range(12_000))
        path = repack(as_xlsx(registry.folder), sheet_of(inline(NAMES) + some + "<row><c><v>1</v></c></row>" * 988_000))
    before = registry.rows_in_all()
    done = registry.run(path, "--by", "nia")
    assert done.exit_code == 1
    assert f"line {MOST_ROWS + 2}: is beyond the {MOST_ROWS} cases of one import" in done.output
    assert SECRET not in done.output + str(done.exception)
    assert registry.rows_in_all() == before


def test_many_faults_are_counted_and_the_status_is_one(registry: Registry) -> None:
    path = registry.write([with_changes(nomor_register=str(number), usia=SECRET) for number in range(300)])
    done = registry.run(path, "--by", "nia")
    assert (done.exit_code, str(done.exception)) == (1, "300 faults. Nothing was imported.")
    assert "line 2, column usia: is none of the answers" in done.output
    assert "and 100 more." in done.output
    assert SECRET not in done.output


def test_the_template_is_an_empty_register_and_is_never_written_over_a_file(registry: Registry) -> None:
    path = registry.folder / "kosong.csv"
    assert registry.run("--template", path).exit_code == 0
    assert path.read_bytes() == template()
    assert read(path) == Reading()
    assert isinstance(registry.run("--template", path).exception, RegisterError)
    listed = registry.run("--columns").output
    for name in [column.name for column in COLUMNS]:
        assert f"{name} (needed):" in listed or f"{name}:" in listed
    assert registry.run().exit_code == 2


def test_every_answer_of_the_form_has_its_column() -> None:
    names = {column.name for column in COLUMNS}
    assert set(Answers().to_json()) <= names
    assert names >= REQUIRED


@pytest.mark.parametrize("member", [*ClosingReason, *LegalBasis])
def test_a_list_can_be_filled_in_by_value_or_by_word(member: ClosingReason | LegalBasis) -> None:
    [column] = [column for column in COLUMNS if column.words is type(member)]
    assert column.parse(member.value.upper()) is member


def test_the_document_lists_the_columns_of_the_code() -> None:
    text = (Path(__file__).resolve().parents[3] / "docs" / "register.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| (yes)? ?\| (.+) \|$", text, re.MULTILINE)
    listed = [(name, needed == "yes", hint.replace("\\|", "|")) for name, needed, hint in rows]
    assert listed == [(column.name, column.is_required, column.help) for column in COLUMNS]
