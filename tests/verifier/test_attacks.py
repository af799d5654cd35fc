"""Every attack, and every one of 2,500 flipped bits, is found by the library, by verify.pyz and by ``suluh verify``.

The page's part of it is ``tests/browser/test_verifier_page.py``.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from operations.cli import suluh
from tests.verifier.attacks import ATTACKS, WITH_ANNEX, Attack
from tests.verifier.bundles import BUNDLE, BUNDLE_ID, OFFICE, OLDER, PACKAGE, THEIRS, bits_to_flip, flip, repaired_flips
from verifier.bag import TIMESTAMP
from verifier.checking import Request, Verdict, check_bundle
from verifier.findings import State
from verifier.packing import build_pyz

FLIPS, REPAIRED = 2000, 500
DRIVER = """
import base64, json, sys
sys.path.insert(0, sys.argv[1])
from verifier import checking
assert sys.argv[1] in checking.__file__
asked = json.load(sys.stdin)
def check(archive, **rest):
    verdict = checking.check_bundle(checking.Request(archive, **rest))
    return [verdict.is_good, verdict.findings[-1].code]
def decode(text):
    return None if text is None else base64.b64decode(text)
answers = [check(**{**each, **{name: decode(each[name]) for name in ("archive", "token", "detached")}})
    for each in asked["requests"]]
package = bytearray(decode(asked["package"]))
for bit in asked["bits"]:
    package[bit // 8] ^= 1 << bit % 8
    answers.append(check(bytes(package)))
    package[bit // 8] ^= 1 << bit % 8
json.dump(answers, sys.stdout)
"""
"""Runs in an isolated Python that has nothing but the packed verifier."""


def check(attack: Attack) -> Verdict:
    return check_bundle(Request(attack.archive, attack.detached, attack.pinned, attack.expected, attack.token))


def request_of(attack: Attack) -> dict[str, str | None]:
    files = {"archive": attack.archive, "token": attack.token, "detached": attack.detached}
    encoded = {name: None if each is None else base64.b64encode(each).decode() for name, each in files.items()}
    return {**encoded, "pinned": attack.pinned, "expected": attack.expected}


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_is_found_and_named(name: str) -> None:
    attack = ATTACKS[name]
    verdict = check(attack)
    assert not verdict.is_good
    assert verdict.findings[-1].code == attack.code
    assert [finding.state for finding in verdict.findings].count(State.WRONG) == (1 if verdict.is_wrong else 0)


def test_what_only_the_paper_shows_passes_without_it_and_says_what_to_compare() -> None:
    needed = {name: attack.needs for name, attack in ATTACKS.items() if attack.needs}
    assert {name for name, needs in needed.items() if needs == "pin"} == {"signed anew by a stranger"}
    for name, needs in needed.items():
        verdict = check_bundle(Request(ATTACKS[name].archive, pinned=OFFICE if needs == "paper" else None))
        assert verdict.is_good, name
        said = " ".join(finding.said.english for finding in verdict.findings)
        assert THEIRS in said if needs == "pin" else "compare its id and date" in said
    assert "00000000-0000-0000-0000-000000000004" in str(check_bundle(Request(OLDER)).findings)


def test_verify_pyz_finds_every_attack_and_every_flipped_bit(tmp_path: Path) -> None:
    (tmp_path / "verify.pyz").write_bytes(build_pyz())
    bits, repaired = bits_to_flip(PACKAGE, FLIPS), list(repaired_flips(REPAIRED))
    requests = [request_of(attack) for attack in (*ATTACKS.values(), *(Attack(each, "") for each in repaired))]
    asked = {"requests": requests, "package": base64.b64encode(PACKAGE).decode(), "bits": bits}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", DRIVER, str(tmp_path / "verify.pyz")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = json.loads(done.stdout)
    assert len(answers) == len(ATTACKS) + REPAIRED + FLIPS
    assert [answer for answer in answers if answer[0]] == []
    assert [code for _, code in answers[: len(ATTACKS)]] == [attack.code for attack in ATTACKS.values()]


def test_suluh_verify_finds_every_attack_and_every_flipped_bit(tmp_path: Path) -> None:
    runner, path = CliRunner(), tmp_path / "berkas.zip"

    def run(attack: Attack) -> tuple[int, str]:
        path.write_bytes(attack.archive)
        for name, content in (("berkas.zip.sig", attack.detached), (TIMESTAMP, attack.token)):
            (tmp_path / name).unlink(missing_ok=True)
            if content is not None:
                (tmp_path / name).write_bytes(content)
        expected = attack.expected and (
            attack.expected if "-" in attack.expected else f"SULUH1:sha256:{attack.expected}"
        )
        arguments = [typed for typed in (attack.pinned, expected) if typed]
        outcome = runner.invoke(suluh, ["verify", str(path), *arguments])
        return outcome.exit_code, outcome.output

    for name, attack in ATTACKS.items():
        verdict = check(attack)
        status, said = run(attack)
        assert status == (1 if verdict.is_wrong else 2), name
        assert verdict.findings[-1].said.indonesian in said
        assert verdict.findings[-1].said.english in said
    flipped = [*repaired_flips(REPAIRED), *(flip(PACKAGE, bit) for bit in bits_to_flip(PACKAGE, FLIPS))]
    assert [run(Attack(archive, ""))[0] for archive in flipped] == [1] * (FLIPS + REPAIRED)


@pytest.mark.parametrize("archive", [PACKAGE, BUNDLE, WITH_ANNEX], ids=["package", "bukti.zip", "with annex"])
def test_the_honest_ones_are_good(archive: bytes) -> None:
    verdict = check_bundle(Request(archive, pinned=OFFICE, expected=str(BUNDLE_ID)))
    assert verdict.is_good, verdict.findings[-1]
