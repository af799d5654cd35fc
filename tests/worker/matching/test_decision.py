"""What is linked at once, what is only suggested, and what is nothing."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.contents import Agreement, MatchReason
from casefile.vocabulary import IdentifierKind, MatchClass
from worker.matching import Candidate, PicturePair, Tag, classify, decide
from worker.matching.evidence import Evidence
from worker.matching.overlap import Overlap, Side

OTHER = uuid.UUID(int=7)
PICTURE_CLASSES = (
    MatchClass.SAME_FILE,
    MatchClass.DUPLICATE,
    MatchClass.SAME_CONVERSATION,
    MatchClass.SAME_PICTURE,
    MatchClass.WEAK,
)
"""The strongest first."""


def alike(own: int, other: int, match_class: MatchClass, score: float = 1.0) -> PicturePair:
    """A pair whose PDQ distance is the number of our picture, so that it can be told from others."""
    return PicturePair(own, other, match_class, Agreement(distance=own), score)


def classes(candidate: Candidate) -> list[MatchClass]:
    return [finding.match_class for finding in decide(candidate)]


def test_an_equal_file_is_the_same_file_and_nothing_more() -> None:
    (finding,) = decide(Candidate(OTHER, (PicturePair(2, 3, MatchClass.SAME_FILE), alike(1, 1, MatchClass.DUPLICATE))))
    assert finding.match_class is MatchClass.SAME_FILE
    assert finding.reasons == (MatchReason(MatchClass.SAME_FILE, 2, 3, None),)


def test_alike_pictures_are_one_suggestion_with_all_their_reasons_the_strongest_first() -> None:
    pairs = alike(2, 2, MatchClass.DUPLICATE, score=3.0), alike(1, 2, MatchClass.DUPLICATE, score=5.0)
    (finding,) = decide(Candidate(OTHER, pairs))
    assert finding.match_class is MatchClass.DUPLICATE
    assert not finding.match_class.is_exact
    assert finding.score == 5.0
    assert [reason.agreement and reason.agreement.distance for reason in finding.reasons] == [1, 2]


@pytest.mark.parametrize("strongest", range(len(PICTURE_CLASSES)))
def test_of_several_classes_of_alike_pictures_the_strongest_alone_is_found(strongest: int) -> None:
    pairs = [alike(number, 1, found, score=9.0 + number) for number, found in enumerate(PICTURE_CLASSES)]
    assert classes(Candidate(OTHER, tuple(reversed(pairs[strongest:])))) == [PICTURE_CLASSES[strongest]]


def test_accounts_and_phones_are_an_account_and_urls_an_address() -> None:
    tags = {kind: Tag(kind, bytes([number] * 16)) for number, kind in enumerate(IdentifierKind)}
    assert classes(Candidate(OTHER, tags=frozenset({tags[IdentifierKind.ACCOUNT], tags[IdentifierKind.PHONE]}))) == [
        MatchClass.SAME_ACCOUNT
    ]
    assert classes(Candidate(OTHER, tags=frozenset({tags[IdentifierKind.URL]}))) == [MatchClass.SAME_ADDRESS]
    assert classes(Candidate(OTHER, (alike(1, 1, MatchClass.DUPLICATE),), frozenset(tags.values()))) == [
        MatchClass.DUPLICATE,
        MatchClass.SAME_ACCOUNT,
        MatchClass.SAME_ADDRESS,
    ]


@given(st.sets(st.binary(min_size=16, max_size=16), min_size=1, max_size=5))
def test_equal_user_names_without_a_platform_never_link(names: set[bytes]) -> None:
    tags = frozenset(Tag(IdentifierKind.HANDLE, name) for name in names)
    (finding,) = decide(Candidate(OTHER, tags=tags))
    assert finding.match_class is MatchClass.SAME_HANDLE
    assert not finding.match_class.is_exact


def test_only_files_accounts_and_addresses_are_exact() -> None:
    exact = {MatchClass.SAME_FILE, MatchClass.SAME_ACCOUNT, MatchClass.SAME_ADDRESS}
    assert {each for each in MatchClass if each.is_exact} == exact


def test_nothing_in_common_is_nothing() -> None:
    assert decide(Candidate(OTHER)) == ()


def with_words(weight: float, equal: int, of: int, *, lines: int = 0, others: int = 0) -> Evidence:
    """Two pages of text that share some word groups, and lie on one another with a few lines."""
    side = Side(lines=20, expected_lines=20, points=0, expected_points=0)
    overlap = Overlap(lines, 0, others, 0, 0.0, side, side)
    return Evidence(overlap, 0.0, 0.0, 128, words=equal, word_weight=weight, least_words=of)


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        (with_words(2.0, 9, 12), MatchClass.SAME_PICTURE),
        (with_words(1.9, 9, 12), None),
        (with_words(2.0, 8, 11), None),
        (with_words(3.0, 10, 20), MatchClass.SAME_PICTURE),
        (with_words(2.9, 10, 20), None),
        (with_words(3.0, 49, 100), None),
        (with_words(5.0, 10, 30), MatchClass.SAME_PICTURE),
        (with_words(4.9, 10, 30), None),
        (with_words(6.4, 10, 31), MatchClass.WEAK),
        (with_words(7.5, 15, 48), MatchClass.WEAK),
        (with_words(12.0, 26, 81), MatchClass.WEAK),
        (with_words(12.0, 26, 81, lines=3), MatchClass.SAME_PICTURE),
        (with_words(11.9, 26, 81, lines=3), MatchClass.WEAK),
        (with_words(21.7, 31, 94, lines=3, others=2), MatchClass.WEAK),
    ],
)
def test_words_suggest_the_same_picture_and_never_more(evidence: Evidence, found: MatchClass | None) -> None:
    assert classify(evidence) is found


def lying(
    lines: int, points: int, *, others: int = 0, weight: float = 2.0, distance: int = 128, expected: int = 0
) -> Evidence:
    """A picture with few elements left on one with many, ``expected`` of whose lines it should show too."""
    small = Side(lines=9, expected_lines=9, points=20, expected_points=20)
    large = Side(lines=24, expected_lines=expected or lines, points=40, expected_points=10)
    return Evidence(Overlap(lines, points, others, 0, 1.0, small, large), weight, 0.0, distance)


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        (lying(1, 1, weight=0.2, distance=10), MatchClass.SAME_PICTURE),
        (lying(1, 1, weight=0.2, distance=11), None),
        (lying(1, 1, weight=0.2, distance=10, others=2), None),
        (lying(3, 1, weight=2.0, distance=10, others=2, expected=20), MatchClass.SAME_PICTURE),
        (lying(3, 1, weight=1.9, distance=10, others=2, expected=20), None),
        (lying(1, 1, weight=0.2, distance=10)._replace(is_clear=False), None),
    ],
)
def test_a_very_near_pdq_is_a_copy_unless_more_lines_differ_than_rare_ones_agree(
    evidence: Evidence, found: MatchClass | None
) -> None:
    assert classify(evidence) is found


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        (lying(2, 4), MatchClass.SAME_PICTURE),
        (lying(2, 4, weight=1.9), None),
        (lying(2, 3), MatchClass.WEAK),
        (lying(2, 4, others=1), MatchClass.WEAK),
        (lying(2, 4, expected=3), MatchClass.WEAK),
        (lying(5, 2, expected=7), MatchClass.WEAK),
    ],
)
def test_a_small_piece_is_the_same_picture_if_all_agrees_and_nothing_differs(
    evidence: Evidence, found: MatchClass | None
) -> None:
    assert classify(evidence) is found


def half(evidence: Evidence) -> Evidence:
    """The same where all lines that differ share one end only."""
    return evidence._replace(overlap=evidence.overlap._replace(one_sided=evidence.overlap.other_lines))


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        (half(lying(1, 1, weight=0.2, distance=10, others=3)), MatchClass.SAME_PICTURE),
        (half(lying(1, 1, weight=0.2, distance=10, others=4)), None),
        (half(lying(2, 4, others=1)), MatchClass.SAME_PICTURE),
        (half(lying(2, 4, others=2)), MatchClass.WEAK),
        (half(lying(3, 0, weight=1.6, others=1)._replace(is_cut=True)), MatchClass.SAME_PICTURE),
        (half(lying(3, 0, weight=1.6, others=2)._replace(is_cut=True)), None),
        (half(lying(8, 0, weight=3.0, others=13)), MatchClass.SAME_PICTURE),
        (half(lying(8, 0, weight=3.0, others=14)), MatchClass.WEAK),
    ],
)
def test_lines_that_share_one_end_only_speak_half_as_loud(evidence: Evidence, found: MatchClass | None) -> None:
    cut = evidence.overlap._replace(pieces=3 * evidence.is_cut)
    assert classify(evidence._replace(overlap=cut)) is found


def filled_in(agreeing: int, others: int, first: int, second: int) -> Evidence:
    """Two pages of text that agree in rare lines; each side with as many lines as the other should show."""
    sides = (Side(lines=24, expected_lines=expected, points=0, expected_points=0) for expected in (first, second))
    return Evidence(Overlap(agreeing, 0, others, 0, 1.0, *sides), 6.0, 0.0, 128)


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        (filled_in(17, 2, 21, 21), MatchClass.DUPLICATE),
        (filled_in(17, 3, 21, 21), MatchClass.SAME_PICTURE),
        (half(filled_in(17, 3, 21, 21)), MatchClass.SAME_PICTURE),
        (filled_in(16, 2, 21, 21), MatchClass.SAME_PICTURE),
        (filled_in(13, 0, 19, 7), MatchClass.DUPLICATE),
        (filled_in(13, 0, 19, 6), MatchClass.SAME_PICTURE),
    ],
)
def test_two_peoples_copies_of_a_form_are_no_duplicate_even_when_cut_at_the_text(
    evidence: Evidence, found: MatchClass | None
) -> None:
    assert classify(evidence) is found


@pytest.mark.parametrize(
    ("lines", "copies", "found"),
    [
        (5, 0, MatchClass.SAME_CONVERSATION),
        (5, 2, MatchClass.SAME_CONVERSATION),
        (5, 3, MatchClass.SAME_PICTURE),
        (8, 6, MatchClass.SAME_PICTURE),
    ],
)
def test_rows_of_a_list_that_say_the_same_are_no_conversation(lines: int, copies: int, found: MatchClass) -> None:
    side = Side(lines=24, expected_lines=11, points=31, expected_points=31)
    overlap = Overlap(lines, 4, 0, 4, 4.4, side, side, copies=copies)
    assert classify(Evidence(overlap, 5.0, 0.0, 128)) is found
