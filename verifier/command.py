"""The command line. Exit status: 0 nothing wrong, 1 something wrong, 2 not checked, or an original was not found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from verifier.bag import TIMESTAMP
from verifier.checking import Request, Verdict, check_bundle, read_expected
from verifier.findings import Finding, Unable, unchecked
from verifier.originals import LookAt, Original
from verifier.signatures import read_fingerprint

GOOD, WRONG, UNCHECKED = 0, 1, 2

_ORIGINALS = ("--asli", "--original")


class Arguments(NamedTuple):
    """What was typed."""

    bundle: Path
    pinned: str | None
    expected: str | None
    originals: list[str]


def main(arguments: Sequence[str], out: TextIO, look_at: LookAt | None = None) -> int:
    """Check the named bundle, say on ``out`` what was found, return the exit status. Reads files, writes none.

    ``look_at`` compares originals by how they look, where there is a program that can.
    """
    try:
        typed = _read_arguments(arguments)
        request = Request(
            archive=_read(str(typed.bundle)),
            detached=_read_beside(typed.bundle, typed.bundle.name + ".sig"),
            pinned=typed.pinned,
            expected=typed.expected,
            token=_read_beside(typed.bundle, TIMESTAMP),
            originals=[Original(Path(name).name, _read(name)) for name in typed.originals],
            look_at=look_at,
        )
    except Unable as unable:
        _say(out, unable.finding)
        return UNCHECKED
    verdict = check_bundle(request)
    for finding in verdict.findings:
        _say(out, finding)
    out.write("\n{}\n{}\n".format(*unchecked(_result(verdict, typed.pinned)).said))
    if verdict.is_wrong:
        return WRONG
    return GOOD if verdict.is_good and verdict.are_originals_found else UNCHECKED


def _read_arguments(arguments: Sequence[str]) -> Arguments:
    """Raises ``Unable``."""
    places = [place for place, typed in enumerate(arguments) if typed in _ORIGINALS]
    end = places[0] if places else len(arguments)
    named, originals = arguments[:end], list(arguments[end + 1 :])
    if not named or named[0].startswith("-") or len(places) > 1 or (places and not originals):
        raise Unable("usage")
    pinned, expected = None, None
    for typed in named[1:]:
        as_pin, as_expected = read_fingerprint(typed), read_expected(typed)
        if as_pin is None and as_expected is None:
            raise Unable("typed_wrong", typed=typed)
        if (as_pin and pinned) or (as_expected and expected):
            raise Unable("usage")
        pinned, expected = as_pin or pinned, as_expected or expected
    return Arguments(Path(named[0]), pinned, expected, originals)


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError):
        raise Unable("file_unread", name=name) from None


def _read_beside(path: Path, name: str) -> bytes | None:
    beside = path.with_name(name)
    return _read(str(beside)) if beside.is_file() else None


def _result(verdict: Verdict, pinned: str | None) -> str:
    if verdict.is_wrong:
        return "result_wrong"
    if not verdict.is_finished:
        return "result_unable"
    return "result_unpinned" if pinned is None else "result_good"


def _say(out: TextIO, finding: Finding) -> None:
    out.write(f"{finding.state.value}\n    {finding.said.indonesian}\n    {finding.said.english}\n")
