"""Daily anchors at the desk: who sees, who signs, what is printed, and what the check of the log says of them."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casefile.anchors import NAMESPACE, read_sheet, sheet_code, statement
from casefile.custody import OFFICE_CHAIN, list_entries
from casefile.models import Anchor, AnchorSignature
from casefile.sshsig import allowed_signers_line
from casefile.vocabulary import StaffRole
from tests.programs import read_pdf
from tests.triage.conftest import DeskRoom
from triage.anchors import anchor_paper, get_anchor_day
from verifier.signatures import fingerprint
from worker.anchoring import make_anchors

DAY = timedelta(days=1)


def anchor(desk: DeskRoom) -> int:
    """What the worker does once a day."""
    return make_anchors(desk.workshop.runtime.engine, desk.clock.now)


def test_an_evidence_officer_signs_all_days_with_one_press_and_everybody_sees_them(
    desk: DeskRoom, tmp_path: Path
) -> None:
    wati, rina = desk.seat("wati", StaffRole.EVIDENCE_OFFICER), desk.seat("rina")
    assert "Belum ada jangkar." in wati.get("/jangkar").text
    desk.report()
    anchor(desk)
    desk.clock.now += DAY
    for person in (wati, rina):
        person.sign_in()
    anchor(desk)
    assert "2 hari belum ditandatangani." in wati.get("/hitungan").text
    assert "Petugas bukti atau penyelia menandatanganinya." in rina.get("/jangkar").text
    assert rina.post("/jangkar/tandatangani", "/jangkar").status_code == 403
    assert wati.post("/jangkar/tandatangani", "/jangkar").status_code == 303
    assert "2 jangkar ditandatangani." in wati.get("/jangkar").text
    wati.post("/jangkar/tandatangani", "/jangkar")
    page = wati.get("/jangkar").text
    assert "Semua jangkar sudah ditandatangani." in page
    assert "belum ditandatangani" not in page
    with desk.owner() as session:
        anchors = session.scalars(select(Anchor).order_by(Anchor.day)).all()
        signatures = session.scalars(select(AnchorSignature).order_by(AnchorSignature.day)).all()
        last = json.loads(list_entries(session, OFFICE_CHAIN)[-1].body)
    assert last["detail"] == {"days": [one.day.isoformat() for one in anchors]}
    assert desk.acts().count("anchor_signed") == 1
    public = desk.workshop.office.public.signing
    for one, signature in zip(anchors, signatures, strict=True):
        assert signature.signing_key == public
        assert openssh_verifies(tmp_path, public, statement(one.day, one.chains, one.root), signature.signature)


def openssh_verifies(folder: Path, public: bytes, message: bytes, signature: str) -> bool:
    (folder / "signers").write_text(
        allowed_signers_line("kantor", Ed25519PublicKey.from_public_bytes(public), NAMESPACE) + "\n"
    )
    (folder / "signature").write_text(signature)
    command = ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "kantor", "-n", NAMESPACE, "-s", "signature"]
    return subprocess.run(command, cwd=folder, input=message, capture_output=True, check=False).returncode == 0


def test_the_sheet_says_what_is_needed_to_check_it_and_is_printed(desk: DeskRoom, tmp_path: Path) -> None:
    wati = desk.seat("wati", StaffRole.EVIDENCE_OFFICER)
    anchor(desk)
    wati.post("/jangkar/tandatangani", "/jangkar")
    with desk.owner() as session:
        line = get_anchor_day(session, session.scalars(select(Anchor.day)).one())
    paper = anchor_paper(line, "Wati")
    assert read_sheet(paper.code) == read_sheet(sheet_code(line.day, line.root))
    assert fingerprint(desk.workshop.office.public.signing) in str(asdict(paper))
    answer = wati.get(f"/jangkar/{line.day.isoformat()}/lembar.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    for day in ("2001-01-01", "besok"):
        assert wati.get(f"/jangkar/{day}/lembar.pdf").status_code == 404
    said = re.sub(r"\s", "", read_pdf(answer.data, "-layout"))
    assert line.root.hex() in said
    assert fingerprint(desk.workshop.office.public.signing) in said


def test_who_holds_no_key_signs_nothing_and_a_changed_root_is_not_signed(desk: DeskRoom) -> None:
    newcomer = desk.seat("baru", StaffRole.EVIDENCE_OFFICER, with_key=False)
    sari = desk.seat("sari", StaffRole.SUPERVISOR)
    anchor(desk)
    newcomer.post("/jangkar/tandatangani", "/jangkar")
    assert "belum memegang kunci kantor" in newcomer.get("/jangkar").text
    with desk.owner() as session:
        lift_guards(session, desk.workshop.database.kind)
        session.execute(update(Anchor).values(root=bytes(32)))
        session.commit()
    sari.post("/jangkar/tandatangani", "/jangkar")
    assert "Tidak ada yang ditandatangani." in sari.get("/jangkar").text
    sari.post("/hitungan/periksa", "/hitungan")
    assert "rusak: akarnya bukan akar rantai hari itu." in sari.get("/hitungan").text
    with desk.owner() as session:
        assert session.scalars(select(AnchorSignature)).all() == []


def lift_guards(session: Session, kind: str) -> None:
    change = "DROP TRIGGER anchor_no_update" if kind == "sqlite" else "ALTER TABLE anchor DISABLE TRIGGER ALL"
    session.connection().exec_driver_sql(change)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_check_at_the_desk_counts_anchors_and_names_days_without_one(desk: DeskRoom) -> None:
    sari = desk.seat("sari", StaffRole.SUPERVISOR)
    anchor(desk)
    desk.clock.now += 40 * DAY
    sari.sign_in()
    anchor(desk)
    sari.post("/hitungan/periksa", "/hitungan")
    page = sari.get("/hitungan").text
    assert "Semua 32 jangkar harian cocok." in page
    assert "9 hari tanpa jangkar" in page
