"""``suluh demo``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from casefile.database import open_engine
from casefile.filing import FilingKeys
from casefile.keyring import EntryKeys, load_public_keys, load_root_key
from casefile.settings import TriageSettings
from operations.demo.entering import file_entered, find_entering_staff, plan_entered
from operations.demo.plan import plan_reports
from operations.demo.reporter import Sent
from operations.demo.running import Summary, is_local, send_all
from operations.environment import current_environment, current_office
from operations.errors import PortalError
from operations.running import addresses


@click.command()
@click.option("--reports", default=60, show_default=True, type=click.IntRange(1, 5000), help="How many.")
@click.option("--seed", default=1, show_default=True, help="Equal seeds send equal reports.")
@click.option("--portal", help="URL of the portal; by default the one of the settings.")
@click.option("--show-receipts", is_flag=True, help="Print the receipt codes.")
@click.option("--i-know", is_flag=True, help="Send to a portal on another machine all the same.")
def demo(reports: int, seed: int, portal: str | None, show_receipts: bool, i_know: bool) -> None:
    """Tell synthetic reports through the running portal, as browsers would.

    From 20 on, up to three more are filed as staff enter them, unless another portal is named.
    """
    url = portal or addresses(current_office())[0]
    if not (i_know or is_local(url)):
        raise PortalError("This portal is not on this machine; a demo must not flood a real service (--i-know).")
    receipts: list[str] = []
    with click.progressbar(length=reports, label="Reports", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def tell_sent(sent: Sent) -> None:
            receipts.append(sent.receipt)
            bar.update(1)

        summary = send_all(url, plan_reports(reports, seed), tell_sent)
    if show_receipts:
        click.echo("\n".join(receipts))
    click.echo(_text(summary))
    if portal is None and (entered := _enter(reports, seed)):
        click.echo(f"Filed as staff enter them: {entered} more.")


def _enter(reports: int, seed: int) -> int:
    """File what staff enter; returns how many. None where the desk takes no reports or nobody is there to take them."""
    settings = TriageSettings.from_env(current_environment())
    planned = plan_entered(reports, seed)
    if not planned or settings.entry_keys is None or not settings.entry_keys.exists():
        return 0
    office = load_public_keys(settings.public_keys, load_root_key(settings.root_key))
    keys = FilingKeys(office, EntryKeys.load(settings.entry_keys).identifier_key)
    engine = open_engine(settings.database_url)
    try:
        with Session(engine) as session:
            staff_id = find_entering_staff(session)
            session.rollback()
            if staff_id is None:
                return 0
            file_entered(session, planned, keys, staff_id, datetime.now(UTC))
    finally:
        engine.dispose()
    return len(planned)


def _text(summary: Summary) -> str:
    levels = ", ".join(f"{level.value} {count}" for level, count in sorted(summary.levels.items()))
    return (
        f"{summary.reports} reports with {summary.pictures} pictures were sent.\n"
        f"Levels by their answers: {levels}.\n"
        f"{summary.shared_accounts} accounts are in several reports; {summary.same_files} pictures were sent again as"
        f" the same file, {summary.changed_pictures} re-encoded, resized or cropped."
    )
