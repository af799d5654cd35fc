"""The command line. Exit status: 0 nothing wrong, 1 something wrong, 2 not checked at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from verifier.checking import Request, Verdict, check_bundle
from verifier.findings import Finding, Said, State
from verifier.signatures import read_fingerprint

GOOD, WRONG, UNCHECKED = 0, 1, 2

USAGE = Said(
    "Pemakaian: python3 -I -S verify.pyz BERKAS.zip [SIDIK-KUNCI-KANTOR]",
    "Usage: python3 -I -S verify.pyz BUNDLE.zip [OFFICE-KEY-FINGERPRINT]",
)
_MOST_ARGUMENTS = 2


def main(arguments: Sequence[str], out: TextIO) -> int:
    """Check the named bundle, say on ``out`` what was found, return the exit status. Reads files, writes none."""
    if not 1 <= len(arguments) <= _MOST_ARGUMENTS or arguments[0].startswith("-"):
        return _refuse(out, USAGE)
    pinned = read_fingerprint(arguments[1]) if len(arguments) == _MOST_ARGUMENTS else None
    if len(arguments) == _MOST_ARGUMENTS and pinned is None:
        return _refuse(
            out,
            Said(
                "Sidik kunci kantor harus berbentuk SHA256: diikuti 43 huruf dan angka.",
                "The office key's fingerprint must be SHA256: followed by 43 characters.",
            ),
        )
    path = Path(arguments[0])
    try:
        request = Request(path.read_bytes(), _read_beside(path), pinned)
    except OSError:
        return _refuse(out, Said("Berkas tidak bisa dibaca.", "The file cannot be read."))
    verdict = check_bundle(request)
    for finding in verdict.findings:
        _say(out, finding)
    out.write(f"\n{_conclusion(verdict, pinned)}\n")
    return GOOD if verdict.is_good else WRONG


def _read_beside(path: Path) -> bytes | None:
    beside = path.with_name(path.name + ".sig")
    return beside.read_bytes() if beside.is_file() else None


def _conclusion(verdict: Verdict, pinned: str | None) -> str:
    if not verdict.is_good:
        said = Said("HASIL: JANGAN DIPAKAI. Berkas ini bukan seperti saat dibuat.", "RESULT: DO NOT USE. Not as made.")
    elif pinned is None:
        said = Said(
            "HASIL: UTUH, tetapi pembuatnya belum dipastikan. Ulangi dengan sidik kunci kantor.",
            "RESULT: INTACT, but by whom is not confirmed. Repeat with the office key's fingerprint.",
        )
    else:
        said = Said("HASIL: UTUH dan dari kantor itu.", "RESULT: INTACT and by that office.")
    return "\n".join(said)


def _say(out: TextIO, finding: Finding) -> None:
    out.write(f"{finding.state.value}\n    {finding.said.indonesian}\n    {finding.said.english}\n")


def _refuse(out: TextIO, said: Said) -> int:
    _say(out, Finding(State.UNCHECKED, said))
    return UNCHECKED
