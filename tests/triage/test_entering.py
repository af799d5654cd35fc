"""Staff write down a report for somebody: the same questions, the same pipeline, one report, and a code if wanted."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from casefile.contents import ReportContents
from casefile.custody import list_entries
from casefile.database import begin_write
from casefile.models import Addition, Base, EnteringDraft, KeySlot, Match, Receipt, Report, ReportPart
from casefile.origin import Origin
from casefile.receipts import derive_receipt_keys
from casefile.settings import TriageSettings
from casefile.unsealing import open_data_key, open_part
from casefile.vocabulary import (
    Channel,
    ContactWay,
    HarmKind,
    LegalBasis,
    MatchClass,
    SafeNow,
    SlotRole,
    StaffRole,
    Urgency,
)
from casefile.wib import day_start, local_date
from tests.contracts.test_stolen_copy import dump_database
from tests.factories import make_submission
from tests.triage.conftest import CHEAP, DeskRoom, Person, hidden
from tests.waiting import wait_until
from triage.entering.form import DAY, read_form
from triage.extensions import db
from triage.factory import create_app
from worker.sweep import KEEP_ENTERING_DRAFTS, erase_expired

STORY = "Penelepon bercerita: akun itu mengancamnya sejak kemarin."
HANDLE = "@ancaman_lewat_telepon"
CODE_SHOWN = r'translate="no">((?:[a-z]+ ){5}\d{4})<'


def typed(desk: DeskRoom, **changed: str | list[str]) -> dict[str, str | list[str]]:
    """A filled page: a caller in danger, with an account and a safe contact."""
    page: dict[str, str | list[str]] = {
        "kanal": "hotline",
        "tanggal_terima": local_date(desk.clock.now).isoformat(),
        "aman_sekarang": "tidak",
        "peran": "mengalami",
        "jenis": ["SEKSTORSI", "ANCAM_SEBAR"],
        "cerita": STORY,
        "platform": "instagram",
        "tautan": HANDLE,
        "kontak": "telp",
        "kontak_isi": "0812-9999-0001",
        "dasar": "spoken_consent",
        "setuju_rujuk": ["lbh"],
        "buat_kode": "ya",
    }
    page.update(changed)
    return {name: value for name, value in page.items() if value}


def fill(person: Person, form: dict[str, str | list[str]], path: str = "/laporan/baru") -> object:
    """Open the page and send it."""
    page = person.get("/laporan/baru").text
    ours = {"csrf": hidden(page, "csrf"), "formulir": hidden(page, "formulir")}
    return person.client.post(path, data={**ours, **form})


def only_report(desk: DeskRoom) -> Report:
    with desk.owner() as session:
        return session.scalars(select(Report)).one()


def count(desk: DeskRoom, table: type[Base]) -> int:
    with desk.owner() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def contents_of(desk: DeskRoom, report: Report) -> ReportContents:
    with desk.owner() as session:
        part = session.scalars(select(ReportPart).where(ReportPart.report_id == report.id)).one()
        slot = session.get_one(KeySlot, (report.id, SlotRole.OFFICE, 1))
        key = open_data_key(desk.workshop.office.epoch, slot.wrapped, SlotRole.OFFICE, report.id)
        return ReportContents.from_bytes(open_part(key, part.box, report.id, part.position, part.kind))


def test_what_a_caller_told_goes_the_way_of_every_report_and_the_code_is_handed_over_once(desk: DeskRoom) -> None:
    sari = desk.seat("sari")
    answer = fill(sari, typed(desk))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/laporan/tercatat")
    page = sari.get("/laporan/tercatat").text
    code = re.search(CODE_SHOWN, page)[1]
    with desk.owner() as session:
        report = session.scalars(select(Report)).one()
        assert report.channel is Channel.HOTLINE
        secrets = desk.workshop.office.intake
        receipt = derive_receipt_keys(code, secrets.instance_salt, secrets.receipt_pepper)
        assert session.get_one(Receipt, receipt.tag).report_id == report.id
        assert session.get_one(Addition, (report.id, 1)).is_noted
        [entry] = list_entries(session, report.id)
    assert f'"actor":"staff:{desk.staff_id("sari")}"' in entry.body
    assert '"channel":"hotline"' in entry.body
    kept = contents_of(desk, report)
    assert kept.submission.origin == Origin(Channel.HOTLINE, LegalBasis.SPOKEN_CONSENT)
    assert kept.submission.answers.kinds == {HarmKind.SEXTORTION, HarmKind.THREAT_TO_SPREAD}
    assert (kept.submission.story, kept.submission.contact.way) == (STORY, ContactWay.PHONE)
    stolen = dump_database(desk.workshop.database)
    secret = (code, STORY, HANDLE[1:], "0812-9999-0001", "spoken_consent")
    assert [one for one in secret if one.lower().encode() in stolen] == []
    assert sari.post("/laporan/tercatat", "/laporan/tercatat").status_code == 303
    assert code not in sari.client.get("/laporan/tercatat", follow_redirects=True).text


def test_it_is_matched_weighed_and_shown_with_its_channel(desk: DeskRoom) -> None:
    sari = desk.seat("sari")
    from_portal = desk.report(make_submission(addresses=(f"instagram.com/{HANDLE[1:]}",)))
    fill(sari, typed(desk))
    with desk.owner() as session:
        report = session.scalars(select(Report).where(Report.channel == Channel.HOTLINE)).one()
    received_at = desk.clock.now
    desk.workshop.run()
    case = desk.case(report.id)
    assert (case.level, case.received_at) == (Urgency.P1, received_at)
    with desk.owner() as session:
        match = session.scalars(select(Match)).one()
    assert (match.match_class, {match.low_id, match.high_id}) == (MatchClass.SAME_ACCOUNT, {report.id, from_portal})
    assert "lewat: Telepon" in sari.get("/antrean/perlu-dibaca").text
    word = hidden(sari.get(f"/kasus/{case.code}").text, "csrf")
    story = sari.client.post(f"/kasus/{case.code}/cerita", data={"csrf": word}).text
    assert "lewat: Telepon. Dasar: Pelapor setuju, diucapkan." in story


def test_another_caller_in_a_form_that_is_filed_is_kept_and_the_code_is_forgotten_in_time(desk: DeskRoom) -> None:
    sari = desk.seat("sari")
    page = sari.get("/laporan/baru").text
    ours = {"csrf": hidden(page, "csrf"), "formulir": hidden(page, "formulir")}
    assert sari.client.post("/laporan/baru", data={**ours, **typed(desk)}).status_code == 303
    other = sari.client.post("/laporan/baru", data={**ours, **typed(desk, cerita="Penelepon kedua, kisah lain.")})
    assert other.status_code == 409
    assert "Penelepon kedua, kisah lain.</textarea>" in other.text
    assert hidden(other.text, "formulir") != ours["formulir"]
    assert "Penelepon kedua" in sari.get("/laporan/baru").text, "it is a draft of its own"
    assert fill(sari, typed(desk, cerita="Penelepon kedua, kisah lain.")).status_code == 303
    assert count(desk, Report) == 2
    desk.clock.advance(minutes=9)
    assert re.search(CODE_SHOWN, sari.get("/laporan/tercatat").text)
    desk.clock.advance(minutes=2)
    sari.get("/")
    desk.clock.advance(minutes=-5)
    assert sari.get("/laporan/tercatat").status_code == 303, "no page holds it longer"


def test_a_button_pressed_twice_is_one_report_and_both_answers_lead_to_its_code(desk: DeskRoom) -> None:
    sari = desk.seat("sari")
    page = sari.get("/laporan/baru").text
    sent = {"csrf": hidden(page, "csrf"), "formulir": hidden(page, "formulir"), **typed(desk)}
    answers = [sari.client.post("/laporan/baru", data=sent) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == ["/laporan/tercatat"] * 2
    assert [count(desk, table) for table in (Report, Receipt, EnteringDraft)] == [1, 1, 0]
    sari.post("/laporan/tercatat", "/laporan/tercatat")
    assert "sudah tercatat sebelumnya" in sari.client.post("/laporan/baru", data=sent, follow_redirects=True).text
    assert count(desk, Report) == 1
    assert fill(sari, typed(desk)).headers["Location"] == "/laporan/tercatat"
    assert count(desk, Report) == 2


def test_two_presses_at_once_are_one_report_and_both_browsers_see_its_code(desk: DeskRoom) -> None:
    sari = desk.seat("sari")
    page = sari.get("/laporan/baru").text
    sent = {"csrf": hidden(page, "csrf"), "formulir": hidden(page, "formulir"), **typed(desk)}
    cookie, arrived = sari.client.get_cookie("meja").value, list[str]()
    desk.app.before_request_funcs.setdefault(None, []).append(lambda: arrived.append("with its session"))

    def press(_number: int) -> str:
        client = desk.app.test_client()
        client.set_cookie("meja", cookie)
        return client.post("/laporan/baru", data=sent, follow_redirects=True).text

    with ThreadPoolExecutor(2) as pool, desk.owner() as session:
        begin_write(session)
        if desk.workshop.database.kind == "postgresql":
            session.execute(text("LOCK TABLE report IN EXCLUSIVE MODE"))
        presses = pool.map(press, range(2))
        wait_until(lambda: len(arrived) >= 2, 20)
        session.rollback()
        codes = [re.search(CODE_SHOWN, shown)[1] for shown in presses]
    assert len(set(codes)) == 1
    assert [count(desk, table) for table in (Report, Receipt)] == [1, 1]


def test_faults_are_said_and_what_was_typed_outlives_the_session_for_its_writer_alone(desk: DeskRoom) -> None:
    sari, budi = desk.seat("sari"), desk.seat("budi")
    answer = fill(sari, typed(desk, kanal="", dasar="", tanggal_terima="2099-01-01", kapan_tahu_bulan="03"))
    assert answer.status_code == 422
    for sentence in ("Pilih lewat mana", "Pilih dasar", "Tanggal ini belum tiba", "Pilih tahunnya juga"):
        assert sentence in answer.text
    assert STORY in answer.text
    assert re.search(r'value="SEKSTORSI"[^>]* checked', answer.text)
    again = desk.browser("sari")
    again.secret = sari.secret
    again.sign_in()
    page = again.get("/laporan/baru").text
    assert STORY in page
    assert HANDLE in page
    assert "Belum tercatat" in page
    assert STORY not in budi.get("/laporan/baru").text
    assert STORY.lower().encode() not in dump_database(desk.workshop.database)
    name = hidden(page, "formulir")
    assert name == hidden(answer.text, "formulir")

    quiet = fill(again, typed(desk, cerita="Sudah lebih panjang.", diam="ya"), "/laporan/baru/simpan")
    assert "Isian tersimpan pukul" in quiet.json["line"]
    assert "Sudah lebih panjang." in again.get("/laporan/baru").text
    again.post("/laporan/baru/buang", "/laporan/baru")
    assert (count(desk, EnteringDraft), count(desk, Report)) == (0, 0)


def test_a_draft_that_was_never_filed_is_erased_after_seven_days(desk: DeskRoom) -> None:
    fill(desk.seat("sari"), typed(desk), "/laporan/baru/simpan")
    erase_expired(desk.workshop.runtime, desk.clock.now + KEEP_ENTERING_DRAFTS)
    assert count(desk, EnteringDraft) == 1
    erase_expired(desk.workshop.runtime, desk.clock.now + KEEP_ENTERING_DRAFTS + timedelta(minutes=1))
    assert count(desk, EnteringDraft) == 0


def test_a_form_sent_without_a_session_comes_back_whole(desk: DeskRoom) -> None:
    form = {"csrf": "x", "formulir": "0" * 64, **typed(desk)}
    lost = desk.app.test_client().post("/laporan/baru", data=form)
    assert lost.status_code == 409
    for kept in (STORY, HANDLE, 'name="kanal" value="hotline"', 'name="jenis" value="ANCAM_SEBAR"'):
        assert kept in lost.text
    assert count(desk, Report) == 0


def test_without_a_code_there_is_no_reply_but_a_note_that_somebody_called(desk: DeskRoom) -> None:
    sari = desk.seat("sari")
    earlier = local_date(desk.clock.now) - timedelta(days=3)
    fill(sari, typed(desk, buat_kode="", kanal="walk_in", tanggal_terima=earlier.isoformat(), dasar="legal_duty"))
    assert "Tanpa kode" in sari.get("/laporan/tercatat").text
    report = only_report(desk)
    assert (report.received_on, count(desk, Receipt), count(desk, Addition)) == (earlier, 0, 0)
    assert contents_of(desk, report).reporter_key == ""
    desk.workshop.run()
    case = desk.case(report.id)
    assert case.received_at == day_start(earlier)
    path = f"/kasus/{case.code}/percakapan"
    page = sari.get(path).text
    assert "kotak balasan mati" in page
    assert 'name="text"' not in page
    forced = sari.post(path, path, version=case.version, text="Halo")
    assert forced.status_code == 409
    noted = sari.post(f"/kasus/{case.code}/dihubungi", path, version=desk.case(report.id).version)
    assert noted.status_code == 303
    assert desk.case(report.id).first_reply_at is not None
    assert "Pelapor sudah dihubungi" in sari.get(path).text
    assert "contacted" in desk.acts(report.id)


def test_only_counsellors_and_supervisors_of_a_desk_with_keys_write_reports_down(
    desk: DeskRoom, tmp_path: Path
) -> None:
    officer = desk.seat("petugas", StaffRole.EVIDENCE_OFFICER)
    assert officer.get("/laporan/baru").status_code == 403
    environment = {
        **desk.workshop.office.environment,
        "SULUH_TRIAGE_DATABASE_URL": desk.workshop.database.urls["triage"],
    }
    settings = TriageSettings.from_env({**environment, "SULUH_ENTRY_KEYS": "none"})
    desk.app = create_app(settings, staff_cost=CHEAP, clock=desk.clock)
    nia = desk.seat("nia", StaffRole.SUPERVISOR)
    page = nia.get("/laporan/baru").text
    assert "belum bisa mencatat laporan" in page
    word = hidden(page, "csrf")
    assert nia.client.post("/laporan/baru", data={"csrf": word, "formulir": "0" * 64, **typed(desk)}).status_code == 400
    assert count(desk, Report) == 0
    with desk.app.app_context():
        db.engine.dispose()


TODAY = date(2026, 11, 23)
FULL = {
    "kanal": ["post"],
    DAY: ["2026-11-20"],
    "dasar": ["vital_interest"],
    "peran": ["melihat"],
    "cerita": ["Tetangga melihatnya."],
    "aman_sekarang": ["tidak"],
}


def test_a_witness_may_tell_a_story_at_the_desk_and_nothing_typed_is_left_out() -> None:
    read = read_form(FULL, TODAY)
    assert read.faults == {}
    sent = read.report.submission()
    assert (sent.story, sent.answers.safe_now) == ("Tetangga melihatnya.", SafeNow.NO)
    assert (read.report.channel, read.report.wants_code) == (Channel.POST, False)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({DAY: []}, DAY),
        ({DAY: ["23/11/2026"]}, DAY),
        ({DAY: ["2026-11-24"]}, DAY),
        ({DAY: ["2025-11-01"]}, DAY),
        ({"kanal": ["web"]}, "kanal"),
        ({"kanal": ["register"]}, "kanal"),
        ({"kanal": []}, "kanal"),
        ({"dasar": ["because"]}, "dasar"),
        ({"cerita": [" "]}, "jenis"),
        ({"cerita": ["x" * 4001]}, "cerita"),
    ],
)
def test_what_cannot_be_filed_is_named_and_kept_as_typed(changed: dict[str, list[str]], field: str) -> None:
    read = read_form({**FULL, **changed}, TODAY)
    assert field in read.faults
    assert read.report is None
    typed_text = [one for one in changed.get(field, []) if field in {DAY, "cerita"}]
    assert read.filled.many(field) == typed_text
