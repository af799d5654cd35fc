"""What is made of a candidate: links that need no person, and suggestions. The one place to change that rule.

Equal files (SHA-256) and equal blinded accounts, numbers and addresses are exact. An equal user name without a platform
is a suggestion, since two people may have it on two platforms. Near pictures are a suggestion: PDQ distance up to 31 of
256 bits, both with quality 50 or more, the values that Meta publishes with PDQ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from casefile.contents import Agreement, MatchReason
from casefile.vocabulary import IdentifierKind, MatchClass
from worker.matching.values import Candidate, Finding, PicturePair

MATCH_THRESHOLD = 31
"""Bits of 256 in which two PDQ values may differ."""
QUALITY_FLOOR = 50
"""Below this PDQ quality a picture has too little structure to be compared."""

CLASS_OF_TAG = {
    IdentifierKind.ACCOUNT: MatchClass.SAME_ACCOUNT,
    IdentifierKind.PHONE: MatchClass.SAME_ACCOUNT,
    IdentifierKind.URL: MatchClass.SAME_ADDRESS,
    IdentifierKind.HANDLE: MatchClass.SAME_HANDLE,
}

Decision = Callable[[Candidate], tuple[Finding, ...]]
"""From what two reports have in common to the findings, each class once."""


def decide(candidate: Candidate) -> tuple[Finding, ...]:
    """The findings about one other report.

    Where two reports share a file, near pictures are not suggested as well, and where they share an account, neither is
    its bare name: the reports are linked already.
    """
    exact = [pair for pair in candidate.pictures if pair.distance is None]
    near = [pair for pair in candidate.pictures if pair.distance is not None]
    found = []
    if exact:
        found.append(_pictures(candidate, MatchClass.SAME_FILE, exact))
    elif near:
        found.append(_pictures(candidate, MatchClass.DUPLICATE, near))
    classes = {CLASS_OF_TAG[tag.kind] for tag in candidate.tags}
    if MatchClass.SAME_ACCOUNT in classes:
        classes.discard(MatchClass.SAME_HANDLE)
    for match_class in sorted(classes):
        found.append(Finding(candidate.report_id, match_class, (MatchReason(match_class),)))
    return tuple(found)


def _pictures(candidate: Candidate, match_class: MatchClass, pairs: Iterable[PicturePair]) -> Finding:
    reasons = tuple(
        MatchReason(
            match_class, pair.own, pair.other, None if pair.distance is None else Agreement(distance=pair.distance)
        )
        for pair in pairs
    )
    return Finding(candidate.report_id, match_class, reasons)
