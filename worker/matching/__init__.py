"""Finding reports that belong together, from fingerprints and blinded identifiers alone.

``ReportIndex.compare`` says what two reports have in common, a ``Decision`` what is made of it. Another way of
comparing replaces one of the two and leaves everything else as it is.
"""

from worker.matching.decision import Decision, decide
from worker.matching.entries import Entry, entry_key, open_entry, seal_entry
from worker.matching.evidence import classify
from worker.matching.finding import MOST_PER_CLASS, choose_findings
from worker.matching.index import Found, ReportIndex
from worker.matching.values import (
    Candidate,
    Features,
    Finding,
    PictureFeatures,
    PicturePair,
    Tag,
    list_features,
)

__all__ = [
    "MOST_PER_CLASS",
    "Candidate",
    "Decision",
    "Entry",
    "Features",
    "Finding",
    "Found",
    "PictureFeatures",
    "PicturePair",
    "ReportIndex",
    "Tag",
    "choose_findings",
    "classify",
    "decide",
    "entry_key",
    "list_features",
    "open_entry",
    "seal_entry",
]
