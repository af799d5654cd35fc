"""The file that is handed over, opened by programs that are not ours; what is said once, and what comes later."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pyrage
import pytest

from casefile.timestamping import check_stamp
from casefile.vocabulary import OutboxState
from tests.programs import find_program, read_pdf
from tests.triage.bundle_flow import ON_ONE_DATABASE, Room, make_room
from tests.triage.conftest import DeskRoom
from tests.tsa import LocalAuthority, Signer, make_signer, serve
from triage.bundles.choosing import is_age_key
from triage.bundles.delivering import PASSPHRASE_WORDS, new_passphrase
from verifier.archive import read_archive
from verifier.bag import ROOT, SIGNATURE, TIMESTAMP
from verifier.checking import Request, check_bundle
from verifier.package import ANNEX, ANNEX_SIGNATURE, INNER, INNER_SIGNATURE, annex_namespace
from verifier.signatures import fingerprint

UNIT, INVESTIGATOR = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
ANNEX_FORM = {
    "annex_investigator": "Aiptu Melati",
    "annex_age_key": str(INVESTIGATOR.to_public()),
    "annex_nama": "Sekar Arum",
    "annex_agreed": "ya",
}


@pytest.fixture
def room(desk: DeskRoom) -> Room:
    return make_room(desk)


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return make_signer(tmp_path_factory.mktemp("tsa"))


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    """One of the programs."""
    program = find_program(str(command[0]))
    return subprocess.run([program, *map(str, command[1:])], capture_output=True, check=False, **options)


def verifies(room: Room, package: bytes) -> bool:
    office = fingerprint(room.desk.workshop.office.public.signing)
    return check_bundle(Request(package, None, office)).is_good


@ON_ONE_DATABASE
def test_seven_zip_opens_it_with_the_six_words_and_with_no_others(room: Room, tmp_path: Path) -> None:
    room.make()
    answer = room.download()
    name = answer.headers["Content-Disposition"].partition('"')[2].rstrip('"')
    (tmp_path / name).write_bytes(answer.data)
    words = room.passphrase()
    assert len(words.split()) == PASSPHRASE_WORDS
    assert run("7z", "x", "-y", "-psalah", f"-o{tmp_path / 'no'}", tmp_path / name).returncode != 0
    done = run("7z", "x", "-y", f"-p{words}", f"-o{tmp_path / 'out'}", tmp_path / name)
    assert done.returncode == 0, done.stderr
    package = tmp_path / "out" / name.replace(".aes.zip", ".zip")
    assert verifies(room, package.read_bytes())
    assert run("unzip", "-q", package, "-d", tmp_path / "package").returncode == 0
    assert run("unzip", "-tq", tmp_path / "package" / INNER).returncode == 0
    assert b"AES-256" in run("7z", "l", "-slt", tmp_path / name).stdout
    room.act(room.bima, "serah")
    assert room.passphrase() is None


@ON_ONE_DATABASE
def test_age_opens_it_with_the_units_key_and_the_annex_with_the_investigators_alone(room: Room, tmp_path: Path) -> None:
    room.make(delivery="age", age_key=str(UNIT.to_public()), **ANNEX_FORM)
    answer = room.download()
    assert answer.headers["Content-Disposition"].endswith('.zip.age"')
    assert room.passphrase() is None
    assert "Tidak ada kata sandi" in room.bima.get(f"/berkas/{room.bundle().id}/serah").text
    for name, identity in (("unit", UNIT), ("investigator", INVESTIGATOR)):
        (tmp_path / name).write_text(f"{identity}\n")
    opened = run("age", "-d", "-i", tmp_path / "unit", input=answer.data)
    assert opened.returncode == 0, opened.stderr
    assert run("age", "-d", "-i", tmp_path / "investigator", input=answer.data).returncode != 0
    assert verifies(room, opened.stdout)
    parts = read_archive(opened.stdout)
    assert set(parts) == {INNER, INNER_SIGNATURE, ANNEX, ANNEX_SIGNATURE}
    assert run("age", "-d", "-i", tmp_path / "unit", input=parts[ANNEX]).returncode != 0
    annex = run("age", "-d", "-i", tmp_path / "investigator", input=parts[ANNEX]).stdout
    assert b"Sekar Arum" in run("pdftotext", "-", "-", input=annex).stdout
    sheet = read_pdf(room.bima.get(f"/berkas/{room.bundle().id}/lembar.pdf").data)
    for content in (answer.data, opened.stdout, parts[INNER]):
        assert hashlib.sha256(content).hexdigest() in "".join(sheet.split())
    for name, content in read_archive(parts[INNER]).items():
        assert b"Sekar" not in content, name
        (tmp_path / Path(name).name).write_bytes(content)
    (tmp_path / "annex.sig").write_bytes(parts[ANNEX_SIGNATURE])
    checked = run(
        "ssh-keygen", "-Y", "verify", "-f", tmp_path / "allowed_signers", "-I", "suluh",
        "-n", annex_namespace(parts[INNER]), "-s", tmp_path / "annex.sig", input=parts[ANNEX],
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    assert room.bundle().annex_box is None


@ON_ONE_DATABASE
def test_the_words_are_shown_to_whoever_took_the_file_for_ten_minutes(room: Room) -> None:
    room.make()
    room.download(room.sari)
    assert room.passphrase(room.sari)
    assert room.passphrase(room.bima) is None
    first = room.bundle().id
    room.desk.clock.advance(seconds=1)
    room.ask()
    assert "Berkas belum diunduh" in room.sari.get(f"/berkas/{room.bundle().id}/serah").text
    room.act(room.rina, "tarik")
    room.desk.clock.advance(minutes=9, seconds=58)
    page = f"/berkas/{first}/serah"
    assert 'class="handed"' in room.sari.get(page).text
    room.desk.clock.advance(seconds=2)
    assert "hanya terlihat oleh yang mengunduh" in room.sari.get(page).text


@ON_ONE_DATABASE
def test_an_authority_that_answers_stamps_inside_the_bundle(room: Room, signer: Signer) -> None:
    room.ask(delivery="age", age_key=str(UNIT.to_public()))
    room.approve(room.sari)
    room.order()
    with serve(signer) as local:
        room.work(local.authority)
    files = read_archive(read_archive(pyrage.decrypt(room.download().data, [UNIT]))[INNER])
    assert signer.openssl_verifies(files[ROOT + SIGNATURE], files[ROOT + TIMESTAMP])
    assert room.rows(OutboxState.OPEN) == []
    assert room.bima.get(f"/berkas/{room.bundle().id}/stempel.tsr").status_code == 404


def test_a_silent_authority_holds_nothing_up_and_its_stamp_comes_later_as_a_file(room: Room, signer: Signer) -> None:
    room.ask(delivery="age", age_key=str(UNIT.to_public()))
    room.approve(room.sari)
    room.order()
    with serve(signer) as local:
        room.work(silent(local))
        package = pyrage.decrypt(room.download().data, [UNIT])
        files = read_archive(read_archive(package)[INNER])
        assert ROOT + TIMESTAMP not in files
        path = f"/berkas/{room.bundle().id}/stempel.tsr"
        assert room.bima.get(path).status_code == 404
        assert "Diminta lagi nanti" in room.rina.get(room.path).text
        room.work(local.authority)
        (row,) = room.rows(OutboxState.OPEN)
        assert (row.attempts, row.fault) == (0, "TimestampError")
        local.answer = lambda query: (200, signer.reply(query))
        room.work(local.authority)
    token = room.rina.get(path)
    assert token.headers["Content-Disposition"] == f'attachment; filename="{TIMESTAMP}"'
    check_stamp(signer.roots_pem, files[ROOT + SIGNATURE], token.data)
    office = fingerprint(room.desk.workshop.office.public.signing)
    assert check_bundle(Request(package, None, office, token=token.data)).is_good
    assert room.bundle_acts()[-1] == "stamped"
    assert room.rows(OutboxState.OPEN) == []


def silent(local: LocalAuthority) -> object:
    local.answer = lambda _query: (503, b"")
    return local.authority


@ON_ONE_DATABASE
def test_an_annex_needs_a_yes_and_is_erased_as_soon_as_nothing_comes_of_it(room: Room) -> None:
    room.open_form()
    answer = room.fill(**{**ANNEX_FORM, "annex_agreed": ""})
    assert (answer.status_code, "centang bahwa pelapor setuju" in answer.text) == (422, True)
    assert room.fill(**{**ANNEX_FORM, "annex_agreed": "", "basis": "kewajiban_hukum"}).status_code == 200
    room.ask(**ANNEX_FORM)
    assert room.bundle().annex_box
    assert "Sekar Arum" in last_page(room)
    room.act(room.bima, "tolak")
    assert room.bundle().annex_box is None
    room.desk.clock.advance(seconds=1)
    room.ask(**ANNEX_FORM)
    room.act(room.rina, "tarik")
    assert room.bundle().annex_box is None
    room.desk.clock.advance(seconds=1)
    room.ask(**ANNEX_FORM)
    room.desk.workshop.withdraw(room.report_id)
    room.desk.workshop.run()
    assert room.bundle().annex_box is None


def last_page(room: Room) -> str:
    """What the second person reads last."""
    page = room.act(room.bima, "periksa").text
    count = int(page.partition("Halaman 1 dari ")[2].partition(" ")[0].rstrip("<"))
    return room.bima.get(f"/berkas/{room.bundle().id}/halaman/{count}").text


def test_words_are_drawn_from_the_list_and_keys_are_told_from_other_text() -> None:
    assert new_passphrase(lambda _count: 0).split()[0] == new_passphrase(lambda _count: 0).split()[-1]
    assert len({new_passphrase() for _ in range(20)}) == 20
    assert is_age_key(str(UNIT.to_public()))
    for other in ("", "age1", str(UNIT), str(UNIT.to_public())[:-1], str(UNIT.to_public()).replace("age1", "agf1")):
        assert not is_age_key(other)
