"""How long the desk's server takes for a page of the queue, with 20,000 open cases and a growing archive.

On SQLite and on PostgreSQL, with the desk's own role: the median and the slowest twentieth of many requests by a
signed-in counsellor, first with 20,000 closed cases, then with 200,000. Printed beside them: by how much the larger
archive is slower (1.0 is not at all), and what one page weighs. Floods of 2,000 and of 20 to 60 reports are among the
open cases.
"""

from __future__ import annotations

import gzip
import re
import statistics
import tempfile
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from benchmarks.desk_world import NOW, OPEN, BusyOffice, databases, write
from casefile.database import begin_write, open_engine
from casefile.settings import TriageSettings
from casefile.vocabulary import (
    StaffRole,
)
from tests.factories import Office, make_office, start_epoch
from tests.triage.conftest import CHEAP, FIRST, Clock, Person
from triage.factory import create_app
from triage.staff import create_staff
from web.heap import settle

ARCHIVES = (20_000, 200_000)
REQUESTS = 60
GOAL_MILLISECONDS = 60


@dataclass(frozen=True)
class Page:
    """A page that is measured. ``is_goal`` ones have to keep to the goal."""

    name: str
    path: str
    is_goal: bool = True


PAGES = (
    Page("to be read", "/antrean/perlu-dibaca"),
    Page("to be read, next page", "next"),
    Page("mine", "/antrean/kasus-saya"),
    Page("waiting for the reporter", "/antrean/menunggu-pelapor"),
    Page("due today", "/antrean/jatuh-tempo-hari-ini"),
    Page("related groups", "/antrean/kelompok"),
    Page("all", "/antrean/semua"),
    Page("all, level P3", "/antrean/semua?tingkat=P3"),
    Page("closed", "/antrean/ditutup"),
    Page("closed, level P0", "/antrean/ditutup?tingkat=P0"),
    Page("what is new", "news"),
    Page("of one kind (sealed)", "/antrean/semua?jenis=DOXING", is_goal=False),
    Page("kind and district (sealed)", "/antrean/perlu-dibaca?jenis=DOXING&wilayah=kepulauan_seribu", is_goal=False),
    Page("one case", "case", is_goal=False),
)


def seat(office: Office, owner: Engine, desk_url: str) -> tuple[Person, uuid.UUID]:
    """A counsellor who is signed in."""
    with Session(owner) as session:
        begin_write(session)
        start_epoch(session, office)
        create_staff(
            session,
            username="konselor",
            display_name="Konselor",
            role=StaffRole.COUNSELLOR,
            password=FIRST,
            epochs={1: office.epoch.seed},
            now=NOW,
            cost=CHEAP,
        )
        staff_id = session.execute(text("SELECT id FROM staff_member")).scalar_one()
        session.commit()
    clock = Clock()
    environment = {**office.environment, "SULUH_TRIAGE_DATABASE_URL": desk_url}
    app = create_app(TriageSettings.from_env(environment), staff_cost=CHEAP, clock=clock)
    person = Person(app.test_client(), clock, "konselor")
    person.set_up()
    settle()
    return person, staff_id if isinstance(staff_id, uuid.UUID) else uuid.UUID(staff_id)


def paths(person: Person) -> dict[str, str]:
    """The addresses of all pages; those of the next page and of news are read from the first page."""
    first = person.get("/antrean/perlu-dibaca").text.replace("&amp;", "&")
    found = {
        "next": re.search(r'href="([^"]*setelah=[^"]*)"', first),
        "news": re.search(r'data-news="([^"]*)"', first),
        "case": re.search(r'<h2><a href="(/kasus/[^"]*)"', first),
    }
    return {page.name: found[page.path][1] if page.path in found else page.path for page in PAGES}  # type: ignore[index]


def measure(person: Person, path: str) -> tuple[list[float], float, bytes]:
    """Milliseconds of each request, those that this process computed on average, and the last page."""
    times, body, computing = [], b"", time.process_time()
    for _ in range(REQUESTS + 3):
        started = time.perf_counter()
        answer = person.get(path)
        times.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
        body = answer.data
    computed = (time.process_time() - computing) * 1000 / len(times)
    return times[3:], computed, body


def ninety_fifth(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def warm_up(person: Person) -> tuple[int, float]:
    """Let a process open all summaries. Returns requests and seconds: what a filter costs after a restart."""
    started, requests = time.perf_counter(), 1
    while "Daftar ini belum lengkap" in person.get("/antrean/semua?jenis=DOXING").text:
        requests += 1
    return requests, time.perf_counter() - started


def main() -> None:
    """Fill, measure, fill more, measure again."""
    with tempfile.TemporaryDirectory(prefix="suluh-desk-") as name:
        folder = Path(name)
        office = make_office(folder / "office")
        with databases(folder) as found:
            for kind, owner_url, desk_url in found:
                run(kind, office, open_engine(owner_url), desk_url)


def run(kind: str, office: Office, owner: Engine, desk_url: str) -> None:
    """One database."""
    person, staff_id = seat(office, owner, desk_url)
    world = BusyOffice(office, staff_id)
    write(owner, world.open_cases())
    before: dict[str, float] = {}
    closed = 0
    for archive in ARCHIVES:
        write(owner, world.closed_cases(archive - closed))
        closed = archive
        if kind == "PostgreSQL":
            with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        print(f"{kind}, {OPEN:,} open and {archive:,} closed cases")
        if not before:
            requests, seconds = warm_up(person)
            print(f"  first filter after a start reads {OPEN:,} summaries in {requests} requests, {seconds:.1f} s")
        for page, path in paths(person).items():
            report(page, *measure(person, path), before)


def report(name: str, times: list[float], computed: float, body: bytes, before: dict[str, float]) -> None:
    """One line."""
    slow = ninety_fifth(times)
    ratio = f"  x{slow / before[name]:.2f}" if name in before else ""
    goal = next(page for page in PAGES if page.name == name).is_goal
    late = "  over the goal" if goal and slow > GOAL_MILLISECONDS else ""
    weight = len(gzip.compress(body)) / 1000
    print(
        f"  {name:<28} median {statistics.median(times):6.1f} ms, p95 {slow:6.1f} ms,"
        f" computing {computed:5.1f} ms, {weight:4.1f} kB{ratio}{late}"
    )
    before.setdefault(name, slow)


if __name__ == "__main__":
    main()
