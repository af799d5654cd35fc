"""Related reports: reasons in words, decisions by people, undone for ever."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from casefile.contents import DECISION_NOTE, MATCH_NOTE
from casefile.models import LinkDecision, Match
from casefile.submission import Answers, Consents
from casefile.unsealing import open_note
from casefile.vocabulary import AgeBand, CustodyAction, District, HarmKind, LinkState, MatchClass, StaffRole
from tests.factories import draw_screenshot, make_submission, reencode
from tests.triage.conftest import DeskRoom, Person, hidden
from tests.triage.pair_world import WORDS_ONLY, join, pair_path
from triage.links import DecisionReason, pairs
from triage.reader import Reader

PICTURE = draw_screenshot(5)
ALIKE = reencode(PICTURE, quality=50, scale=0.7)
REASON = "Percakapannya sama sampai jamnya"


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


def test_of_the_other_case_coded_facts_are_seen_and_no_story_or_home(desk: DeskRoom, alike: tuple[UUID, UUID]) -> None:
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
    assert DecisionReason.from_bytes(opened) == DecisionReason(text=REASON)
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
    assert "Rina sudah memutuskan “Terkait”" in answer.text
    assert "Menurut saya berbeda" in answer.text
    assert states(desk) == {LinkState.LINKED}


@WORDS_ONLY
def test_after_a_clash_ticks_and_words_stand_in_the_form_again(desk: DeskRoom, alike: tuple[UUID, UUID]) -> None:
    rina, budi, path = desk.seat("rina"), desk.seat("budi"), pair_path(desk, *alike)
    seen = hidden(budi.get(path).text, "seen")
    judge(rina, path, "belum", reason="")
    grounds = ["other_people", "other_event"]
    answer = budi.post(path, path, choice="tidak", reason="Nomornya lain", ground=grounds, seen=seen)
    assert answer.status_code == 409
    assert "Rina sudah memutuskan “Belum yakin”" in answer.text
    assert re.findall(r'value="(\w+)" checked', answer.text) == grounds
    assert ">\nNomornya lain</textarea>" in answer.text
    assert hidden(answer.text, "seen") != seen


@WORDS_ONLY
def test_common_reasons_can_be_ticked_instead_of_written(desk: DeskRoom, alike: tuple[UUID, UUID]) -> None:
    rina, path = desk.seat("rina"), pair_path(desk, *alike)
    form = {"seen": hidden(rina.get(path).text, "seen"), "choice": "terkait"}
    assert rina.post(path, path, ground=["made_up"], **form).status_code == 422
    assert rina.post(path, path, ground=["one_event", "one_account", "made_up"], **form).status_code == 303
    assert "Akun yang sama menghubungi keduanya, Kejadiannya sama" in rina.get(path).text


def test_a_settled_pair_must_be_undone_before_it_is_decided_anew(desk: DeskRoom, alike: tuple[UUID, UUID]) -> None:
    rina, path = desk.seat("rina"), pair_path(desk, *alike)
    judge(rina, path, "terkait")
    answer = judge(rina, path, "tidak", "Salah tekan")
    assert answer.status_code == 409
    assert "Salah tekan" in answer.text
    assert states(desk) == {LinkState.LINKED}


@WORDS_ONLY
def test_the_result_line_undoes_with_one_press_and_no_reason(desk: DeskRoom, alike: tuple[UUID, UUID]) -> None:
    rina, path = desk.seat("rina"), pair_path(desk, *alike)
    judge(rina, path, "tidak")
    page = rina.get(path).text
    assert re.search(r'role="status"><p>Dicatat: tidak terkait\. Bisa dibatalkan kapan saja\.</p>', page)
    assert page.count(">Batalkan</button>") == 2
    assert judge(rina, path, "batal", reason="").status_code == 303
    assert states(desk) == {LinkState.SUGGESTED}
    assert judge(rina, path, "batal", reason="").status_code == 409


def test_the_next_open_pair_is_one_press_away(desk: DeskRoom) -> None:
    rina, one = desk.seat("rina"), desk.report()
    classes = (MatchClass.DUPLICATE, MatchClass.SAME_PICTURE, MatchClass.WEAK)
    others = [desk.report() for _ in classes]
    for other, match_class in zip(others, classes, strict=True):
        join(desk, one, other, match_class)
    paths = [pair_path(desk, one, other) for other in others]
    visited = [paths[0]]
    for _ in range(3):
        visited.append(re.search(r'href="([^"]+)">Berikutnya: K-', rina.get(visited[-1]).text)[1])
    assert visited == [*paths, paths[0]]
    judge(rina, paths[0], "terkait")
    assert f'href="{paths[1]}">Berikutnya' in rina.get(paths[0]).text
    judge(rina, paths[2], "belum", reason="")
    assert f'href="{paths[2]}">Berikutnya' in rina.get(paths[1]).text
    judge(rina, paths[2], "tidak")
    judge(rina, paths[1], "tidak")
    assert not any("Berikutnya: K-" in rina.get(path).text for path in paths)


def test_a_long_list_has_pages_and_opens_no_more_than_it_shows(desk: DeskRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    rina, one = desk.seat("rina"), desk.report()
    monkeypatch.setattr(pairs, "PAGE_SIZE", 2)
    others = [desk.report() for _ in range(3)]
    for other in others:
        join(desk, one, other)
    opened: list[str] = []
    real = Reader.open_note
    monkeypatch.setattr(Reader, "open_note", lambda *given: opened.append(given[3]) or real(*given))
    path, found = f"/kasus/{desk.code(one)}/keterkaitan", []
    for number in (1, 2, 3):
        opened.clear()
        page = rina.get(f"{path}?hal={number}").text
        listed = re.findall(r"<h3><a [^>]*>(K-\d+)</a>", page)
        assert opened.count(MATCH_NOTE) == len(listed)
        found += listed
    assert sorted(found) == sorted(desk.code(other) for other in others)
    assert "Tidak ada pasangan lagi." in page
    opened.clear()
    rina.get(pair_path(desk, one, others[-1]))
    assert opened.count(MATCH_NOTE) == 1


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
