"""Static files of an application: joined, compressed once at start-up, named after what is in them.

A name holds the beginning of the content's digest (``p.1a2b3c4d.css``), so that a browser may keep the file for ever.
The name of another version gives today's content, which is then not kept: a page from before an update still works.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from string import ascii_letters, ascii_uppercase
from typing import Self

from flask import Flask, Response, abort, request

FOREVER = "public, max-age=31536000, immutable"
ENDPOINT = "static"
_DIGITS = 8
_MEDIA_TYPES = {"css": "text/css", "js": "text/javascript"}
_LEFT_BEHIND = ("import ", "//")
_COMMENT = re.compile(r"^\s*/\*\*.*?\*/$", re.MULTILINE | re.DOTALL)
"""One on lines of its own."""
_STRING = r'("(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)'
_AIRY = re.compile(_STRING + r"| ?([{}()\[\];,:?=<>!&|*/%]) ?|(?<![+-]) ([+-]=?) (?![+-])")
"""Strings, to be left alone, and signs that need no space around them."""
_NUMBER = re.compile(r"^const ([A-Z_]+)=([\d_]+);\n", re.MULTILINE)
_DECLARED = re.compile(r"\b(?:const|let|class|function\*?) (\w{3,})")
_PARAMETERS = re.compile(r"\bfunction\*? \w+\(([^)]*)|\(([^()]*)\)=>")
_PARAMETER = re.compile(r"(?:^|,)(\w{3,})")
_PARTS = re.compile(_STRING + r"|(?<!\.)\.(\w+)|([{(\[])|([})\]])|(?<=[{,])\s*(\w+)\s*(?=[,:=}])")
"""Strings, what follows a point, brackets, and what may be a key or shorthand where they are braces."""
_LONG_WAY = re.compile(_STRING + r"|\b(const)\b|;(?=\})")
"""Strings, to be left alone, a longer word than ``let``, and signs that a closing brace makes needless."""
_LINE_END = re.compile(r"^((?!.*//).*[;{},])\n", re.MULTILINE)
"""One that nothing needs: after a sign, and in no line with a comment."""
_SHORT_NAMES = [*ascii_letters, *map("".join, product(ascii_uppercase, ascii_letters))]
_WORD = re.compile(_STRING + r"|(?<!\w)([A-Za-z]\w*)")


@dataclass(frozen=True)
class Asset:
    """One file as it is served: its public name, its media type, its bytes, and the same bytes under gzip."""

    name: str
    media_type: str
    plain: bytes
    packed: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> Self:
        """``name`` is without digest, as pages ask for it."""
        stem, _, ending = name.rpartition(".")
        digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
        return cls(f"{stem}.{digest}.{ending}", _MEDIA_TYPES[ending], content, gzip.compress(content, 9, mtime=0))

    def response(self, *, may_pack: bool) -> Response:
        """The answer to a request; compressed where the browser said that it may be."""
        answer = Response(self.packed if may_pack else self.plain, content_type=f"{self.media_type}; charset=utf-8")
        answer.headers["Vary"] = "Accept-Encoding"
        if may_pack:
            answer.headers["Content-Encoding"] = "gzip"
        return answer


@dataclass(frozen=True)
class Assets:
    """All static files of one application, by the name that pages ask for."""

    by_name: Mapping[str, Asset]

    @classmethod
    def of(cls, sources: Mapping[str, Sequence[Path]]) -> Self:
        """Reads the files of each name, in their order. Raises ``OSError`` for one that is missing."""
        texts = {name: [path.read_text("utf-8") for path in paths] for name, paths in sources.items()}
        return cls({name: Asset.of(name, _join(name, parts).encode()) for name, parts in texts.items()})

    def find(self, public_name: str) -> tuple[Asset, bool] | None:
        """The file, and whether that is the name of its present content."""
        stem, _, rest = public_name.partition(".")
        asset = self.by_name.get(f"{stem}.{rest.rpartition('.')[2]}")
        return (asset, asset.name == public_name) if asset else None

    def set_up(self, app: Flask, prefix: str) -> None:
        """Serve the files below ``prefix`` and give templates ``asset(name)``, the address of one."""
        app.add_url_rule(f"{prefix}/<name>", ENDPOINT, self._serve)
        app.jinja_env.globals["asset"] = lambda name: f"{prefix}/{self.by_name[name].name}"

    def _serve(self, name: str) -> Response:
        asset, is_current = self.find(name) or abort(404)
        answer = asset.response(may_pack=request.accept_encodings.quality("gzip") > 0)
        answer.headers["Cache-Control"] = FOREVER if is_current else "no-store"
        return answer


def _join(name: str, parts: Sequence[str]) -> str:
    is_script = name.endswith(".js")
    if is_script and len(parts) > 1:
        return join_modules(parts)
    return "\n".join(parts)


def join_modules(modules: Sequence[str]) -> str:
    """One classic script of several modules, each after those it imports from: their top-level names must differ.

    Imports, comments on lines of their own, the word ``export``, and spaces, line ends and semicolons that nothing
    needs stay behind; names become short, and ``const`` becomes ``let``. Constants in capitals must be declared once,
    and nothing by the name of a global that is used. Raises ``ValueError`` where brackets do not match, in comments
    beside code too.
    """
    texts = (_COMMENT.sub("", module) for module in modules)
    lines = (line.strip().removeprefix("export ") for text in texts for line in text.splitlines())
    kept = (_AIRY.sub(r"\1\2\3", line) for line in lines if line and not line.startswith(_LEFT_BEHIND))
    body = _LINE_END.sub(r"\1", _shorten("\n".join(kept)))
    body = _LONG_WAY.sub(lambda found: found[1] or ("let" if found[2] else ""), body)
    return '(() => {\n"use strict";\n' + body + "\n})();\n"


def _shorten(script: str) -> str:
    """Numbers in place of their names, and short names for what is declared, can be no property and is in no string."""
    strings = " ".join(re.findall(_STRING, script))
    lasting = _properties(script) | set(re.findall(r"\w+", strings))
    numbers = {name: value for name, value in _NUMBER.findall(script) if name not in lasting}
    counts = Counter(re.findall(r"\w+", script))
    parameters = _PARAMETER.findall(",".join(map("".join, _PARAMETERS.findall(script))))
    declared = {*_DECLARED.findall(script), *parameters} - lasting - numbers.keys()
    free = (name for name in _SHORT_NAMES if name not in counts)
    commonest_first = sorted(declared, key=lambda name: (-counts[name], name))
    words = {**dict(zip(commonest_first, free, strict=False)), **numbers}
    unnamed = _NUMBER.sub(lambda found: "" if found[1] in numbers else found[0], script)
    return _WORD.sub(lambda found: words.get(found[2], found[0]), unnamed)


def _properties(script: str) -> set[str]:
    """What may be a property: after a point, or a key or shorthand in braces. Raises ``ValueError``: see above."""
    opened, found = [""], set()
    for _, after_point, opening, closing, key in _PARTS.findall(script):
        if opening:
            opened.append(opening)
        elif closing and opened.pop() + closing not in ("{}", "()", "[]"):
            raise ValueError("a bracket is closed that was not opened")
        elif after_point or (key and opened[-1] == "{"):
            found.add(after_point or key)
    if len(opened) > 1:
        raise ValueError("a bracket is not closed")
    return found
