"""Programs that a test runs and that Python does not bring."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

IS_CI = os.environ.get("CI") == "true"
JARS = Path("/usr/share/java")
PREFLIGHT = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")
"""Apache PDFBox's judge of PDF/A-1b and what it needs, as Debian's libpdfbox2-java and its neighbours lay them down."""


def find_program(name: str) -> str:
    """The path of a program, or what the variable of its name in capitals says. Skips without it; in CI that fails."""
    path = os.environ.get(name.upper()) or shutil.which(name)
    return path or _missing(name)


def _missing(name: str) -> NoReturn:
    if IS_CI:
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")


def read_pdf(pdf: bytes, *options: str) -> str:
    """The text of a PDF as ``pdftotext`` finds it."""
    command = (find_program("pdftotext"), *options, "-", "-")
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def judge_pdf_a(folder: Path, papers: dict[str, bytes]) -> str:
    """What Apache Preflight finds wrong with papers against ISO 19005-1 level B; nothing where all are PDF/A-1b."""
    jars = [JARS / f"{name}.jar" for name in PREFLIGHT]
    for jar in jars:
        if not jar.exists():
            _missing(jar.name)
    for name, pdf in papers.items():
        (folder / name).write_bytes(pdf)
    command = [find_program("java"), "-cp", ":".join(map(str, jars)), "org.apache.pdfbox.preflight.Validator_A1b"]
    judged = subprocess.run([*command, "group", folder], capture_output=True, text=True, check=False)
    said = [line for line in judged.stdout.splitlines() if line]
    good = [f"The file {name} is a valid PDF/A-1b file" for name in papers]
    return "" if sorted(said) == sorted(good) else judged.stdout + judged.stderr
