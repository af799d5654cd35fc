"""``suluh doctor``: green on a running installation, and each fault says what to do."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from casefile.database import open_engine
from casefile.keyring import EntryKeys, IntakeSecrets, WorkerSecrets
from casefile.migrate import downgrade
from casefile.models import Epoch, OutboxRow
from casefile.outbox import add_job
from casefile.vocabulary import JobName, OutboxState
from operations import health
from operations.environment import Office
from operations.health import Verdict, examine
from tests.factories import keep_report, make_office
from tests.operations.processes import Running, environment, suluh

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def test_a_running_installation_is_in_order(installation: Running) -> None:
    examined = suluh(installation.env, "doctor")
    assert examined.returncode == 0, examined.stdout
    assert {line.split()[0] for line in examined.stdout.splitlines()} >= {"settings", "keys", "redis", "clock"}


def test_machines_read_one_json_object_a_line_and_a_fault_is_exit_code_1(copied_office: Office) -> None:
    examined = suluh(environment(copied_office.data_dir), "doctor", "--json")
    verdicts = {line["name"]: line["ok"] for line in map(json.loads, examined.stdout.splitlines())}
    assert examined.returncode == 1
    assert not verdicts.pop("redis")
    assert all(verdicts.values()), verdicts


def test_every_check_has_its_own_name(office: Office) -> None:
    names = [verdict.name for verdict in examine(office, NOW)]
    assert len(names) == len(set(names)) == 11


def test_without_tesseract_or_switched_off_everything_else_is_in_order(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = replace(office, intake=replace(office.intake, reads_words=False))
    assert health.check_words(off) == Verdict("words", "OK: text in pictures is not read, since SULUH_OCR is off")
    monkeypatch.setenv("PATH", "/nonexistent")
    missing = health.check_words(replace(office, intake=replace(office.intake, reads_words=True)))
    assert missing.is_ok
    assert "tesseract" in missing.sentence


def is_red(verdict: Verdict, *words: str) -> None:
    assert not verdict.is_ok
    for word in words:
        assert word in verdict.sentence


def test_a_folder_that_others_may_enter_is_a_fault(copied_office: Office) -> None:
    copied_office.data_dir.chmod(0o755)
    is_red(health.check_data_dir(copied_office), "chmod 700")


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    is_red(health.check_data_dir(Office.from_env(environment(tmp_path / "none"))), "suluh up", "SULUH_DATA_DIR")


def test_a_key_file_that_was_altered_is_a_fault(copied_office: Office) -> None:
    path = copied_office.intake.public_keys
    path.write_text(path.read_text().replace('"epoch": 1', '"epoch": 2'))
    is_red(health.check_keys(copied_office), "office.json", "backup")


def test_secrets_that_others_may_read_are_a_fault(copied_office: Office) -> None:
    copied_office.worker.secrets.chmod(0o644)
    is_red(health.check_keys(copied_office), "0600")


def test_a_worker_key_of_another_office_is_a_fault(copied_office: Office) -> None:
    copied_office.worker.secrets.unlink()
    WorkerSecrets.create(copied_office.worker.secrets)
    is_red(health.check_keys(copied_office), "same backup")


def test_a_desk_without_its_share_or_with_anothers_is_a_fault_unless_it_takes_no_reports(copied_office: Office) -> None:
    share = copied_office.triage.entry_keys
    share.unlink()
    is_red(health.check_keys(copied_office), "entry.json", "suluh setup", "SULUH_ENTRY_KEYS")
    other = IntakeSecrets.create(share.with_name("other.json"))
    EntryKeys.of(other).save(share)
    is_red(health.check_keys(copied_office), "not the portal's")
    without = Office.from_env({**copied_office.environment, "SULUH_ENTRY_KEYS": "none"})
    assert health.check_keys(without).is_ok


def test_a_database_that_does_not_answer_is_a_fault(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://suluh:rahasia@/suluh?host={tmp_path}"
    verdict = health.check_database(Office.from_env(environment(tmp_path, SULUH_DATABASE_URL=url)))
    is_red(verdict, "SULUH_DATABASE_URL")
    assert "rahasia" not in verdict.sentence


def test_an_old_schema_is_a_fault(copied_office: Office) -> None:
    downgrade(copied_office.owner_url, "0002")
    is_red(health.check_migrations(copied_office), "suluh migrate")


def test_a_database_of_another_office_is_a_fault(copied_office: Office) -> None:
    engine = open_engine(copied_office.owner_url)
    with Session(engine) as session:
        session.execute(update(Epoch).values(public_key=b"another"))
        session.commit()
    engine.dispose()
    is_red(health.check_migrations(copied_office), "another key file")


def test_a_report_without_a_job_is_a_fault(copied_office: Office, tmp_path: Path) -> None:
    engine = open_engine(copied_office.owner_url)
    with Session(engine) as session:
        keep_report(session, make_office(tmp_path / "other"))
    assert health.check_counts(copied_office).is_ok
    with Session(engine) as session:
        session.execute(delete(OutboxRow))
        session.commit()
    engine.dispose()
    is_red(health.check_counts(copied_office), "1 reports have no job")


def test_a_job_that_was_given_up_is_a_fault(copied_office: Office, tmp_path: Path) -> None:
    engine = open_engine(copied_office.owner_url)
    with Session(engine) as session:
        kept = keep_report(session, make_office(tmp_path / "other"))
        add_job(session, JobName.MATCH_REPORT, kept.report_id, NOW)
        session.execute(update(OutboxRow).values(state=OutboxState.SET_ASIDE))
        session.commit()
    engine.dispose()
    is_red(health.check_counts(copied_office), "failed too often", "supervisor")


def test_a_redis_that_does_not_answer_is_a_fault(copied_office: Office, tmp_path: Path) -> None:
    is_red(health.check_redis(copied_office), "suluh up", "kept meanwhile")
    given = environment(tmp_path, SULUH_REDIS_URL=f"unix://{tmp_path}/nothing.sock")
    is_red(health.check_redis(Office.from_env(given)), "SULUH_REDIS_URL")


@pytest.mark.parametrize("year", [1970, 2024, 2150])
def test_a_clock_that_is_far_off_is_a_fault(year: int) -> None:
    is_red(health.check_clock(NOW.replace(year=year)), str(year))


def test_a_full_disk_is_a_fault(copied_office: Office) -> None:
    is_red(health.check_disk(copied_office, least_free=1 << 60), "make room")


def test_a_reader_without_locks_is_a_fault_only_where_locks_are_required(copied_office: Office) -> None:
    verdict = health.judge_locks({"landlock": False, "seccomp": True}, is_required=False)
    assert verdict.is_ok
    assert "landlock" in verdict.sentence
    is_red(health.judge_locks({"landlock": False, "seccomp": True}, is_required=True), "SULUH_CONFINEMENT")
    assert health.judge_locks({"landlock": True}, is_required=True).sentence == "OK"
