"""The recovery sheet: survives paper, notices a slip, restores and re-signs."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.boxes import KeyPair
from casefile.errors import KeyFileError
from casefile.keyring import (
    OfficePublicKeys,
    RecoverySheet,
    load_public_keys,
    write_public_keys,
)
from casefile.sealing import seal_data_key
from casefile.unsealing import open_data_key

SHEET = RecoverySheet(bytes(range(32)))
SHEET_TEXT = "AAAQ EAYE AUDA OCAJ BIFQ YDIO B4IB\nCEQT CQKR MFYY DENB WHA5 DYPZ RRWM"


def test_a_fixed_sheet_gives_the_frozen_text_and_keys() -> None:
    assert SHEET.to_text() == SHEET_TEXT
    assert SHEET.pair().public.kid.hex() == "f9dc4579c6bbce2ca61c9b223a375e75"
    assert SHEET.root_key().public_key().public_bytes_raw().hex() == (
        "1f5387a1b42f51b1de32bfcbe32fe17e2e957e9ad96fcf31b12f57d92b527175"
    )


@settings(deadline=None)
@given(st.binary(min_size=32, max_size=32))
def test_a_sheet_survives_paper(secret: bytes) -> None:
    assert RecoverySheet.from_text(RecoverySheet(secret).to_text()) == RecoverySheet(secret)


@pytest.mark.parametrize(
    "typed",
    [
        SHEET_TEXT.lower(),
        SHEET_TEXT.replace(" ", "-"),
        SHEET_TEXT.replace(" ", "").replace("\n", ""),
        f"  {SHEET_TEXT}  \n",
        SHEET_TEXT.replace("O", "0").replace("I", "1").replace("B", "8"),
    ],
)
def test_a_sheet_typed_sloppily_is_read(typed: str) -> None:
    assert RecoverySheet.from_text(typed) == SHEET


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=55), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_wrong_character_on_the_sheet_is_noticed(position: int, wrong: str) -> None:
    text = SHEET_TEXT.replace(" ", "").replace("\n", "")
    typed = text[:position] + wrong + text[position + 1 :]
    if typed != text:
        with pytest.raises(KeyFileError, match="typed correctly"):
            RecoverySheet.from_text(typed)


@pytest.mark.parametrize("typed", ["", "AAAQ", "????", SHEET_TEXT + " AAAA", SHEET_TEXT[:-5], "\u00e9" * 56])
def test_another_text_is_no_sheet(typed: str) -> None:
    with pytest.raises(KeyFileError):
        RecoverySheet.from_text(typed)


def test_a_sheet_of_another_length_is_refused() -> None:
    with pytest.raises(KeyFileError):
        RecoverySheet(bytes(31))


def test_every_generated_sheet_is_new() -> None:
    assert RecoverySheet.generate() != RecoverySheet.generate()


def test_one_sheet_of_paper_restores_a_report_and_signs_new_keys(tmp_path: Path) -> None:
    report_id, data_key = uuid.uuid4(), bytes(range(32))
    sheet = RecoverySheet.generate()
    slot = seal_data_key(sheet.pair().public, data_key, "recovery", report_id)
    pinned = sheet.root_key().public_key().public_bytes_raw()

    found = RecoverySheet.from_text(sheet.to_text())
    assert open_data_key(found.pair(), slot, "recovery", report_id) == data_key
    public = KeyPair.generate().public
    keys = OfficePublicKeys(8, public, sheet.pair().public, public, bytes(32), date(2026, 11, 23))
    write_public_keys(tmp_path / "office.json", keys, found.root_key())
    assert load_public_keys(tmp_path / "office.json", pinned) == keys


def test_a_sheet_does_not_show_in_repr() -> None:
    assert repr(SHEET) == "RecoverySheet()"
