"""A lost code: whether two reports may come from one person, as a question with what speaks for it and against it.

Asked only where the same file (equal SHA-256, also as a phone told it) came twice from somebody to whom it happened,
nobody says that it can be seen publicly, and no fact known of the person harmed differs. A file that was forwarded lies
on many phones, also on that of the person who did it: so this is never more than a question to the counsellor. It links
nothing by itself, opens no earlier thread, and no reporter is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from casefile.submission import Answers
from casefile.vocabulary import AgeBand, Gender, LinkState, MatchClass, ReporterRole, Spread
from casefile.wording import N_
from triage.links import Pair

_STAYED_PRIVATE = frozenset({Spread.NOT_YET, Spread.NO_CONTENT})
_SAME_FILE = frozenset({MatchClass.SAME_FILE, MatchClass.SAME_DIGEST})
_SAME_TRACE = frozenset({MatchClass.SAME_ACCOUNT, MatchClass.SAME_ADDRESS})


@dataclass(frozen=True)
class SameReporter:
    """Message ids of what speaks for one reporter and what speaks against."""

    speaks_for: tuple[str, ...]
    against: tuple[str, ...]


def suspect_same_reporter(pair: Pair) -> SameReporter | None:
    """The question, or None where it is not to be asked: behind a barrier, too, or where people said "not related"."""
    own, other = pair.own.summary, pair.other.summary
    if own is None or other is None or pair.barrier or pair.state is LinkState.REJECTED:
        return None
    return weigh_same_reporter(own.answers, other.answers, {match.match_class for match in pair.matches})


def weigh_same_reporter(one: Answers, other: Answers, classes: Iterable[MatchClass]) -> SameReporter | None:
    """The rule on the two reports' answers and on the classes of agreement between them."""
    found = set(classes)
    both = (one, other)
    if _SAME_FILE.isdisjoint(found) or any(answers.role is not ReporterRole.SELF for answers in both):
        return None
    if any(answers.spread is Spread.PUBLIC for answers in both) or _differs(one, other):
        return None
    has_age = AgeBand.SKIPPED not in {one.age, other.age}
    stayed_private = all(answers.spread in _STAYED_PRIVATE for answers in both)
    in_group = any(answers.spread is Spread.CLOSED_GROUP for answers in both)
    speaks_for = [
        (MatchClass.SAME_FILE in found, N_("Berkas gambar sama persis, byte demi byte.")),
        (MatchClass.SAME_FILE not in found, N_("Sidik berkas gambar sama persis, menurut ponsel.")),
        (True, N_("Keduanya mengisi sebagai yang mengalami.")),
        (has_age, N_("Kelompok usia sama.")),
        (stayed_private, N_("Menurut keduanya, gambar belum tersebar.")),
        (not _SAME_TRACE.isdisjoint(found), N_("Akun atau tautan yang sama disebut juga.")),
    ]
    against = [
        (True, N_("Pasangan, teman, atau orang yang melakukan bisa memegang berkas yang sama.")),
        (MatchClass.SAME_FILE not in found, N_("Sidik dari ponsel tidak bisa kami periksa.")),
        (in_group, N_("Gambar disebut ada di grup: anggota grup bisa punya berkas yang sama.")),
        (not stayed_private and not in_group, N_("Belum jelas apakah gambar sudah tersebar.")),
        (not has_age, N_("Kelompok usia belum diketahui.")),
    ]
    return SameReporter(
        tuple(text for holds, text in speaks_for if holds), tuple(text for holds, text in against if holds)
    )


def _differs(one: Answers, other: Answers) -> bool:
    """Something both answered about the person harmed, differently."""
    told: tuple[tuple[StrEnum, StrEnum, StrEnum], ...] = (
        (one.age, other.age, AgeBand.SKIPPED),
        (one.gender, other.gender, Gender.SKIPPED),
    )
    return any(skipped not in {first, second} and first is not second for first, second, skipped in told)
