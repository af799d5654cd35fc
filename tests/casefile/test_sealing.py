"""Sealing and unsealing a report: opens in its own place for its own reader, and nowhere else."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.boxes import KeyPair
from casefile.errors import UnsealError
from casefile.sealing import (
    new_data_key,
    seal_data_key,
    seal_message,
    seal_note,
    seal_part,
    seal_worker_envelope,
)
from casefile.unsealing import (
    open_data_key,
    open_message,
    open_note,
    open_part,
    open_worker_envelope,
)
from casefile.vocabulary import SlotRole

OFFICE = KeyPair.generate()
REPORTER = KeyPair.generate()
WORKER = KeyPair.generate()
DATA_KEY = new_data_key()
REPORT = uuid.uuid4()
OTHER_REPORT = uuid.uuid4()
STORY = b"Akun palsu memakai nama saya."

any_bytes = st.binary(max_size=6000)
ids = st.uuids()
u32 = st.integers(min_value=0, max_value=2**32 - 1)


def test_every_data_key_is_new_and_has_32_bytes() -> None:
    keys = {new_data_key() for _ in range(20)}
    assert len(keys) == 20
    assert {len(key) for key in keys} == {32}


@settings(deadline=None)
@given(any_bytes, ids, u32, st.text(max_size=20))
def test_a_part_opens_where_it_was_sealed(data: bytes, report_id: uuid.UUID, position: int, kind: str) -> None:
    sealed = seal_part(DATA_KEY, data, report_id, position, kind)
    assert open_part(DATA_KEY, sealed, report_id, position, kind) == data


@settings(deadline=None, max_examples=30)
@given(ids, st.sampled_from(SlotRole))
def test_a_data_key_opens_from_its_slot(report_id: uuid.UUID, role: SlotRole) -> None:
    assert open_data_key(OFFICE, seal_data_key(OFFICE.public, DATA_KEY, role, report_id), role, report_id) == (DATA_KEY)


@settings(deadline=None, max_examples=30)
@given(any_bytes, ids)
def test_an_envelope_opens_for_the_worker(payload: bytes, report_id: uuid.UUID) -> None:
    sealed = seal_worker_envelope(WORKER.public, payload, report_id)
    assert open_worker_envelope(WORKER, sealed, report_id) == payload


@settings(deadline=None, max_examples=30)
@given(any_bytes, ids, u32, st.sampled_from(["office", "reporter"]))
def test_a_message_opens_for_its_reader(text: bytes, report_id: uuid.UUID, number: int, audience: str) -> None:
    sealed = seal_message(OFFICE.public, text, report_id, number, audience)
    assert open_message(OFFICE, sealed, report_id, number, audience) == text


@settings(deadline=None, max_examples=30)
@given(any_bytes, st.text(max_size=20), st.binary(max_size=32))
def test_a_note_opens_for_its_row(data: bytes, row_kind: str, row_id: bytes) -> None:
    sealed = seal_note(OFFICE.public, data, row_kind, row_id)
    assert open_note(OFFICE, sealed, row_kind, row_id) == data


def test_a_role_may_be_given_by_value() -> None:
    sealed = seal_data_key(OFFICE.public, DATA_KEY, "office", REPORT)
    assert open_data_key(OFFICE, sealed, SlotRole.OFFICE, REPORT) == DATA_KEY


def _part() -> bytes:
    return seal_part(DATA_KEY, STORY, REPORT, 0, "narrative")


def _slot() -> bytes:
    return seal_data_key(OFFICE.public, DATA_KEY, SlotRole.OFFICE, REPORT)


def _envelope() -> bytes:
    return seal_worker_envelope(WORKER.public, STORY, REPORT)


def _reply(number: int = 1) -> bytes:
    return seal_message(REPORTER.public, STORY, REPORT, number, "reporter")


def _note() -> bytes:
    return seal_note(OFFICE.public, STORY, "match", b"\1" * 16)


MOVED: dict[str, Callable[[], bytes]] = {
    "part to another report": lambda: open_part(DATA_KEY, _part(), OTHER_REPORT, 0, "narrative"),
    "parts reordered": lambda: open_part(DATA_KEY, _part(), REPORT, 1, "narrative"),
    "part under another kind": lambda: open_part(DATA_KEY, _part(), REPORT, 0, "links"),
    "part under another report's key": lambda: open_part(new_data_key(), _part(), REPORT, 0, "narrative"),
    "slot to another report": lambda: open_data_key(OFFICE, _slot(), SlotRole.OFFICE, OTHER_REPORT),
    "slot in another role": lambda: open_data_key(OFFICE, _slot(), SlotRole.RECOVERY, REPORT),
    "slot of another key": lambda: open_data_key(REPORTER, _slot(), SlotRole.OFFICE, REPORT),
    "envelope to another report": lambda: open_worker_envelope(WORKER, _envelope(), OTHER_REPORT),
    "envelope with the office key": lambda: open_worker_envelope(OFFICE, _envelope(), REPORT),
    "envelope read as a slot": lambda: open_data_key(WORKER, _envelope(), SlotRole.OFFICE, REPORT),
    "reply replayed at n+1": lambda: open_message(REPORTER, _reply(1), REPORT, 2, "reporter"),
    "reply to another report": lambda: open_message(REPORTER, _reply(), OTHER_REPORT, 1, "reporter"),
    "reply shown as the office's own": lambda: open_message(REPORTER, _reply(), REPORT, 1, "office"),
    "reply with the office key": lambda: open_message(OFFICE, _reply(), REPORT, 1, "reporter"),
    "note to another row": lambda: open_note(OFFICE, _note(), "match", b"\2" * 16),
    "note to another table": lambda: open_note(OFFICE, _note(), "case", b"\1" * 16),
    "note with the worker's key": lambda: open_note(WORKER, _note(), "match", b"\1" * 16),
}


@pytest.mark.parametrize("attempt", MOVED.values(), ids=MOVED.keys())
def test_what_was_moved_or_swapped_does_not_open(attempt: Callable[[], bytes]) -> None:
    with pytest.raises(UnsealError):
        attempt()


@settings(deadline=None)
@given(st.data())
def test_no_flipped_bit_in_a_part_goes_unseen(data: st.DataObject) -> None:
    changed = bytearray(_part())
    bit = data.draw(st.integers(min_value=0, max_value=8 * len(changed) - 1))
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(UnsealError):
        open_part(DATA_KEY, bytes(changed), REPORT, 0, "narrative")


def test_a_slot_that_holds_no_key_opens_no_part() -> None:
    planted = seal_data_key(OFFICE.public, b"too short", SlotRole.OFFICE, REPORT)
    with pytest.raises(UnsealError):
        open_part(open_data_key(OFFICE, planted, SlotRole.OFFICE, REPORT), _part(), REPORT, 0, "narrative")


SIZED: dict[str, tuple[Callable[[bytes], bytes], int]] = {
    "part": (lambda data: seal_part(DATA_KEY, data, REPORT, 0, "narrative"), 4096),
    "envelope": (lambda data: seal_worker_envelope(WORKER.public, data, REPORT), 4096),
    "message": (lambda data: seal_message(REPORTER.public, data, REPORT, 1, "reporter"), 1024),
    "note": (lambda data: seal_note(OFFICE.public, data, "match", b"\1"), 1024),
}


@pytest.mark.parametrize(("seal", "step"), SIZED.values(), ids=SIZED.keys())
def test_sealed_sizes_grow_in_steps_and_hide_the_length(seal: Callable[[bytes], bytes], step: int) -> None:
    shortest, fullest, over, two_full = (len(seal(bytes(length))) for length in (0, step - 4, step - 3, 2 * step - 4))
    assert shortest == fullest
    assert over == two_full == fullest + step


@pytest.mark.parametrize("role", ["worker", "msg", "OFFICE", ""])
def test_a_data_key_has_no_slot_for_another_role(role: str) -> None:
    with pytest.raises(ValueError, match="SlotRole"):
        seal_data_key(OFFICE.public, DATA_KEY, role, REPORT)


def test_a_message_has_no_third_audience() -> None:
    with pytest.raises(ValueError, match="office or for the reporter"):
        seal_message(OFFICE.public, STORY, REPORT, 1, "everyone")


@pytest.mark.parametrize("number", [-1, 2**32])
def test_a_number_that_does_not_fit_four_bytes_is_refused(number: int) -> None:
    with pytest.raises(OverflowError):
        seal_message(OFFICE.public, STORY, REPORT, number, "office")


def test_sealed_bytes_hold_nothing_of_the_story_or_its_place() -> None:
    for sealed in (_part(), _slot(), _envelope(), _reply(), _note()):
        assert b"Akun" not in sealed
        assert REPORT.bytes not in sealed
        assert DATA_KEY not in sealed
