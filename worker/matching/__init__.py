"""Finding reports that belong together, from fingerprints and blinded identifiers alone.

``ReportIndex.candidates`` says what two reports have in common, a ``Decision`` what is made of it. Another way of
comparing replaces one of the two and leaves everything else as it is.
"""

from worker.matching.decision import MATCH_THRESHOLD, QUALITY_FLOOR, Decision, decide
from worker.matching.finding import MOST_PER_CLASS, find_matches
from worker.matching.index import ReportIndex, open_payload
from worker.matching.values import Candidate, Features, Finding, PictureFeatures, PicturePair, Tag

__all__ = [
    "MATCH_THRESHOLD",
    "MOST_PER_CLASS",
    "QUALITY_FLOOR",
    "Candidate",
    "Decision",
    "Features",
    "Finding",
    "PictureFeatures",
    "PicturePair",
    "ReportIndex",
    "Tag",
    "decide",
    "find_matches",
    "open_payload",
]
