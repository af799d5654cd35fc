"""What is typed is never lost: kept sealed for its writer alone on every way that does not send."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select, text, update

from casefile.models import Case, ReplyDraft
from casefile.submission import Answers, Consents, SafeContact
from casefile.vocabulary import AgeBand, CaseStatus, ContactWay, PerpetratorAccess, StaffRole
from tests.contracts.test_stolen_copy import dump_database
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person, hidden
from tests.triage.test_conversation import ANSWER, Reporter, write
from triage.casework import LEASE
from worker.sweep import KEEP_REPLY_DRAFTS, erase_expired

WORDS = "Rahasiadraf yang belum selesai"


def save(person: Person, code: str, words: str, **form: str) -> str:
    path = f"/kasus/{code}/percakapan"
    return person.post(f"{path}/draf", path, text=words, **form).text


def rename(desk: DeskRoom, table: str, name: str) -> None:
    with desk.owner() as session:
        session.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))
        session.commit()


def boxed(person: Person, code: str) -> str:
    """What stands in the reply box when the page is opened anew."""
    page = person.get(f"/kasus/{code}/percakapan").text
    return page.split('aria-describedby="seen" required>')[1].split("</textarea>")[0].strip()


def test_a_draft_is_its_writers_alone_sealed_and_gone_when_sent_or_thrown_away(desk: DeskRoom) -> None:
    rina, budi, reporter = desk.seat("rina"), desk.seat("budi"), Reporter(desk)
    code, path = desk.code(reporter.report_id), f"/kasus/{desk.code(reporter.report_id)}/percakapan"
    assert "Draf tersimpan pukul" in save(rina, code, WORDS, diam="ya")
    assert boxed(rina, code) == WORDS
    assert "Draf dari" in rina.get(path).text
    assert boxed(budi, code) == ""
    assert "Draf dari" not in budi.get(path).text
    assert WORDS.encode().lower() not in dump_database(desk.workshop.database)
    with desk.owner() as session:
        session.execute(update(ReplyDraft).values(staff_id=desk.staff_id("budi")))
        session.commit()
    assert "Draf Anda tidak terbuka." in budi.get(path).text, "a draft that was moved to another person does not open"
    save(rina, code, WORDS)
    rina.post(f"{path}/draf/buang", path)
    assert boxed(rina, code) == ""
    save(rina, code, WORDS)
    save(rina, code, " ")
    assert boxed(rina, code) == ""
    rina.post(f"/kasus/{code}/ambil", f"/kasus/{code}")
    csrf = hidden(rina.get(path).text, "csrf")
    desk.clock.advance(minutes=5)
    assert rina.client.post(f"{path}/draf", data={"csrf": csrf, "text": WORDS, "diam": "ya"}).status_code == 200
    assert desk.case(reporter.report_id).claim_expires_at == desk.clock.now + LEASE, "typing is work"
    write(rina, code, ANSWER)
    assert boxed(rina, code) == ""
    for days, left in ((-1, 1), (1, 0)):
        erase_expired(desk.workshop.runtime, desk.clock.now + KEEP_REPLY_DRAFTS + timedelta(days=days))
        with desk.owner() as session:
            assert session.scalar(select(func.count()).select_from(ReplyDraft)) == left


def test_every_way_that_does_not_send_keeps_what_was_typed(desk: DeskRoom) -> None:
    rina, budi, reporter = desk.seat("rina"), desk.seat("budi"), Reporter(desk)
    code, path = desk.code(reporter.report_id), f"/kasus/{desk.code(reporter.report_id)}/percakapan"
    write(rina, code, "Telepon 0812-3456-7890.")
    assert boxed(rina, code) == "Telepon 0812-3456-7890."
    version = hidden(rina.get(path).text, "version")
    reporter.write("Saya tambah satu hal")
    assert rina.post(path, path, version=version, text=WORDS).status_code == 409
    assert boxed(rina, code) == WORDS
    budi.post(f"/kasus/{code}/ambil", f"/kasus/{code}")
    answer = write(rina, code, ANSWER)
    assert answer.status_code == 409
    assert "Teks itu tersimpan sebagai draf" in answer.text
    assert boxed(rina, code) == ANSWER
    with desk.owner() as session:
        session.execute(update(Case).values(status=CaseStatus.CLOSED, closed_at=desk.clock.now))
        session.commit()
    page = budi.post(path, path, version="1", text=WORDS).text
    assert "Teks ini tidak terkirim." in page
    assert WORDS in budi.get(path).text, "a closed case shows what was written and not sent"
    assert reporter.thread() == [("reporter", "Saya tambah satu hal")]


def test_a_session_that_ended_gives_back_what_was_typed(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    path = f"/kasus/{desk.code(reporter.report_id)}/percakapan"
    page = rina.get(path).text
    desk.clock.advance(hours=9)
    form = {"csrf": hidden(page, "csrf"), "version": hidden(page, "version"), "text": WORDS}
    assert WORDS in rina.client.post(path, data=form).text
    assert rina.client.post(f"{path}/draf", data={**form, "diam": "ya"}).status_code != 200


def test_a_database_that_fails_gives_back_what_was_typed(desk: DeskRoom) -> None:
    rina, reporter = desk.seat("rina"), Reporter(desk)
    path = f"/kasus/{desk.code(reporter.report_id)}/percakapan"
    version = hidden(rina.get(path).text, "version")
    rename(desk, "held_reply", "aside")
    answer = rina.post(path, "/akun", version=version, text=WORDS)
    rename(desk, "aside", "held_reply")
    assert answer.status_code == 503
    assert WORDS in answer.text


def test_a_reply_begins_from_a_template_in_the_reporters_words(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    near = frozenset({PerpetratorAccess.HOLDS_PHONE, PerpetratorAccess.SAME_HOUSE})
    contact = SafeContact(way=ContactWay.WHATSAPP, address="0812-3456-7890", hours="sore", leave_no_message=True)
    child = replace(make_submission(answers=Answers(age=AgeBand.FROM_13, access=near)), contact=contact)
    report = desk.report(child)
    code, path = desk.code(report), f"/kasus/{desk.code(report)}/percakapan"
    page = rina.get(path).text
    for said in (
        "Kontak aman: WhatsApp · sore · <b>jangan tinggalkan pesan</b>",
        "Yang mengalami di bawah 18 tahun. Sapa dengan “kamu”.",
        "Menurut laporan, terduga pelaku memegang HP itu.",
        "terduga pelaku tinggal serumah",
    ):
        assert said in page
    assert "0812" not in page, "the number is in the report, not beside the box"
    rina.post(f"{path}/contoh", path, contoh="first_answer", text="Selamat pagi.")
    assert boxed(rina, code).startswith("Selamat pagi.\n\nHalo. Terima kasih sudah bercerita.")
    assert "Apakah kamu aman saat ini?" in boxed(rina, code)
    rina.post(f"{path}/contoh", path, contoh="ada-ada-saja", text="Tetap ada.")
    assert boxed(rina, code) == "Tetap ada."
    desk.workshop.choose(report, Consents(text_version="en-1"))
    rina.post(f"{path}/contoh", path, contoh="closing", text="")
    assert boxed(rina, code).startswith("The steps we talked about")


def test_templates_are_the_offices_to_change_and_nothing_of_them_is_lost(desk: DeskRoom) -> None:
    rina, sari, reporter = desk.seat("rina"), desk.seat("sari", StaffRole.SUPERVISOR), Reporter(desk)
    path = "/contoh-pesan/first_answer"
    assert rina.get("/contoh-pesan").status_code == 403
    assert "Sapaan pertama" in sari.get("/contoh-pesan").text
    version = hidden(sari.get(path).text, "version")
    form = {"version": version, "title": "Salam", "text": "Halo dari kami.", "text_en": "Hello from us."}
    assert sari.post(path, path, **form).status_code == 303
    assert sari.post(path, path, **{**form, "text": "Lain."}).status_code == 409
    assert sari.post(path, path, **{**form, "version": "1", "text": ""}).status_code == 422
    talk = f"/kasus/{desk.code(reporter.report_id)}/percakapan"
    page = rina.get(talk).text
    assert ">Salam<" in page
    assert "Sapaan pertama" not in page
    sari.post(f"{path}/lepas", path, version="1")
    assert ">Salam<" not in rina.get(talk).text
    assert "Tidak dipakai lagi" in sari.get("/contoh-pesan").text
    sari.post(f"{path}/kembali", path, version="2", number="0")
    assert ">Sapaan pertama<" in rina.get(talk).text
    assert sari.get("/contoh-pesan/bukan-kunci").status_code == 404
    new = f"/contoh-pesan/{'ab' * 16}"
    assert sari.post(new, new, version="0", title="Tambahan kami", text="Isi.").status_code == 303
    assert ">Tambahan kami<" in rina.get(talk).text
    assert "kept_changed" in desk.acts()
