"""What the pages on pairs have in common: who looks, and the reason that was ticked or typed."""

from __future__ import annotations

from flask.globals import request

from casefile.text import clean_text
from casefile.vocabulary import LinkGround
from triage.gate import person
from triage.links import DecisionReason, Viewer

REASON_LIMIT = 1000


def viewer() -> Viewer:
    """The signed-in person, as somebody who looks at two cases."""
    return Viewer(person().reader, person().role)


def typed_reason() -> DecisionReason:
    """Why a person decides on a pair: the common reasons that were ticked, and own words, cleaned."""
    ticked = set(request.form.getlist("ground"))
    grounds = tuple(ground for ground in LinkGround if ground.value in ticked)
    return DecisionReason(grounds, clean_text(request.form.get("reason", ""), REASON_LIMIT))
