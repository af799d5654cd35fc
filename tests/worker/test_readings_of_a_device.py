"""What a device read of a picture can suggest a match to a person, and can link, hide or join nothing by itself."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from casefile.fingerprints.sketches import NO_SKETCHES
from casefile.models import CaseReport
from casefile.pictures import Picture
from casefile.submission import Submission
from casefile.vocabulary import FingerprintSource, LinkState, MatchClass
from intake.device import parse_reading
from tests.factories import SKETCH_KEY, draw_screenshot, keep_picture, make_submission, read_once
from tests.phone import reading_of_phone
from tests.worker.conftest import Workshop

SHARED, OTHER = draw_screenshot(1), draw_screenshot(2)


def draw_plain() -> bytes:
    """A picture without anything in it."""
    out = BytesIO()
    Image.new("RGB", (360, 640), "#aa3355").save(out, "PNG")
    return out.getvalue()


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
    assert [(match.match_class, match.state) for match in workshop.matches()] == [
        (MatchClass.DUPLICATE, LinkState.SUGGESTED),
        (MatchClass.SAME_DIGEST, LinkState.SUGGESTED),
    ]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_forged_digest_only_suggests_joins_no_content_and_hides_no_copy_of_the_file(
    workshop: Workshop, *, is_first: bool
) -> None:
    made = [make_submission(SHARED), make_submission(SHARED)]
    made.insert(0 if is_first else 2, with_pictures(by_device(OTHER, digest_of=SHARED)))
    ids = [workshop.report(submission) for submission in made]
    forged = ids.pop(0 if is_first else 2)
    workshop.run()
    found = [(match.match_class, match.state, {match.low_id, match.high_id}) for match in workshop.matches()]
    assert found.count((MatchClass.SAME_FILE, LinkState.LINKED, set(ids))) == 1
    for real in ids:
        assert found.count((MatchClass.SAME_DIGEST, LinkState.SUGGESTED, {forged, real})) == 1
    assert len(found) == len(made)
    with workshop.owner() as session:
        assert session.get_one(CaseReport, forged).content_group is None


def lone(source: FingerprintSource, pdq: bytes = bytes(range(32))) -> Picture:
    """A photograph that has neither lines nor points, as everybody can make it up who heard of its PDQ."""
    values = replace(read_once(draw_plain()).fingerprints, sha256=secrets.token_bytes(32), pdq=pdq, pdq_quality=100)
    return Picture(values, source, NO_SKETCHES.to_bytes())


@pytest.mark.parametrize("is_inset", [True, False])
def test_a_made_up_pdq_of_a_photograph_or_of_an_inset_only_suggests_and_hides_nothing(
    workshop: Workshop, *, is_inset: bool
) -> None:
    real, forged = lone(FingerprintSource.SERVER), lone(FingerprintSource.DEVICE)
    if is_inset:
        forged = replace(lone(FingerprintSource.DEVICE, pdq=bytes(32)), insets=(real.fingerprints.pdq,))
    reports = [workshop.report(with_pictures(picture)) for picture in (real, forged)]
    workshop.run()
    assert [(match.match_class, match.state) for match in workshop.matches()] == [
        (MatchClass.SAME_PICTURE, LinkState.SUGGESTED)
    ]
    with workshop.owner() as session:
        assert {session.get_one(CaseReport, report).content_group for report in reports} == {None}


def test_a_plain_picture_from_two_phones_is_found_by_what_they_told_of_the_file(workshop: Workshop) -> None:
    for _ in range(2):
        workshop.report(with_pictures(by_device(draw_plain())))
    workshop.run()
    (match,) = workshop.matches()
    assert (match.match_class, match.state) == (MatchClass.SAME_DIGEST, LinkState.SUGGESTED)


def test_the_queue_tells_how_many_pictures_were_read_on_the_device(workshop: Workshop) -> None:
    report = workshop.report(with_pictures(by_device(SHARED), keep_picture(OTHER)))
    workshop.run()
    summary = workshop.summary(report)
    assert (summary.picture_count, summary.device_pictures) == (2, 1)
