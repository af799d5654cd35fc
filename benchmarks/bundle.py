"""How long a large evidence bundle takes, and how much memory: 500 items and 5,000 entries of custody.

A process of its own reads the sealed-size facts, as the builder does, and builds; measured are its seconds and the most
memory that it held. Then the stand-alone verifier checks the bundle. Goals: 10 s, 300 MB, 3 s.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from casefile.custody import Act, staff_actor
from casefile.pictures import Picture
from casefile.vocabulary import CustodyAction
from tests.triage.bundle_world import ACTS, ASKER, PRINTS, REPORT_ID, SIGNING, chain_of, make_rich_facts
from triage.bundles import build_bundle, decode_facts, encode_facts, package_bundle
from triage.bundles.facts import BundleFacts

PICTURES, ADDRESSES, ENTRIES = 250, 250, 5_000
GOAL_SECONDS, GOAL_MEGABYTES, GOAL_CHECKING = 10, 300, 3


def make_large_facts() -> BundleFacts:
    """The story-rich case of the tests, with as many items and entries as the goal names."""
    facts = make_rich_facts()
    first = facts.reports[0]
    pictures = tuple(Picture(replace(PRINTS, sha256=number.to_bytes(32, "big"))) for number in range(PICTURES))
    addresses = tuple(f"https://contoh.example/unggahan/{number:06}/akun.contoh" for number in range(ADDRESSES))
    started = ACTS[1].at
    reads = (
        Act(CustodyAction.READ, staff_actor(ASKER), started + timedelta(minutes=minute), {"purpose": "story"})  # type: ignore[operator]
        for minute in range(ENTRIES - 2)
    )
    submission = replace(first.submission, pictures=pictures, addresses=addresses)
    custody = chain_of(REPORT_ID, *ACTS[:2], *reads)
    large = replace(first, submission=submission, additions=(), custody=custody, sent_pictures=PICTURES)
    return replace(facts, reports=(large,))


def build(facts_file: Path, bundle_file: Path) -> None:
    """The measured process."""
    stored = facts_file.read_bytes()
    started = time.perf_counter()
    bundle = build_bundle(decode_facts(stored), SIGNING)
    seconds = time.perf_counter() - started
    bundle_file.write_bytes(package_bundle(bundle, SIGNING))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report("built in", seconds, "s", GOAL_SECONDS)
    report("most memory", megabytes, "MB", GOAL_MEGABYTES)
    print(f"  {'size of bukti.zip':<20} {len(bundle) / 1e6:7.1f} MB")


def report(name: str, value: float, unit: str, goal: float) -> None:
    """One line."""
    print(f"  {name:<20} {value:7.1f} {unit}{'  over the goal' if value > goal else ''}", flush=True)


def main() -> None:
    """Make the facts here, build and check in processes of their own."""
    with tempfile.TemporaryDirectory(prefix="suluh-bundle-") as name:
        facts_file, bundle_file = Path(name) / "facts", Path(name) / "berkas.zip"
        facts_file.write_bytes(encode_facts(make_large_facts()))
        print(f"{PICTURES} pictures, {ADDRESSES} addresses, {ENTRIES:,} entries of custody")
        subprocess.run([sys.executable, "-m", "benchmarks.bundle", facts_file, bundle_file], check=True)
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "verifier", bundle_file], check=True, stdout=subprocess.DEVNULL)
        report("checked in", time.perf_counter() - started, "s", GOAL_CHECKING)


if __name__ == "__main__":
    main() if len(sys.argv) == 1 else build(*map(Path, sys.argv[1:]))
