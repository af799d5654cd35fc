"""Two people who name the same account, address or number in different spellings get the same tag; others never do."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.identifiers import Identifier, blind_first, blind_second, looks_confusable, parse_identifier
from casefile.vocabulary import IdentifierKind, Platform

from .identifier_pairs import DIFFERENT, SAME, Side

K1, K2 = bytes(range(32)), bytes(range(32, 64))
PIECES = st.lists(
    st.sampled_from(
        ["https://", "http://", "www.", "m.", "instagram.com", "facebook.com", "x.com", "t.me", "tiktok.com", "/",
         "youtu.be", "wa.me", "contoh.id", "xn--", "@", "budi", "Budi_S", "p", "reel", "status", "profile.php", "?id=",
         "&", "=", "%", "%2F", "#", ":", "80", "[", "]", "..", ".", " ", "\\", "0812", "3456", "7890", "+62", "ig:",
         "100012345678", "ä", "і", "\u202e", "\ud800", "\x00", "１", "tg://resolve?domain=", "l.facebook.com/l.php?u="]
    ),
    max_size=10,
).map("".join)  # fmt: skip
LINES = st.one_of(PIECES, st.text(st.characters(exclude_categories=()), max_size=80))
TICKED = st.frozensets(st.sampled_from(Platform))


def found_in(side: Side) -> set[Identifier]:
    line, ticked = (side, ()) if isinstance(side, str) else (side[0], side[1:])
    return set(parse_identifier(line, ticked))


def tags_of(side: Side) -> set[tuple[IdentifierKind, bytes]]:
    return {(each.kind, blind_second(each.kind, blind_first(each, K1), K2)) for each in found_in(side)}


def test_the_golden_table_has_more_than_120_pairs() -> None:
    assert len(SAME) + len(DIFFERENT) >= 120


@pytest.mark.parametrize(("left", "right"), SAME, ids=str)
def test_spellings_of_one_thing_share_a_tag(left: Side, right: Side) -> None:
    assert tags_of(left) & tags_of(right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT, ids=ascii)
def test_different_things_share_no_tag(left: Side, right: Side) -> None:
    assert not tags_of(left) & tags_of(right)


@pytest.mark.parametrize(
    ("line", "ticked", "expected"),
    [
        ("https://www.instagram.com/Budi_S/", [], ["account instagram:budi_s", "url https://instagram.com/budi_s"]),
        ("t.me/+6281234567890", [], ["phone +6281234567890"]),
        ("https://vt.tiktok.com/ZSabCdE/", [], ["url https://vt.tiktok.com/ZSabCdE"]),
        (
            "fb.com/profile.php?id=100012345678901",
            [],
            ["account facebook:id:100012345678901", "url https://facebook.com/profile.php?id=100012345678901"],
        ),
        ("@Budi_S", [], ["handle handle:budi_s"]),
        ("@Budi_S", [Platform.INSTAGRAM], ["account instagram:budi_s"]),
        ("@Budi_S", [Platform.WHATSAPP, Platform.X], ["account x:budi_s"]),
        (
            "@Budi_S",
            [Platform.TIKTOK, Platform.INSTAGRAM],
            ["account instagram:budi_s", "account tiktok:budi_s", "handle handle:budi_s"],
        ),
        ("@Budi_S", [Platform.INSTAGRAM, Platform.OTHER], ["account instagram:budi_s", "handle handle:budi_s"]),
        ("@budi.s", [Platform.X], ["handle handle:budi.s"]),
        ("@rizky.id", [], ["handle handle:rizky.id"]),
        ("rizky.id", [], ["url https://rizky.id", "handle handle:rizky.id"]),
        ("budi.s@gmail.com", [], ["account email:budi.s@gmail.com"]),
        (
            "@budi_s di ig, WA 0812 3456 7890, https://contoh.id/x",
            [],
            ["url https://contoh.id/x", "phone +6281234567890", "account instagram:budi_s"],
        ),
        ("https://www.facebook.com/", [], []),
        ("https://[::1/", [], []),
        ("https://contoh.id:99999/", [], []),
        ("http://localhost/x", [], []),
    ],
)
def test_a_line_gives_exactly_these(line: str, ticked: list[Platform], expected: list[str]) -> None:
    assert [f"{each.kind.value} {each.canonical}" for each in parse_identifier(line, ticked)] == expected


@given(LINES, TICKED)
def test_any_line_can_be_read_and_nothing_comes_twice(line: str, ticked: frozenset[Platform]) -> None:
    found = parse_identifier(line, ticked)
    assert len(set(found)) == len(found)
    assert all(each.canonical.encode() for each in found)


@given(LINES, TICKED)
def test_reading_a_canonical_address_or_number_again_changes_nothing(line: str, ticked: frozenset[Platform]) -> None:
    for each in parse_identifier(line, ticked):
        if each.kind not in {IdentifierKind.ACCOUNT, IdentifierKind.HANDLE}:
            assert each in parse_identifier(each.canonical)


@given(LINES)
def test_ticked_platforms_come_in_any_order(line: str) -> None:
    assert parse_identifier(line, list(Platform)) == parse_identifier(line, list(Platform)[::-1])


def test_no_line_makes_anybody_ask_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *where: asked.append(where))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_: asked.append(where))
    for side, _ in SAME:
        found_in(side)
    assert asked == []


def test_a_very_long_line_is_read_only_in_part() -> None:
    assert len(parse_identifier(" ".join(f"@nama_{place}" for place in range(100_000)))) <= 20


@given(st.sampled_from(IdentifierKind), st.text(min_size=1, alphabet=st.characters(codec="utf-8")))
def test_one_canonical_form_gives_one_tag_of_16_bytes(kind: IdentifierKind, canonical: str) -> None:
    tags = {blind_second(kind, blind_first(Identifier(kind, canonical), K1), K2) for _ in range(2)}
    assert [len(tag) for tag in tags] == [16]


@given(st.binary(min_size=32, max_size=64), st.binary(min_size=32, max_size=64))
def test_another_key_in_either_step_gives_another_tag(k1: bytes, k2: bytes) -> None:
    known = Identifier(IdentifierKind.PHONE, "+6281234567890")
    tag = blind_second(known.kind, blind_first(known, K1), K2)
    assert (blind_second(known.kind, blind_first(known, k1), K2) == tag) == (k1 == K1)
    assert (blind_second(known.kind, blind_first(known, K1), k2) == tag) == (k2 == K2)


def test_the_same_words_as_another_kind_give_another_tag_in_both_steps() -> None:
    firsts = {blind_first(Identifier(kind, "sama"), K1) for kind in IdentifierKind}
    seconds = {blind_second(kind, b"sama" * 8, K2) for kind in IdentifierKind}
    assert len(firsts) == len(seconds) == len(IdentifierKind)


@pytest.mark.parametrize("key", [b"", bytes(31)])
def test_a_short_key_is_refused(key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        blind_first(Identifier(IdentifierKind.PHONE, "+6281234567890"), key)
    with pytest.raises(ValueError, match="32 bytes"):
        blind_second(IdentifierKind.PHONE, bytes(32), key)


def test_an_identifier_does_not_show_itself() -> None:
    assert "0812" not in repr(Identifier(IdentifierKind.PHONE, "+620812"))


@pytest.mark.parametrize("canonical", ["handle:budі_s", "handle:аni", "https://xn--pypal-4ve.com/x"])
def test_letters_of_another_script_that_look_latin_are_flagged(canonical: str) -> None:
    assert looks_confusable(canonical)


@pytest.mark.parametrize(
    "canonical",
    [
        "instagram:budi_s",
        "instagram:bud1_5",
        "+6281234567890",
        "https://xn--bcher-kva.de/x",
        "handle:李",
        "https://xn--/x",
    ],
)
def test_what_looks_like_itself_is_not_flagged(canonical: str) -> None:
    assert not looks_confusable(canonical)
