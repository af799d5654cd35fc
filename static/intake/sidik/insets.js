// Pictures inside a picture: the PDQ of each (casefile/fingerprints/insets.py, docs/fingerprints.md).

import { pdqOfGrey } from "./pdq.js";
import { reduceTo } from "./raster.js";
import { addNew, commonest, CORNER_PERCENT, findRectangles } from "./rectangles.js";

const MOST_INSETS = 2;
const SEARCH_SIDE = 560;
const REACH = 2;
const LEAST_QUALITY = 50;
const EQUAL_UP_TO = 31;
const APART = 10;
const ON_GROUND = 6;
const LEAST_CORNER = 2;
const INK = 24;
const INK_SHARE = 50;
const FEW_LINES = 6;

/** The PDQ values (32 bytes each) of the pictures inside a page, the likeliest first; `whole` is that of the picture. */
export function findInsets(page, whole) {
  const found = [];
  const passed = [];
  const small = reduceTo(page, SEARCH_SIDE);
  for (const rectangle of findRectangles(small)) {
    const box = exactBox(page, rectangle, small);
    if (!addNew(passed, box)) continue;
    const part = filled(page, box, rectangle.ground);
    if (isWritten(part)) continue;
    const { value, quality } = pdqOfGrey(part);
    if (quality < LEAST_QUALITY || bitsBetween(value, whole) <= EQUAL_UP_TO) continue;
    if (found.every((other) => bitsBetween(value, other) > APART)) found.push(value);
    if (found.length === MOST_INSETS) break;
  }
  return found;
}

/** Whether a box is half of one grey and has few lines on it, as a bubble of text has. */
function isWritten({ data, width }) {
  const counts = new Int32Array(256);
  for (const level of data) counts[level]++;
  const [ground, count] = commonest(counts);
  let lines = 0;
  let inked = 0;
  let wasInk = false;
  for (let start = 0; start < data.length; start += width) {
    let ink = 0;
    for (let place = start; place < start + width; place++) if (Math.abs(data[place] - ground) > INK) ink++;
    const isInk = ink * INK_SHARE >= width;
    inked += isInk;
    lines += isInk > wasInk;
    wasInk = isInk;
  }
  return 2 * count >= data.length && lines <= FEW_LINES && 5 * inked * width <= 4 * data.length;
}

function bitsBetween(one, other) {
  let bits = 0;
  for (let place = 0; place < one.length; place++) {
    for (let rest = one[place] ^ other[place]; rest; rest &= rest - 1) bits++;
  }
  return bits;
}

/** A box of the small raster on the page, each side moved to the strongest step nearby. */
function exactBox({ data, width, height }, box, small) {
  const reach = scaled(REACH, width, small.width);
  const rows = [box.top, box.bottom].map((side) => scaled(side, height, small.height));
  const [left, right] = [box.left, box.right].map((side) =>
    strongest(data, reach, scaled(side, width, small.width), width, 1, rows[0] * width, rows[1] * width, width),
  );
  const [top, bottom] = rows.map((side) => strongest(data, reach, side, height, width, left, right, 1));
  return { left, top, right, bottom };
}

/** A place on a side of `fromLength` on one of `length`, halves rounded up. */
function scaled(place, length, fromLength) {
  return Math.floor((2 * place * length + fromLength) / (2 * fromLength));
}

/** The border near `place` between two of `length` lines where levels change most; the nearest, the first of equals. */
function strongest(data, reach, place, length, step, from, to, along) {
  let best = place;
  if (place === 0 || place === length) return best;
  let most = -1;
  for (let line = Math.max(1, place - reach); line <= Math.min(length - 1, place + reach); line++) {
    let sum = 0;
    for (let at = from + line * step; at < to + line * step; at += along) sum += Math.abs(data[at] - data[at - step]);
    const isNearer = Math.abs(line - place) < Math.abs(best - place);
    if (sum > most || (sum === most && isNearer)) [best, most] = [line, sum];
  }
  return best;
}

/** The raster of a box; where its corners are rounded, the ground is replaced by the nearest pixel of the row. */
function filled(page, box, ground) {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (box.top + row) * page.width + box.left;
    data.set(page.data.subarray(from, from + width), row * width);
  }
  const corner = Math.floor((Math.min(width, height) * CORNER_PERCENT) / 100);
  if (corner >= LEAST_CORNER) {
    const bottom = width * (height - 1);
    fillCorner(data, { first: 0, down: width, across: 1 }, ground, corner);
    fillCorner(data, { first: width - 1, down: width, across: -1 }, ground, corner);
    fillCorner(data, { first: bottom, down: -width, across: 1 }, ground, corner);
    fillCorner(data, { first: bottom + width - 1, down: -width, across: -1 }, ground, corner);
  }
  return { data, width, height };
}

/** Fill the corner at `first` if runs of ground begin its rows, get shorter, and end. */
function fillCorner(data, { first, down, across }, ground, corner) {
  const runs = Array.from({ length: corner }, (_, row) => {
    let run = 0;
    while (run <= corner && Math.abs(data[first + row * down + run * across] - ground) <= ON_GROUND) run++;
    return run;
  });
  const end = runs.indexOf(0);
  const isLonger = runs.some((run, row) => row > 0 && run > runs[row - 1] + 1);
  if (end < 1 || runs[0] > corner || isLonger) return;
  for (let row = 0; row < end; row++) {
    const start = first + row * down;
    const nearest = start + (runs[row] + 1) * across;
    for (let place = start; place !== nearest; place += across) data[place] = data[nearest];
  }
}
