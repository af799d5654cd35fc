"""What of the other case is seen: coded facts, by role and by both reporters' consent; never a word of a story."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import update

from casefile.contents import SUMMARY_NOTE, QueueSummary
from casefile.models import Case
from casefile.sealing import seal_note
from casefile.submission import Answers, Consents
from casefile.vocabulary import AgeBand, District, HarmKind, LinkState, Platform, StaffRole, WhenHappened
from tests.english import expect_english
from tests.factories import make_submission
from tests.triage.conftest import DeskRoom, Person
from tests.triage.pair_world import WORDS_ONLY, join, pair_path, say

pytestmark = WORDS_ONLY

FACTS = Answers(
    kinds=frozenset({HarmKind.STALKING}),
    age=AgeBand.FROM_25,
    happened=WhenHappened.LONGER,
    platforms=frozenset({Platform.TELEGRAM}),
    district=District.CILANDAK,
)
OWN = Answers(
    kinds=frozenset({HarmKind.SEXTORTION}),
    age=AgeBand.FROM_16,
    happened=WhenHappened.TODAY,
    platforms=frozenset({Platform.INSTAGRAM}),
    district=District.TEBET,
)


@pytest.fixture
def two(desk: DeskRoom) -> tuple[UUID, UUID]:
    """A pair of which everything differs."""
    own = desk.report(make_submission(answers=OWN, story="Cerita pertama", addresses=("@akun.rahasia",)))
    other = desk.report(make_submission(answers=FACTS, story="Cerita kedua"))
    join(desk, own, other)
    return own, other


def take(desk: DeskRoom, person: Person, report: UUID) -> None:
    """Take the report's case."""
    code = desk.code(report)
    assert person.post(f"/kasus/{code}/ambil", f"/kasus/{code}").status_code == 303


def rows(page: str) -> dict[str, tuple[str, str]]:
    """The facts of A and B by label, in the order of the page."""
    table = page.split('<table class="sides">')[1].split("</table>", maxsplit=1)[0]
    found = re.findall(
        r'<th scope="row">([^<]+)(?:<[^>]+>[^<]*</small>)?\s*</th><td>([^<]*)</td><td>([^<]*)</td>', table
    )
    return {label.strip(): (one, other) for label, one, other in found}


def change_summary(desk: DeskRoom, report: UUID, **values: object) -> None:
    """What the worker seals after a reporter changed consent, or a box that is damaged (``broken``)."""
    case, office = desk.case(report), desk.workshop.office.public
    summary: QueueSummary = replace(desk.workshop.summary(report), **values) if values else None
    box = seal_note(office.office, summary.to_bytes(), SUMMARY_NOTE, case.id.bytes) if values else b"rusak"
    with desk.owner() as session:
        session.execute(update(Case).where(Case.id == case.id).values(summary_box=box))
        session.commit()


def test_both_cases_stand_in_one_order_of_facts_with_what_differs(desk: DeskRoom, two: tuple[UUID, UUID]) -> None:
    page = desk.seat("rina").get(pair_path(desk, *two)).text
    facts = rows(page)
    labels = ["Diterima", "Tingkat", "Status", "Jenis", "Usia", "Terakhir terjadi", "Aplikasi", "Wilayah", "Gambar"]
    assert list(facts) == [*labels, "Konselor"]
    assert facts["Aplikasi"] == ("Instagram", "Telegram")
    assert facts["Usia"] == ("16–17", "25–44")
    for said in ("jenis kejadian", "kelompok usia", "waktu kejadian", "aplikasi", "wilayah"):
        assert f"<li>{said} berbeda</li>" in page
    assert page.count('class="differs"') == 5
    assert rows(desk.seat("budi").get(pair_path(desk, *reversed(two))).text)["Usia"] == ("25–44", "16–17")


def test_nothing_is_preselected_and_no_figure_is_a_percentage(desk: DeskRoom, two: tuple[UUID, UUID]) -> None:
    page = desk.seat("rina").get(pair_path(desk, *two)).text
    main = page.split("<main")[1].split("</main>")[0]
    assert re.search(r"\b(checked|selected|autofocus)\b", main) is None
    assert "%" not in main
    buttons = re.findall(r'<button class="([^"]*)" name="choice" value="(\w+)">', main)
    assert buttons == [("second", "terkait"), ("second", "tidak"), ("second", "belum")]


def test_where_somebody_lives_is_seen_by_who_has_the_case(desk: DeskRoom, two: tuple[UUID, UUID]) -> None:
    rina, path = desk.seat("rina"), pair_path(desk, *two)
    assert rows(rina.get(path).text)["Wilayah"] == ("hanya untuk konselornya",) * 2
    take(desk, rina, two[0])
    assert rows(rina.get(path).text)["Wilayah"] == ("Tebet", "hanya untuk konselornya")
    take(desk, desk.seat("budi"), two[1])
    page = rina.get(path).text
    assert rows(page)["Wilayah"] == ("Tebet", "hanya untuk konselornya")
    assert rows(page)["Konselor"] == ("Rina", "Budi")
    assert "Bicarakan dengan Budi." in page
    assert f"Buka kasus {desk.code(two[1])}" not in page


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (StaffRole.SUPERVISOR, ("Tebet", "Cilandak")),
        (StaffRole.EVIDENCE_OFFICER, ("hanya untuk konselornya",) * 2),
    ],
)
def test_a_supervisor_sees_it_and_an_evidence_officer_does_not(
    desk: DeskRoom, two: tuple[UUID, UUID], role: StaffRole, seen: tuple[str, str]
) -> None:
    page = desk.seat("nova", role).get(pair_path(desk, *two)).text
    assert rows(page)["Wilayah"] == seen
    assert (f"Buka kasus {desk.code(two[1])}" in page) is (role is StaffRole.SUPERVISOR)


def test_nobody_sees_words_or_accounts_of_either(desk: DeskRoom, two: tuple[UUID, UUID]) -> None:
    nova = desk.seat("nova", StaffRole.SUPERVISOR)
    for path in (
        pair_path(desk, *two),
        f"/kasus/{desk.code(two[0])}/keterkaitan",
        f"/kasus/{desk.code(two[0])}/kelompok",
    ):
        page = nova.get(path).text
        assert "Cerita pertama" not in page
        assert "Cerita kedua" not in page
        assert "akun.rahasia" not in page


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("damage", [False, True], ids=["declined", "damaged"])
def test_who_declined_is_compared_with_nobody_and_only_undoing_is_left(
    desk: DeskRoom, two: tuple[UUID, UUID], side: int, damage: bool
) -> None:
    rina, path = desk.seat("rina"), pair_path(desk, *two)
    assert say(rina, path, "terkait", reason="Sama") == 303
    change_summary(desk, two[side], **({} if damage else {"may_compare": False}))
    page = rina.get(path).text
    why = "Ringkasan tidak terbuka, jadi izin" if damage else "Pelapor tidak mengizinkan pembandingan."
    assert why in page
    assert why in rina.get(f"/kasus/{desk.code(two[0])}/keterkaitan").text
    assert '<table class="sides">' not in page
    assert "Mengapa disarankan" not in page
    assert say(rina, path, "batal") == 303
    page = rina.get(path).text
    assert "Tidak terkait</button>" not in page
    word, seen = re.search(r'name="csrf" value="([^"]+)"', page)[1], 2
    forced = rina.client.post(path, data={"csrf": word, "choice": "terkait", "reason": "Sama", "seen": seen})
    assert forced.status_code == 409
    assert {match.state for match in desk.workshop.matches()} == {LinkState.SUGGESTED}


def test_a_withdrawn_report_shows_nothing_any_more(desk: DeskRoom, two: tuple[UUID, UUID]) -> None:
    rina = desk.seat("rina")
    assert say(rina, pair_path(desk, *two), "terkait", reason="Sama") == 303
    desk.workshop.withdraw(two[1])
    desk.workshop.run()
    page = rina.get(pair_path(desk, *two)).text
    assert "Salah satu laporan ditarik pelapor." in page
    assert "25–44" not in page


@pytest.mark.parametrize("first_declines", [True, False])
def test_who_ticked_no_comparison_is_suggested_in_neither_direction(desk: DeskRoom, first_declines: bool) -> None:
    same = ("instagram.com/akun_contoh_9",)
    declined = make_submission(addresses=same, consents=Consents(may_compare=False, text_version="1"))
    agreed = make_submission(addresses=same)
    one, other = (desk.report(told) for told in ((declined, agreed) if first_declines else (agreed, declined)))
    rina = desk.seat("rina")
    assert desk.workshop.matches() == []
    for report, stranger in ((one, other), (other, one)):
        assert desk.code(stranger) not in rina.get(f"/kasus/{desk.code(report)}/keterkaitan").text
        assert rina.get(pair_path(desk, report, stranger)).status_code == 404


def test_reasons_that_a_person_has_no_key_for_stay_sealed(desk: DeskRoom, two: tuple[UUID, UUID]) -> None:
    rina, path = desk.seat("rina"), pair_path(desk, *two)
    say(rina, path, "terkait", reason="Hanya kami yang tahu")
    page = desk.seat("baru", with_key=False).get(path).text
    assert "Hanya kami yang tahu" not in page
    assert "Ringkasan tidak terbuka, jadi izin" in page
    assert "25–44" not in page


def test_the_pair_is_there_in_english(desk: DeskRoom, two: tuple[UUID, UUID]) -> None:
    rina, path = desk.seat("rina"), pair_path(desk, *two)
    rina.post("/bahasa", language="en")
    expect_english(rina.get(path).text)
    say(rina, path, "terkait", ground="one_account")
    expect_english(rina.get(path).text)
    change_summary(desk, two[1], may_compare=False)
    expect_english(rina.get(path).text)
