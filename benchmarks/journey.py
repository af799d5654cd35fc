"""From a reporter's last tap to the counsellors' queue, on a running installation with SQLite.

Four reporters at once send reports with three 1080x2400 screenshots through the portal as a browser without
JavaScript does. Printed: the slowest twentieth of the picture step, of "Kirim laporan", and of the way from there
into the queue; next to them, what Pillow alone needs to decode the same three pictures.
"""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.fingerprints import draw_screenshot
from casefile.database import open_engine
from casefile.models import CaseReport, OutboxRow
from casefile.vocabulary import Urgency
from operations.demo.pages import Button, Form, Page
from operations.demo.plan import PlannedReport
from operations.demo.reporter import File, Visitor, walk
from tests.operations.processes import Running, environment

REPORTERS = 4
REPORTS = 40
PICTURES = 3
PATIENCE_SECONDS = 60
SENDING_PAGE = "/a/5"
ANSWERS = {
    "peran": ["mengalami"],
    "usia": ["25_44"],
    "jenis": ["SEKSTORSI"],
    "cerita": ["Akun itu meminta uang dan mengancam."],
    "tautan": ["@akun_contoh"],
    "platform": ["instagram"],
    "setuju_proses": ["ya"],
}


@dataclass(frozen=True)
class Ready:
    """A picture that needs no drawing while the clock runs."""

    data: bytes

    def draw(self) -> tuple[bytes, str]:
        """The file's bytes and its media type."""
        return self.data, "image/png"


class TimedVisitor(Visitor):
    """Notes how long the picture step and the last step take, in seconds."""

    def __init__(self, portal: str) -> None:
        super().__init__(portal)
        self.picture_step = self.last_step = 0.0

    def press(self, form: Form, button: Button | None, values: dict[str, list[str]], files: list[File]) -> Page:  # type: ignore[override]
        """As a visitor, with a clock."""
        started, before = time.perf_counter(), self.path
        page = super().press(form, button, values, files)
        elapsed = time.perf_counter() - started
        if files:
            self.picture_step = elapsed
        elif before == SENDING_PAGE:
            self.last_step = elapsed
        return page


def encode(image: Image.Image) -> bytes:
    """PNG bytes."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def report(portal: str, pictures: list[Ready]) -> tuple[float, float]:
    """Send one report. Returns the seconds of its picture step and of its last step."""
    visitor = TimedVisitor(portal)
    try:
        walk(visitor, PlannedReport(Urgency.P2, ANSWERS, tuple(pictures), ""))  # type: ignore[arg-type]
        return visitor.picture_step, visitor.last_step
    finally:
        visitor.close()


def ninety_fifth(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def wait_until_triaged(session: Session) -> list[float]:
    """Seconds from each submission to its place in the queue, once all are there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while session.scalar(select(func.count()).select_from(CaseReport)) != REPORTS:
        session.rollback()
        if time.monotonic() > deadline:
            raise SystemExit("Not every report reached the queue.")
    rows = session.execute(select(OutboxRow.created_at, OutboxRow.settled_at))
    return [(settled - created).total_seconds() for created, settled in rows if settled]


def decoding(pictures: list[Ready]) -> float:
    """Seconds that Pillow needs to decode the pictures of one report to RGB."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        for picture in pictures:
            Image.open(io.BytesIO(picture.data)).convert("RGB")
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def measure(running: Running) -> None:
    """Send all reports and print the figures."""
    albums = [
        [Ready(encode(draw_screenshot(PICTURES * number + offset))) for offset in range(PICTURES)]
        for number in range(REPORTS)
    ]
    report_one = lambda album: report(running.portal, album)  # noqa: E731
    with ThreadPoolExecutor(REPORTERS) as reporters:
        steps = list(reporters.map(report_one, albums))
    with Session(open_engine(f"sqlite:///{running.data_dir / 'suluh.db'}")) as session:
        arrivals = wait_until_triaged(session)
    peer = decoding(albums[0])
    uploads, sends = [step[0] for step in steps], [step[1] for step in steps]
    totals = [upload + send for upload, send in steps]
    print(f"{REPORTS} reports with {PICTURES} screenshots of 1080x2400, {REPORTERS} reporters at once")
    print(f"  Pillow decodes the three pictures of one report in {peer * 1000:.0f} ms = 1.0")
    for name, values in (("picture step", uploads), ("'Kirim laporan'", sends), ("both together", totals)):
        print(f"  {name:<18} median {statistics.median(values):.2f} s, p95 {ninety_fifth(values):.2f} s", end="")
        print(f" = {ninety_fifth(values) / peer:.1f}")
    print(
        f"  into the queue     median {statistics.median(arrivals):.2f} s, p95 {ninety_fifth(arrivals):.2f} s", end=""
    )
    print(" after 'Kirim laporan' was pressed")


def main() -> None:
    """Start an installation, measure, stop it."""
    with tempfile.TemporaryDirectory() as folder:
        running = Running(environment(Path(folder) / "data", SULUH_WEB_WORKERS="2"))
        try:
            running.wait_until_ready()
            measure(running)
        finally:
            running.stop()


if __name__ == "__main__":
    main()
