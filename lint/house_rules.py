"""Checks every file of the project against the house rules and prints one line for each breach.

Each rule is a function from a file to its breaches; docs/house-rules.md says why each exists.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

MOST_FILE_LINES = 300
MOST_FUNCTION_LINES = 40
BANNED_WORD = "hash"
MAY_CATCH_ALL = frozenset({"worker/__main__.py"})
SEPARATORS = re.compile(r"_+|(?<=[a-z0-9])(?=[A-Z])")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|Users|home/\w+)/")
REGISTRY_HOST = re.compile(r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org|crates\.io)\b")
TEXT_SUFFIXES = frozenset(
    {".py", ".md", ".toml", ".yml", ".yaml", ".html", ".js", ".css", ".txt", ".lock", ".sh", ".po", ".json", ""}
)

Breach = tuple[int, str]


@dataclass(frozen=True)
class SourceFile:
    """One file of the project; ``name`` is its path from the root, with slashes."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of a Python file."""
        return ast.parse(self.text)

    @property
    def is_python(self) -> bool:
        """A Python file."""
        return self.name.endswith(".py")

    @property
    def is_measured(self) -> bool:
        """Python whose length is limited: all but tests and migrations, which read as lists."""
        return self.is_python and not self.name.startswith(("tests/", "migrations/"))


def check_file_length(file: SourceFile) -> Iterator[Breach]:
    """A file that is too long does two things."""
    lines = len(file.text.splitlines())
    if file.is_measured and lines > MOST_FILE_LINES:
        yield lines, f"the file has {lines} lines, at most {MOST_FILE_LINES}"


def check_function_length(file: SourceFile) -> Iterator[Breach]:
    """A function is read at a glance."""
    if not file.is_measured:
        return
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_FUNCTION_LINES:
                yield node.lineno, f"{node.name} has {lines} lines, at most {MOST_FUNCTION_LINES}"


def check_banned_word(file: SourceFile) -> Iterator[Breach]:
    """Three things are called that way in this field: say digest, fingerprint or phash."""
    if not file.is_python:
        return
    for line, name in _defined_names(file.tree):
        if BANNED_WORD in {word.lower() for word in SEPARATORS.split(name)} and not name.startswith("__"):
            yield line, f"{name}: say digest, fingerprint or phash"


def check_catch_all(file: SourceFile) -> Iterator[Breach]:
    """Whoever catches everything hides the fault that nobody thought of."""
    if not file.is_python or file.name in MAY_CATCH_ALL:
        return
    for node in ast.walk(file.tree):
        if isinstance(node, ast.ExceptHandler) and _catches_all(node.type):
            yield node.lineno, "catches every exception"


def check_machine_paths(file: SourceFile) -> Iterator[Breach]:
    """The project runs anywhere."""
    yield from _matches(file, MACHINE_PATH, "a path of somebody's machine")


def check_registry_hosts(file: SourceFile) -> Iterator[Breach]:
    """Where packages come from is the machine's own setting."""
    yield from _matches(file, REGISTRY_HOST, "the name of a package registry's host")


def check_console_scripts(file: SourceFile) -> Iterator[Breach]:
    """Each console script leads to a function that exists."""
    if file.name != "pyproject.toml":
        return
    for script, target in tomllib.loads(file.text)["project"].get("scripts", {}).items():
        module, _, function = target.partition(":")
        path = ROOT / f"{module.replace('.', '/')}.py"
        defined = _functions(path) if path.is_file() else set()
        if function not in defined:
            yield 1, f"the console script {script} leads to {target}, which does not exist"


RULES: tuple[Callable[[SourceFile], Iterator[Breach]], ...] = (
    check_file_length,
    check_function_length,
    check_banned_word,
    check_catch_all,
    check_machine_paths,
    check_registry_hosts,
    check_console_scripts,
)


def project_files(root: Path = ROOT) -> Iterator[SourceFile]:
    """All text files that git knows or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)  # noqa: S603 - fixed words
    for name in sorted(filter(None, listed.stdout.split("\0"))):
        path = root / name
        if path.suffix in TEXT_SUFFIXES and path.is_file():
            yield SourceFile(name, path.read_text(encoding="utf-8"))


def main() -> int:
    """Prints every breach; returns 1 if there is one."""
    found = 0
    for file in project_files():
        for rule in RULES:
            for line, sentence in rule(file):
                print(f"{file.name}:{line}: {sentence}")
                found += 1
    print(f"House rules: {found} breaches." if found else "House rules: all kept.")
    return min(found, 1)


def _defined_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr


def _catches_all(caught: ast.expr | None) -> bool:
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(name is None or getattr(name, "id", "") in {"Exception", "BaseException"} for name in names)


def _matches(file: SourceFile, pattern: re.Pattern[str], what: str) -> Iterator[Breach]:
    if file.name.startswith("lint/"):
        return
    for number, line in enumerate(file.text.splitlines(), start=1):
        if pattern.search(line):
            yield number, what


def _functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


if __name__ == "__main__":
    sys.exit(main())
