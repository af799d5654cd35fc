"""What a team writes about a case: sealed, in versions, never overwritten, never lost, never the reporter's to see."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from casefile.contents import PAPER_NOTE
from casefile.custody import OFFICE_CHAIN, list_entries
from casefile.models import Case, Paper, PaperVersion, StaffMember
from casefile.submission import Answers
from casefile.unsealing import open_note
from casefile.vocabulary import (
    AgeBand,
    CaseStatus,
    CustodyAction,
    Demand,
    Relation,
    RiskItem,
    StaffRole,
    Urgency,
    YesNoUnknown,
)
from tests.contracts.test_stolen_copy import dump_database
from tests.english import expect_english
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person, hidden
from triage.papers import RiskAssessment, list_mentioned, list_signs, suggest_level

NOTE = "Menurut bibinya, pelapor sekarang tinggal di Cilandak"
LATER = "Menurut bibinya, pelapor sekarang tinggal di Tebet"
YES = YesNoUnknown.YES


def write(person: Person, code: str, address: str, **fields: object) -> int:
    """Fill in and send the form of a new paper."""
    page = f"/kasus/{code}/catatan/baru/{address}"
    number = hidden(person.get(page).text, "nomor")
    return person.post(page, page, nomor=number, **fields).status_code


def paper_ids(desk: DeskRoom) -> list[UUID]:
    with desk.owner() as session:
        return list(session.scalars(select(Paper.id)))


def only_paper(desk: DeskRoom, code: str) -> str:
    """The address of the only paper."""
    (paper_id,) = paper_ids(desk)
    return f"/kasus/{code}/catatan/{paper_id}"


def correct(person: Person, paper: str, **fields: object) -> object:
    return person.post(paper, paper, version=hidden(person.get(paper).text, "version"), **fields)


def details(desk: DeskRoom, report: UUID, action: CustodyAction) -> list[object]:
    with desk.owner() as session:
        bodies = [json.loads(entry.body) for entry in list_entries(session, report)]
    return [body.get("detail") for body in bodies if body["action"] == action]


def test_a_note_is_sealed_has_versions_and_every_act_and_look_is_on_record(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    code = desk.code(report)
    assert write(rina, code, "catatan", teks=f"  {NOTE}<b> ") == 303
    desk.clock.advance(minutes=5)
    assert correct(budi, only_paper(desk, code), teks=LATER).status_code == 303
    page, paper = budi.get(f"/kasus/{code}/catatan").text, budi.get(only_paper(desk, code)).text
    assert LATER in page
    assert NOTE not in page
    assert "diperbaiki Budi, versi 2" in page
    assert "Tidak terlihat pelapor" in page
    assert {NOTE, LATER} <= set(re.findall(r'<p class="typed">([^<]*)</p>', paper)), "older versions stay readable"
    with desk.owner() as session:
        versions = session.scalars(select(PaperVersion).order_by(PaperVersion.number)).all()
        names = [session.get_one(StaffMember, one.written_by).username for one in versions]
        epoch = desk.workshop.office.epoch
        opened = [open_note(epoch, one.box, PAPER_NOTE, one.id.bytes) for one in versions]
    assert names == ["rina", "budi"]
    assert [json.loads(one)["text"] for one in opened] == [NOTE, LATER]
    assert details(desk, report, CustodyAction.PAPER_WRITTEN) == [{"paper": "note"}]
    assert details(desk, report, CustodyAction.PAPER_CORRECTED) == [{"paper": "note"}]
    looks = len(details(desk, report, CustodyAction.PAPERS_READ))
    budi.get(f"/kasus/{code}/catatan")
    assert len(details(desk, report, CustodyAction.PAPERS_READ)) == looks + 1
    assert "Cilandak" not in rina.get(f"/kasus/{code}/percakapan").text
    assert desk.case(report).claimed_by is None, "writing for the team takes no case"
    assert "Budi memperbaiki tulisan tim." in rina.get(f"/kasus/{code}/riwayat").text


def test_an_empty_page_of_notes_is_no_look_and_an_empty_note_is_none(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    assert "Belum ada catatan." in rina.get(f"/kasus/{code}/catatan").text
    assert write(rina, code, "catatan", teks=" \n ") == 422
    assert write(rina, code, "rencana-aman") == 422
    assert rina.get(f"/kasus/{code}/catatan/baru/lain").status_code == 404
    assert paper_ids(desk) == []
    assert CustodyAction.PAPERS_READ not in desk.acts(report)


def test_a_form_sent_twice_is_one_paper_and_the_same_correction_twice_one_version(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    page = f"/kasus/{code}/catatan/baru/catatan"
    number = hidden(rina.get(page).text, "nomor")
    assert {rina.post(page, page, nomor=number, teks=NOTE).status_code for _ in range(2)} == {303}
    paper = only_paper(desk, code)
    assert {rina.post(paper, paper, version="1", teks=LATER).status_code for _ in range(2)} == {303}
    with desk.owner() as session:
        assert session.scalar(select(func.max(PaperVersion.number))) == 2
    other = desk.code(desk.report())
    stolen = f"/kasus/{other}/catatan/baru/catatan"
    assert rina.post(stolen, stolen, nomor=number, teks=NOTE).status_code == 404, "a paper stays in its case"
    assert rina.get(f"/kasus/{other}/catatan/{number}").status_code == 404


def test_of_two_corrections_neither_is_lost(desk: DeskRoom) -> None:
    rina, budi, code = desk.seat("rina"), desk.seat("budi"), desk.code(desk.report())
    write(rina, code, "rencana-aman", place="Rumah bibi", langkah=["two_steps"], cara="by_phone")
    paper = only_paper(desk, code)
    seen = hidden(budi.get(paper).text, "version")
    assert correct(rina, paper, place="Rumah nenek", langkah=["two_steps"], cara="by_phone").status_code == 303
    answer = budi.post(paper, paper, version=seen, place="Kos teman", people="Bibi", cara="by_phone")
    assert answer.status_code == 409
    table = answer.text[answer.text.index("<table>") : answer.text.index("</table>")]
    assert "Rina" in table
    for words in ("Rumah nenek", "Kos teman", "Bibi", "Pasang verifikasi dua langkah"):
        assert words in table
    assert "Bersama pelapor" not in table, "what is equal is not shown as different"
    assert ">Kos teman</textarea>" in answer.text, "what was typed stays in the form"
    again = budi.post(paper, paper, version=hidden(answer.text, "version"), place="Kos teman", people="Bibi")
    assert again.status_code == 303
    page = budi.get(paper).text
    assert all(words in page for words in ("Rumah bibi", "Rumah nenek", "Kos teman"))


def test_a_case_has_one_plan_and_two_first_plans_meet(desk: DeskRoom) -> None:
    rina, budi, code = desk.seat("rina"), desk.seat("budi"), desk.code(desk.report())
    page = f"/kasus/{code}/catatan/baru/rencana-aman"
    number = hidden(budi.get(page).text, "nomor")
    write(rina, code, "rencana-aman", place="Rumah bibi")
    answer = budi.post(page, f"/kasus/{code}", nomor=number, place="Kos teman")
    assert answer.status_code == 409
    assert "Rumah bibi" in answer.text
    assert ">Kos teman</textarea>" in answer.text
    assert budi.get(page).location == only_paper(desk, code)
    assert budi.post(only_paper(desk, code), f"/kasus/{code}", version="1", place="Kos teman").status_code == 303
    assert len(paper_ids(desk)) == 1


def test_what_is_withdrawn_is_erased_in_all_versions_and_stays_on_record(desk: DeskRoom) -> None:
    rina, budi, report = desk.seat("rina"), desk.seat("budi"), desk.report()
    code = desk.code(report)
    write(rina, code, "catatan", teks=NOTE)
    paper = only_paper(desk, code)
    assert "Tarik tulisan ini" not in budi.get(paper).text
    assert budi.post(f"{paper}/tarik", paper, version="1").status_code == 403, "erasing is for its author"
    correct(budi, paper, teks=LATER)
    rina.post(f"{paper}/tarik", paper, version="1")
    with desk.owner() as session:
        assert session.scalars(select(PaperVersion.box)).all().count(None) == 0, "not what nobody has looked at"
    assert rina.post(f"{paper}/tarik", paper, version="2").status_code == 303
    with desk.owner() as session:
        assert set(session.execute(select(PaperVersion.box, PaperVersion.epoch)).all()) == {(None, None)}
        assert session.scalar(select(func.count()).select_from(PaperVersion)) == 2
    page = budi.get(f"/kasus/{code}/catatan").text
    assert "Ditarik Rina" in page
    assert "bibinya" not in page + budi.get(paper).text
    answer = budi.post(paper, paper, version="2", teks=LATER)
    assert answer.status_code == 409
    assert LATER in answer.text, "what was typed is not lost with it"
    assert desk.acts(report).count(CustodyAction.PAPER_WITHDRAWN) == 1


def test_a_finished_case_takes_no_paper_and_loses_none_of_what_was_typed(desk: DeskRoom) -> None:
    rina, sari, report = desk.seat("rina"), desk.seat("sari", StaffRole.SUPERVISOR), desk.report()
    code = desk.code(report)
    write(rina, code, "catatan", teks=NOTE)
    page = f"/kasus/{code}/catatan/baru/catatan"
    number = hidden(rina.get(page).text, "nomor")
    with desk.owner() as session:
        session.execute(update(Case).values(status=CaseStatus.CLOSED, closed_at=desk.clock.now))
        session.commit()
    answer = rina.post(page, page, nomor=number, teks=LATER)
    assert answer.status_code == 409
    assert LATER in answer.text
    assert "<textarea" not in rina.get(only_paper(desk, code)).text
    listed = sari.get(f"/kasus/{code}/catatan").text
    assert NOTE in listed
    assert "Simpan, hanya untuk tim" not in listed
    assert sari.post(f"{only_paper(desk, code)}/tarik", f"/kasus/{code}", version="1").status_code == 303
    assert NOTE not in sari.get(f"/kasus/{code}/catatan").text


@pytest.mark.parametrize("is_asleep", [True, False])
def test_what_was_typed_in_an_ended_session_comes_back_and_is_saved_after_signing_in(
    desk: DeskRoom, is_asleep: bool
) -> None:
    rina, code = desk.seat("rina"), desk.code(desk.report())
    page = f"/kasus/{code}/catatan/baru/rencana-aman"
    form = rina.get(page).text
    sent = {name: hidden(form, name) for name in ("csrf", "nomor")} | {
        "place": f"{NOTE}\nLalu <ke> bibi",
        "langkah": ["two_steps", "recovery"],
    }
    if is_asleep:
        desk.clock.advance(hours=9)
    else:
        rina.post("/keluar", page)
    kept = rina.client.post(page, data=sent)
    assert kept.status_code == 409
    assert "Sesi berakhir. Tulisan Anda masih ada" in kept.text
    assert "Lalu &lt;ke&gt; bibi" in kept.text
    assert paper_ids(desk) == []
    assert rina.sign_in().status_code == 303
    fields = dict(re.findall(r'<input type="hidden" name="(nomor|place)" value="([^"]*)"', kept.text))
    fields["place"] = fields["place"].replace("&lt;", "<").replace("&gt;", ">")
    ticks = re.findall(r'name="langkah" value="([^"]*)"', kept.text)
    asked = rina.client.post(page, data={**fields, "langkah": ticks})
    assert asked.status_code == 409, "an old form word saves nothing by itself"
    assert "Baca sekali lagi, lalu simpan" in asked.text
    assert paper_ids(desk) == []
    again = {**fields, "langkah": ticks, "csrf": hidden(asked.text, "csrf")}
    assert rina.client.post(page, data=again).status_code == 303
    plan = rina.get(f"/kasus/{code}/catatan").text
    assert NOTE in plan
    assert "✓ Periksa surel dan nomor pemulihan" in plan


def test_only_who_works_on_cases_reads_what_the_team_writes(desk: DeskRoom) -> None:
    rina, code = desk.seat("rina"), desk.code(desk.report())
    write(rina, code, "catatan", teks=NOTE)
    for name, role in (("eko", StaffRole.EVIDENCE_OFFICER), ("ada", StaffRole.ADMINISTRATOR)):
        other = desk.seat(name, role)
        assert other.get(f"/kasus/{code}/catatan").status_code == 403
        assert other.get(only_paper(desk, code)).status_code == 403
    assert "/catatan" not in desk.browser("eko").get(f"/kasus/{code}").text
    keyless = desk.seat("tono", with_key=False)
    page = keyless.get(f"/kasus/{code}/catatan").text
    assert NOTE not in page
    assert "Tulisan ini rusak atau kuncinya belum ada." in page


def test_a_withdrawn_report_takes_all_papers_with_it(desk: DeskRoom) -> None:
    rina, report = desk.seat("rina"), desk.report()
    code = desk.code(report)
    write(rina, code, "catatan", teks=NOTE)
    correct(rina, only_paper(desk, code), teks=LATER)
    desk.workshop.withdraw(report)
    assert rina.get(f"/kasus/{code}/catatan").status_code == 409, "from the moment it was asked for"
    desk.workshop.run()
    with desk.owner() as session:
        rows = select(func.count()).select_from(Paper), select(func.count()).select_from(PaperVersion)
        assert [session.scalar(count) for count in rows] == [0, 0]
    assert desk.acts(report)[-1] == CustodyAction.PURGED


def test_services_are_a_table_with_institution_and_day(desk: DeskRoom) -> None:
    rina, sari, code = desk.seat("rina"), desk.seat("sari", StaffRole.SUPERVISOR), desk.code(desk.report())
    assert sari.post("/direktori/baru", "/direktori/baru", name="Rumah Singgah").status_code == 303
    form = rina.get(f"/kasus/{code}/catatan/baru/layanan").text
    place = re.search(r'value="([^"]+)">Rumah Singgah<', form)[1]
    tomorrow = (desk.clock.now + timedelta(days=2)).date().isoformat()
    assert write(rina, code, "layanan", jenis="legal_aid", tanggal=tomorrow) == 422
    assert write(rina, code, "layanan", jenis="legal_aid", tanggal="2026-10-02", lembaga="LBH Melati") == 303
    assert write(rina, code, "layanan", jenis="health", tanggal="2026-10-05", tempat=place, keterangan=NOTE) == 303
    page = rina.get(f"/kasus/{code}/catatan").text
    table = page[page.index('id="layanan"') :]
    assert table.index("Kesehatan") < table.index("Bantuan hukum"), "the latest day first"
    stolen = dump_database(desk.workshop.database)
    assert b"service" in stolen, "that a service was given is in clear"
    assert [word for word in (b"lbh melati", b"legal_aid", b"2026-10-02", b"bibinya") if word in stolen] == []
    for words in ("2 Oktober 2026", "LBH Melati", "5 Oktober 2026", "Rumah Singgah", NOTE):
        assert words in table


def test_the_danger_assessment_is_for_trained_people_and_cases_of_partners(desk: DeskRoom) -> None:
    rina, sari = desk.seat("rina"), desk.seat("sari", StaffRole.SUPERVISOR)
    report = desk.report(make_submission(answers=Answers(relation=Relation.EX_PARTNER, age=AgeBand.FROM_25)))
    code, other = desk.code(report), desk.code(desk.report())
    page = f"/kasus/{code}/catatan/baru/penilaian-risiko"
    assert "Pernah mencekik" not in rina.get(page.replace(code, other)).text
    assert 'name="choking"' not in rina.get(page).text
    assert "Penyelia mencatat siapa yang terlatih" in rina.get(page).text
    assert write(rina, code, "penilaian-risiko", pasangan="ya", choking="ya", police="ya") == 303
    assert "Pernah mencekik" not in rina.get(f"/kasus/{code}/catatan").text, "what was slipped in does not count"
    sari.post(f"/beban/{desk.staff_id('rina')}/terlatih", "/beban", terlatih="ya")
    assert desk.acts(OFFICE_CHAIN)[-1] == CustodyAction.STAFF_TRAINED
    paper = only_paper(desk, code)
    assert correct(rina, paper, pasangan="ya", choking="ya", death_threat="ya", police="ya").status_code == 303
    listed = rina.get(f"/kasus/{code}/catatan").text
    assert "Pernah mencekik" in listed
    assert "Tanda ini bisa berarti tingkat Darurat." in listed
    assert desk.case(report).level is not Urgency.P0, "it suggests and sets nothing"
    assert correct(sari, paper, pasangan="ya", police="tidak").status_code == 303
    assert "Pernah mencekik" in sari.get(f"/kasus/{code}/catatan").text, "untrained corrections leave that part alone"
    assert correct(rina, paper, police="ya", choking="ya").status_code == 303
    assert "Pernah mencekik" not in rina.get(f"/kasus/{code}/catatan").text, "not for others than partners"
    assert rina.post(f"/beban/{desk.staff_id('rina')}/terlatih", f"/kasus/{code}", terlatih="ya").status_code == 403


def test_the_part_about_partners_opens_with_what_was_typed(desk: DeskRoom) -> None:
    rina, code = desk.seat("rina"), desk.code(desk.report())
    page = f"/kasus/{code}/catatan/baru/penilaian-risiko"
    number = hidden(rina.get(page).text, "nomor")
    answer = rina.post(page, page, nomor=number, bagian="pasangan", pasangan="ya", keterangan=NOTE)
    assert (answer.status_code, NOTE in answer.text, "Bahaya dari pasangan" in answer.text) == (200, True, True)
    assert paper_ids(desk) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_papers_are_there_in_english(desk: DeskRoom) -> None:
    rina, code = desk.seat("rina"), desk.code(desk.report())
    write(rina, code, "rencana-aman", place="x", langkah=["stopncii"], cara="in_messages", tinjau="2027-01-01")
    write(rina, code, "penilaian-risiko", self_harm="ya", pasangan="ya")
    write(rina, code, "layanan", jenis="health", tanggal="2026-10-05")
    write(rina, code, "catatan", teks="x")
    rina.post("/bahasa", f"/kasus/{code}", language="en")
    addresses = ["", *(f"/{paper_id}" for paper_id in paper_ids(desk))]
    pages = [rina.get(f"/kasus/{code}/catatan{address}").text for address in addresses]
    unsaved = rina.client.post(f"/kasus/{code}/catatan/baru/catatan", data={"teks": "x"}).text
    expect_english("".join([*pages, unsaved]))


@pytest.mark.parametrize(
    ("yes", "suggested"),
    [
        ([], None),
        ([RiskItem.POLICE, RiskItem.POWER, RiskItem.DISABILITY, RiskItem.SPREADING], None),
        ([RiskItem.SELF_HARM], Urgency.P0),
        ([RiskItem.DEATH_THREAT], Urgency.P0),
        ([RiskItem.WEAPON], Urgency.P0),
        ([RiskItem.FEARS_DEATH], Urgency.P0),
        ([RiskItem.MINOR, RiskItem.EXTORTION], Urgency.P0),
        ([RiskItem.MINOR, RiskItem.MEETING], Urgency.P0),
        ([RiskItem.EXTORTION, RiskItem.MEETING], None),
        ([RiskItem.MINOR, RiskItem.SPREADING], Urgency.P1),
        ([RiskItem.DEADLINE], Urgency.P1),
        ([RiskItem.CHOKING], Urgency.P1),
        ([RiskItem.LIVES_TOGETHER], None),
        ([RiskItem.LIVES_TOGETHER, RiskItem.CONTROL], Urgency.P1),
    ],
)
def test_signs_of_danger_suggest_a_level_and_never_a_lower_one(yes: list[RiskItem], suggested: Urgency | None) -> None:
    assessment = RiskAssessment(dict.fromkeys(yes, YES))
    assert suggest_level(assessment, Urgency.P3) is suggested
    assert suggest_level(assessment, Urgency.P0) is None
    assert list_signs(assessment) == tuple(item for item in RiskItem if item in yes)
    unsure = RiskAssessment(dict.fromkeys(yes, YesNoUnknown.UNKNOWN))
    assert (list_signs(unsure), suggest_level(unsure, Urgency.P3)) == ((), None)


def test_what_the_report_says_stands_beside_the_questions() -> None:
    said = Answers(age=AgeBand.FROM_13, demands=frozenset({Demand.MONEY}), relation=Relation.AUTHORITY)
    assert list_mentioned(said) == {RiskItem.MINOR, RiskItem.EXTORTION, RiskItem.POWER}
    assert list_mentioned(Answers()) == frozenset()
