"""Why a person decided on a pair: common reasons that were ticked, and own words, as they lie in the sealed box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from casefile.contents import decode_json, encode_json
from casefile.vocabulary import LinkGround


@dataclass(frozen=True)
class DecisionReason:
    """``grounds`` in the order of their list; ``text`` is cleaned and may be empty."""

    grounds: tuple[LinkGround, ...] = ()
    text: str = ""

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.grounds or self.text)

    def to_bytes(self) -> bytes:
        """UTF-8 JSON."""
        return encode_json([[ground.value for ground in self.grounds], self.text])

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """The inverse of ``to_bytes``; words that were sealed before there were grounds are text alone."""
        try:
            grounds, text = decode_json(stored)
            return cls(tuple(LinkGround(one) for one in grounds), str(text))
        except (ValueError, TypeError):
            return cls(text=stored.decode(errors="replace"))
