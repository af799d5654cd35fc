"""What a device read of a picture can suggest a match to a person, and can link, hide or join nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from casefile.models import CaseReport
from casefile.submission import Picture, Submission
from casefile.vocabulary import LinkState, MatchClass
from intake.device import parse_reading
from tests.factories import SKETCH_KEY, draw_screenshot, keep_picture, make_submission, read_once
from tests.phone import reading_of_phone
from tests.worker.conftest import Workshop

SHARED, OTHER = draw_screenshot(1), draw_screenshot(2)


def by_device(data: bytes, digest_of: bytes | None = None) -> Picture:
    """A device's reading of a picture; with the digest of another file where it is forged."""
    picture = parse_reading(reading_of_phone(read_once(data)), SKETCH_KEY)
    digest = read_once(digest_of or data).fingerprints.sha256
    return replace(picture, fingerprints=replace(picture.fingerprints, sha256=digest))


def with_pictures(*pictures: Picture) -> Submission:
    return replace(make_submission(), pictures=pictures)


def read_on_device() -> Submission:
    return with_pictures(by_device(SHARED))


def read_here() -> Submission:
    return make_submission(SHARED)


@pytest.mark.parametrize(
    "sides", [(read_on_device, read_here), (read_here, read_on_device), (read_on_device, read_on_device)]
)
def test_one_screenshot_read_on_a_device_is_found_with_the_others_and_waits_for_a_person(
    workshop: Workshop, sides: tuple[Callable[[], Submission], ...]
) -> None:
    for make in sides:
        workshop.report(make())
    workshop.run()
    (match,) = workshop.matches()
    assert (match.match_class, match.state) == (MatchClass.DUPLICATE, LinkState.SUGGESTED)


def test_a_forged_digest_finds_nothing_joins_no_content_and_hides_no_copy_of_the_file(workshop: Workshop) -> None:
    forged = workshop.report(with_pictures(by_device(OTHER, digest_of=SHARED)))
    first, second = workshop.report(make_submission(SHARED)), workshop.report(make_submission(SHARED))
    workshop.run()
    (match,) = workshop.matches()
    assert (match.match_class, match.state) == (MatchClass.SAME_FILE, LinkState.LINKED)
    assert {match.low_id, match.high_id} == {first, second}
    with workshop.owner() as session:
        assert session.get_one(CaseReport, forged).content_group is None


def test_the_queue_tells_how_many_pictures_were_read_on_the_device(workshop: Workshop) -> None:
    report = workshop.report(with_pictures(by_device(SHARED), keep_picture(OTHER)))
    workshop.run()
    summary = workshop.summary(report)
    assert (summary.picture_count, summary.device_pictures) == (2, 1)
