// Descriptions of text lines and photo points, and their packed form (casefile/fingerprints/descriptions.py).

import { findPoints, SIDE } from "./photopoints.js";
import { reduceTo, roundEven } from "./raster.js";
import { describeLine } from "./textlines.js";

export const VERSION = 1;
export const UNIT = 4095;
export const MOST_LINES = 24;

const LENGTH = 128;
const MOST_POINTS = 64;
const HIGHEST_SCALE = 31;
const HEADER_BYTES = 7;
const MARGIN = 2;

/** How many points are kept beside so many lines. */
export function mostPoints(lines) {
  return Math.min(MOST_POINTS, Math.floor((1016 - HEADER_BYTES - lines * 22) / 12));
}

/** {size, boxes, lines, places, scales, points} of a page whose text runs level ({levels, boxes}). */
export function describePage(page) {
  const { width, height } = page.levels;
  const boxes = page.boxes.slice(0, MOST_LINES);
  const raster = reduceTo(page.levels, SIDE);
  const points = findPoints(raster, textMask(page, raster), mostPoints(boxes.length));
  const unit = UNIT / Math.max(width, height);
  const rasterUnit = UNIT / Math.max(raster.width, raster.height);
  return {
    size: [width, height].map((length) => Math.max(1, roundEven(length * unit))),
    boxes: boxes.map((box) => [box.left, box.top, box.right, box.bottom].map((place) => whole(place * unit))),
    lines: boxes.map((box) => describeLine(page.levels, box)),
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

/** The packed form: header, boxes, lines, places, scales, points; numbers of two bytes have the low byte first. */
export function packDescriptions({ size, boxes, lines, places, scales, points }) {
  const packed = new Uint8Array(HEADER_BYTES + boxes.length * (8 + LENGTH) + places.length * (5 + LENGTH));
  const view = new DataView(packed.buffer);
  let end = 0;
  const addByte = (number) => view.setUint8(end++, number);
  const addPair = (number) => view.setUint16((end += 2) - 2, number, true);
  const addAll = (numbers) => numbers.forEach((number) => addByte(number & 255));
  addByte(VERSION);
  size.forEach(addPair);
  addAll([boxes.length, places.length]);
  boxes.flat().forEach(addPair);
  lines.forEach(addAll);
  places.flat().forEach(addPair);
  addAll(scales);
  points.forEach(addAll);
  return packed;
}

/** Bytes as base64. */
export function toBase64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
