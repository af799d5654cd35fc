"""``suluh urgency``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import click
from babel.support import Translations
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from casefile.database import open_engine
from casefile.urgency import SHIPPED_VALUES, Assessment, RuleValues, assess, find_rules
from casefile.urgency.pasted import read_answers
from casefile.wording import label
from operations.environment import ROOT, current_office
from operations.errors import StartError

SOURCE_LANGUAGE = "id"


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), metavar="FILE.json")
@click.option("--language", type=click.Choice(["id", "en"]), default="en", show_default=True, help="Of the reasons.")
@click.option("--office", is_flag=True, help="With the values that stand in this office, not those of Suluh.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def urgency(file: TextIO, language: str, office: bool, as_json: bool) -> None:
    """Say how urgent coded answers are, and why. FILE.json (- for stdin) holds names and option values of the form.

    Nothing is stored. Unknown fields or values are named, and the exit code is then 1.
    """
    pasted = read_answers(file.read())
    assessed = assess(pasted.answers, pasted.facts, values=_office_values() if office else SHIPPED_VALUES)
    say = _translator(language)
    click.echo(json.dumps(_as_object(assessed, say), ensure_ascii=False) if as_json else _as_text(assessed, say))


def _office_values() -> RuleValues:
    url = current_office().owner_url
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite" and not Path(parts.database or "").is_file():
        raise StartError("There is no database here yet. Leave out --office, or run: suluh setup")
    engine = open_engine(url)
    with Session(engine) as session:
        values = find_rules(session).values
    engine.dispose()
    return values


def _translator(language: str) -> Callable[[str], str]:
    if language == SOURCE_LANGUAGE:
        return str
    return Translations.load(str(ROOT / "translations"), [language]).ugettext


def _as_object(assessed: Assessment, say: Callable[[str], str]) -> dict[str, object]:
    return {
        "level": assessed.level.value,
        "name": say(label(assessed.level)),
        "score": assessed.score,
        "floor": assessed.floor.value if assessed.floor else None,
        "reasons": [
            {
                "code": reason.code.value,
                "words": say(label(reason.code)),
                "points": reason.points,
                "floor": reason.floor.value if reason.floor else None,
            }
            for reason in assessed.reasons
        ],
    }


def _as_text(assessed: Assessment, say: Callable[[str], str]) -> str:
    lines = [f"{assessed.level.value} {say(label(assessed.level))} (score {assessed.score})"]
    for reason in assessed.reasons:
        weight = [f"+{reason.points}"] * bool(reason.points) + [f"at least {reason.floor}"] * bool(reason.floor)
        lines.append(f"  - {say(label(reason.code))} ({', '.join(weight)})")
    return "\n".join(lines if assessed.reasons else [*lines, "  - no rule holds"])
