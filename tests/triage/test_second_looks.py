"""Second looks: drawn, blind, by another person; two verdicts that differ reach a supervisor."""

from __future__ import annotations

import re
import uuid
from uuid import UUID

import pytest
from sqlalchemy import select

from casefile.keyring import draw_key
from casefile.models import SecondLook
from casefile.vocabulary import CustodyAction, LinkState, StaffRole
from tests.english import expect_english
from tests.triage.conftest import DeskRoom, Person, hidden
from tests.triage.pair_world import WORDS_ONLY, export, join, pair_path, say
from triage.links.drawing import SHARE, is_drawn

FIRST = "Sama sampai jamnya"
SECOND = "Akunnya lain"


def drawn_id(desk: DeskRoom, *, drawn: bool = True) -> UUID:
    """An id of a match whose decision is drawn, or is not."""
    key = draw_key(desk.workshop.office.epoch.seed)
    return next(one for one in iter(uuid.uuid4, None) if is_drawn(key, one) is drawn)


@pytest.fixture
def rina(desk: DeskRoom) -> Person:
    return desk.seat("rina")


@pytest.fixture
def pair(desk: DeskRoom, rina: Person) -> tuple[UUID, UUID]:
    """A pair that Rina called related, and that was drawn."""
    one, other = desk.report(), desk.report()
    join(desk, one, other, match_id=drawn_id(desk))
    assert say(rina, pair_path(desk, one, other), "terkait", reason=FIRST) == 303
    return one, other


def looks(desk: DeskRoom) -> list[SecondLook]:
    with desk.owner() as session:
        return list(session.scalars(select(SecondLook)))


def next_look(person: Person) -> str | None:
    """The address of the look that waits for the person."""
    found = re.search(r'href="(/tinjauan/[0-9a-f-]{36})"', person.get("/tinjauan").text)
    return found and found[1]


def test_about_one_in_twenty_is_drawn_by_a_key_that_lies_in_no_database() -> None:
    ids = [UUID(int=number) for number in range(20_000)]
    drawn = {key: {one for one in ids if is_drawn(key, one)} for key in (b"a" * 32, b"b" * 32)}
    assert all(abs(len(found) / len(ids) - SHARE) < 0.01 for found in drawn.values())
    assert len(drawn[b"a" * 32] & drawn[b"b" * 32]) < 150, "who knows one key foresees nothing of another"


@pytest.mark.parametrize(("drawn", "choice", "asked"), [(True, "tidak", 1), (False, "tidak", 0), (True, "belum", 0)])
def test_only_a_drawn_decision_is_looked_at_again(
    desk: DeskRoom, rina: Person, drawn: bool, choice: str, asked: int
) -> None:
    one, other = desk.report(), desk.report()
    join(desk, one, other, match_id=drawn_id(desk, drawn=drawn))
    say(rina, pair_path(desk, one, other), choice, reason=FIRST)
    assert len(looks(desk)) == asked


@WORDS_ONLY
def test_who_decided_cannot_look_again(desk: DeskRoom, rina: Person, pair: tuple[UUID, UUID]) -> None:
    assert "Tidak ada pasangan yang menunggu." in rina.get("/tinjauan").text
    assert "Tinjauan kedua menunggu" not in rina.get("/antrean/semua").text
    path = f"/tinjauan/{looks(desk)[0].id}"
    assert rina.get(path).status_code == 404
    assert rina.post(path, "/tinjauan", choice="terkait", reason="Saya yakin").status_code == 404
    assert looks(desk)[0].looked_at is None


def test_the_second_person_does_not_see_what_the_first_said(
    desk: DeskRoom, rina: Person, pair: tuple[UUID, UUID]
) -> None:
    budi = desk.seat("budi")
    path = next_look(budi)
    page = budi.get(path).text
    for told in (FIRST, "Rina</", "Dihubungkan", *(desk.code(report) for report in pair)):
        assert told not in page
    assert re.search(r"\bchecked\b", page) is None
    assert "Mengapa disarankan" in page
    assert budi.post(path, path, choice="tidak", reason=" ").status_code == 422
    before = export(desk)
    assert budi.post(path, path, choice="tidak", reason=SECOND).status_code == 303
    assert export(desk) == before, "a second verdict changes no case"
    page = budi.get(path).text
    assert "Kedua penilaian berbeda. Penyelia akan membacanya." in page
    assert FIRST in page
    assert SECOND in page
    assert [desk.acts(report)[-1] for report in pair] == [CustodyAction.LINK_CHECKED] * 2
    assert next_look(budi) is None


def test_of_two_second_persons_one_wins(desk: DeskRoom, rina: Person, pair: tuple[UUID, UUID]) -> None:
    budi, sari = desk.seat("budi"), desk.seat("sari")
    path = next_look(budi)
    word = hidden(sari.get(path).text, "csrf")
    assert budi.post(path, path, choice="terkait", reason="Ya").status_code == 303
    late = sari.client.post(path, data={"csrf": word, "choice": "tidak", "reason": SECOND})
    assert late.status_code == 409
    assert "Pasangan ini baru saja dinilai rekan Anda." in late.text
    assert sari.get(path).status_code == 409
    assert looks(desk)[0].verdict is LinkState.LINKED
    assert looks(desk)[0].looked_by == desk.staff_id("budi")


def test_a_difference_reaches_a_supervisor_and_nobody_else(
    desk: DeskRoom, rina: Person, pair: tuple[UUID, UUID]
) -> None:
    budi, nova = desk.seat("budi"), desk.seat("nova", StaffRole.SUPERVISOR)
    path = next_look(budi)
    budi.post(path, path, choice="tidak", ground="other_people")
    assert "Dua penilaian yang berbeda" not in budi.get("/tinjauan").text
    page = nova.get("/tinjauan").text
    assert FIRST in page
    assert "Orangnya berbeda" in page
    assert pair_path(desk, *sorted(pair, key=lambda one: one.bytes)) in page
    assert budi.post(f"{path}/selesai", "/tinjauan").status_code == 403
    assert nova.post(f"{path}/selesai", "/tinjauan").status_code == 303
    assert FIRST not in nova.get("/tinjauan").text
    assert {match.state for match in desk.workshop.matches()} == {LinkState.LINKED}
    assert [desk.acts(report)[-1] for report in pair] == [CustodyAction.LINK_CHECK_SETTLED] * 2


@pytest.mark.parametrize("choice", ["terkait", "belum"])
def test_agreement_and_doubt_trouble_no_supervisor(
    desk: DeskRoom, rina: Person, pair: tuple[UUID, UUID], choice: str
) -> None:
    budi, nova = desk.seat("budi"), desk.seat("nova", StaffRole.SUPERVISOR)
    path = next_look(budi)
    assert budi.post(path, path, choice=choice, reason="Begitu").status_code == 303
    assert FIRST not in nova.get("/tinjauan").text


@WORDS_ONLY
def test_a_supervisor_does_not_settle_what_was_their_own_decision(desk: DeskRoom) -> None:
    nova, budi = desk.seat("nova", StaffRole.SUPERVISOR), desk.seat("budi")
    one, other = desk.report(), desk.report()
    join(desk, one, other, match_id=drawn_id(desk))
    say(nova, pair_path(desk, one, other), "terkait", reason=FIRST)
    path = next_look(budi)
    budi.post(path, path, choice="tidak", reason=SECOND)
    assert "Ini keputusan Anda sendiri." in nova.get("/tinjauan").text
    assert nova.post(f"{path}/selesai", "/tinjauan").status_code == 404


def test_what_was_undone_is_looked_at_no_more(desk: DeskRoom, rina: Person, pair: tuple[UUID, UUID]) -> None:
    budi = desk.seat("budi")
    path = next_look(budi)
    say(rina, pair_path(desk, *pair), "batal")
    assert next_look(budi) is None
    assert budi.get(path).status_code == 404


@WORDS_ONLY
def test_who_may_not_judge_finds_no_door(desk: DeskRoom, rina: Person, pair: tuple[UUID, UUID]) -> None:
    nova = desk.seat("nova", StaffRole.EVIDENCE_OFFICER)
    path = f"/tinjauan/{looks(desk)[0].id}"
    assert [nova.get("/tinjauan").status_code, nova.get(path).status_code] == [403, 403]
    assert nova.post(path, "/antrean/semua", choice="tidak", reason=SECOND).status_code == 403


@WORDS_ONLY
def test_the_pages_are_there_in_english(desk: DeskRoom, rina: Person, pair: tuple[UUID, UUID]) -> None:
    nova = desk.seat("nova", StaffRole.SUPERVISOR)
    nova.post("/bahasa", language="en")
    path = next_look(nova)
    for page in ("/tinjauan", path):
        expect_english(nova.get(page).text)
    nova.post(path, path, choice="tidak", ground="other_event")
    for page in ("/tinjauan", path):
        expect_english(nova.get(page).text.replace(FIRST, ""))
