"""The group of a case: who hangs together by what, as a table and as a drawing that says no more than the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from casefile.vocabulary import CaseStatus, MatchClass, Urgency
from tests.english import expect_english
from tests.factories import NOON
from tests.triage.conftest import DeskRoom, Person
from tests.triage.pair_world import WORDS_ONLY, close, join, pair_path, say
from triage.bonds import BONDS, Bond
from triage.graph import MOST_BOXES, MOST_DRAWN, SIZE, Words, draw, place
from triage.groups import Group, Member, Tie, build_clusters, letter_of


@pytest.fixture
def rina(desk: DeskRoom) -> Person:
    return desk.seat("rina")


def table(page: str) -> list[tuple[str, str, str]]:
    """(code, what is shared, state) of each line."""
    cells = re.findall(r'<th scope="row"><a [^>]*>(K-\d+)</a></th>.*?<td>([^<]*)</td><td>([^<]*)</td></tr>', page)
    return [(code, shared, state) for code, shared, state in cells]


def group_of(size: int, ties: Sequence[tuple[int, int, Bond]]) -> Group:
    """A group of that many cases, without a database."""
    order = [UUID(int=number + 1) for number in range(size)]
    members = tuple(Member(one, f"K-{one.int:06}", NOON, Urgency.P2, CaseStatus.OPEN) for one in order)
    made = tuple(Tie((order[min(a, b)], order[max(a, b)]), bond, is_linked=a % 2 == 0) for a, b, bond in ties)
    return Group(members, made, build_clusters(made, order), is_larger=False)


def words_of(group: Group) -> Words:
    return Words("Kelompok", "Isi", {(one.bond, one.letter): f"{one.bond} {one.letter}" for one in group.clusters})


def test_one_picture_in_four_reports_and_one_account_in_two(desk: DeskRoom, rina: Person) -> None:
    reports = [desk.report() for _ in range(5)]
    for place_, one in enumerate(reports[:4]):
        for other in reports[place_ + 1 : 4]:
            join(desk, one, other)
    join(desk, reports[3], reports[4], MatchClass.SAME_ACCOUNT)
    page = rina.get(f"/kasus/{desk.code(reports[0])}/kelompok").text
    assert "Gambar A: sama di 4 kasus." in page
    assert "Akun A: sama di 2 kasus." in page
    lines = {code: (shared, state) for code, shared, state in table(page)}
    assert next(iter(lines)) == desk.code(reports[0])
    assert lines[desk.code(reports[0])] == ("Gambar A", "kemungkinan terkait")
    assert lines[desk.code(reports[3])] == ("Gambar A, Akun A", "sebagian terkait")
    assert lines[desk.code(reports[4])] == ("Akun A", "terkait")
    assert desk.code(reports[2]) in rina.get(f"/kasus/{desk.code(reports[4])}/kelompok").text


def test_what_hangs_together_only_through_others_is_not_called_one(desk: DeskRoom, rina: Person) -> None:
    one, middle, other = (desk.report() for _ in range(3))
    join(desk, one, middle, MatchClass.SAME_ACCOUNT)
    join(desk, middle, other, MatchClass.SAME_ACCOUNT)
    page = rina.get(f"/kasus/{desk.code(one)}/kelompok").text
    assert "Akun A: menghubungkan 3 kasus. Sebagian hanya lewat kasus lain; bisa lebih dari satu." in page


def test_rejected_pairs_and_weak_suggestions_bind_nobody(desk: DeskRoom, rina: Person) -> None:
    one, rejected, weak, confirmed = (desk.report() for _ in range(4))
    join(desk, one, rejected)
    say(rina, pair_path(desk, one, rejected), "tidak", reason="Lain")
    join(desk, one, weak, MatchClass.WEAK)
    path = f"/kasus/{desk.code(one)}/kelompok"
    assert "Kasus ini tidak terhubung dengan kasus lain." in rina.get(path).text
    join(desk, one, confirmed, MatchClass.WEAK)
    say(rina, pair_path(desk, one, confirmed), "terkait", reason="Sama")
    assert [code for code, _, _ in table(rina.get(path).text)] == [desk.code(one), desk.code(confirmed)]


@WORDS_ONLY
def test_the_drawing_is_safe_and_can_be_heard(desk: DeskRoom, rina: Person) -> None:
    reports = [desk.report() for _ in range(4)]
    for other in reports[1:]:
        join(desk, reports[0], other)
    close(desk, reports[1])
    page = rina.get(f"/kasus/{desk.code(reports[0])}/kelompok").text
    drawing = re.search(r"<svg.*</svg>", page, re.DOTALL)[0]
    assert "style" not in drawing
    assert not any(desk.code(report) in drawing.split("</desc>")[1] for report in reports)
    assert 'role="img"' in drawing
    named = re.search(r'aria-labelledby="([^"]+)"', drawing)[1].split()
    assert all(re.search(rf'<(title|desc) id="{name}">[^<]+<', drawing) for name in named)
    assert "Gambar A" in drawing
    assert drawing.count('class="node done"') == 2, "circle and number of the closed case"
    rina.post("/bahasa", language="en")
    expect_english(rina.get(f"/kasus/{desk.code(reports[0])}/kelompok").text)


def test_a_flood_is_cut_off_and_says_so_with_few_queries(desk: DeskRoom, rina: Person, monkeypatch) -> None:
    monkeypatch.setattr("triage.groups.MOST_MEMBERS", 6)
    monkeypatch.setattr("triage.graph.MOST_DRAWN", 4)
    monkeypatch.setattr("triage.views.links.MOST_DRAWN", 4)
    reports = [desk.report() for _ in range(9)]
    for other in reports[1:]:
        join(desk, reports[0], other)
    asked: list[str] = []
    with desk.app.app_context():
        engine = desk.app.extensions["sqlalchemy"].engine

    def hear(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", hear)
    page = rina.get(f"/kasus/{desk.code(reports[0])}/kelompok").text
    event.remove(engine, "before_cursor_execute", hear)
    assert len(table(page)) == 6
    assert "2 kasus lain ada di tabel, tetapi tidak digambar." in page
    assert "Kelompok ini lebih besar. Yang tampil adalah yang paling dekat." in page
    assert len(asked) < 25
    assert not any("reasons_box" in statement for statement in asked)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 40).flatmap(
        lambda size: st.tuples(
            st.just(size),
            st.lists(
                st.tuples(st.integers(0, size - 1), st.integers(0, size - 1), st.sampled_from(Bond)).filter(
                    lambda tie: tie[0] != tie[1]
                ),
                max_size=80,
            ),
        )
    )
)
def test_every_tie_is_drawn_once_and_everything_lies_within(made: tuple[int, list[tuple[int, int, Bond]]]) -> None:
    group = group_of(*made)
    placed, drawing = place(group), draw(group, words_of(group))
    assert drawing == draw(group, words_of(group)), "the same group gives the same drawing"
    assert len(placed.cases) == min(MOST_DRAWN, len(group.members))
    assert len(placed.boxes) <= MOST_BOXES
    boxed = {(cluster.bond, member) for cluster, _ in placed.boxes for member in cluster.members}
    for tie in group.ties:
        is_visible = all(end in placed.cases for end in tie.ends)
        is_boxed = all((tie.bond, end) in boxed for end in tie.ends)
        assert (tie in placed.lines) is (is_visible and not is_boxed)
    assert all(0 < at < SIZE for spot in (*placed.cases.values(), *(spot for _, spot in placed.boxes)) for at in spot)


def test_letters_go_on_after_z() -> None:
    assert [letter_of(number) for number in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_every_class_of_match_has_a_bond() -> None:
    assert set(BONDS) == set(MatchClass)
    assert set(BONDS.values()) == set(Bond)
