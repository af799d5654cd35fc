"""From a line as typed (``tautan``) to the identifiers in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import phonenumbers

from casefile.identifiers.addresses import WRAPPING, has_known_suffix, read_address
from casefile.identifiers.forms import Identifier
from casefile.identifiers.sites import PLATFORM_SITES, user_name
from casefile.vocabulary import IdentifierKind, Platform

_LONGEST_LINE = 2000
_MOST_FOUND = 20
_REGION = "ID"

_WITH_SCHEME = re.compile(r"(?:https?|tg|whatsapp|instagram|fb)://[^\s<>\"“”]+", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"(?P<host>[^\s/@:?#,;()<>\"“”]+\.[^\s/@:?#,;()<>\"“”]+)(?P<rest>[:/?#]\S*)?")
_EMAIL = re.compile(r"(?P<local>[A-Za-z0-9._%+-]{1,64})@(?P<host>[A-Za-z0-9.-]+\.[A-Za-z]{2,})")
_ONLY_A_PHONE = re.compile(r"[+(]?\d[\d\s().+-]*")
_ZEROS_FOR_PLUS = re.compile(r"(?<!\d)00(?=62)")
_GLUE = re.compile(r"(?<=[A-Za-z])\s*[:=]\s*(?=[@\w])")
_SPLIT = re.compile(r"[\s,;|()\[\]<>\"“”]+")
_BARE_NAME = re.compile(r"[\w.-]{2,64}")
_JOINT = re.compile(r"[._-]+")
_TELLING = re.compile(r"[A-Za-z0-9._]*[A-Za-z][A-Za-z0-9._]*")
_SHORTEST_TELLING = 5

_SITE_WORDS = {
    "ig": "instagram", "insta": "instagram", "instagram": "instagram",
    "tt": "tiktok", "tiktok": "tiktok", "tik-tok": "tiktok",
    "tw": "x", "twitter": "x", "x": "x",
    "tg": "telegram", "tele": "telegram", "telegram": "telegram",
    "fb": "facebook", "facebook": "facebook", "efbi": "facebook",
}  # fmt: skip
_LABELLED = re.compile(rf"(?P<site>{'|'.join(_SITE_WORDS)})\s*[:=]\s*@?(?P<name>[\w.]{{4,50}})", re.IGNORECASE)
_NO_NAMES_WORDS = """
    tidak tidaktahu tidakada tidakpunya gatau gaktau nggaktau tau tahu lupa kosong belum nggak enggak ngga none
    null anonim anonymous unknown mantan pacar suami istri teman dia saya sendiri akun akunnya palsu privat
    private dihapus hilang hapus diblokir blokir rahasia ada banyak semua grup admin nama username link profil
    pelaku korban orang contoh instagram tiktok twitter telegram facebook whatsapp wa gmail
"""
_NO_NAMES = frozenset(_NO_NAMES_WORDS.split())
_MAIL_HOSTS = frozenset(
    {"gmail.com", "yahoo.com", "yahoo.co.id", "hotmail.com", "outlook.com", "icloud.com", "proton.me"}
)
_NAMELESS_PLATFORMS = frozenset({Platform.WHATSAPP, Platform.LOAN_APP})


def parse_identifier(line: str, platforms: Iterable[Platform] | None = None) -> list[Identifier]:
    """Every identifier that one line names, in its canonical form, without repeats; empty for a line that names none.

    ``platforms`` are the ones the reporter ticked: they place a user name that is typed without an address. A
    platform named in the line itself (``ig: nama``) counts more. A profile's address gives the account and the URL.
    Words without ``@`` count as a user name only when they have a digit, a dot or an underscore or a label in front, so
    that two people who write "lupa" are not linked. Reads at most 2,000 characters. Never raises, asks no network.
    """
    text = unicodedata.normalize("NFKC", line[:_LONGEST_LINE])
    text = text.encode("utf-8", "ignore").decode().strip()
    found: dict[Identifier, None] = {}
    rest = _take_addresses(text, found)
    rest = _take_phones(rest, found)
    ticked = frozenset(platforms or ())
    found.update(dict.fromkeys(_accounts(rest, ticked)))
    return list(found)[:_MOST_FOUND]


def _take_addresses(text: str, found: dict[Identifier, None]) -> str:
    """``text`` without its URLs and e-mail addresses, which are added to ``found``."""

    def take_url(match: re.Match[str]) -> str:
        found.update(dict.fromkeys(_from_address(match[0].rstrip(WRAPPING))))
        return " "

    def take_bare(match: re.Match[str]) -> str:
        host = match["host"].strip(WRAPPING)
        if not has_known_suffix(host) or _is_mention(match):
            return match[0]
        named = list(_from_address(f"https://{match[0].strip(WRAPPING)}"))
        found.update(dict.fromkeys(named))
        return f" {host} " if named and match[0] == text and not match["rest"] else " "

    def take_email(match: re.Match[str]) -> str:
        if not has_known_suffix(match["host"]):
            return match[0]
        found[Identifier(IdentifierKind.ACCOUNT, f"email:{match[0].lower()}")] = None
        return " "

    return _WITHOUT_SCHEME.sub(take_bare, _EMAIL.sub(take_email, _WITH_SCHEME.sub(take_url, text)))


def _is_mention(match: re.Match[str]) -> bool:
    return match.string[max(0, match.start() - 1) : match.start()] == "@"


def _from_address(address: str) -> Iterator[Identifier]:
    page = read_address(address)
    if page is None:
        return
    if page.phone:
        yield from _phone(f"+{page.phone}" if not page.phone.startswith("0") else page.phone)
    if page.account:
        yield Identifier(IdentifierKind.ACCOUNT, page.account)
    if page.address:
        yield Identifier(IdentifierKind.URL, f"https://{page.address}")


def _take_phones(text: str, found: dict[Identifier, None]) -> str:
    """``text`` without its phone numbers, which are added to ``found``."""
    text = _ZEROS_FOR_PLUS.sub("+", text)
    if _ONLY_A_PHONE.fullmatch(text):
        found.update(dict.fromkeys(_phone(text)))
        return ""
    rest = text
    for match in phonenumbers.PhoneNumberMatcher(text, _REGION):
        found.update(dict.fromkeys(_phone(match.raw_string)))
        rest = rest.replace(match.raw_string, " ")
    return rest


def _phone(typed: str) -> Iterator[Identifier]:
    try:
        number = phonenumbers.parse(typed, _REGION)
    except phonenumbers.NumberParseException:
        return
    if phonenumbers.is_valid_number(number):
        canonical = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        yield Identifier(IdentifierKind.PHONE, canonical)


def _accounts(text: str, ticked: frozenset[Platform]) -> Iterator[Identifier]:
    stripped = (word.strip(WRAPPING) for word in _SPLIT.split(_GLUE.sub(" ", text)))
    words = [word for word in stripped if word]
    sites = sorted({_SITE_WORDS[word.lower()] for word in words if _names_a_site(word, words)})
    certain = len(sites) == 1
    if not sites:
        sites = sorted(PLATFORM_SITES[platform] for platform in ticked if platform in PLATFORM_SITES)
        certain = len(sites) == 1 and len(ticked - _NAMELESS_PLATFORMS) == 1
    for name in _names(text.strip(), words):
        yield from _place(name, sites, certain=certain)


def _names_a_site(word: str, words: list[str]) -> bool:
    """``x`` names the site only beside a single other word: elsewhere it is a letter."""
    return word.lower() in _SITE_WORDS and (word.lower() != "x" or len(words) == len(("x", "@nama")))


def _names(text: str, words: list[str]) -> Iterator[str]:
    """What stands for a user name in a line: every ``@nama``, else a labelled or a telling word that stands alone."""
    mentions = [word.lstrip("@") for word in words if word.startswith("@")]
    if mentions:
        yield from (name for name in mentions if _BARE_NAME.fullmatch(name) and _names_somebody(name))
        return
    labelled = _LABELLED.fullmatch(text)
    if labelled:
        words = [labelled["name"]]
    alone = [word for word in words if word.lower() not in _SITE_WORDS]
    if len(alone) == 1 and _names_somebody(alone[0]) and (labelled or _is_telling(alone[0])):
        yield alone[0]


def _names_somebody(name: str) -> bool:
    """Not ``@nama_akun``, ``@tidak_tahu`` or ``@gmail.com``: strangers who write the same of these name nobody."""
    pieces = [piece for piece in _JOINT.split(name.lower()) if piece]
    return name.lower() not in _MAIL_HOSTS and not _NO_NAMES.issuperset(pieces)


def _is_telling(word: str) -> bool:
    marked = any(char.isdigit() or char in "._" for char in word)
    return marked and len(word) >= _SHORTEST_TELLING and bool(_TELLING.fullmatch(word))


def _place(name: str, sites: list[str], *, certain: bool) -> Iterator[Identifier]:
    placed = [f"{site}:{known}" for site in sites if (known := user_name(site, name))]
    for canonical in placed:
        yield Identifier(IdentifierKind.ACCOUNT, canonical)
    if not (certain and placed) and name.strip("._-"):
        yield Identifier(IdentifierKind.HANDLE, f"handle:{unicodedata.normalize('NFKC', name.casefold())}")
