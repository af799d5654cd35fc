"""Which lane a report takes (docs/decisions/0010-lanes-and-proof-of-work.md). It is taken in any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from casefile.vocabulary import Lane
from intake.load import Load
from intake.proofs import Proof, ProofKeys, read_proof

TRAP_FIELD = "website"
"""A field that nobody sees, for machines that fill in everything."""
QUICKEST = timedelta(seconds=5)
"""Nobody reads and fills in the form in less."""


@dataclass(frozen=True)
class Sending:
    """What is known of a report that is being sent. ``proof`` is what came in its field, unchecked."""

    address: str
    begun_at: datetime
    is_trapped: bool
    is_in_danger: bool
    proof: str


@dataclass(frozen=True)
class Admission:
    """The lane of a report. Where ``proof`` is given, the lane rests on it and holds only if it can be spent."""

    lane: Lane = Lane.USUAL
    proof: Proof | None = None


def admit(sending: Sending, load: Load, keys: ProofKeys, now: datetime) -> Admission:
    """Count the report and choose its lane."""
    is_high = load.is_high(sending.address, now)
    load.count(sending.address, now)
    proof = read_proof(sending.proof, keys) if is_high else None
    if not looks_sent_by_machine(sending, now) and (proof is not None or not is_high):
        return Admission(Lane.USUAL, proof)
    if sending.is_in_danger and load.take_pass(now):
        return Admission(Lane.USUAL)
    return Admission(Lane.SLOW)


def looks_sent_by_machine(sending: Sending, now: datetime) -> bool:
    """Whether something was filled in that nobody sees, or faster than anybody reads."""
    return sending.is_trapped or now - sending.begun_at < QUICKEST
