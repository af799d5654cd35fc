"""``suluh import-register``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from casefile.database import open_engine
from casefile.filing import FilingKeys
from casefile.keyring import EntryKeys, load_public_keys, load_root_key
from casefile.models import StaffMember
from casefile.settings import TriageSettings
from casefile.wib import local_date
from casefile.wording import label
from operations.environment import current_environment
from operations.register import (
    COLUMNS,
    Importer,
    LineFault,
    RegisterError,
    import_cases,
    prepare,
    read_register,
    template,
)
from operations.register.csv_files import ENCODINGS
from operations.register.importing import count_short_lived, find_known
from operations.register.reading import RegisterCase
from triage.permissions import Permission, allows

MOST_SHOWN = 200
"""Faults that are printed; the rest is counted."""
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
NEW_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("import-register")
@click.argument("file", type=FILE, metavar="FILE", required=False)
@click.option("--by", metavar="USER", help="The staff member who answers for the import: a counsellor or supervisor.")
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@click.option("--skip-known", is_flag=True, help="Leave out cases whose number was imported before.")
@click.option("--encoding", type=click.Choice(ENCODINGS), default=ENCODINGS[0], help="Of a CSV file, if not UTF-8.")
@click.option("--template", "empty", type=NEW_FILE, metavar="OUT.csv", help="Write an empty register and stop.")
@click.option("--columns", "lists_columns", is_flag=True, help="List columns and answers and stop.")
def import_register(
    *,
    file: Path | None,
    by: str | None,
    dry_run: bool,
    skip_known: bool,
    encoding: str,
    empty: Path | None,
    lists_columns: bool,
) -> None:
    """Import the case register that a unit kept before, from CSV or XLSX: all of it or nothing.

    Faults are printed by line and column, never with what stands in a cell.
    """
    if lists_columns:
        _list_columns()
    elif empty is not None:
        _write_template(empty)
    elif file is None:
        raise click.UsageError("Name the FILE to import.")
    else:
        _import(file, encoding, by, dry_run=dry_run, skip_known=skip_known)


def _import(file: Path, encoding: str, by: str | None, *, dry_run: bool, skip_known: bool) -> None:
    settings, now = TriageSettings.from_env(current_environment()), datetime.now(UTC)
    keys = _load_keys(settings)
    reading = read_register(file, encoding, local_date(now))
    _stop_at(reading.faults)
    engine = open_engine(settings.database_url)
    try:
        with Session(engine) as session:
            importer = Importer(_find_staff(session, by), keys, now)
            known = find_known(session, reading.cases, importer)
            _stop_at([] if skip_known else known)
            lines = {fault.line for fault in known}
            cases = [case for case in reading.cases if case.line not in lines]
            short_lived = count_short_lived(session, cases, now)
            session.rollback()
            if dry_run or not cases:
                click.echo(_summary(cases, len(known), "would be imported" if dry_run else "were imported"))
                _warn_of_erasing(short_lived)
                return
            _write(session, cases, importer)
            click.echo(_summary(cases, len(known), "were imported"))
            _warn_of_erasing(short_lived)
            click.echo("The file holds people's words in clear: delete it and its copies.")
    except SQLAlchemyError as error:
        raise RegisterError(f"The database refused ({type(error).__name__}). Nothing was imported.") from None
    finally:
        engine.dispose()


def _write(session: Session, cases: Sequence[RegisterCase], importer: Importer) -> None:
    with click.progressbar(length=len(cases), label="Sealing") as bar:
        prepared = prepare(cases, importer, bar.update)
    try:
        with click.progressbar(length=len(cases), label="Writing") as bar:
            import_cases(session, prepared, importer, bar.update)
    except IntegrityError:
        raise RegisterError("One of the numbers was imported meanwhile. Nothing was imported: start again.") from None


def _load_keys(settings: TriageSettings) -> FilingKeys:
    if settings.entry_keys is None:
        raise RegisterError("The desk takes no reports: SULUH_ENTRY_KEYS is none.")
    office = load_public_keys(settings.public_keys, load_root_key(settings.root_key))
    return FilingKeys(office, EntryKeys.load(settings.entry_keys).identifier_key)


def _find_staff(session: Session, by: str | None) -> UUID:
    member = session.scalar(select(StaffMember).where(StaffMember.username == (by or ""), StaffMember.is_active))
    if member is None or not allows(member.role, Permission.REPORT_ENTER):
        raise RegisterError("Name with --by the account of a counsellor or supervisor who answers for the import.")
    return member.id


def _stop_at(faults: Sequence[LineFault]) -> None:
    if not faults:
        return
    for fault in faults[:MOST_SHOWN]:
        click.echo(str(fault), err=True)
    if len(faults) > MOST_SHOWN:
        click.echo(f"and {len(faults) - MOST_SHOWN} more.", err=True)
    raise RegisterError(f"{len(faults)} faults. Nothing was imported.")


def _summary(cases: Sequence[RegisterCase], known: int, did: str) -> str:
    closed = sum(case.closing is not None for case in cases)
    left_out = f"; {known} were imported before and left out" if known else ""
    return f"{len(cases)} cases {did}: {len(cases) - closed} open, {closed} closed{left_out}."


def _warn_of_erasing(short_lived: int) -> None:
    if short_lived:
        click.echo(
            f"{short_lived} of them were closed longer ago than this office keeps stories: the worker erases those"
            " within minutes. Where they are still needed, keep the file until the spans (Masa simpan) are longer."
        )


def _write_template(path: Path) -> None:
    try:
        with path.open("xb") as file:
            file.write(template())
    except OSError as error:
        raise RegisterError(f"{path.name} cannot be written ({error.strerror}).") from None
    click.echo(f"{path} holds the headings. Fill in one case a line.")


def _list_columns() -> None:
    for column in COLUMNS:
        click.echo(f"{column.name}{' (needed)' if column.is_required else ''}: {column.help}")
        for member in column.words or ():
            click.echo(f"    {member.value} = {label(member)}")
