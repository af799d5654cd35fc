"""Writes a corpus: base pictures, edited ones, and ``truth.json`` that says what belongs together."""

from __future__ import annotations

import io
import json
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from benchmarks.matching.edits import EDITS
from benchmarks.matching.edits.base import jpeg
from benchmarks.matching.interfaces import INTERFACES
from benchmarks.matching.pictures import PhotoPool
from benchmarks.matching.plan import Planned, Planner, split_names
from benchmarks.matching.relations import Pair, Record, related
from benchmarks.matching.rendering import Drawn, missing_fonts, renderer

JPEG_SHARE = 0.15
EMOJI_FONT = "Noto Color Emoji"
PHOTO_QUERIES = 0.17


def make_corpus(
    folder: Path,
    seed: int,
    screens: int,
    photos_dirs: Sequence[Path],
    interfaces: Sequence[str] | None = None,
    *,
    photos: int = 100,
) -> dict[str, object]:
    """Writes ``base/`` and ``truth.json`` below ``folder``; standalone photographs come from the first folder."""
    started = time.monotonic()
    (folder / "base").mkdir(parents=True, exist_ok=True)
    pool = PhotoPool(photos_dirs, seed)
    names = list(interfaces or split_names("seen", INTERFACES))
    if missing := missing_fonts({EMOJI_FONT, *(font for name in names for font in INTERFACES[name].fonts)}):
        say(f"Not installed, so that other fonts are drawn: {', '.join(missing)}")
    planner = Planner(seed, pool, names)
    planned = planner.plan(screens)
    pictures = draw_all(folder, planned, pool, random.Random(f"files:{seed}"))
    pictures += copy_photos(folder, photos_dirs[0], photos, seed)
    texts = {one.scene.story.name: [m.text for m in one.scene.story.messages if m.text] for one in planned}
    truth = {"seed": seed, "pictures": pictures, "pairs": related(pictures), "queries": [], "texts": texts}
    write_truth(folder, truth)
    say(f"{len(pictures)} base pictures in {time.monotonic() - started:.0f} s")
    return truth


def draw_all(folder: Path, planned: list[Planned], pool: PhotoPool, rng: random.Random) -> list[Record]:
    """Draws every planned screen and describes it."""
    records = []
    with renderer(pool) as screen:
        for index, one in enumerate(planned):
            interface = INTERFACES[one.scene.look.interface]
            drawn = screen.draw(interface.draw(one.scene), one.scene.look.phone, one.back)
            name = f"{interface.name}-{index:04d}"
            file = write_shot(folder / "base" / name, drawn.png, as_jpeg=rng.random() < JPEG_SHARE)
            records.append(describe(name, file, one, drawn))
            if index % 50 == 49:
                say(f"  {index + 1} of {len(planned)} screens")
    return records


def describe(name: str, file: str, one: Planned, drawn: Drawn) -> Record:
    """What the truth says about a screenshot."""
    look = one.scene.look
    return {
        "name": name,
        "file": f"base/{file}",
        "kind": "shot",
        "interface": look.interface,
        "split": INTERFACES[look.interface].split,
        "theme": "dark" if look.dark else "light",
        "phone": look.phone.name,
        "size": list(look.phone.pixels),
        "conversation": one.scene.story.name,
        "owner": one.scene.owner,
        "twins": one.twins,
        "marks": list(drawn.marks),
        "back": round(drawn.back, 3),
    }


def write_shot(path: Path, png: bytes, *, as_jpeg: bool) -> str:
    """Writes a screenshot as this phone saves it; its file name."""
    target = path.with_suffix(".jpg" if as_jpeg else ".png")
    target.write_bytes(jpeg(Image.open(io.BytesIO(png)), 92) if as_jpeg else png)
    return target.name


def copy_photos(folder: Path, photos_dir: Path, count: int, seed: int) -> list[Record]:
    """Copies standalone photographs into the corpus and describes them."""
    files = sorted(photos_dir.glob("*.jpg"))
    records: list[Record] = []
    for file in sorted(random.Random(f"alone:{seed}").sample(files, min(count, len(files)))):
        target = folder / "base" / f"photo-{file.name}"
        shutil.copyfile(file, target)
        with Image.open(file) as image:
            size = list(image.size)
        record = {"name": target.stem, "file": f"base/{target.name}", "kind": "photo", "interface": "photo"}
        records.append({**record, "split": "photo", "size": size, "marks": [f"content:{file.stem}#whole.0"]})
    return records


def make_queries(folder: Path, truth: dict[str, object], count: int, edits: Sequence[str] | None = None) -> None:
    """Writes ``count`` edited pictures below ``edits/``, every edit about as often, and adds them to the truth."""
    started = time.monotonic()
    (folder / "edits").mkdir(parents=True, exist_ok=True)
    rng = random.Random(f"queries:{truth['seed']}")
    pictures: list[Record] = list(truth["pictures"])  # type: ignore[call-overload]
    names = list(edits or split_names("seen", EDITS))
    sources = query_sources(pictures, count, rng)
    ties = neighbours(truth["pairs"])  # type: ignore[arg-type]
    queries = []
    for index in range(count):
        name = names[index % len(names)]
        source = sources[(index // len(names) + (index % len(names)) * 7) % len(sources)]
        second = stranger(source, pictures, ties, rng) if EDITS[name].second else None
        queries.append(edit_one(folder, name, index, source, second, seed=int(str(truth["seed"]))))
        if index % 100 == 99:
            say(f"  {index + 1} of {count} edited pictures")
    write_truth(folder, {**truth, "queries": queries})
    say(f"{count} edited pictures in {time.monotonic() - started:.0f} s")


def query_sources(pictures: list[Record], count: int, rng: random.Random) -> list[Record]:
    """The pictures that are edited: about one in six a photograph, in mixed order, each about six times."""
    shots = [picture for picture in pictures if picture["kind"] == "shot"]
    alone = [picture for picture in pictures if picture["kind"] == "photo"]
    wanted = max(20, count // 6)
    chosen = rng.sample(alone, min(len(alone), round(wanted * PHOTO_QUERIES)))
    chosen += rng.sample(shots, min(len(shots), wanted - len(chosen)))
    rng.shuffle(chosen)
    return chosen


def neighbours(pairs: list[Pair]) -> set[tuple[str, str]]:
    """Related names, both ways round."""
    return {(pair["a"], pair["b"]) for pair in pairs} | {(pair["b"], pair["a"]) for pair in pairs}


def stranger(source: Record, pictures: list[Record], ties: set[tuple[str, str]], rng: random.Random) -> Record:
    """Any other picture of the same kind that has nothing to do with this one."""
    while True:
        other = rng.choice(pictures)
        if other["kind"] == source["kind"] and other is not source and (source["name"], other["name"]) not in ties:
            return other


def edit_one(
    folder: Path, edit: str, index: int, source: Record, second: Record | None, *, seed: int
) -> dict[str, object]:
    """Writes one edited picture; what the truth says about it."""
    rng = random.Random(f"edit:{seed}:{index}")
    image = Image.open(folder / str(source["file"])).convert("RGB")
    other = Image.open(folder / str(second["file"])).convert("RGB") if second else None
    edited = EDITS[edit].apply(image, rng, other)
    suffix = {b"\x89PNG": "png", b"RIFF": "webp"}.get(edited.data[:4], "jpg")
    file = f"edits/{index:05d}-{edit}.{suffix}"
    (folder / file).write_bytes(edited.data)
    names = [source["name"], second["name"]] if second and edited.used_second else [source["name"]]
    kind = EDITS[edit]
    return {"file": file, "sources": names, "edit": edit, "split": kind.split, "in_mean": kind.in_mean}


def write_truth(folder: Path, truth: dict[str, object]) -> None:
    """Writes ``truth.json``."""
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")


def counts(truth: dict[str, object]) -> dict[str, int]:
    """How many pairs of each kind."""
    return dict(Counter(pair["kind"] for pair in truth["pairs"]))  # type: ignore[attr-defined]


def say(text: str) -> None:
    """Progress, on standard error."""
    print(text, file=sys.stderr, flush=True)
