"""Measures the Indonesian texts of the portal, page by page, and prints what is not plain.

``python -m lint.plain_language --figures`` prints the figures of every page. The limits come from docs/house-rules.md;
English formulas of readability do not transfer, since Indonesian words are longer.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

ROOT = Path(__file__).resolve().parent.parent

MOST_WORDS = 10
"""Of a page's sentences, on average."""
MOST_LONG_SHARE = 0.15
LONG_SYLLABLES = 4
FEWEST_WORDS = 60
"""Shares of fewer words say nothing: one long word is already a sixth of six."""

PORTAL = ("templates/intake/", "intake/", "casefile/questions/")
BANNED = (
    "pengaduan", "sebagaimana dimaksud", "terlapor", "kronologi", "kronologis", "asesmen", "korban", "penyintas",
    "revenge porn", "video asusila", "asusila", "aib", "oknum", "pelaku", "tersangka", "bapak/ibu", "bapak", "ibu",
    "saudara/i", "kenapa anda mengirim", "mengapa anda mengirim",
)  # fmt: skip
LAW_NAMES = (
    "Tindak Pidana Kekerasan Seksual",
    "Pelindungan Data Pribadi",
    "Informasi dan Transaksi Elektronik",
    "Lembaga Perlindungan Saksi dan Korban",
)
"""Names that nobody may shorten or replace; they are left out before a text is measured."""

_BANNED = re.compile(rf"\b(?:{'|'.join(map(re.escape, BANNED))})\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\bdi\w+ oleh\b", re.IGNORECASE)
_LAW_NAME = re.compile("|".join(map(re.escape, LAW_NAMES)))
_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[”\")]*\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DIPHTHONG = re.compile(r"(?:ai|au|oi|ei)(?=$|[^aeiou][aeiou])")
_VOWEL = re.compile(r"[aeiou]")


def count_syllables(word: str) -> int:
    """Of an Indonesian word; of one said twice ("kata-kata"), those of one half; of an abbreviation in capitals, one.

    Every vowel is a syllable but in the diphthongs ai, au, oi and ei (EYD V, Kepmendikbudristek 0424/2022, I.C).
    Spelling does not tell a diphthong from two vowels; here it is one at the end of a word and before a consonant with
    a vowel (pan-tai, sau-da-ra), and two before a consonant that closes the word (la-ut, ba-ik).
    """
    if word.isupper():
        return 1
    return max(len(_VOWEL.findall(_DIPHTHONG.sub("a", part))) for part in word.lower().split("-"))


def is_long(word: str) -> bool:
    """Whether it takes a weak reader a second look."""
    return count_syllables(word) >= LONG_SYLLABLES


def _weigh(words: list[str]) -> int:
    return len(words) + sum(map(is_long, words))


@dataclass(frozen=True)
class PageTexts:
    """The texts of one file of the portal."""

    name: str
    texts: tuple[str, ...]

    @cached_property
    def sentences(self) -> tuple[list[str], ...]:
        """The words of each sentence; a text ends one, whatever its last letter."""
        cleaned = (_PLACE.sub("", _LAW_NAME.sub("", text)) for text in self.texts)
        split = (_WORD.findall(sentence) for text in cleaned for sentence in _SENTENCE_END.split(text))
        return tuple(words for words in split if words)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words in their order."""
        return tuple(word for sentence in self.sentences for word in sentence)

    @property
    def mean_words(self) -> float:
        """Words in a sentence."""
        return len(self.words) / max(1, len(self.sentences))

    @property
    def long_share(self) -> float:
        """Of all words, from 0 to 1."""
        return sum(map(is_long, self.words)) / max(1, len(self.words))

    @property
    def worst(self) -> str:
        """The sentence with the most words, a long one counting twice."""
        words = max(self.sentences, key=_weigh, default=[])
        return " ".join(words)

    @property
    def figures(self) -> str:
        """For people."""
        return f"{len(self.words)} words, {self.mean_words:.1f} a sentence, {self.long_share:.0%} long"


def find_breaches(page: PageTexts) -> Iterator[str]:
    """What is not plain on a page, one sentence each."""
    if page.mean_words > MOST_WORDS:
        yield f"{page.mean_words:.1f} words a sentence, at most {MOST_WORDS}; worst: {page.worst}"
    if page.long_share > MOST_LONG_SHARE and len(page.words) >= FEWEST_WORDS:
        most = f"at most {MOST_LONG_SHARE:.0%}"
        yield f"{page.long_share:.0%} words of {LONG_SYLLABLES} syllables, {most}; worst: {page.worst}"
    for text in page.texts:
        plain = _LAW_NAME.sub("", text)
        for banned in _BANNED.findall(plain):
            yield f"“{banned}” in: {text}"
        for passive in _PASSIVE.findall(plain):
            yield f"passive “{passive}” in: {text}"


def group_by_page(texts: Iterable[tuple[str, str]]) -> list[PageTexts]:
    """Pages of the portal from pairs of file and text, in the order of their names."""
    pages: dict[str, list[str]] = {}
    for name, text in texts:
        if name.startswith(PORTAL):
            pages.setdefault(name, []).append(text)
    return [PageTexts(name, tuple(pages[name])) for name in sorted(pages)]


def extract_texts(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """File and text of all that is marked for translation."""
    with (root / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    for name, _line, text, _comments, _context in extract_from_dir(root, methods, options, DEFAULT_KEYWORDS):
        for one in (text,) if isinstance(text, str) else text:
            yield name, one


def report(pages: Iterable[PageTexts]) -> Mapping[str, list[str]]:
    """The breaches of each page that has any."""
    return {page.name: breaches for page in pages if (breaches := list(find_breaches(page)))}


def main(words: list[str]) -> int:
    """Prints every breach; returns 1 if there is one."""
    pages = group_by_page(extract_texts())
    if "--figures" in words:
        for page in pages:
            print(f"{page.name}: {page.figures}; longest: {page.worst}")
    found = [f"{name}: {breach}" for name, breaches in report(pages).items() for breach in breaches]
    print("\n".join([*found, f"Plain language: {len(found) or 'no'} breaches on {len(pages)} pages."]))
    return min(len(found), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
