"""What a pair rests on, in words: which pictures, what agrees, how rare that is, and what speaks against it."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import update

from casefile.contents import MATCH_NOTE, SUMMARY_NOTE, Agreement, MatchReason, QueueSummary, encode_reasons
from casefile.models import Case, Match
from casefile.sealing import seal_note
from casefile.submission import Consents
from casefile.vocabulary import LinkState, MatchClass
from tests.english import expect_english
from tests.factories import draw_screenshot, make_submission
from tests.triage.conftest import DeskRoom, Person
from tests.triage.pair_world import WORDS_ONLY
from tests.triage.test_links import judge, pair_path
from triage.labels import MATCH_CAUTIONS
from triage.links import STRENGTH
from triage.reasons_in_words import MOST_SHOWN

RICH = Agreement(distance=4, lines=12, other_lines=3, points=30, words=5, rarity=100, low_share=80, high_share=30)


def give(desk: DeskRoom, one: UUID, other: UUID, *reasons: MatchReason) -> None:
    """A suggestion of the first reason's class; reasons name the pictures of ``one`` first."""
    low, high = sorted((one, other), key=lambda side: side.bytes)
    ordered = reasons if low == one else tuple(reason.swapped() for reason in reasons)
    office, match_id = desk.workshop.office.public, uuid.uuid4()
    with desk.owner() as session:
        session.add(
            Match(
                id=match_id,
                low_id=low,
                high_id=high,
                match_class=reasons[0].match_class,
                state=LinkState.SUGGESTED,
                suggested_at=desk.clock.now,
                reasons_box=seal_note(office.office, encode_reasons(ordered), MATCH_NOTE, match_id.bytes),
                epoch=office.epoch,
            )
        )
        session.commit()


def halves(page: str) -> tuple[str, str]:
    """What speaks for the pair, and what against it."""
    _, rest = page.split("Mengapa disarankan")
    return tuple(re.split("Yang melemahkan saran", rest.split('<p class="hint">Kasus orang')[0]))


@pytest.fixture
def two(desk: DeskRoom) -> tuple[UUID, UUID]:
    """Two reports that have nothing in common."""
    return desk.report(), desk.report()


@pytest.fixture
def rina(desk: DeskRoom) -> Person:
    return desk.seat("rina")


@WORDS_ONLY
def test_a_reason_says_what_agrees_how_rarely_and_what_does_not(
    desk: DeskRoom, two: tuple[UUID, UUID], rina: Person
) -> None:
    give(desk, *two, MatchReason(MatchClass.SAME_CONVERSATION, 2, 3, RICH))
    speaks_for, against = halves(rina.get(pair_path(desk, *two)).text)
    assert "Percakapan sama, bagian lain" in speaks_for
    assert "Gambar 2 di A dan gambar 3 di B" in speaks_for
    assert "Yang sama: 12 baris teks, 5 kelompok kata, 30 titik foto" in speaks_for
    assert "Gambar utuhnya hampir sama" in speaks_for
    assert "Isi yang sama itu tidak ada di laporan lain" in speaks_for
    assert "Pesan yang sama bisa disalin ke banyak orang. Bandingkan kedua ceritanya." in speaks_for
    assert "3 baris di tempat yang sama berbeda isinya" in against
    assert "Kurang dari separuh gambar 3 di B yang cocok" in against
    assert "Hanya" not in against


@WORDS_ONLY
def test_a_picture_inside_a_picture_is_said_with_which_lies_in_which_from_either_side(
    desk: DeskRoom, two: tuple[UUID, UUID], rina: Person
) -> None:
    inside = Agreement(distance=99, lines=9, rarity=100, low_share=90, high_share=90, low_in_high=4)
    give(desk, *two, MatchReason(MatchClass.SAME_PICTURE, 1, 2, inside))
    speaks_for, against = halves(rina.get(pair_path(desk, *two)).text)
    assert "Gambar 1 di A tampak di dalam gambar 2 di B" in speaks_for
    assert "Isi yang sama itu tidak ada di laporan lain" in speaks_for
    assert "Hanya" not in against
    assert "Gambar 1 di B tampak di dalam gambar 2 di A" in rina.get(pair_path(desk, *reversed(two))).text


@WORDS_ONLY
def test_from_the_other_side_the_small_share_is_that_of_the_same_picture(
    desk: DeskRoom, two: tuple[UUID, UUID], rina: Person
) -> None:
    give(desk, *two, MatchReason(MatchClass.SAME_CONVERSATION, 2, 3, RICH))
    page = rina.get(pair_path(desk, *reversed(two))).text
    assert "Gambar 3 di A dan gambar 2 di B" in page
    assert "Kurang dari separuh gambar 3 di A yang cocok" in page


@WORDS_ONLY
@pytest.mark.parametrize(
    ("agreement", "said"),
    [
        (Agreement(points=9, rarity=90, low_share=60, high_share=60), "Hanya bagian foto yang cocok, tidak ada teks"),
        (Agreement(lines=9, rarity=90, low_share=60, high_share=60), "Hanya teks yang cocok, tidak ada bagian foto"),
        (Agreement(words=9, rarity=90), "Hanya teks yang cocok, tidak ada bagian foto"),
        (Agreement(pieces=9, rarity=90), "Hanya teks yang cocok, tidak ada bagian foto"),
        (Agreement(pieces=9, rarity=90, low_share=9), "Kurang dari separuh kedua gambar yang cocok"),
        (Agreement(distance=20), "Hanya tampilan gambar utuh yang dibandingkan"),
        (Agreement(distance=99, low_in_high=9, rarity=90), "Hanya gambar di dalam gambar yang cocok"),
        (Agreement(distance=99, low_in_high=9, rarity=39), "Isi yang sama itu sering muncul di laporan lain"),
        (Agreement(lines=9, points=9, rarity=10), "Isi yang sama itu sering muncul di laporan lain"),
        (Agreement(lines=9, points=9, rarity=90, low_share=9), "Kurang dari separuh kedua gambar yang cocok"),
    ],
)
def test_what_the_evidence_lacks_stands_against_it(
    desk: DeskRoom, two: tuple[UUID, UUID], rina: Person, agreement: Agreement, said: str
) -> None:
    give(desk, *two, MatchReason(MatchClass.SAME_PICTURE, 1, 1, agreement))
    speaks_for, against = halves(rina.get(pair_path(desk, *two)).text)
    assert said in against
    assert said not in speaks_for


@WORDS_ONLY
@pytest.mark.parametrize(
    ("agreement", "said"),
    [
        (Agreement(lines=9, rarity=99), "jarang di laporan lain"),
        (Agreement(lines=9, rarity=39), "sering muncul di laporan lain"),
        (Agreement(distance=9), "Gambar utuhnya mirip"),
        (Agreement(distance=8), "Gambar utuhnya hampir sama"),
    ],
)
def test_figures_become_words(
    desk: DeskRoom, two: tuple[UUID, UUID], rina: Person, agreement: Agreement, said: str
) -> None:
    give(desk, *two, MatchReason(MatchClass.DUPLICATE, 1, 1, agreement))
    page = rina.get(pair_path(desk, *two)).text
    assert said in page
    assert "%" not in page.split("<main")[1].replace("%2F", "")


@WORDS_ONLY
def test_nothing_is_said_of_what_was_not_compared(desk: DeskRoom, two: tuple[UUID, UUID], rina: Person) -> None:
    give(desk, *two, MatchReason(MatchClass.WEAK, 1, 1, Agreement(distance=120)))
    page = rina.get(pair_path(desk, *two)).text
    assert "Yang sama:" not in page
    assert "Gambar utuhnya" not in page
    assert "di laporan lain" not in page
    assert "separuh" not in page
    assert "Kemiripan lemah. Abaikan jika tidak ada alasan lain." in page


@WORDS_ONLY
@pytest.mark.parametrize("match_class", MatchClass)
def test_every_class_has_one_plain_sentence_of_caution(
    desk: DeskRoom, two: tuple[UUID, UUID], rina: Person, match_class: MatchClass
) -> None:
    give(desk, *two, MatchReason(match_class))
    assert MATCH_CAUTIONS[match_class] in rina.get(pair_path(desk, *two)).text
    rina.post("/bahasa", language="en")
    expect_english(rina.get(pair_path(desk, *two)).text)


@WORDS_ONLY
def test_all_of_it_is_there_in_english(desk: DeskRoom, two: tuple[UUID, UUID], rina: Person) -> None:
    give(desk, *two, *(MatchReason(MatchClass.SAME_PICTURE, 1, number, RICH) for number in range(1, 8)))
    give(desk, *two, MatchReason(MatchClass.WEAK, 1, 1, Agreement(points=3, high_share=90)))
    give(desk, *two, MatchReason(MatchClass.SAME_CONVERSATION, 2, 1, Agreement(high_in_low=3)))
    give(desk, *two, MatchReason(MatchClass.DUPLICATE, 1, 1, Agreement(distance=30)))
    rina.post("/bahasa", language="en")
    page = rina.get(pair_path(desk, *two)).text
    expect_english(page)
    expect_english(rina.get(f"/kasus/{desk.code(two[0])}/keterkaitan").text)
    assert "In common: text lines: 12, word groups: 5, photo points: 30" in page


@WORDS_ONLY
def test_many_pairs_of_pictures_are_counted_the_strongest_are_written_out(
    desk: DeskRoom, two: tuple[UUID, UUID], rina: Person
) -> None:
    reasons = [MatchReason(MatchClass.DUPLICATE, 1, lines, Agreement(lines=lines, rarity=90)) for lines in range(1, 8)]
    give(desk, *two, *reasons)
    page = rina.get(pair_path(desk, *two)).text
    assert re.findall(r"Yang sama: (\d) baris", page) == ["7", "6", "5", "4"][:MOST_SHOWN]
    assert f"Pasangan gambar lain yang cocok: {7 - MOST_SHOWN}" in page
    listed = rina.get(f"/kasus/{desk.code(two[0])}/keterkaitan").text
    assert re.findall(r"Yang sama: (\d) baris", listed) == ["7"]
    assert "Pasangan gambar lain yang cocok: 6" in listed


def test_the_list_says_briefly_what_speaks_for_and_against(
    desk: DeskRoom, two: tuple[UUID, UUID], rina: Person
) -> None:
    give(desk, *two, MatchReason(MatchClass.DUPLICATE, 1, 2, RICH))
    page = rina.get(f"/kasus/{desk.code(two[0])}/keterkaitan").text
    assert "Gambar 1 di kasus ini dan gambar 2 di kasus itu" in page
    assert "Yang sama: 12 baris teks" in page
    assert "3 baris di tempat yang sama berbeda isinya" in page


def test_pairs_stand_in_the_order_of_their_strongest_class(desk: DeskRoom, rina: Person) -> None:
    one = desk.report()
    others = {match_class: desk.report() for match_class in reversed(STRENGTH)}
    for match_class, other in others.items():
        give(desk, one, other, MatchReason(match_class))
    give(desk, one, others[MatchClass.DUPLICATE], MatchReason(MatchClass.WEAK))
    listed = rina.get(f"/kasus/{desk.code(one)}/keterkaitan").text
    order = [desk.code(others[match_class]) for match_class in STRENGTH]
    assert re.findall(r"<h3><a [^>]*>(K-\d+)</a>", listed) == order
    judge(rina, pair_path(desk, one, others[MatchClass.SAME_FILE]), "terkait")
    listed = rina.get(f"/kasus/{desk.code(one)}/keterkaitan").text
    assert re.findall(r"<h3><a [^>]*>(K-\d+)</a>", listed) == [*order[1:], order[0]]


def test_classes_of_one_pair_stand_in_the_same_order(desk: DeskRoom, two: tuple[UUID, UUID], rina: Person) -> None:
    for match_class in (MatchClass.WEAK, MatchClass.SAME_HANDLE, MatchClass.SAME_PICTURE, MatchClass.DUPLICATE):
        give(desk, *two, MatchReason(match_class))
    assert re.findall(r"<h4>([^<]+)</h4>", rina.get(pair_path(desk, *two)).text) == [
        "Tangkapan layar sama",
        "Foto atau gambar sama di dalamnya",
        "Nama akun sama, aplikasinya belum pasti",
        "Ada kemiripan lemah",
    ]


def test_every_class_has_a_place() -> None:
    assert set(STRENGTH) == set(MatchClass)
    assert set(MATCH_CAUTIONS) == set(MatchClass)


def note_pictures(desk: DeskRoom, report: UUID, *numbers: int) -> None:
    """The worker's summary, with these pictures as not comparable."""
    case, office = desk.case(report), desk.workshop.office.public
    summary: QueueSummary = replace(desk.workshop.summary(report), incomparable_pictures=numbers)
    box = seal_note(office.office, summary.to_bytes(), SUMMARY_NOTE, case.id.bytes)
    with desk.owner() as session:
        session.execute(update(Case).where(Case.id == case.id).values(summary_box=box))
        session.commit()


def test_the_case_says_which_pictures_cannot_be_compared_and_what_to_do(desk: DeskRoom, rina: Person) -> None:
    report = desk.report(make_submission(*(draw_screenshot(seed, 360, 640) for seed in range(4))))
    note_pictures(desk, report, 2, 4)
    for tab in ("", "/keterkaitan"):
        page = rina.get(f"/kasus/{desk.code(report)}{tab}").text
        assert "Gambar 2, 4 tidak bisa dibandingkan: terlalu polos, kecil, atau rusak. Baca ceritanya;" in page
    note_pictures(desk, report)
    assert "tidak bisa dibandingkan" not in rina.get(f"/kasus/{desk.code(report)}").text


def test_where_nothing_is_compared_no_picture_is_named(desk: DeskRoom, rina: Person) -> None:
    declined = Consents(may_compare=False, text_version="1")
    report = desk.report(make_submission(draw_screenshot(1, 360, 640), consents=declined))
    note_pictures(desk, report, 1)
    page = rina.get(f"/kasus/{desk.code(report)}").text
    assert "Pelapor tidak mengizinkan pembandingan." in page
    assert "tidak bisa dibandingkan" not in page
