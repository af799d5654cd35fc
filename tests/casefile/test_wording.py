"""Every closed list that a screen shows has words, and the words keep the policy of docs/vocabulary.md."""

from __future__ import annotations

import re
from enum import StrEnum
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract

from casefile import vocabulary
from casefile.vocabulary import (
    FingerprintKind,
    HarmKind,
    JobName,
    Lane,
    PictureFault,
    QueueName,
    SafeNow,
    SlotRole,
    YesNo,
    YesNoUnknown,
)
from casefile.wording import N_, label

NEVER_ON_A_SCREEN = {FingerprintKind, JobName, Lane, QueueName, SlotRole}
LISTS: list[type[StrEnum]] = [getattr(vocabulary, name) for name in vocabulary.__all__]
SHOWN = [enum for enum in LISTS if enum not in NEVER_ON_A_SCREEN]
MEMBERS = [member for enum in SHOWN for member in enum]


@pytest.mark.parametrize("enum", SHOWN)
def test_every_member_of_a_list_on_a_screen_has_a_label_of_its_own(enum):
    labels = [label(member) for member in enum]
    assert all(text == text.strip() and text for text in labels)
    assert len({text.casefold() for text in labels}) == len(labels)


def test_equal_values_of_different_lists_keep_their_own_labels():
    assert SafeNow.NO == YesNo.NO == YesNoUnknown.NO
    assert label(SafeNow.NO) == "Tidak, saya sedang terancam"
    assert label(YesNo.NO) == "Tidak"


@pytest.mark.parametrize("enum", sorted(NEVER_ON_A_SCREEN, key=lambda enum: enum.__name__))
def test_lists_that_no_screen_shows_have_no_label(enum):
    with pytest.raises(KeyError):
        label(next(iter(enum)))


@pytest.mark.parametrize("fault", PictureFault)
def test_a_picture_fault_names_the_picture_by_its_number(fault):
    assert label(fault).format(number=3).startswith("Gambar 3 ")


@pytest.mark.parametrize("word", ["korban", "pelaku", "revenge porn", "asusila", "bapak", "ibu"])
def test_no_label_uses_a_word_that_blames_or_labels_a_person(word):
    spoken = [re.sub(r"terduga pelaku", "", label(member), flags=re.IGNORECASE) for member in MEMBERS]
    assert [text for text in spoken if re.search(rf"\b{word}\b", text, re.IGNORECASE)] == []


def test_marked_strings_come_back_unchanged_and_are_found_by_babel():
    assert N_("Darurat") == "Darurat"
    source = BytesIO(b'LABELS = {1: N_("Darurat")}')
    assert [message for _, message, *_ in extract("python", source)] == ["Darurat"]


def test_the_vocabulary_document_names_every_closed_list():
    document = (Path(__file__).parents[2] / "docs" / "vocabulary.md").read_text("utf-8")
    assert [enum.__name__ for enum in LISTS if f"`{enum.__name__}`" not in document] == []


def test_the_vocabulary_document_names_every_kind_of_harm():
    document = (Path(__file__).parents[2] / "docs" / "vocabulary.md").read_text("utf-8")
    assert [kind for kind in HarmKind if f"`{kind.value}`" not in document] == []
    assert [kind for kind in HarmKind if f"`{kind.name}`" not in document] == []
