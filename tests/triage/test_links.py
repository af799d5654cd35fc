"""Related reports: reasons in words, decisions by people, undone for ever."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from casefile.contents import DECISION_NOTE
from casefile.models import LinkDecision, Match
from casefile.submission import Answers, Consents
from casefile.unsealing import open_note
from casefile.vocabulary import AgeBand, CustodyAction, District, HarmKind, LinkState, StaffRole
from tests.factories import draw_screenshot, make_submission, reencode
from tests.triage.conftest import DeskRoom, Person, hidden

PICTURE = draw_screenshot(5)
ALIKE = reencode(PICTURE, quality=50, scale=0.7)
REASON = "Percakapannya sama sampai jamnya"


def pair_path(desk: DeskRoom, one: UUID, other: UUID) -> str:
    return f"/kasus/{desk.code(one)}/keterkaitan/{desk.code(other)}"


def judge(person: Person, path: str, choice: str, reason: str = REASON) -> TestResponse:
    """Decide on what the page shows now."""
    seen = hidden(person.get(path).text, "seen")
    return person.post(path, path, choice=choice, reason=reason, seen=seen)


@pytest.fixture
def alike(desk: DeskRoom) -> tuple[UUID, UUID]:
    """Two reports with one picture, re-encoded."""
    younger = Answers(kinds=frozenset({HarmKind.SEXTORTION}), age=AgeBand.FROM_16, district=District.TEBET)
    older = Answers(kinds=frozenset({HarmKind.STALKING}), age=AgeBand.FROM_25, district=District.CILANDAK)
    return (
        desk.report(make_submission(PICTURE, answers=younger, story="Cerita pertama")),
        desk.report(make_submission(ALIKE, answers=older, story="Cerita kedua")),
    )


def states(desk: DeskRoom) -> set[LinkState]:
    with desk.owner() as session:
        return set(session.scalars(select(Match.state)))


def test_a_near_picture_is_a_suggestion_with_reasons_for_and_against(desk: DeskRoom, alike: tuple[UUID, UUID]) -> None:
    rina = desk.seat("rina")
    assert states(desk) == {LinkState.SUGGESTED}
    assert "Kemungkinan terkait: 1" in rina.get("/antrean/semua").text
    assert desk.code(alike[1]) in rina.get(f"/kasus/{desk.code(alike[0])}/keterkaitan").text
    page = rina.get(pair_path(desk, *alike)).text
    assert "Gambar 1 di A dan gambar 1 di B" in page
    assert "jenis kejadian berbeda" in page
    assert "kelompok usia berbeda" in page
    assert "checked" not in page
    assert "%" not in page.split("<main")[1].replace("%2F", "")


def test_of_the_other_case_only_code_level_kinds_and_age_are_seen(desk: DeskRoom, alike: tuple[UUID, UUID]) -> None:
    page = desk.seat("rina").get(pair_path(desk, *alike)).text
    assert "Cerita" not in page.replace("Cerita lengkap", "")
    assert "Cilandak" not in page
    assert "25–44" in page
    with desk.owner() as session:
        fingerprints = [str(value) for value in session.scalars(select(Match.id))]
    assert not any(value in page for value in fingerprints)


def test_a_confirmed_link_is_on_both_chains_with_a_sealed_reason(desk: DeskRoom, alike: tuple[UUID, UUID]) -> None:
    rina = desk.seat("rina")
    assert judge(rina, pair_path(desk, *alike), "terkait").status_code == 303
    assert states(desk) == {LinkState.LINKED}
    assert [desk.acts(report)[-1] for report in alike] == [CustodyAction.LINK_CONFIRMED] * 2
    with desk.owner() as session:
        decision = session.scalars(select(LinkDecision)).one()
    opened = open_note(desk.workshop.office.epoch, decision.reason_box, DECISION_NOTE, decision.id.bytes)
    assert opened.decode() == REASON
    assert REASON in rina.get(pair_path(desk, *alike)).text


@pytest.mark.parametrize("choice", ["terkait", "tidak"])
def test_a_decision_without_a_reason_is_not_taken(desk: DeskRoom, alike: tuple[UUID, UUID], choice: str) -> None:
    rina = desk.seat("rina")
    assert judge(rina, pair_path(desk, *alike), choice, reason="  ").status_code == 422
    assert states(desk) == {LinkState.SUGGESTED}


def test_not_sure_yet_needs_no_reason_and_leaves_the_suggestion(desk: DeskRoom, alike: tuple[UUID, UUID]) -> None:
    rina = desk.seat("rina")
    assert judge(rina, pair_path(desk, *alike), "belum", reason="").status_code == 303
    assert states(desk) == {LinkState.SUGGESTED}
    assert desk.acts(alike[0])[-1] == CustodyAction.LINK_LEFT_OPEN
    assert "Belum yakin" in rina.get(pair_path(desk, *alike)).text


@pytest.mark.parametrize(("choice", "state"), [("terkait", LinkState.LINKED), ("tidak", LinkState.REJECTED)])
def test_every_decision_can_be_undone_much_later(
    desk: DeskRoom, alike: tuple[UUID, UUID], choice: str, state: LinkState
) -> None:
    rina = desk.seat("rina")
    judge(rina, pair_path(desk, *alike), choice)
    assert states(desk) == {state}
    desk.clock.advance(hours=7)
    assert judge(rina, pair_path(desk, *alike), "batal", "Ternyata keliru").status_code == 303
    assert states(desk) == {LinkState.SUGGESTED}
    assert [desk.acts(report)[-1] for report in alike] == [CustodyAction.LINK_UNDONE] * 2
    page = rina.get(pair_path(desk, *alike)).text
    assert "Dibatalkan" in page
    assert REASON in page


def test_a_link_made_by_rule_can_be_undone_too(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    one, other = desk.report(make_submission(PICTURE)), desk.report(make_submission(PICTURE))
    assert LinkState.LINKED in states(desk)
    page = rina.get(pair_path(desk, one, other)).text
    assert "Sistem, karena sama persis" in page
    judge(rina, pair_path(desk, one, other), "batal", "Berkas iklan umum")
    assert states(desk) == {LinkState.SUGGESTED}


def test_the_pair_reads_the_same_from_the_other_side(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    one = desk.report(make_submission(draw_screenshot(8), PICTURE))
    other = desk.report(make_submission(PICTURE))
    assert "Gambar 2 di A dan gambar 1 di B" in rina.get(pair_path(desk, one, other)).text
    assert "Gambar 1 di A dan gambar 2 di B" in rina.get(pair_path(desk, other, one)).text


def test_a_decision_on_an_outdated_page_is_refused_and_the_reason_kept(
    desk: DeskRoom, alike: tuple[UUID, UUID]
) -> None:
    rina, budi, path = desk.seat("rina"), desk.seat("budi"), pair_path(desk, *alike)
    seen = hidden(budi.get(path).text, "seen")
    judge(rina, path, "terkait")
    answer = budi.post(path, path, choice="tidak", reason="Menurut saya berbeda", seen=seen)
    assert answer.status_code == 409
    assert "Menurut saya berbeda" in answer.text
    assert states(desk) == {LinkState.LINKED}


def test_a_reporter_who_declined_comparison_is_named_as_such_and_matched_with_nobody(desk: DeskRoom) -> None:
    rina = desk.seat("rina")
    desk.report(make_submission(PICTURE))
    declined = desk.report(make_submission(PICTURE, consents=Consents(may_compare=False, text_version="1")))
    page = rina.get(f"/kasus/{desk.code(declined)}/keterkaitan").text
    assert "Pelapor tidak mengizinkan pembandingan." in page
    assert "Tidak ada kasus yang mirip." not in page
    assert states(desk) == set()


def test_a_case_that_resembles_none_says_so(desk: DeskRoom) -> None:
    report = desk.report()
    assert "Tidak ada kasus yang mirip." in desk.seat("rina").get(f"/kasus/{desk.code(report)}/keterkaitan").text


def test_who_does_not_counsel_sees_links_and_decides_none(desk: DeskRoom, alike: tuple[UUID, UUID]) -> None:
    nova, path = desk.seat("nova", StaffRole.EVIDENCE_OFFICER), pair_path(desk, *alike)
    assert nova.get(path).status_code == 200
    assert nova.post(path, path, choice="terkait", reason=REASON, seen=0).status_code == 403


def test_damaged_reasons_break_nothing(desk: DeskRoom, alike: tuple[UUID, UUID]) -> None:
    rina = desk.seat("rina")
    with desk.owner() as session:
        for match in session.scalars(select(Match)):
            match.reasons_box = b"rusak"
        session.commit()
    assert "Alasan tidak tersedia lagi." in rina.get(pair_path(desk, *alike)).text
