"""Real things for tests: an office with keys on disk, reports, drawn pictures. Synthetic and seeded."""

from __future__ import annotations

import io
import random
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy.orm import Session

from casefile.boxes import KeyPair
from casefile.fingerprints import PictureReading
from casefile.fingerprints.descriptions import Descriptions
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.picture import read_picture
from casefile.keyring import (
    EntryKeys,
    IntakeSecrets,
    OfficePublicKeys,
    WorkerSecrets,
    load_public_keys,
    load_root_key,
    office_signing_key,
    write_public_keys,
    write_root_key,
)
from casefile.models import Epoch
from casefile.pictures import Picture
from casefile.submission import Answers, Consents, Submission
from casefile.vocabulary import HarmKind
from intake.submission import KeptReport, SubmissionKeys, submit_report

SKETCH_KEY = SketchKey(b"secret of all drawn screenshots.")
"""Keys the sketches of ``make_submission``, as the portal does with a key made from its secrets."""

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""Monday, 12.00 WIB."""


@dataclass(frozen=True)
class Office:
    """An office with every key. Tests of a process give it only the files that are its own."""

    epoch: KeyPair
    recovery: KeyPair
    root_public: bytes
    public: OfficePublicKeys
    intake: IntakeSecrets
    worker: WorkerSecrets
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The settings that name the office's files."""
        return {
            "SULUH_DATA_DIR": str(self.folder),
            "SULUH_PUBLIC_KEYS": str(self.folder / "keys" / "office.json"),
            "SULUH_ROOT_KEY": str(self.folder / "keys" / "root.pub"),
            "SULUH_INTAKE_SECRETS": str(self.folder / "intake" / "secrets.json"),
            "SULUH_WORKER_SECRETS": str(self.folder / "worker" / "secrets.json"),
            "SULUH_ENTRY_KEYS": str(self.folder / "desk" / "entry.json"),
        }


def make_office(folder: Path) -> Office:
    """Make keys and key files below ``folder``."""
    root = Ed25519PrivateKey.generate()
    epoch, recovery = KeyPair.generate(), KeyPair.generate()
    for name in ("keys", "intake", "worker", "desk"):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    intake = IntakeSecrets.create(folder / "intake" / "secrets.json")
    worker = WorkerSecrets.create(folder / "worker" / "secrets.json")
    EntryKeys.of(intake).save(folder / "desk" / "entry.json")
    public = OfficePublicKeys(
        epoch=1,
        office=epoch.public,
        recovery=recovery.public,
        worker=worker.pair.public,
        signing=office_signing_key(epoch.seed).public_key().public_bytes_raw(),
        issued_on=date(2026, 11, 1),
    )
    write_public_keys(folder / "keys" / "office.json", public, root)
    write_root_key(folder / "keys" / "root.pub", root.public_key())
    root_public = load_root_key(folder / "keys" / "root.pub")
    return Office(
        epoch=epoch,
        recovery=recovery,
        root_public=root_public,
        public=load_public_keys(folder / "keys" / "office.json", root_public),
        intake=intake,
        worker=worker,
        folder=folder,
    )


def start_epoch(session: Session, office: Office) -> None:
    """Write the row of the office's first epoch."""
    session.add(Epoch(number=1, public_key=office.public.office.raw, started_on=date(2026, 11, 1)))
    session.flush()


def keep_report(
    session: Session, office: Office, submission: Submission | None = None, now: datetime = NOON
) -> KeptReport:
    """Submit a report as the portal does, and commit."""
    keys = SubmissionKeys(office.public, office.intake)
    kept = submit_report(session, submission or make_submission(), keys, secrets.token_bytes(32), now)
    session.commit()
    return kept


def make_submission(
    *pictures: bytes,
    answers: Answers | None = None,
    story: str = "Akun itu terus mengirim pesan dan mengancam.",
    addresses: tuple[str, ...] = (),
    consents: Consents | None = None,
) -> Submission:
    """A submission with what the portal keeps of ``pictures``."""
    return Submission(
        answers=answers or Answers(kinds=frozenset({HarmKind.HARASSMENT})),
        story=story,
        addresses=addresses,
        consents=consents or Consents(text_version="1"),
        pictures=tuple(keep_picture(picture) for picture in pictures),
    )


def keep_picture(data: bytes, key: SketchKey = SKETCH_KEY) -> Picture:
    """What the portal keeps of a picture: fingerprints, keyed sketches and insets."""
    reading = read_once(data)
    sketches = key.sketch(Descriptions.from_text(reading.descriptions))
    return Picture(reading.fingerprints, sketches=sketches.to_bytes(), insets=reading.insets)


@lru_cache(maxsize=512)
def read_once(data: bytes) -> PictureReading:
    """The reading of a picture; the same bytes are read once in a test run."""
    return read_picture(data)


WORDS = ("halo", "kamu", "harus", "kirim", "uang", "hari ini", "semua", "teman", "akan tahu", "jangan", "balas pesan")


def draw_screenshot(seed: int, width: int = 720, height: int = 1280) -> bytes:
    """A drawn chat as PNG bytes; equal seeds give equal bytes."""
    rng = random.Random(seed)
    image = Image.new("RGB", (width, height), rng.choice(["#efe7dd", "#0b141a", "#ffffff"]))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=width // 28)
    draw.rectangle((0, 0, width, height // 14), fill=rng.choice(["#075e54", "#1c2733", "#3b5998"]))
    top = height // 12
    while top < height - height // 8:
        text = " ".join(rng.choices(WORDS, k=rng.randint(2, 6)))
        left = rng.choice([width // 20, width // 4])
        tall = rng.randint(height // 18, height // 9)
        draw.rounded_rectangle(
            (left, top, left + rng.randint(width // 3, width * 2 // 3), top + tall),
            radius=width // 40,
            fill=rng.choice(["#d9fdd3", "#ffffff", "#5b8def", "#202c33"]),
        )
        draw.text((left + width // 40, top + height // 90), text, fill=rng.choice(["#111111", "#dd3333"]), font=font)
        top += tall + rng.randint(height // 90, height // 30)
    return encode(image, "PNG")


def encode(image: Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of ``image`` in one format."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def reencode(picture: bytes, quality: int = 60, scale: float = 1.0) -> bytes:
    """The same picture as another JPEG file."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    size = (round(image.width * scale), round(image.height * scale))
    return encode(image.resize(size), "JPEG", quality=quality)
