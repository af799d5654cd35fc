"""A proof of work: only an answer to our own challenge, in time, and once."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from casefile.database import begin_write
from casefile.models import SpentProof
from intake.proofs import MOST_TRIES, Proof, ProofKeys, new_challenge, read_proof, spend
from tests.conftest import Database
from tests.factories import NOON
from tests.intake.opening import count

KEYS = ProofKeys.of(bytes(32))
LATER = timedelta(minutes=30)


def solve(challenge: str) -> str:
    """The answer to a challenge, as the phone sends it."""
    posed = altcha.Challenge.from_dict(json.loads(challenge))
    solution = altcha.solve_challenge(posed)
    assert solution is not None
    assert solution.counter < MOST_TRIES
    return altcha.Payload(posed, solution).to_base64()


def soon() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + LATER


@pytest.fixture(scope="module")
def answer() -> str:
    return solve(new_challenge(KEYS, soon()))


def change(answer: str, part: str, name: str, value: object) -> str:
    payload = json.loads(base64.b64decode(answer))
    place = payload["challenge"]["parameters"] if part == "parameters" else payload[part]
    place[name] = value
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_an_answer_is_a_proof_until_its_challenge_expires(answer: str) -> None:
    proof = read_proof(answer, KEYS)
    assert proof is not None
    assert timedelta() < proof.expires_at - datetime.now(UTC) <= LATER
    assert read_proof(solve(new_challenge(KEYS, datetime.now(UTC) - timedelta(seconds=5))), KEYS) is None


def test_challenges_differ_and_so_do_their_proofs(answer: str) -> None:
    other = read_proof(solve(new_challenge(KEYS, soon())), KEYS)
    assert other is not None
    assert other != read_proof(answer, KEYS)


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("parameters", "expiresAt", 4102444800),
        ("parameters", "cost", 1),
        ("parameters", "keyPrefix", ""),
        ("challenge", "signature", "00" * 32),
        ("challenge", "signature", None),
        ("solution", "derivedKey", "00" * 32),
        ("solution", "derivedKey", None),
    ],
)
def test_what_was_changed_is_no_proof(answer: str, part: str, name: str, value: object) -> None:
    assert read_proof(change(answer, part, name, value), KEYS) is None


def test_another_portals_challenge_is_no_proof(answer: str) -> None:
    assert read_proof(answer, ProofKeys.of(b"\1" * 32)) is None


def test_the_same_proof_written_differently_is_the_same_proof(answer: str) -> None:
    payload = json.loads(base64.b64decode(answer))
    payload["solution"]["derivedKey"] = payload["solution"]["derivedKey"].upper()
    payload["challenge"]["parameters"]["unknown"] = 1
    spelled = base64.b64encode(json.dumps(payload, indent=1).encode()).decode()
    assert spelled != answer
    assert read_proof(spelled, KEYS) == read_proof(answer, KEYS)


def as_payload(value: Any) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner))
PAYLOADS = st.fixed_dictionaries(
    {
        "challenge": st.fixed_dictionaries(
            {
                "parameters": st.fixed_dictionaries(
                    dict.fromkeys(("algorithm", "nonce", "salt", "cost", "expiresAt", "keyPrefix"), VALUES)
                ),
                "signature": VALUES,
            }
        ),
        "solution": st.fixed_dictionaries({"counter": VALUES, "derivedKey": VALUES}),
    }
)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80) | (VALUES | PAYLOADS).map(as_payload))
def test_rubbish_is_no_proof_and_no_error(sent: str) -> None:
    assert read_proof(sent, KEYS) is None


def test_a_text_without_measure_is_not_even_read() -> None:
    assert read_proof("e30=" * 1000, KEYS) is None


def test_the_intake_role_can_spend_a_proof_once_and_the_rollback_gives_it_back(database: Database) -> None:
    proof = Proof(bytes(32), NOON)
    outcomes = []
    for is_kept in (False, True, True):
        with Session(database.engine("intake")) as session:
            begin_write(session)
            outcomes.append(spend(session, proof))
            (session.commit if is_kept else session.rollback)()
    assert outcomes == [True, True, False]
    assert count(database, SpentProof) == 1
