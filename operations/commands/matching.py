"""``suluh matching``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from casefile.database import open_engine
from operations.environment import current_office
from triage.reviewing import ClassReview, review_matches

COLUMNS = (
    "class",
    "matches",
    "by rule",
    "related",
    "not related",
    "open",
    "undone",
    "open days",
    "checked",
    "agreed",
    "precision",
)
NOTE = """\
precision: related / (related + not related), by the newest decision of a person; 95 % interval after Wilson.
open: never decided, not sure, or undone. A decision is on a pair of cases and counts for each of its matches.
checked: judged again by a second person who did not see the first decision; agreed: both said the same."""


@click.group()
def matching() -> None:
    """Finding reports that belong together."""


@matching.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def review(as_json: bool) -> None:
    """How often suggestions were right, by class, from what people decided. Opens nothing that is sealed."""
    engine = open_engine(current_office().owner_url)
    with Session(engine) as session:
        reviews = review_matches(session, datetime.now(UTC))
    engine.dispose()
    if as_json:
        for one in reviews:
            click.echo(json.dumps(_as_object(one)))
        return
    click.echo(_table([COLUMNS, *map(_as_row, reviews)]))
    click.echo(f"\n{NOTE}")


def _as_object(one: ClassReview) -> dict[str, object]:
    return {
        "class": one.match_class.value,
        "matches": one.matches,
        "by_rule": one.by_rule,
        "related": one.related,
        "not_related": one.unrelated,
        "open": one.open,
        "undone": one.undone,
        "open_days": one.open_days,
        "checked": one.checked,
        "agreed": one.agreed,
        "agreement": one.agreement,
        "precision": one.precision,
        "interval": one.interval,
    }


def _as_row(one: ClassReview) -> tuple[str, ...]:
    counts = (one.matches, one.by_rule, one.related, one.unrelated, one.open, one.undone)
    days = "-" if one.open_days is None else f"{one.open_days:.1f}"
    looks = (str(one.checked), str(one.agreed))
    return (one.match_class.value, *map(str, counts), days, *looks, _precision(one))


def _precision(one: ClassReview) -> str:
    if one.precision is None or one.interval is None:
        return "too few"
    low, high = one.interval
    return f"{one.precision:.2f} ({low:.2f}-{high:.2f})"


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    """Columns two blanks apart: the first to the left, figures to the right, what is last as it comes."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *figures, last in rows:
        middle = (figure.rjust(width) for figure, width in zip(figures, widths[1:-1], strict=True))
        lines.append("  ".join((first.ljust(widths[0]), *middle, last)))
    return "\n".join(lines)
