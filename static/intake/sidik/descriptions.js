// Descriptions of text lines, pieces of lines and photo points (casefile/fingerprints/features.py, docs/fingerprints.md).

import { findPoints, SIDE } from "./photopoints.js";
import { findPieces } from "./pieces.js";
import { reduceTo, roundEven } from "./raster.js";
import { describeLine, inkOf } from "./textlines.js";

export const UNIT = 4095;
export const MOST_LINES = 24;

const MOST_POINTS = 64;
const HIGHEST_SCALE = 31;
const HEADER_BYTES = 7;
const MARGIN = 2;

/** How many points are kept beside so many lines and pieces. */
export function mostPoints(lines, pieces) {
  return Math.min(MOST_POINTS, Math.floor((1016 - HEADER_BYTES - lines * 22) / 12) - ((3 * pieces) >> 1));
}

/** {size, boxes, lines, pieceBoxes, pieces, places, scales, points} of a page whose text runs level ({levels, boxes}). */
export function describePage(page) {
  const { width, height } = page.levels;
  const boxes = page.boxes.slice(0, MOST_LINES);
  const inks = boxes.map((box) => inkOf(page.levels, box));
  const pieces = findPieces(page.levels, boxes, inks);
  const raster = reduceTo(page.levels, SIDE);
  const points = findPoints(raster, textMask(page, raster), mostPoints(boxes.length, pieces.length));
  const unit = UNIT / Math.max(width, height);
  const rasterUnit = UNIT / Math.max(raster.width, raster.height);
  const placesOf = ({ left, top, right, bottom }) => [left, top, right, bottom].map((place) => whole(place * unit));
  return {
    size: [width, height].map((length) => Math.max(1, roundEven(length * unit))),
    boxes: boxes.map(placesOf),
    lines: boxes.map((box, number) => describeLine(box, inks[number])),
    pieceBoxes: pieces.map(placesOf),
    pieces: pieces.map((box) => describeLine(box, inkOf(page.levels, box))),
    places: points.map((point) => [point.x, point.y].map((place) => whole(place * rasterUnit))),
    scales: points.map((point) => scaleNumber(point.scale * rasterUnit)),
    points: points.map((point) => point.description),
  };
}

/** A place as a whole number of the unit. */
function whole(place) {
  return Math.min(UNIT, Math.max(0, roundEven(place)));
}

/** A standard deviation as its logarithm in half octaves. */
function scaleNumber(scale) {
  return Math.min(HIGHEST_SCALE, Math.max(0, roundEven(2 * Math.log2(scale))));
}

/** 1 where text lies on the smaller raster, with a margin of two pixels. */
function textMask(page, { width, height }) {
  const mask = new Uint8Array(width * height);
  const { width: long, height: tall } = page.levels;
  for (const box of page.boxes) {
    const top = Math.max(0, Math.floor((box.top * height) / tall) - MARGIN);
    const bottom = Math.min(height, Math.ceil((box.bottom * height) / tall) + MARGIN);
    const left = Math.max(0, Math.floor((box.left * width) / long) - MARGIN);
    const right = Math.min(width, Math.ceil((box.right * width) / long) + MARGIN);
    for (let row = top; row < bottom; row++) mask.fill(1, row * width + left, row * width + right);
  }
  return mask;
}
