"""Static files: joined and compressed once, named after their content, kept for ever under that name only."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from intake.assets import SOURCES
from web.assets import Asset, Assets, join_modules

PACKED = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tokens.css").write_text(":root { --ink: #000 }\n", "utf-8")
    (tmp_path / "p.css").write_text("p { color: var(--ink) }\n", "utf-8")
    return tmp_path


def serve(folder: Path) -> tuple[Client, str]:
    """A client of an application with one style sheet of two files, and the sheet's address."""
    app = Flask(__name__, static_folder=None)
    Assets.of({"p.css": [folder / "tokens.css", folder / "p.css"]}).set_up(app, "/s")
    return app.test_client(), app.jinja_env.globals["asset"]("p.css")


def test_the_parts_come_as_one_file_in_their_order(folder: Path) -> None:
    client, address = serve(folder)
    answer = client.get(address)
    assert re.fullmatch(r"/s/p\.[0-9a-f]{8}\.css", address)
    assert answer.text.index("--ink: #000") < answer.text.index("var(--ink)")
    assert answer.content_type == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_it_is_compressed_for_those_who_take_that(folder: Path) -> None:
    client, address = serve(folder)
    plain, packed = client.get(address), client.get(address, headers=PACKED)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


def test_other_content_has_another_name_and_the_old_name_still_works_but_is_not_kept(folder: Path) -> None:
    _, before = serve(folder)
    (folder / "p.css").write_text("p { color: red }\n", "utf-8")
    client, after = serve(folder)
    assert before != after
    answer = client.get(before)
    assert "color: red" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["q.css", "p.js", "p", "", "p.11111111.js", "../p.css", "p.css/x"])
def test_there_is_nothing_else(folder: Path, name: str) -> None:
    assert serve(folder)[0].get(f"/s/{name}").status_code == 404


def test_modules_become_one_classic_script_without_what_only_people_read() -> None:
    one = (
        "// Counts.\n\nexport const LEAST = 1;\n\n"
        "/** Adds. */\nexport function add(a, b) {\n  return a + b; // sum\n}\n"
    )
    other = (
        'import { add, LEAST } from "./one.js";\n\n  // indented\nself.total = add(LEAST, "export = 1, x".length);\n'
    )
    assert join_modules([one, other]) == (
        '(() => {\n"use strict";\nfunction c(a,b){return a+b;//sum\n}self.total=c(1,"export = 1, x".length);\n})();\n'
    )


def test_a_comment_of_several_lines_stays_behind_whole() -> None:
    script = "/**\n * Adds one: (a {bracket.\n */\nlet total = 0;\n/** One. */\ntotal += 1;\n"
    assert join_modules([script]) == join_modules(["let total = 0;\ntotal += 1;\n"])


def test_names_that_may_be_properties_or_stand_in_strings_stay() -> None:
    script = (
        "const LIMIT = 1_000;\nconst wanted = 1;\nconst text = 2;\nconst key = 3;\nconst last = 4;\nconst inner = 5;\n"
        "const most = [4];\nlet count = 0;\nf({ wanted, key: inner }, ...most, `${text}`);\n"
        "self.last = LIMIT - -count;\n"
    )
    assert join_modules([script]) == (
        '(() => {\n"use strict";\nlet wanted=1;let text=2;let key=3;let last=4;let b=5;'
        "let c=[4];let a=0;f({wanted,key:b},...c,`${text}`);self.last=1_000 - -a;\n})();\n"
    )


def test_between_commas_only_braces_may_name_a_property() -> None:
    script = (
        "function total(first, second, third = []) {\n  let sum = 0;\n  for (let place = 0, row = 0; ; place++) {\n"
        "    sum += [first, second, third](place, row, { first });\n  }\n}\n"
        'const show = (place, other) => total([0, other, 1], place, "const;}");\n'
    )
    assert join_modules([script]) == (
        '(() => {\n"use strict";\nfunction f(first,c,e=[]){let d=0;for(let a=0,row=0;;a++){'
        'd+=[first,c,e](a,row,{first})}}let g=(a,b)=>f([0,b,1],a,"const;}");\n})();\n'
    )


@pytest.mark.parametrize("script", ["f(1;\n", "f([1);\n", "f(1));\n", "f(1); // (\n"])
def test_a_script_whose_brackets_do_not_match_is_refused(script: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        join_modules([script])


@pytest.mark.parametrize("name", [name for name, parts in SOURCES.items() if len(parts) > 1])
def test_the_modules_of_one_script_share_no_name_and_come_after_what_they_import(name: str) -> None:
    texts = [path.read_text("utf-8") for path in SOURCES[name]]
    declared = re.compile(r"^(?:export )?(?:async )?(?:const|let|class|function\*?) \[?(\w+)", re.MULTILINE)
    names = Counter(found for text in texts for found in declared.findall(text))
    assert [one for one, count in names.items() if count > 1] == []
    known: set[str] = set()
    for path, text in zip(SOURCES[name], texts, strict=True):
        assert {Path(found).name for found in re.findall(r'^import .* from "(.*)";$', text, re.MULTILINE)} <= known
        known.add(path.name)
    joined = join_modules(texts)
    assert not re.search(r"^\s*(?:import|export)\b|^\s*/[/*]", joined, re.MULTILINE)


def test_a_name_is_made_of_the_content_alone() -> None:
    assert Asset.of("a.js", b"1").name == Asset.of("a.js", b"1").name == "a.6b86b273.js"
