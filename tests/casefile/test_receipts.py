"""Receipt codes: made, copied badly, typed back, and turned into keys."""

from __future__ import annotations

import hmac
import itertools
import math
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2.low_level import Type, hash_secret_raw
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile import receipts, stretching
from casefile.boxes import derive
from casefile.errors import ReceiptError, UnsealError
from casefile.receipts import (
    WORDS,
    canonical_code,
    derive_receipt_keys,
    first_wrong_word,
    new_receipt_code,
    open_reply,
)
from casefile.sealing import seal_data_key, seal_message
from casefile.stretching import KdfCost, stretch
from tests.conftest import FULL_RECEIPT_COST

CODE = "mawar sungai pelita jendela kopi 4821"
SALT = b"s" * 16
PEPPER = b"p" * 32
REPORT = uuid.uuid4()

FORGIVEN = [
    CODE,
    "MAWAR SUNGAI PELITA JENDELA KOPI 4821",
    "  Mawar  sungai\tpelita\njendela kopi   4821 ",
    "mawar-sungai-pelita-jendela-kopi-4821",
    "mawar.sungai.pelita.jendela.kopi.4821.",
    "mawar\u2013sungai \u2014 pelita\u2011jendela\u00b7kopi 4821",
    "mawar, sungai, pelita, jendela, kopi, 4821",
    "mawar_sungai_pelita_jendela_kopi_4821",
    "mawar\u00a0sungai\u200bpelita\ufeff jendela kopi 4821",
    "\uff4d\uff41\uff57\uff41\uff52 sungai pelita jendela kopi \uff14\uff18\uff12\uff11",
    "mawar sungai pelita jendela kopi4821",
    "mawar sungai pelita jendela kopi 48 21",
    "mawar sungai pelita jendela kopi 4-8-2-1",
    "\u201cmawar sungai pelita jendela kopi 4821\u201d",
]
ILL_FORMED = [
    "",
    "   ",
    "4821",
    "mawar sungai pelita jendela 4821",
    "mawar sungai pelita jendela kopi",
    "mawar sungai pelita jendela kopi 482",
    "mawar sungai pelita jendela kopi 48211",
    "mawar sungai pelita jendela kopi teh 4821",
    "4821 mawar sungai pelita jendela kopi",
    "mawar 4821 sungai pelita jendela kopi",
    "mawar sungai pelita jendela kopi 4821 x",
    "mawarsungai pelita jendela kopi 4821",
    "mawar sungai pelita jendela k\u00f6pi 4821",
    "\u00e9mawar sungai pelita jendela kopi 4821",
    "m\u0430war sungai pelita jendela kopi 4821",
    "mawar sungai pelita jendela kopi \u0664\u0668\u0662\u0661",
    CODE + " " * 200,
]

word = st.sampled_from(WORDS)
codes = st.tuples(word, word, word, word, word, st.integers(min_value=0, max_value=9999)).map(
    lambda drawn: " ".join(drawn[:5]) + f" {drawn[5]:04d}"
)


@pytest.fixture(autouse=True)
def full_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a code costs outside tests."""
    monkeypatch.setattr(receipts, "RECEIPT_COST", FULL_RECEIPT_COST)


def test_a_code_has_at_least_68_bits() -> None:
    assert len(WORDS) == len(set(WORDS))
    assert 5 * math.log2(len(WORDS)) + math.log2(10_000) >= 68


def test_a_new_code_is_five_listed_words_and_four_digits_in_canonical_form() -> None:
    for _ in range(50):
        code = new_receipt_code()
        *words, digits = code.split(" ")
        assert len(words) == 5
        assert set(words) <= set(WORDS)
        assert len(digits) == 4
        assert canonical_code(code) == code


def test_every_word_and_digit_is_drawn_from_the_whole_range() -> None:
    asked: list[int] = []

    def last_of(count: int) -> int:
        asked.append(count)
        return count - 1

    assert new_receipt_code(last_of) == " ".join([WORDS[-1]] * 5) + " 9999"
    assert asked == [len(WORDS)] * 5 + [10_000]


def test_digits_keep_their_leading_zeros() -> None:
    assert new_receipt_code(lambda _: 0) == " ".join([WORDS[0]] * 5) + " 0000"


@pytest.mark.parametrize("typed", FORGIVEN)
def test_sloppy_typing_is_forgiven(typed: str) -> None:
    assert canonical_code(typed) == CODE


@pytest.mark.parametrize("typed", ILL_FORMED)
def test_another_form_is_a_receipt_error_that_does_not_hold_it(typed: str) -> None:
    with pytest.raises(ReceiptError) as caught:
        canonical_code(typed)
    assert str(caught.value) == "a receipt code is five words and four digits"


@settings(deadline=None)
@given(codes, st.sampled_from([" ", "  ", "-", ".", " - ", "\n"]), st.booleans())
def test_any_code_survives_case_and_separators(code: str, separator: str, upper: bool) -> None:
    typed = separator.join(code.split(" "))
    assert canonical_code(typed.upper() if upper else typed) == code


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_either_canonical_or_a_receipt_error(typed: str) -> None:
    try:
        code = canonical_code(typed)
    except ReceiptError:
        return
    assert canonical_code(code) == code


def test_a_word_that_left_the_list_still_makes_a_code() -> None:
    assert canonical_code("zzzz zzzz zzzz zzzz zzzz 0000") == "zzzz zzzz zzzz zzzz zzzz 0000"


@pytest.mark.parametrize("typed", FORGIVEN)
def test_nothing_is_wrong_with_a_code_typed_sloppily(typed: str) -> None:
    assert first_wrong_word(CODE, typed) is None


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("", 1),
        ("melati sungai pelita jendela kopi 4821", 1),
        ("mawar sungai pelita", 4),
        ("mawar sungai palita jendela kupi 4821", 3),
        ("mawar sungai pelita jendela kopi", 6),
        ("mawar sungai pelita jendela kopi 4812", 6),
        ("mawar sungai pelita jendela kopi 4821 lagi", 6),
        ("mawar sungai jendela kopi 4821", 3),
        ("mawar sungai pelita jendela 4821", 5),
    ],
)
def test_the_first_wrong_word_is_named(typed: str, position: int) -> None:
    assert first_wrong_word(CODE, typed) == position


@settings(deadline=None)
@given(codes, codes)
def test_nothing_is_wrong_only_when_the_codes_are_the_same(code: str, typed: str) -> None:
    assert (first_wrong_word(code, typed) is None) == (code == typed)


def test_a_fixed_code_gives_the_frozen_tag_and_key() -> None:
    keys = derive_receipt_keys(CODE, SALT, PEPPER)
    assert keys.tag.hex() == "77b45931286f76ebf98ec1cb406fe042e868d72765ac2128f21c29ced5f917de"
    assert keys.pair.public.kid.hex() == "f6d097b0f563a36ffea376a97f3b044b"


def test_the_tag_follows_the_written_scheme() -> None:
    root = hash_secret_raw(CODE.encode(), SALT, 3, 64 * 1024, 1, 32, Type.ID)
    keys = derive_receipt_keys(CODE, SALT, PEPPER)
    assert keys.tag == hmac.digest(PEPPER, derive(root, "lookup"), "sha256")
    assert keys.pair.seed == derive(root, "reporter", 96)


def test_sloppy_typing_gives_the_same_keys() -> None:
    exact, sloppy = (derive_receipt_keys(typed, SALT, PEPPER) for typed in (CODE, FORGIVEN[3].upper()))
    assert exact.tag == sloppy.tag
    assert exact.pair.seed == sloppy.pair.seed


def test_code_salt_and_pepper_each_change_the_tag() -> None:
    tags = {
        derive_receipt_keys(code, salt, pepper).tag
        for code, salt, pepper in [
            (CODE, SALT, PEPPER),
            ("mawar sungai pelita jendela kopi 4822", SALT, PEPPER),
            (CODE, b"t" * 16, PEPPER),
            (CODE, SALT, b"q" * 32),
        ]
    }
    assert len(tags) == 4


def test_without_the_pepper_the_key_pair_is_the_same_but_the_tag_is_not() -> None:
    known, guessed = (derive_receipt_keys(CODE, SALT, pepper) for pepper in (PEPPER, bytes(32)))
    assert known.pair.seed == guessed.pair.seed
    assert known.tag != guessed.tag


@pytest.mark.parametrize("typed", ["", "mawar", "\ud800", "x" * 100_000, CODE + " x"])
def test_an_ill_formed_code_pays_the_full_price_and_is_simply_unknown(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid: list[KdfCost] = []

    def counted(secret: bytes, salt: bytes, cost: KdfCost) -> bytes:
        paid.append(cost)
        return stretch(secret, salt, cost)

    monkeypatch.setattr(receipts, "stretch", counted)
    keys = derive_receipt_keys(typed, SALT, PEPPER)
    assert paid == [KdfCost(memory_kib=65536, passes=3, lanes=1)]
    assert keys.tag != derive_receipt_keys(CODE, SALT, PEPPER).tag
    assert len(keys.tag) == 32


def test_two_ill_formed_codes_share_no_keys() -> None:
    one, two = (derive_receipt_keys(typed, SALT, PEPPER) for typed in ("mawar", "melati"))
    assert one.tag != two.tag


def test_never_more_than_two_derivations_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running = itertools.count()
    entered = threading.Semaphore(0)
    leave = threading.Event()

    class Waiting:
        def __init__(self, **_cost: object) -> None:
            pass

        def derive(self, _secret: bytes) -> bytes:
            next(running)
            entered.release()
            assert leave.wait(30)
            return bytes(32)

    monkeypatch.setattr(stretching, "Argon2id", Waiting)
    with ThreadPoolExecutor(4) as pool:
        results = [pool.submit(stretch, b"x", SALT, KdfCost(8, 1, 1)) for _ in range(4)]
        assert entered.acquire(timeout=30)
        assert entered.acquire(timeout=30)
        assert not entered.acquire(timeout=0.2)
        assert next(running) == 2
        leave.set()
        assert [result.result(30) for result in results] == [bytes(32)] * 4


def test_a_turn_is_given_back_when_a_derivation_fails() -> None:
    for _ in range(3):
        with pytest.raises(ValueError, match="salt"):
            stretch(b"x", b"", KdfCost(8, 1, 1))
    assert len(stretch(b"x", SALT, KdfCost(8, 1, 1))) == 32


def test_a_reply_opens_with_the_receipt_alone() -> None:
    keys = derive_receipt_keys(CODE, SALT, PEPPER)
    sealed = seal_message(keys.pair.public, b"Kami sudah membaca.", REPORT, 2, "reporter")
    assert open_reply(derive_receipt_keys(CODE.upper(), SALT, PEPPER), sealed, REPORT, 2) == (b"Kami sudah membaca.")


def test_a_reply_opens_at_no_other_number_report_or_receipt() -> None:
    keys = derive_receipt_keys(CODE, SALT, PEPPER)
    other = derive_receipt_keys("mawar sungai pelita jendela kopi 4822", SALT, PEPPER)
    sealed = seal_message(keys.pair.public, b"x", REPORT, 2, "reporter")
    for holder, report_id, number in [(keys, REPORT, 3), (keys, uuid.uuid4(), 2), (other, REPORT, 2)]:
        with pytest.raises(UnsealError):
            open_reply(holder, sealed, report_id, number)


def test_only_what_was_sealed_as_a_reply_opens_as_one() -> None:
    keys = derive_receipt_keys(CODE, SALT, PEPPER)
    for sealed in (
        seal_message(keys.pair.public, b"x", REPORT, 2, "office"),
        seal_data_key(keys.pair.public, bytes(32), "reporter", REPORT),
    ):
        with pytest.raises(UnsealError):
            open_reply(keys, sealed, REPORT, 2)


def test_receipt_keys_show_nothing_of_themselves() -> None:
    assert repr(derive_receipt_keys(CODE, SALT, PEPPER)) == "ReceiptKeys()"
