"""The receipt code: five Indonesian words and four digits that a reporter copies, and the keys that follow.

Neither code nor keys are stored: the row holds a keyed tag, the report's sealed part the public half. With
2,048 words a code has 68.3 bits, and every guess costs one Argon2id run over 64 MiB.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files
from uuid import UUID

from casefile.boxes import SEED_BYTES, KeyPair, derive, unbox, unpad, unwrap
from casefile.contexts import MESSAGE_ROLE, message_context, part_context, slot_context
from casefile.errors import ReceiptError
from casefile.stretching import KdfCost, stretch
from casefile.vocabulary import AdditionKind, SlotRole

WORD_COUNT = 5
DIGIT_COUNT = 4
RECEIPT_COST = KdfCost(memory_kib=64 * 1024, passes=3, lanes=1)

_LONGEST_TYPED = 200
_PIECES = re.compile(r"[^\W\d_]+|\d+")
_CANONICAL = re.compile(rf"(?:[a-z]+ ){{{WORD_COUNT}}}[0-9]{{{DIGIT_COUNT}}}")

WORDS: tuple[str, ...] = tuple(files("casefile").joinpath("wordlist_id.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True)
class ReceiptKeys:
    """``tag`` (32 bytes) finds the receipt's row; ``pair`` reads the replies. Neither shows in ``repr``."""

    tag: bytes = field(repr=False)
    pair: KeyPair = field(repr=False)


def new_receipt_code(randbelow: Callable[[int], int] = secrets.randbelow) -> str:
    """A new code in canonical form, such as ``mawar sungai pelita jendela kopi 4821``."""
    words = [WORDS[randbelow(len(WORDS))] for _ in range(WORD_COUNT)]
    return " ".join([*words, f"{randbelow(10**DIGIT_COUNT):0{DIGIT_COUNT}d}"])


def canonical_code(typed: str) -> str:
    """Lower case, one space between words, digits together; forgives case, spacing, hyphens, dots, full width.

    Raises ``ReceiptError`` unless that leaves five words of plain letters and then four digits. Words need not
    be on today's list: a code outlives a change of the list.
    """
    if len(typed) <= _LONGEST_TYPED:
        code = " ".join(_pieces(typed))
        if _CANONICAL.fullmatch(code):
            return code
    raise ReceiptError("a receipt code is five words and four digits")


def first_wrong_word(code: str, typed: str) -> int | None:
    """Where ``typed`` first differs from ``code``: 1 to 5 for a word, 6 for the digits or what follows them.

    None when both are the same code. Says nothing that the holder of ``code`` does not know already.
    """
    right, given = _pieces(code), _pieces(typed[:_LONGEST_TYPED])
    for position, word in enumerate(right, start=1):
        if given[position - 1 : position] != [word]:
            return position
    return None


def derive_receipt_keys(code: str, instance_salt: bytes, pepper: bytes) -> ReceiptKeys:
    """The lookup tag and the reporter's key pair: from a code as typed, a 16-byte salt, a 32-byte pepper.

    Never raises for what was typed: an ill-formed code is derived over its raw text at the same cost, and its
    tag is then simply unknown. Waits while two other derivations run in this process.
    """
    root = stretch(_secret_of(code), instance_salt, RECEIPT_COST)
    tag = hmac.digest(pepper, derive(root, "lookup"), "sha256")
    return ReceiptKeys(tag, KeyPair.from_seed(derive(root, "reporter", SEED_BYTES)))


def open_reply(keys: ReceiptKeys, sealed: bytes, report_id: UUID, number: int) -> bytes:
    """The text of a message that was sealed for the reporter. Raises ``UnsealError``."""
    return unpad(unwrap(keys.pair, sealed, MESSAGE_ROLE, *message_context(report_id, number, "reporter")))


def open_own_choices(keys: ReceiptKeys, slot: bytes, sealed: bytes, report_id: UUID, number: int) -> bytes:
    """What the reporter chose, from the slot that is the reporter's. Raises ``UnsealError``."""
    data_key = unwrap(keys.pair, slot, SlotRole.REPORTER.value, *slot_context(report_id, number))
    return unpad(unbox(data_key, sealed, *part_context(report_id, number, AdditionKind.CONSENT.value)))


def _pieces(typed: str) -> list[str]:
    """Runs of letters, then all digits that follow them as one: ``Kopi-48 21`` gives ``kopi``, ``4821``."""
    pieces = _PIECES.findall(unicodedata.normalize("NFKC", typed).lower())
    words = pieces[:WORD_COUNT]
    return [*words, "".join(rest)] if (rest := pieces[WORD_COUNT:]) else words


def _secret_of(code: str) -> bytes:
    try:
        return canonical_code(code).encode()
    except ReceiptError:
        return b"ill-formed|" + hashlib.sha256(code.encode("utf-8", "surrogatepass")).digest()
