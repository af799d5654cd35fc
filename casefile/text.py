"""Free text as people type it: made plain before it is sealed or shown, and looked over for numbers that name a person.

The only place where bleach is called.
"""

from __future__ import annotations

import html
import re
import unicodedata
from enum import StrEnum

import bleach
import phonenumbers

_TAG = r"/?[A-Za-z][^<>]*>|!--[^<>]*-->"
_OPENS_NO_TAG = re.compile(rf"<(?!{_TAG})")
_OPENS_TAG = re.compile(rf"<(?={_TAG})")
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"
    "\u202a-\u202e\u2066-\u2069"  # bidirectional overrides: they make text read otherwise than it is kept
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

_NOT_A_PHONE_BEFORE = re.compile(
    r"(?:\brp\.?|\bidr|[#/]|\b(?:resi|pesanan|order|invoice|transaksi|kode)\b[\w\s.:#-]{0,12})\s*$", re.IGNORECASE
)
_CONTEXT = 32
_SIXTEEN_DIGITS = re.compile(r"(?<![\d.,-])\d(?:[ .-]?\d){15}(?![.,-]?\d)")
_NIK = re.compile(
    r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])"  # province
    r"(?!00)\d\d(?!00)\d\d"  # regency, district
    r"(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])"  # day of birth, women +40
    r"(?:0[1-9]|1[0-2])\d\d(?!0000)\d{4}"  # month, year, serial
)


class PersonalNumber(StrEnum):
    """Kinds of number that point to one person."""

    PHONE = "phone"
    NIK = "nik"


def clean_text(raw: str, limit: int) -> str:
    """``raw`` as plain text: no tags, NFC, no control but newline and tab, trimmed, at most ``limit`` characters.

    What only looks like markup stays as typed: ``<3``, ``a < b & c``, ``&lt;``. Text that turns into a tag because one
    was cut out of its middle is broken by a space. Cleaning twice is cleaning once. Never raises. The result
    is text, not HTML: whoever shows it escapes it.
    """
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_BREAKS.sub("\n", raw)))
    text = _OPENS_NO_TAG.sub("&lt;", text.replace("&", "&amp;"))
    text = html.unescape(bleach.clean(text, tags=set(), attributes={}, strip=True))  # type: ignore[no-untyped-call]
    text = _OPENS_TAG.sub("< ", unicodedata.normalize("NFC", text))
    return text.strip()[: max(limit, 0)].strip()


def looks_like_phone_or_nik(text: str) -> set[PersonalNumber]:
    """Which kinds of personal number ``text`` seems to hold: to be pointed out to the writer, never to refuse the text.

    See ``find_personal_numbers``.
    """
    return {kind for _, _, kind in find_personal_numbers(text)}


def find_personal_numbers(text: str) -> list[tuple[int, int, PersonalNumber]]:
    """Where ``text`` seems to hold personal numbers: start, end, kind.

    A phone number is one that is valid as dialled from Indonesia, with its ``0``, ``62`` or ``+``; sums of money, order
    and parcel numbers are passed over. A NIK has 16 digits whose province, date and serial number are
    possible (PP 37/2007 art. 37: area, date of birth with the day raised by 40 for women, serial).
    """
    phones = [match for match in phonenumbers.PhoneNumberMatcher(text, "ID") if _is_phone(text, match)]
    niks = [match for match in _SIXTEEN_DIGITS.finditer(text) if _NIK.fullmatch(re.sub(r"\D", "", match[0]))]
    return [
        *((match.start, match.end, PersonalNumber.PHONE) for match in phones),
        *((match.start(), match.end(), PersonalNumber.NIK) for match in niks),
    ]


def _is_phone(text: str, match: phonenumbers.PhoneNumberMatch) -> bool:
    before = text[max(0, match.start - _CONTEXT) : match.start]
    return not _NOT_A_PHONE_BEFORE.search(before)
