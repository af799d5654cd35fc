"""The letter of a referral: plain Indonesian text, as wide as a sheet of A4, with what was ticked and nothing else."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from babel.dates import format_date

from casefile.submission import SafeContact, Submission
from casefile.vocabulary import ContactWay, ReasonCode, SharedPart, Urgency
from casefile.wording import label
from triage.bundles.pages import OFFICE_NAME, WIDTH, quoted
from triage.referrals.contents import Plan

NOT_ANSWERED = "tidak dijawab"
_WITHHELD = frozenset({ReasonCode.SUICIDAL, ReasonCode.VERY_HEAVY, ReasonCode.SAME_CONTENT, ReasonCode.SAME_ACCOUNT})
"""Reasons that tell of how the person feels, which is a part of its own, or of another person's report: never told."""
_SKIPPED = "SKIPPED"
"""Name of the answer of somebody who did not want to answer, in every list that has it."""
_RULE = "-" * WIDTH
_MARGIN = "  "


@dataclass(frozen=True)
class Sharing:
    """What a letter takes from: the case's code, level and reasons (pairs of code and points), the report as it stands.

    ``later`` is what the reporter told after sending: day and words.
    """

    case_code: str
    level: Urgency
    reasons: tuple[tuple[str, int], ...]
    submission: Submission = field(repr=False)
    later: tuple[tuple[date, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Letter:
    """``text`` is all that leaves. ``digest`` (hex) is equal for letters that share the same, on any day."""

    text: str = field(repr=False)
    digest: str


def compose(plan: Plan, sharing: Sharing, officer: str, on: date) -> Letter:
    """The letter that ``officer`` hands over on that day."""
    body = "\n".join(_body(plan, sharing))
    head = [f"RUJUKAN DARI {OFFICE_NAME}", "RAHASIA", "", f"Tanggal    : {_day(on)}"]
    head.append(f"Petugas    : {officer}")
    digest = hashlib.sha256(body.encode()).hexdigest()
    return Letter("\n".join([*head, body, ""]), digest)


def _body(plan: Plan, sharing: Sharing) -> Iterable[str]:
    yield f"Kepada     : {plan.recipient}"
    yield f"Bidang     : {label(plan.target) if plan.target else 'lain'}"
    yield f"Kode kasus : {sharing.case_code}"
    yield f"Dasar      : {label(plan.basis) if plan.basis else '-'}"
    yield from ("", "YANG DIMINTA", quoted(plan.purpose))
    if plan.account:
        yield from ("", "KETERANGAN PETUGAS", quoted(plan.account))
    yield from ("", "DATA YANG DIBAGIKAN")
    shared = [part for part in SharedPart if part in plan.parts]
    for part in shared:
        yield from (f"{_MARGIN}{label(part)}:", _SAYS[part](sharing))
    if not shared:
        yield f"{_MARGIN}Tidak ada. Hubungi petugas di atas."
    yield from ("", _RULE, *_fill(_CARE), "", *_SLIP)


def _one_line(sharing: Sharing) -> str:
    answers = sharing.submission.answers
    said = [_named(answers.kinds), f"usia {_one(answers.age)}"]
    if answers.platforms:
        said.append(_named(answers.platforms))
    if answers.threat is not None:
        said.append(f"ancaman: {label(answers.threat)}")
    return _wrapped("; ".join(said))


def _gender(sharing: Sharing) -> str:
    answers = sharing.submission.answers
    return _wrapped(f"{_one(answers.gender)}; penyandang disabilitas: {_one(answers.disability)}")


def _platforms(sharing: Sharing) -> str:
    sent = sharing.submission
    other = f" ({sent.platform_other})" if sent.platform_other else ""
    return _wrapped(f"{_named(sent.answers.platforms)}{other}")


def _contact(sharing: Sharing) -> str:
    contact: SafeContact = sharing.submission.contact
    if contact.way is ContactWay.NONE:
        return _wrapped("Tidak ada. Hubungi lewat petugas di atas.")
    said = [f"{label(contact.way)}: {contact.address}", f"jam: {contact.hours or NOT_ANSWERED}"]
    if contact.greeting:
        said.append(f"sapaan: {contact.greeting}")
    if contact.leave_no_message:
        said.append("JANGAN tinggalkan pesan")
    return quoted("\n".join(said))


def _urgency(sharing: Sharing) -> str:
    said = [label(sharing.level)]
    said += [label(ReasonCode(code)) for code, _ in sharing.reasons if code in set(ReasonCode) - _WITHHELD]
    return _wrapped("; ".join(said))


def _story(sharing: Sharing) -> str:
    told = sharing.submission.story
    said = [quoted(told) if told else _wrapped("Tidak ada cerita.")]
    said += [f"{_wrapped(f'Tambahan {_day(on)}:')}\n{quoted(words)}" for on, words in sharing.later if words]
    return "\n".join(said)


def _addresses(sharing: Sharing) -> str:
    lines = sharing.submission.addresses
    return quoted("\n".join(lines)) if lines else _wrapped(NOT_ANSWERED)


def _day(on: date) -> str:
    return format_date(on, "d MMMM yyyy", locale="id")


def _one(member: StrEnum) -> str:
    return NOT_ANSWERED if member.name == _SKIPPED else label(member)


def _named(members: frozenset[StrEnum] | Iterable[StrEnum]) -> str:
    chosen = set(members)
    kind = type(next(iter(chosen))) if chosen else None
    return ", ".join(label(one) for one in kind if one in chosen) if kind else NOT_ANSWERED


def _wrapped(text: str) -> str:
    indent = _MARGIN * 2
    return "\n".join(textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent))


def _fill(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH)


_SAYS: dict[SharedPart, Callable[[Sharing], str]] = {
    SharedPart.SUMMARY: _one_line,
    SharedPart.KINDS: lambda given: _wrapped(_named(given.submission.answers.kinds)),
    SharedPart.AGE: lambda given: _wrapped(_one(given.submission.answers.age)),
    SharedPart.GENDER: _gender,
    SharedPart.PLATFORMS: _platforms,
    SharedPart.RELATION: lambda given: _wrapped(_one(given.submission.answers.relation)),
    SharedPart.DISTRICT: lambda given: _wrapped(_one(given.submission.answers.district)),
    SharedPart.NEEDS: lambda given: _wrapped(_named(given.submission.answers.needs)),
    SharedPart.CONTACT: _contact,
    SharedPart.URGENCY: _urgency,
    SharedPart.FEELING: lambda given: _wrapped(_one(given.submission.answers.feeling)),
    SharedPart.STORY: _story,
    SharedPart.ADDRESSES: _addresses,
    SharedPart.FINGERPRINTS: lambda given: _wrapped(str(len(given.submission.pictures))),
}
_CARE = (
    "Pakai data ini hanya untuk permintaan di atas. Jangan teruskan, jangan salin ke tempat lain, dan hapus setelah"
    " selesai atau bila kami memintanya. Jangan hubungi yang mengalami dengan cara lain dari yang tertulis. Keterangan"
    " pelapor bukan kesimpulan hukum."
)
_SLIP = (
    "JAWABAN PENERIMA (kembalikan kepada petugas di atas)",
    "[ ] diterima    [ ] ditolak, karena: ______________________________________",
    "Nama dan tanggal: _________________________________________________________",
)
