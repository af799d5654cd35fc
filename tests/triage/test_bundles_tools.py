"""Programs that we did not write accept a bundle from the running desk, and refuse a changed one."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import Cookie
from pathlib import Path

import httpx
import pyrage
import pytest
from flask import Flask
from werkzeug.serving import make_server

from casefile.vocabulary import StaffRole
from tests.browser.desk_site import _Quiet
from tests.factories import draw_screenshot, make_submission
from tests.programs import judge_pdf_a
from tests.triage.bundle_flow import TO_POLICE, Room, make_room
from tests.triage.conftest import DeskRoom, Person
from tests.tsa import Signer, make_signer, serve
from verifier.bag import FINGERPRINTS, REPORT, SIGNATURE, TIMESTAMP
from verifier.package import ANNEX, ANNEX_SIGNATURE, annex_namespace
from verifier.packing import build_page, build_pyz
from verifier.signatures import fingerprint

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

SIGNERS = ("ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", "suluh")
MANIFESTS = ("tagmanifest-sha256.txt", "manifest-sha256.txt")


class Browser(httpx.Client):
    """Real HTTP behind what a person of these tests does with Flask's own client."""

    def get_cookie(self, name: str) -> Cookie:
        """The cookie as it is now."""
        return next(cookie for cookie in self.cookies.jar if cookie.name == name)


@contextmanager
def served(app: Flask, *people: Person) -> Iterator[None]:
    """The desk over HTTP; what the people do goes over it."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    for person in people:
        cookie = person.client.get_cookie("meja")
        assert cookie
        browser = Browser(base_url=f"http://127.0.0.1:{server.server_port}", trust_env=False)
        browser.cookies.set("meja", cookie.value, "127.0.0.1")
        person.client = browser  # type: ignore[assignment]
    try:
        yield
    finally:
        for person in people:
            person.client.close()  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()
        server.server_close()


def hand_over(desk: DeskRoom, signer: Signer, folder: Path) -> Room:
    """From the form to the files that a recipient holds, with an annex, fingerprints and a timestamp."""
    room = make_room(desk, make_submission(draw_screenshot(1), consents=TO_POLICE))
    with served(desk.app, room.rina, room.sari, room.bima), serve(signer) as authority:
        room.ask(
            fingerprints="ya",
            fingerprints_reason="Polisi akan mencari salinan.",
            annex_investigator="Aiptu Sari",
            annex_age_key=str(pyrage.x25519.Identity.generate().to_public()),
            annex_nama="Ratna",
            annex_agreed="ya",
        )
        room.approve(room.sari)
        room.order()
        room.work(authority.authority)
        (folder / "berkas.aes.zip").write_bytes(room.download().content)  # type: ignore[attr-defined]
        words = room.passphrase()
        for name in ("verify.pyz", "verify.html"):
            (folder / name).write_bytes(room.bima.get(f"/alat/{name}").content)  # type: ignore[attr-defined]
    run(folder, "7z", "x", f"-p{words}", "berkas.aes.zip")
    (package,) = (path for path in folder.glob("berkas-*.zip"))
    package.rename(folder / "berkas.zip")
    return room


def run(folder: Path, *command: str, stdin: Path | None = None) -> str:
    fed = stdin.read_bytes() if stdin else b""
    return subprocess.run(command, cwd=folder, input=fed, capture_output=True, check=True).stdout.decode()


def refuses(folder: Path, *command: str, stdin: Path | None = None) -> bool:
    fed = stdin.read_bytes() if stdin else b""
    return subprocess.run(command, cwd=folder, input=fed, capture_output=True, check=False).returncode != 0


def test_programs_of_others_accept_what_the_desk_hands_over_and_refuse_what_was_changed(
    desk: DeskRoom, tmp_path: Path
) -> None:
    signer = make_signer(tmp_path / "tsa")
    room = hand_over(desk, signer, tmp_path)
    for name in ("berkas.zip", "bukti.zip"):
        run(tmp_path, "unzip", "-tq", name)
        assert "Everything is Ok" in run(tmp_path, "7z", "t", name)
        run(tmp_path, "unzip", "-q", name)
    bag = tmp_path / "bukti"
    check_bag(bag)
    check_papers(bag)
    office = fingerprint(desk.workshop.office.public.signing)
    check_signatures(bag, office)
    stamp = ("openssl", "ts", "-verify", "-data", SIGNATURE, "-in", TIMESTAMP, "-CAfile", str(signer.roots_file))
    assert "Verification: OK" in run(bag, *stamp)
    check_our_own(tmp_path, room, office)
    spoil(bag, stamp)


def check_bag(bag: Path) -> None:
    run(bag, str(Path(sys.executable).with_name("bagit.py")), "--validate", ".")
    for manifest in MANIFESTS:
        assert "FAILED" not in run(bag, "sha256sum", "--strict", "-c", manifest)


def check_papers(bag: Path) -> None:
    papers = {path.name: path.read_bytes() for path in sorted((bag / "data").glob("*.pdf"))}
    assert len(papers) == 13
    (bag.parent / "papers").mkdir()
    assert not judge_pdf_a(bag.parent / "papers", papers)


def check_signatures(bag: Path, office: str) -> None:
    assert run(bag, "ssh-keygen", "-l", "-f", "kunci_kantor.pub").split()[1] == office
    bundle = bag.parent / "bukti.zip"
    for namespace, signature, signed in (
        ("suluh-bundle@v1", SIGNATURE, bag / MANIFESTS[0]),
        ("suluh-bundle@v1", "../bukti.zip.sig", bundle),
        (annex_namespace(bundle.read_bytes()), f"../{ANNEX_SIGNATURE}", bag.parent / ANNEX),
    ):
        assert "Good" in run(bag, *SIGNERS, "-n", namespace, "-s", signature, stdin=signed)
        assert refuses(bag, *SIGNERS, "-n", namespace, "-s", signature, stdin=bag / MANIFESTS[1])
        assert refuses(bag, *SIGNERS, "-n", "lain@v1", "-s", signature, stdin=signed)


def check_our_own(folder: Path, room: Room, office: str) -> None:
    """What the desk hands out is what the sources give, and confirms what others confirmed."""
    assert (folder / "verify.pyz").read_bytes() == build_pyz()
    assert (folder / "verify.html").read_bytes() == build_page()
    said = run(folder, sys.executable, "-I", "-S", "verify.pyz", "berkas.zip", office, str(room.bundle().id))
    for confirmed in ("dari kantor itu", "Lampiran identitas ada", "Stempel waktu untuk", "yang disebut di kertas"):
        assert confirmed in said
    locked = subprocess.run(
        [sys.executable, "-I", "-S", "verify.pyz", "berkas.aes.zip"], cwd=folder, capture_output=True, check=False
    )
    assert (locked.returncode, b"7z x" in locked.stdout) == (2, True)
    assert (folder / "bukti" / FINGERPRINTS).exists()


def spoil(bag: Path, stamp: tuple[str, ...]) -> None:
    """Each program sees its own part: none of them sees all."""
    report, page = bag / REPORT, bag.parent / "berkas.zip"
    report.write_bytes(report.read_bytes().replace(b'"kode_kasus"', b'"kode_kasuS"'))
    assert refuses(bag, str(Path(sys.executable).with_name("bagit.py")), "--validate", ".")
    assert refuses(bag, "sha256sum", "--strict", "-c", MANIFESTS[1])
    token = bag / TIMESTAMP
    token.write_bytes(token.read_bytes()[:-1] + bytes([token.read_bytes()[-1] ^ 1]))
    assert refuses(bag, *stamp)
    page.write_bytes(page.read_bytes().replace(b"kode_kasus", b"kode_kasuS"))
    assert refuses(bag.parent, "unzip", "-tq", "berkas.zip")


def test_only_who_sees_bundles_may_take_the_verifiers(desk: DeskRoom) -> None:
    room = make_room(desk)
    page = room.rina.get(room.path).text
    for name, content in (("verify.pyz", build_pyz()), ("verify.html", build_page())):
        answer = room.rina.get(f"/alat/{name}")
        assert answer.data == content
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert hashlib.sha256(content).hexdigest() in page
    tata = desk.seat("tata", StaffRole.ADMINISTRATOR)
    assert [tata.get(f"/alat/{name}").status_code for name in ("verify.pyz", "verify.html")] == [403, 403]
