"""A stolen copy shows nothing of what was added behind the code, nor what was chosen there."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.additions import Choices, Material
from casefile.models import OutboxRow
from casefile.receipts import derive_receipt_keys
from casefile.submission import Consents, SafeContact
from casefile.vocabulary import ContactWay, JobName, ReferralTarget
from intake.followup import Addressed, add_material, change_choices
from tests.conftest import Database
from tests.contracts.test_stolen_copy import bits_of, dump_database, picture_of
from tests.factories import NOON, keep_report, make_office
from worker import jobs
from worker.runtime import Runtime, install

WORDS = ("ceritatambahan", "akun_tambahan", "81234567899", "sapaanrahasia", "jamrahasia", "setuju_rujuk")


def test_no_addition_and_no_choice_lies_in_a_stolen_copy(database: Database, tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    chosen = Choices(
        consents=Consents(referrals=frozenset({ReferralTarget.LEGAL_AID}), text_version="id-1"),
        contact=SafeContact(
            way=ContactWay.WHATSAPP, address="0812-3456-7899", hours="jamrahasia", greeting="sapaanrahasia"
        ),
    )
    material = Material(
        story="Ceritatambahan panjang.", addresses=("@akun_tambahan", "0812-3456-7899"), pictures=(picture_of(3),)
    )
    with Session(database.engine("intake")) as session:
        code = keep_report(session, office).code
        keys = derive_receipt_keys(code, office.intake.instance_salt, office.intake.receipt_pepper)
        to = Addressed(keys, office.public, office.intake.identifier_key)
        assert add_material(session, to, material, b"t" * 32, NOON) == 2
        session.commit()
        assert change_choices(session, to, lambda _: chosen, NOON)
    install(
        Runtime(database.engine("worker"), office.worker, office.folder / "keys" / "office.json", office.root_public)
    )
    with Session(database.engine()) as session:
        rows = session.execute(select(OutboxRow.id, OutboxRow.job).order_by(OutboxRow.created_at)).all()
    for row in rows:
        handler = jobs.match_report if row.job is JobName.MATCH_REPORT else jobs.note_addition
        handler(str(row.id))
    stolen = dump_database(database)
    assert b"note_addition" in stolen, "the dump must hold what is there to be found"
    secrets = [*(word.encode() for word in WORDS), code.encode(), *bits_of(picture_of(3))]
    assert [secret for secret in secrets if secret in stolen] == []
