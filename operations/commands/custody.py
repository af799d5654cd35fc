"""``suluh custody``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from casefile.anchor_checks import check_custody, measure
from casefile.anchor_findings import Fault, Finding, Outcome, Trust
from casefile.anchors import SheetValue, read_sheet
from casefile.custody import OFFICE_CHAIN
from casefile.database import open_engine
from casefile.errors import KeyFileError, SettingsError, TimestampError
from casefile.keyring import load_public_keys, load_root_key
from casefile.timestamping import read_roots
from casefile.wib import local_date
from operations.environment import Office, current_office

BROKEN = 1
UNCHECKED = 2

_SENTENCES = {
    Fault.ENTRY: "{chain}: entry {number} does not follow from the ones before it.",
    Fault.CHANGED: "{chain}: one of the entries {first} to {number} was changed; the anchor of {day} saw another.",
    Fault.SHORT: "{chain}: entry {number} is missing; the anchor of {day} saw it.",
    Fault.CHAIN_GONE: "{chain}: the whole chain is missing, entry 1 first; the anchor of {day} saw it.",
    Fault.ROOT: "Anchor of {day}: its root is not that of the chains it saw.",
    Fault.SIGNATURE: "Anchor of {day}: its signature does not hold: {why}.",
    Fault.STRANGER: "Anchor of {day}: signed with a key that is not the office's. Name earlier key files with --keys.",
    Fault.SIGNATURE_GONE: "Anchor of {day}: the log says that it was signed; the signature is missing.",
    Fault.STAMP: "Anchor of {day}: {why}.",
    Fault.ANCHOR_GONE: "Anchor of {day}: the log says that it was made; it is missing.",
    Fault.ANCHOR_UNLOGGED: "Anchor of {day}: the log does not know it with this root.",
    Fault.SHEET_DIFFERS: "Anchor of {day}: the paper has another root. The database was changed after it was printed.",
}
_NO_SUCH_SHEET = "The paper's anchor is not in this database: it was set back to an earlier state, or changed."


@click.group()
def custody() -> None:
    """The custody log."""


@custody.command()
@click.option(
    "--anchor", "typed", metavar="SHEET-VALUE", help="Compare with a printed anchor: its QR code or its root."
)
@click.option(
    "--keys",
    "earlier",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A signed key file of an earlier epoch, for anchors that its key signed.",
)
def verify(typed: str | None, earlier: tuple[Path, ...]) -> None:
    """Check every entry of every chain, and every daily anchor.

    The exit code is 0 when nothing is wrong, 1 when something is (the first thing of each chain and anchor is named),
    2 when nothing wrong was found and something could not be checked.
    """
    try:
        office = current_office()
        trust, sheet = _find_trust(office, earlier), read_sheet(typed) if typed else None
        outcome = _check(office, trust, sheet)
    except ValueError:
        sys.exit(_cannot("--anchor takes what the QR code says, or the 64 characters of the root."))
    except (SettingsError, KeyFileError, TimestampError) as error:
        sys.exit(_cannot(str(error)))
    except SQLAlchemyError as error:
        sys.exit(_cannot(f"the database does not answer as it should ({type(error).__name__})"))
    for line in (*map(_sentence, outcome.broken), *_remarks(outcome)):
        click.echo(line)
    sys.exit(_conclude(outcome))


def _find_trust(office: Office, earlier: Sequence[Path]) -> Trust:
    root = load_root_key(office.triage.root_key)
    keys = [load_public_keys(path, root) for path in (office.triage.public_keys, *earlier)]
    certificates = office.worker.tsa_certificates
    pem = certificates.read_bytes() if certificates.is_file() else None
    if pem is not None:
        read_roots(pem)
    return Trust(frozenset(key.signing for key in keys), pem)


def _check(office: Office, trust: Trust, sheet: SheetValue | None) -> Outcome:
    engine = open_engine(office.owner_url)
    try:
        with Session(engine) as session:
            today, length = local_date(datetime.now(UTC)), measure(session)
            with click.progressbar(length=length, label="Checking", file=sys.stderr) as bar:
                return check_custody(session, trust, today, sheet, bar.update)
    finally:
        engine.dispose()


def _sentence(found: Finding) -> str:
    if found.fault is Fault.SHEET_UNKNOWN:
        return _NO_SUCH_SHEET
    chain = "The office's chain" if found.chain == OFFICE_CHAIN else f"The chain of report {found.chain}"
    return _SENTENCES[found.fault].format(
        chain=chain, first=found.last_good + 1, number=found.number, day=found.day, why=found.why
    )


def _remarks(outcome: Outcome) -> Iterator[str]:
    """What is no fault, and should be known."""
    for days, words in (
        (outcome.missing_days, "without an anchor"),
        (outcome.late, "anchored late"),
        (outcome.unsigned, "with an anchor that nobody has signed"),
        (outcome.unstamped if len(outcome.unstamped) < outcome.anchors else [], "with an anchor without timestamp"),
        (outcome.stamped_late, "with a timestamp that came days later"),
    ):
        if days:
            yield f"Days {words}: {_spans(days)}."
    if outcome.unchecked_stamps:
        yield f"{outcome.unchecked_stamps} timestamps were not checked: SULUH_TSA_CERTIFICATES names no file."


def _spans(days: Sequence[date]) -> str:
    spans: list[list[date]] = []
    for day in days:
        if spans and (day - spans[-1][-1]).days == 1:
            spans[-1] = [spans[-1][0], day]
        else:
            spans.append([day])
    return ", ".join(" to ".join(day.isoformat() for day in span) for span in spans)


def _conclude(outcome: Outcome) -> int:
    counts = f"{outcome.chains} chains, {outcome.entries} entries, {outcome.anchors} anchors"
    if outcome.broken:
        wrong = "1 thing is" if len(outcome.broken) == 1 else f"{len(outcome.broken)} things are"
        click.echo(f"{wrong} wrong ({counts}).", err=True)
        return BROKEN
    click.echo(f"OK: {counts}.")
    return UNCHECKED if outcome.unchecked_stamps else 0


def _cannot(sentence: str) -> int:
    click.echo(f"Not checked: {sentence}", err=True)
    return UNCHECKED
