"""Finds Indonesian on a page that should be in English; what people typed, codes and police papers do not count."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from tests.contracts.catalogues import indonesian_phrases

VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})
SPOKEN_ATTRIBUTES = frozenset({"alt", "aria-label", "title", "placeholder"})
NOT_OURS = frozenset({"typed", "story", "code"})
UNTRANSLATED = frozenset({"pre", "code", "textarea", "script", "style"})
SMALL_WORDS = re.compile(
    r"\b(yang|dan|atau|tidak|anda|kamu|untuk|dengan|dari|ini|itu|kami|bisa|akan|sudah|belum|oleh)\b",
    re.IGNORECASE,
)


class Words(HTMLParser):
    """Collects what a page says in its own words: texts and spoken attributes, not what people typed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.said: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = got["lang"]
        is_other = tag in UNTRANSLATED or got.get("translate") == "no" or (tag != "html" and got.get("lang") == "id")
        is_hidden = is_other or bool(NOT_OURS & set(got.get("class", "").split())) or self._is_hidden
        if not is_hidden:
            self.said += [got[name] for name in SPOKEN_ATTRIBUTES & set(got)]
        if tag not in VOID:
            self._open.append((tag, is_hidden))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_hidden:
            self.said.append(" ".join(data.split()))

    @property
    def _is_hidden(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def indonesian_in(html: str) -> set[str]:
    """Texts of a page that hold a message id, or a small word of Indonesian."""
    return {text for text in Words(html).said if text and text != "Layanan Warga" and _is_indonesian(text)}


@cache
def _is_indonesian(text: str) -> bool:
    return bool(SMALL_WORDS.search(text)) or any(phrase.stands_in(text) for phrase in indonesian_phrases())


def expect_english(html: str) -> None:
    """All of a page is in English, and it says so."""
    assert Words(html).language == "en"
    left = indonesian_in(html)
    assert not left, f"Indonesian on an English page: {left}"
