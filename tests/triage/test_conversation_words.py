"""What in a reply may give away is found, whatever it looks like; shipped templates give nothing away themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import Babel

from casefile.additions import Choices
from casefile.submission import Consents
from lint.plain_language import BANNED
from tests.factories import NOON
from triage.conversation import REPLY_LIMIT, mark_giveaways, needs_second_look
from triage.conversation.giveaways import Giveaway
from triage.conversation_in_words import code_opened
from triage.message_templates import Address, Wording, shipped


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hubungi 0812-3456-7890.", [("0812-3456-7890", Giveaway.PHONE)]),
        ("NIK 3174055203990001 ya", [("3174055203990001", Giveaway.NIK)]),
        ("Baca (https://contoh.id/bantuan?x=1).", [("https://contoh.id/bantuan?x=1", Giveaway.LINK)]),
        ("Buka situs-kami.co.id, ya", [("situs-kami.co.id", Giveaway.LINK)]),
        ("surel a.b+c@contoh.co.id!", [("a.b+c@contoh.co.id", Giveaway.EMAIL)]),
        ("akun @budi_x. dan IG: nama.akun", [("@budi_x", Giveaway.ACCOUNT), ("IG: nama.akun", Giveaway.ACCOUNT)]),
        ("WA: 081234567890", [("081234567890", Giveaway.PHONE)]),
        ("Jam 12.30 s.d. 13.00, Rp 500.000 @ 2, dll. Halo.me... kata.", [("Halo.me", Giveaway.LINK)]),
        ("Apakah Anda aman malam ini? Tulis saja.", []),
        ("", []),
    ],
)
def test_each_kind_is_found_and_the_pieces_join_to_the_text(text: str, found: list[tuple[str, Giveaway]]) -> None:
    pieces = mark_giveaways(text)
    assert [(piece.text, piece.kind) for piece in pieces if piece.kind] == found
    assert "".join(piece.text for piece in pieces) == text
    assert needs_second_look(text) is bool(found)


@pytest.mark.parametrize("key", shipped())
def test_a_shipped_template_is_plain_short_and_gives_nothing_away(key: str) -> None:
    wording = Wording.from_body(shipped()[key])
    for text in (wording.text, wording.text_en):
        assert 0 < len(text) <= REPLY_LIMIT / 4
        assert not needs_second_look(text)
    assert not [word for word in BANNED if word in f" {wording.text.lower()} ".split()]
    sentences = [part for part in wording.text.replace("?", ".").replace("!", ".").split(".") if part.strip()]
    assert sum(len(part.split()) for part in sentences) / len(sentences) <= 10
    assert "Anda" not in wording.say(Address.CHILD)
    assert wording.say(Address.ENGLISH) == wording.text_en


def test_a_reporter_is_written_to_as_the_form_spoke() -> None:
    english, indonesian = Consents(text_version="en-1"), Consents(text_version="id-1")
    assert Address.of(None) is Address.of(Choices(consents=indonesian)) is Address.ADULT
    assert Address.of(Choices(consents=indonesian, is_child=True)) is Address.CHILD
    assert Address.of(Choices(consents=english, is_child=True)) is Address.ENGLISH
    assert Wording("a", "Halo Anda").say(Address.ENGLISH) == "Halo Anda"


def test_days_since_the_code_was_used_are_said_and_nothing_finer() -> None:
    app = Flask("words")
    app.config["BABEL_DEFAULT_LOCALE"] = "id"
    Babel(app)
    days = {None: "Belum ada catatan", 0: "hari ini", 1: "kemarin", 3: "belum membuka kode sejak 3 hari"}
    with app.test_request_context():
        for ago, said in days.items():
            assert said in code_opened(None if ago is None else (NOON - timedelta(days=ago)).date(), NOON)
