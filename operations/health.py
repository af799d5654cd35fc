"""What ``suluh doctor`` asks of an installation: each check answers OK or says what to do."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from casefile.database import open_engine
from casefile.errors import KeyFileError, PictureError
from casefile.fingerprints.sandbox import PictureReader
from casefile.fingerprints.words import can_read
from casefile.keyring import EntryKeys, IntakeSecrets, WorkerSecrets, load_public_keys, load_root_key
from casefile.migrate import current_revision, newest_revision
from casefile.models import Epoch
from casefile.reconcile import reconcile
from operations.environment import Office

LEAST_FREE_BYTES = 1024**3
"""Below 1 GiB free, a busy day of reports could fill the disk before somebody looks."""

SANE_YEARS = range(2026, 2100)
WIB_OFFSET = timedelta(hours=7)
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Verdict:
    """The outcome of one check. ``sentence`` is ``OK`` or what to do."""

    name: str
    sentence: str = "OK"

    @property
    def is_ok(self) -> bool:
        """Nothing is to be done."""
        return self.sentence.startswith("OK")


def check_settings(office: Office) -> Verdict:
    """Settings that were read are right; this one names where the data lie."""
    return Verdict("settings", f"OK: data folder {office.data_dir}")


def check_data_dir(office: Office) -> Verdict:
    """The folder exists and nobody else may enter it."""
    if not office.data_dir.is_dir():
        return Verdict("data folder", f"{office.data_dir} does not exist: run `suluh up` or set SULUH_DATA_DIR.")
    if stat.S_IMODE(office.data_dir.stat().st_mode) & OTHERS:
        return Verdict("data folder", f"Others may enter {office.data_dir}: run `chmod 700 {office.data_dir}`.")
    return Verdict("data folder")


def check_keys(office: Office) -> Verdict:
    """Key files are there, signed by the pinned root, private where they must be, and fit each other."""
    entry = office.triage.entry_keys
    if entry is not None and not entry.exists():
        return Verdict("keys", f"{entry} is missing: run `suluh setup`, or set SULUH_ENTRY_KEYS to none.")
    try:
        keys = load_public_keys(office.intake.public_keys, load_root_key(office.intake.root_key))
        intake = IntakeSecrets.load(office.intake.secrets)
        worker = WorkerSecrets.load(office.worker.secrets)
        shared = None if entry is None else EntryKeys.load(entry)
    except KeyFileError as error:
        return Verdict("keys", f"{error}. Put the key files back from their backup (docs/operating.md).")
    if worker.pair.public.raw != keys.worker.raw:
        return Verdict("keys", "The worker's key is not the published one: put both back from the same backup.")
    if shared not in (None, EntryKeys.of(intake)):
        return Verdict("keys", f"The desk's {entry} is not the portal's: move it away and run `suluh setup`.")
    return Verdict("keys")


def check_database(office: Office) -> Verdict:
    """The database answers."""
    engine = open_engine(office.owner_url)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return Verdict("database", f"It does not answer ({type(error).__name__}): check SULUH_DATABASE_URL.")
    finally:
        engine.dispose()
    return Verdict("database")


def check_migrations(office: Office) -> Verdict:
    """The schema is the one that this code expects, and the office key is the database's."""
    engine = open_engine(office.owner_url)
    try:
        found, expected = current_revision(engine), newest_revision()
        if found != expected:
            return Verdict("migrations", f"The schema is {found or 'empty'}, not {expected}: run `suluh migrate`.")
        return _check_epoch(office, Session(engine))
    except SQLAlchemyError as error:
        return Verdict("migrations", f"The schema cannot be read ({type(error).__name__}).")
    finally:
        engine.dispose()


def _check_epoch(office: Office, session: Session) -> Verdict:
    try:
        keys = load_public_keys(office.intake.public_keys, load_root_key(office.intake.root_key))
    except KeyFileError:
        return Verdict("migrations", "The schema is right; the office keys cannot be read.")
    with session:
        known = session.scalar(select(Epoch.public_key).where(Epoch.number == keys.epoch))
    if known != keys.office.raw:
        return Verdict(
            "migrations", "The database does not know the published office key: it belongs to another key file."
        )
    return Verdict("migrations")


def check_counts(office: Office) -> Verdict:
    """As many reports came in as are in the queue or on their way there, and no job was given up."""
    engine = open_engine(office.owner_url)
    try:
        with Session(engine) as session:
            counts = reconcile(session)
    except SQLAlchemyError as error:
        return Verdict("counts", f"Reports cannot be counted ({type(error).__name__}): look at the lines above.")
    finally:
        engine.dispose()
    if counts.set_aside:
        return Verdict("counts", f"{counts.set_aside} jobs failed too often: a supervisor hands them out at the desk.")
    if counts.received != counts.queued:
        missing = counts.received - counts.queued
        return Verdict("counts", f"{missing} reports have no job: run `suluh up`, whose relay finds them in a minute.")
    return Verdict("counts", f"OK: {counts.received} reports came in, {counts.triaged} reached the queue")


def check_redis(office: Office) -> Verdict:
    """Redis answers. Without it reports are still kept; they reach the queue when it is back."""
    try:
        with Redis.from_url(office.worker.redis_url, socket_connect_timeout=2, socket_timeout=2) as redis:
            redis.ping()
    except (RedisError, OSError) as error:
        what = "run `suluh up`, which starts one" if office.embeds_redis else "check SULUH_REDIS_URL"
        return Verdict("redis", f"It does not answer ({type(error).__name__}): {what}. Reports are kept meanwhile.")
    return Verdict("redis")


def check_clock(now: datetime) -> Verdict:
    """The clock shows a sane year, and Indonesian time can be reckoned."""
    if now.year not in SANE_YEARS:
        return Verdict("clock", f"The clock shows the year {now.year}: set it, or deadlines and codes will be wrong.")
    try:
        offset = ZoneInfo("Asia/Jakarta").utcoffset(now.replace(tzinfo=None))
    except ZoneInfoNotFoundError:
        return Verdict("clock", "The time zone Asia/Jakarta is not known: install the package tzdata.")
    if offset != WIB_OFFSET:
        return Verdict("clock", f"The time zone Asia/Jakarta is wrong here ({offset}): renew the package tzdata.")
    return Verdict("clock")


def check_disk(office: Office, least_free: int = LEAST_FREE_BYTES) -> Verdict:
    """``least_free`` bytes are free where the data lie."""
    folder = office.data_dir if office.data_dir.is_dir() else office.data_dir.parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Verdict("disk", f"The free space cannot be read ({error.strerror}).")
    if free < least_free:
        return Verdict("disk", f"{free // 1024**2} MiB are free; make room for at least {least_free // 1024**2} MiB.")
    return Verdict("disk")


def check_pictures(office: Office) -> Verdict:
    """Pictures are opened in a process that the kernel has locked down."""
    try:
        with PictureReader() as reader:
            locks = asdict(reader.confinement())
    except (PictureError, OSError) as error:
        return Verdict("pictures", f"No picture can be read on this machine ({error}).")
    return judge_locks(locks, is_required=office.intake.requires_confinement)


def judge_locks(locks: Mapping[str, bool], *, is_required: bool) -> Verdict:
    """What the locks that hold on this machine mean under ``SULUH_CONFINEMENT``."""
    missing = [name for name, holds in locks.items() if not holds]
    if not missing:
        return Verdict("pictures")
    lack = f"without {', '.join(missing)}"
    if is_required:
        return Verdict("pictures", f"The picture reader runs {lack}, and SULUH_CONFINEMENT is require.")
    return Verdict("pictures", f"OK, but the picture reader runs {lack}: prefer a newer Linux kernel for real reports")


def check_words(office: Office) -> Verdict:
    """Whether text in pictures is read. Without it pictures are compared all the same, by fewer signs."""
    if not office.intake.reads_words:
        return Verdict("words", "OK: text in pictures is not read, since SULUH_OCR is off")
    if not can_read():
        return Verdict("words", "OK: text in pictures is not read; to have it read, install tesseract-ocr-ind")
    return Verdict("words")


def examine(office: Office, now: datetime) -> list[Verdict]:
    """All checks, each on its own: one that fails hides no other."""
    of_office: tuple[Callable[[Office], Verdict], ...] = (
        check_settings,
        check_data_dir,
        check_keys,
        check_database,
        check_migrations,
        check_counts,
        check_redis,
        check_disk,
        check_pictures,
        check_words,
    )
    return [*(check(office) for check in of_office), check_clock(now)]
