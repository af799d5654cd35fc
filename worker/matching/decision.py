"""What is made of what two reports have in common: links that need no person, suggestions, or nothing.

Equal files (SHA-256) and equal blinded accounts, numbers and addresses are exact. An equal user name without a platform
is a suggestion, since two people may have it on two platforms. So is all that pictures have in common
(``worker.matching.evidence``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from casefile.contents import MatchReason
from casefile.vocabulary import IdentifierKind, MatchClass
from worker.matching.values import Candidate, Finding, PicturePair

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

    Where two reports share a file, alike pictures are not suggested as well, and where they share an account, neither
    is its bare name: the reports are linked already. Of several alike pictures the strongest class counts, and all
    that reach it are its reasons. What a device told of a file stands beside what was seen in the picture.
    """
    found = []
    told = [pair for pair in candidate.pictures if pair.match_class is MatchClass.SAME_DIGEST]
    if told:
        found.append(_pictures(candidate, MatchClass.SAME_DIGEST, told))
    for match_class in PICTURE_CLASSES:
        pairs = [pair for pair in candidate.pictures if pair.match_class is match_class]
        if pairs:
            found.append(_pictures(candidate, match_class, pairs))
            break
    classes = {CLASS_OF_TAG[tag.kind] for tag in candidate.tags}
    if MatchClass.SAME_ACCOUNT in classes:
        classes.discard(MatchClass.SAME_HANDLE)
    for match_class in sorted(classes):
        found.append(Finding(candidate.report_id, match_class, (MatchReason(match_class),)))
    return tuple(found)


PICTURE_CLASSES = (
    MatchClass.SAME_FILE,
    MatchClass.DUPLICATE,
    MatchClass.SAME_CONVERSATION,
    MatchClass.SAME_PICTURE,
    MatchClass.WEAK,
)
"""The strongest first."""


def _pictures(candidate: Candidate, match_class: MatchClass, pairs: Iterable[PicturePair]) -> Finding:
    ordered = sorted(pairs, key=lambda pair: (-pair.score, pair.own, pair.other))
    reasons = tuple(MatchReason(match_class, pair.own, pair.other, pair.agreement) for pair in ordered)
    return Finding(candidate.report_id, match_class, reasons, ordered[0].score)
