"""Behind the code: something is added once and shown no more; consents and contact are seen and changed."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from casefile.additions import AdditionPayload, Choices, Material
from casefile.models import Addition, OutboxRow, Withdrawal
from casefile.receipts import ReceiptKeys, derive_receipt_keys
from casefile.submission import Answers, Consents, SafeContact, Submission
from casefile.unsealing import open_data_key, open_part, open_worker_addition
from casefile.vocabulary import (
    AdditionKind,
    AgeBand,
    ContactWay,
    JobName,
    Platform,
    ReferralTarget,
    ReporterRole,
    SlotRole,
)
from intake.followup import MOST_ADDITIONS, Addressed, add_material, change_choices, open_thread
from tests.conftest import Database
from tests.factories import NOON, Office, draw_screenshot, keep_report, make_submission
from tests.intake.browser import Browser, Page
from tests.intake.opening import count

PICTURE = draw_screenshot(1, 360, 640)
AGREED = Consents(referrals=frozenset({ReferralTarget.LEGAL_AID}), text_version="id-1")
CONTACT = SafeContact(way=ContactWay.WHATSAPP, address="0812-0000-1111", hours="siang", greeting="Bunga")


def keep(database: Database, office: Office, submission: Submission | None = None) -> str:
    with Session(database.engine("intake")) as session:
        return keep_report(session, office, submission).code


def enter(visitor: Browser, code: str) -> Page:
    return visitor.send(visitor.open("/b"), {"kode": code})


def rows(database: Database, kind: AdditionKind) -> list[Addition]:
    with Session(database.engine()) as session:
        found = select(Addition).where(Addition.kind == kind).order_by(Addition.number)
        return list(session.scalars(found))


def opened(office: Office, row: Addition) -> bytes:
    """As the office reads it; the recovery key opens the same."""
    found = set()
    for role, pair, slot in (
        (SlotRole.OFFICE, office.epoch, row.office_slot),
        (SlotRole.RECOVERY, office.recovery, row.recovery_slot),
    ):
        data_key = open_data_key(pair, slot, role, row.report_id, row.number)
        found.add(open_part(data_key, row.box, row.report_id, row.number, row.kind.value))
    (contents,) = found
    return contents


def told(office: Office, row: Addition) -> AdditionPayload:
    """As the worker reads it."""
    return AdditionPayload.from_bytes(
        open_worker_addition(office.worker.pair, row.worker_box, row.report_id, row.number)
    )


def keys_of(code: str, office: Office) -> ReceiptKeys:
    return derive_receipt_keys(code, office.intake.instance_salt, office.intake.receipt_pepper)


def test_accounts_a_picture_and_words_are_sealed_to_office_and_worker_and_shown_no_more(
    visitor: Browser, database: Database, office: Office
) -> None:
    enter(visitor, keep(database, office))
    page = visitor.send(visitor.open("/b/tambah"), {"langkah": "tambah"}, [PICTURE])
    assert "Gambar 1 – selesai" in page.text
    typed = {"tautan": "@rizky_contoh\n@rizky_contoh", "cerita": "Tadi malam <b>dia</b> kembali.", "platform": "x"}
    page = visitor.send(page, typed)
    assert page.path == "/b"
    assert "Tambahan terkirim." in page.text
    assert "Tambahan 1 · Hari ini · Menunggu dibaca" in page.text
    assert "rizky_contoh" not in page.response.text
    assert "malam" not in page.response.text
    (row,) = rows(database, AdditionKind.MATERIAL)
    assert row.reporter_slot is None
    material = Material.from_bytes(opened(office, row))
    assert (material.story, material.addresses) == ("Tadi malam dia kembali.", ("@rizky_contoh",))
    assert material.platforms == {Platform.X}
    (kept,) = material.pictures
    assert kept.sketches is None
    payload = told(office, row)
    assert payload.may_compare is None
    assert payload.pictures[0].sketches is not None
    assert len(payload.tags) == 1
    with Session(database.engine()) as session:
        assert JobName.NOTE_ADDITION in session.scalars(select(OutboxRow.job)).all()
    assert visitor.open("/b/tambah").values["cerita"] == [""]


def test_the_same_form_pressed_twice_is_one_addition(visitor: Browser, database: Database, office: Office) -> None:
    enter(visitor, keep(database, office))
    page = visitor.open("/b/tambah")
    for _ in range(2):
        assert visitor.send(page, {"tautan": "@rizky_contoh"}).path == "/b"
    assert len(rows(database, AdditionKind.MATERIAL)) == 1


def test_two_presses_at_once_are_one_addition(app: Flask, visitor: Browser, database: Database, office: Office) -> None:
    enter(visitor, keep(database, office))
    form = {**visitor.open("/b/tambah").values, "tautan": ["@rizky_contoh"]}
    cookie = visitor.client.get_cookie("s")
    assert cookie is not None
    clients = [app.test_client() for _ in range(2)]
    start, answers = threading.Barrier(2), []

    def press(place: int) -> None:
        clients[place].set_cookie("s", cookie.value)
        start.wait()
        answers.append(clients[place].post("/b/tambah", data=form).status_code)

    threads = [threading.Thread(target=press, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303, 303]
    assert len(rows(database, AdditionKind.MATERIAL)) == 1


def test_nothing_to_add_is_said_and_what_was_typed_stays(visitor: Browser, database: Database, office: Office) -> None:
    enter(visitor, keep(database, office))
    page = visitor.send(visitor.open("/b/tambah"))
    assert "Isi salah satu dulu: akun, gambar, atau cerita." in page.text
    page = visitor.send(page, {"cerita": "x" * 4001, "tautan": "@rizky_contoh"})
    assert page.values["tautan"] == ["@rizky_contoh"]
    assert len(page.values["cerita"][0]) == 4001
    assert rows(database, AdditionKind.MATERIAL) == []


def test_a_phone_number_in_what_happened_since_is_pointed_out_once_and_stops_nobody(
    visitor: Browser, database: Database, office: Office
) -> None:
    enter(visitor, keep(database, office))
    typed = {"cerita": "Hubungi saya di 0812 3456 7890 ya."}
    page = visitor.send(visitor.open("/b/tambah"), typed)
    assert page.path == "/b/tambah"
    assert "Anda tetap bisa lanjut." in page.text
    assert page.values["cerita"] == [typed["cerita"]]
    assert rows(database, AdditionKind.MATERIAL) == []
    assert "Tambahan terkirim." in visitor.send(page).text


def test_past_twenty_additions_the_conversation_is_the_place(database: Database, office: Office) -> None:
    to = Addressed(keys_of(keep(database, office), office), office.public, office.intake.identifier_key)
    with Session(database.engine("intake")) as session:
        for number in range(MOST_ADDITIONS):
            assert add_material(session, to, Material(story="x"), bytes([number]) * 32, NOON)
            session.commit()
        assert add_material(session, to, Material(story="x"), b"z" * 32, NOON) is None
        assert change_choices(session, to, lambda _: Choices(consents=Consents(may_compare=False)), NOON)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_childs_picture_is_refused_and_a_witness_is_asked_for_none(
    visitor: Browser, database: Database, office: Office
) -> None:
    enter(visitor, keep(database, office, make_submission(answers=Answers(age=AgeBand.FROM_13))))
    page = visitor.open("/b/tambah")
    assert "kamu" in visitor.open("/b/tarik").text.lower()
    assert "bukti" not in page.inputs
    page = visitor.send(page, {"cerita": "Ini"}, [PICTURE])
    assert "jangan kirim gambar" in page.text
    assert rows(database, AdditionKind.MATERIAL) == []
    witness = Browser(visitor.app)
    enter(witness, keep(database, office, make_submission(answers=Answers(role=ReporterRole.WITNESS))))
    assert "Cukup sebutkan di mana" in witness.open("/b/tambah").text
    assert "setuju_rujuk" not in witness.open("/b/izin").inputs


def test_what_was_agreed_is_shown_and_changed_and_every_state_is_kept(
    visitor: Browser, database: Database, office: Office
) -> None:
    submission = make_submission(consents=AGREED)
    object.__setattr__(submission, "contact", CONTACT)
    page = enter(visitor, keep(database, office, submission))
    assert "Dibandingkan dengan laporan lain Ya, boleh" in page.text
    assert "Data boleh diteruskan ke LBH" in page.text
    assert "WhatsApp" in page.text
    assert "0812-0000-1111" not in page.response.text, "only on the page that changes it"
    form = visitor.open("/b/izin")
    assert (form.values["kontak_isi"], form.values["kontak_sapaan"]) == (["0812-0000-1111"], ["Bunga"])
    changed = {"jangan_bandingkan": "ya", "setuju_rujuk": ["psikolog"], "kontak_tanpa_pesan": "ya"}
    page = visitor.send(form, changed)
    assert "Pilihan Anda tersimpan." in page.text
    assert "Dibandingkan dengan laporan lain Tidak" in page.text
    assert "Psikolog" in page.text
    assert "Jangan tinggalkan pesan" in page.text
    page = visitor.send(form, changed)
    assert "Tidak ada yang berubah." in page.text
    first, second = rows(database, AdditionKind.CONSENT)
    assert Choices.from_bytes(opened(office, first)).consents == AGREED
    after = Choices.from_bytes(opened(office, second))
    assert after.consents == Consents(
        may_compare=False, referrals=frozenset({ReferralTarget.PSYCHOLOGIST}), text_version="id-1"
    )
    assert (after.contact.greeting, after.contact.leave_no_message) == ("Bunga", True)
    assert (told(office, first).may_compare, told(office, second).may_compare) == (True, False)


def test_choices_that_do_not_open_are_chosen_anew_and_agree_to_nothing_meanwhile(
    visitor: Browser, database: Database, office: Office
) -> None:
    code = keep(database, office)
    with Session(database.engine()) as session:
        session.execute(update(Addition).values(box=b"damaged"))
        session.commit()
    page = enter(visitor, code)
    assert "Dibandingkan" not in page.text
    form = visitor.open("/b/izin")
    assert "Pilihan Anda sebelumnya tidak bisa ditampilkan." in form.text
    assert form.values["jangan_bandingkan"] == ["ya"]
    page = visitor.send(form)
    assert "Dibandingkan dengan laporan lain Tidak" in page.text


def test_once_erasure_was_asked_for_nothing_more_is_taken(visitor: Browser, database: Database, office: Office) -> None:
    code = keep(database, office)
    enter(visitor, code)
    adding, choosing = visitor.open("/b/tambah"), visitor.open("/b/izin")
    page = visitor.open("/b/tarik")
    for kept in ("Sidik digital gambar.", "Salinan cadangan", "Pasal 41"):
        assert kept in page.text
    assert "Sudah ditarik" in visitor.send(page).text
    page = enter(visitor, code)
    assert "Permintaan hapus sudah kami terima" in page.text
    assert "pesan" not in page.inputs
    visitor.send(adding, {"cerita": "Masih"})
    visitor.send(choosing, {"jangan_bandingkan": "ya"})
    to = Addressed(keys_of(code, office), office.public, office.intake.identifier_key)
    with Session(database.engine("intake")) as session:
        assert add_material(session, to, Material(story="x"), b"z" * 32, NOON) is None
        assert change_choices(session, to, lambda _: Choices(consents=Consents()), NOON) is None
    assert (count(database, Addition), count(database, Withdrawal)) == (1, 1)


@pytest.mark.parametrize("path", ["/b/tambah", "/b/izin", "/b/tarik"])
def test_without_a_code_there_is_nothing_to_see(visitor: Browser, path: str) -> None:
    page = visitor.open(path)
    assert (page.path, page.status) == ("/b", 200)
    assert "Kode rahasia" in page.text


def test_another_receipts_additions_do_not_exist_for_the_portal(database: Database, office: Office) -> None:
    """Row-level security; on SQLite, which has none, the queries alone keep receipts apart."""
    own, other = (keys_of(keep(database, office), office) for _ in range(2))
    with Session(database.engine("intake")) as session:
        to = Addressed(own, office.public, office.intake.identifier_key)
        add_material(session, to, Material(story="milik pertama"), b"z" * 32, NOON)
        session.commit()
        thread = open_thread(session, other, NOON)
        assert thread is not None
        assert thread.added == ()
        if database.kind == "postgresql":
            assert len(session.scalars(select(Addition.number)).all()) == 1
            session.rollback()
            assert session.scalars(select(Addition.number)).all() == []


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("spoil", ["foreign report", "noted already", "read already", "withdrawal"])
def test_the_portal_writes_for_the_receipt_alone_and_hides_nothing_from_the_worker(
    database: Database, office: Office, spoil: str
) -> None:
    own, other = keys_of(keep(database, office), office), keys_of(keep(database, office), office)
    with Session(database.engine()) as session:
        of_own, of_other = (
            session.scalar(text("SELECT report_id FROM receipt WHERE tag = :tag"), {"tag": keys.tag})
            for keys in (own, other)
        )
    columns = {
        "report_id": of_other if spoil in {"foreign report", "withdrawal"} else of_own,
        "number": 2,
        "noted": spoil == "noted already",
        "read": spoil == "read already",
    }
    statement = (
        "INSERT INTO withdrawal VALUES (:report_id, '2026-11-23')"
        if spoil == "withdrawal"
        else "INSERT INTO addition VALUES"
        " (:report_id, :number, 'material', '2026-11-23', 'tag', 1, '', '', '', NULL, '', :noted, :read)"
    )
    with Session(database.engine("intake")) as session:
        session.execute(text("SELECT set_config('suluh.receipt_tag', :tag, true)"), {"tag": own.tag.hex()})
        with pytest.raises(ProgrammingError, match="row-level security"):
            session.execute(text(statement), columns)
