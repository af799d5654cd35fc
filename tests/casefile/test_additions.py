"""An addition opens in its own place alone, and adds up with the report in one way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from casefile.additions import AdditionPayload, Choices, Material, Place, add_up, seal_choices, seal_material
from casefile.boxes import KeyPair
from casefile.contents import BlindedTag, WorkerPayload
from casefile.errors import UnsealError
from casefile.receipts import ReceiptKeys, open_own_choices
from casefile.submission import Answers, Consents, SafeContact
from casefile.unsealing import open_data_key, open_part, open_worker_addition
from casefile.vocabulary import ContactWay, IdentifierKind, Platform, ReferralTarget, SlotRole
from tests.factories import draw_screenshot, keep_picture, make_office

REPORT, OTHER = UUID(int=1), UUID(int=2)
PLACE = Place(REPORT, 2, datetime(2026, 11, 23, tzinfo=UTC).date())
CHOICES = Choices(
    consents=Consents(referrals=frozenset({ReferralTarget.KOMDIGI}), text_version="en-1"),
    contact=SafeContact(way=ContactWay.EMAIL, address="a@example.org", leave_no_message=True),
    is_child=True,
)


@pytest.mark.parametrize(("report", "number"), [(OTHER, 2), (REPORT, 3), (REPORT, 0)])
def test_it_opens_in_no_other_place(tmp_path: Path, report: UUID, number: int) -> None:
    office, reporter = make_office(tmp_path), KeyPair.generate()
    row = seal_choices(office.public, PLACE, CHOICES, reporter.public)
    keys = ReceiptKeys(b"", reporter)
    opened = open_own_choices(keys, row["reporter_slot"], row["box"], REPORT, 2)
    assert Choices.from_bytes(opened) == CHOICES
    data_key = open_data_key(office.recovery, row["recovery_slot"], SlotRole.RECOVERY, REPORT, 2)
    assert open_part(data_key, row["box"], REPORT, 2, "consent") == opened
    with pytest.raises(UnsealError):
        open_own_choices(keys, row["reporter_slot"], row["box"], report, number)
    with pytest.raises(UnsealError):
        open_data_key(office.epoch, row["office_slot"], SlotRole.OFFICE, report, number)
    with pytest.raises(UnsealError):
        open_part(data_key, row["box"], report, number, "consent")
    with pytest.raises(UnsealError):
        open_worker_addition(office.worker.pair, row["worker_box"], report, number)


def test_whoever_holds_the_code_opens_no_material(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    row = seal_material(office.public, PLACE, Material(story="x"), ())
    assert row["reporter_slot"] is None
    with pytest.raises(UnsealError):
        open_own_choices(ReceiptKeys(b"", KeyPair.generate()), row["office_slot"], row["box"], REPORT, 2)


def test_the_report_adds_up_in_order_each_thing_once_and_the_newest_consent_counts() -> None:
    one, two = (keep_picture(draw_screenshot(seed, 360, 640)) for seed in (1, 2))
    tag = BlindedTag(IdentifierKind.ACCOUNT, b"t" * 16)
    report = WorkerPayload(
        received_at=datetime(2026, 11, 23, tzinfo=UTC),
        answers=Answers(platforms=frozenset({Platform.X})),
        may_compare=True,
        pictures=(one,),
        tags=(tag,),
    )
    material = AdditionPayload(platforms=frozenset({Platform.TIKTOK}), pictures=(one, two), tags=(tag,))
    summed = add_up(report, [material, AdditionPayload(may_compare=False), material])
    assert summed.pictures == (one, two)
    assert summed.tags == (tag,)
    assert summed.answers.platforms == {Platform.X, Platform.TIKTOK}
    assert not summed.may_compare
    assert add_up(summed, [AdditionPayload(may_compare=True)]).may_compare
    assert add_up(report, []) == report
    assert AdditionPayload.from_bytes(material.to_bytes()) == material
    assert CHOICES.says_the_same(replace(CHOICES, consents=replace(CHOICES.consents, text_version="id-1")))
