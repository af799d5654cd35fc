"""The phone's code (static/intake/sidik) gives the fingerprints that the server's code gives, in a real Chromium."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from benchmarks.fingerprints import draw_screenshot
from casefile.fingerprints.descriptions import MOST_PIECES, Descriptions
from casefile.fingerprints.features import describe_picture
from casefile.fingerprints.insets import find_insets
from casefile.fingerprints.keying import SketchKey
from casefile.fingerprints.pdq import pdq
from casefile.fingerprints.raster import page_raster
from casefile.fingerprints.sketches import Bytes, Places
from casefile.fingerprints.values import INSET_BYTES
from tests.casefile.fingerprints.golden.pictures import PICTURES
from tests.casefile.fingerprints.golden.values import read
from tests.casefile.fingerprints.test_insets import MORE, NOTHING, PLACED

pytestmark = pytest.mark.browser

MODULES = Path(__file__).parents[2] / "static" / "intake" / "sidik"
ADDRESS = "https://sidik.test/"
"""Answered by this test; secure, or Chromium gives no checksums."""
GOLDEN = read()
OPAQUE = [name for name in PICTURES if name != "transparent"]
SMALL_SHARE = 0.01
MOST_BITS = 6

WORKER = """
import { MOST_LINES } from "./descriptions.js";
import { readPicture } from "./picture.js";
import { findPieces } from "./pieces.js";
import { flatten, pageRaster } from "./raster.js";
import { inkOf } from "./textlines.js";
import { levelText } from "./upright.js";

async function pixelsOf(file) {
  const options = { colorSpaceConversion: "none", premultiplyAlpha: "none", imageOrientation: "from-image" };
  const bitmap = await createImageBitmap(file, options);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

onmessage = ({ data }) => answer(data).then(postMessage, (fault) => postMessage({ fault: String(fault) }));

async function answer({ bytes, size }) {
  const pixels = size ? { data: bytes, width: size[0], height: size[1] } : await pixelsOf(new Blob([bytes]));
  const { value, quality, insets, descriptions } = readPicture(pixels);
  for (const part of ["lines", "points", "pieces"]) {
    descriptions[part] = descriptions[part].map((numbers) => Array.from(numbers));
  }
  const result = { pdq: hexadecimal(value), quality, insets: insets.map(hexadecimal), descriptions };
  const raster = pageRaster(flatten(pixels));
  const { levels, boxes } = levelText(raster);
  const first = boxes.slice(0, MOST_LINES);
  const sides = (box) => [box.left, box.top, box.right, box.bottom];
  result.boxes = boxes.map(sides);
  result.pieces = findPieces(levels, first, first.map((box) => inkOf(levels, box))).map(sides);
  result.raster = hexadecimal(new Uint8Array(await crypto.subtle.digest("SHA-256", raster.data)));
  return result;
}

function hexadecimal(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
"""

ASK = """
([text, size]) => new Promise((resolve, reject) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const worker = new Worker("/worker.js", { type: "module" });
  worker.onmessage = ({ data }) => { worker.terminate(); resolve(data); };
  worker.onerror = (event) => reject(new Error(event.message));
  worker.postMessage({ bytes, size });
})
"""
FIND = """
async (rasters) => {
  const { findInsets } = await import("/insets.js");
  return Promise.all(rasters.map(async ([text, height, width]) => {
    const packed = new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]);
    const unpacked = packed.stream().pipeThrough(new DecompressionStream("deflate"));
    const data = new Uint8Array(await new Response(unpacked).arrayBuffer());
    return findInsets({ data, width, height }, new Uint8Array(32)).map((inset) => btoa(String.fromCharCode(...inset)));
  }));
}
"""


@pytest.fixture(scope="module")
def device(chromium: Browser) -> Iterator[Page]:
    """An empty page that may start a worker with the phone's code; nothing reaches a network."""
    context = chromium.new_context(service_workers="block")
    context.route("**/*", _answer)
    page = context.new_page()
    page.goto(ADDRESS)
    yield page
    context.close()


def _answer(route: Route) -> None:
    name = route.request.url.removeprefix(ADDRESS)
    if name == "worker.js":
        route.fulfill(body=WORKER, content_type="text/javascript")
    elif name.endswith(".js"):
        route.fulfill(body=(MODULES / name).read_text("utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>sidik</title>", content_type="text/html")


def ask(device: Page, data: bytes, size: tuple[int, int] | None = None) -> dict[str, Any]:
    """What the phone computes from a file, or from RGBA pixels of a size."""
    answer: dict[str, Any] = device.evaluate(ASK, [base64.b64encode(data).decode(), size])
    assert "fault" not in answer, answer["fault"]
    return {**answer, "descriptions": described(answer["descriptions"])}


def described(parts: dict[str, Any]) -> Descriptions:
    """What the phone's describePage gives, as ours; checked as the packed form is."""
    made = Descriptions(
        size=(parts["size"][0], parts["size"][1]),
        line_boxes=np.array(parts["boxes"], np.uint16).reshape(-1, 4),
        lines=np.array(parts["lines"], np.int8).reshape(-1, 128),
        point_places=np.array(parts["places"], np.uint16).reshape(-1, 2),
        point_scales=np.array(parts["scales"], np.uint8),
        points=np.array(parts["points"], np.uint8).reshape(-1, 128),
        piece_boxes=np.array(parts["pieceBoxes"], np.uint16).reshape(-1, 4),
        pieces=np.array(parts["pieces"], np.int8).reshape(-1, 128),
    )
    return Descriptions.from_text(made.to_text())


def encode(image: Image.Image, kind: str, **options: int) -> bytes:
    """The bytes of a file."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("name", OPAQUE)
def test_the_phone_gives_the_golden_values(device: Page, name: str) -> None:
    check_golden(name, ask(device, encode(PICTURES[name](), "PNG")))


def test_the_phone_lays_transparency_on_white(device: Page) -> None:
    image = PICTURES["transparent"]()
    check_golden("transparent", ask(device, image.tobytes(), image.size))


def test_the_phone_finds_the_insets_of_drawn_pages(device: Page) -> None:
    rasters = [page_raster(image) for image in (*PLACED.values(), *NOTHING.values(), *MORE.values())]
    sent = [[base64.b64encode(zlib.compress(raster.tobytes())).decode(), *raster.shape] for raster in rasters]
    assert device.evaluate(FIND, sent) == [
        [base64.b64encode(inset).decode() for inset in find_insets(raster, bytes(INSET_BYTES))] for raster in rasters
    ]


def check_golden(name: str, answer: dict[str, Any]) -> None:
    """All is equal but at most one number in a hundred of the descriptions, and those by one."""
    expected = GOLDEN[name]
    assert answer["raster"] == expected["raster"]
    assert answer["boxes"] == expected["boxes"]
    assert answer["pieces"] == expected["pieces"]
    assert (answer["pdq"], answer["quality"]) == (expected["pdq"], expected["quality"])
    assert answer["insets"] == expected["insets"]
    theirs, ours = answer["descriptions"], Descriptions.from_text(expected["descriptions"])
    assert theirs.size == ours.size
    for part in ("line_boxes", "point_places", "point_scales", "piece_boxes"):
        np.testing.assert_array_equal(getattr(theirs, part), getattr(ours, part))
    for part in ("lines", "points", "pieces"):
        differences = np.abs(getattr(theirs, part).astype(int) - getattr(ours, part))
        assert differences.max(initial=0) <= 1
        assert np.count_nonzero(differences) <= SMALL_SHARE * differences.size


@pytest.mark.parametrize(("seed", "has_wallpaper"), list(product((21, 22, 23), (False, True))))
def test_a_jpeg_on_the_phone_matches_the_same_jpeg_on_the_server(
    device: Page, seed: int, *, has_wallpaper: bool
) -> None:
    data = encode(draw_screenshot(seed, has_wallpaper=has_wallpaper), "JPEG", quality=85)
    answer = ask(device, data)
    image = Image.open(BytesIO(data)).convert("RGB")
    bits = (int(answer["pdq"], 16) ^ int(pdq(np.asarray(image)).value.hex(), 16)).bit_count()
    key = SketchKey(b"1" * 32)
    theirs, ours = key.sketch(answer["descriptions"]), key.sketch(describe_picture(image))
    share = share_found(ours.line_boxes, ours.line_bits, theirs.line_boxes, theirs.line_bits)
    assert bits <= 8
    assert len(ours.line_bits) >= 10
    assert share >= 0.9
    assert len(ours.piece_bits) == MOST_PIECES
    assert share_found(ours.piece_boxes, ours.piece_bits, theirs.piece_boxes, theirs.piece_bits) >= 0.75


def share_found(our_boxes: Places, our_bits: Bytes, their_boxes: Places, their_bits: Bytes) -> float:
    """How many of our lines or pieces lie at the same place in theirs, with hardly a bit that differs."""
    found = 0
    for box, bits in zip(our_boxes, our_bits, strict=True):
        near = [others for other, others in zip(their_boxes, their_bits, strict=True) if is_near(box, other)]
        found += any(bits_between(bits, others) <= MOST_BITS for others in near)
    return found / len(our_bits)


def is_near(one: NDArray[np.uint16], other: NDArray[np.uint16]) -> bool:
    """The same box but for a pixel or two of the raster."""
    return bool(np.abs(one.astype(int) - other).max() <= 6)


def bits_between(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> int:
    """How many bits differ."""
    return int(np.unpackbits(one ^ other).sum())
