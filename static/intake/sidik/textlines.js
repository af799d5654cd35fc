// Text lines: where they lie, and 128 numbers each that say how their ink is spread
// (casefile/fingerprints/textlines.py, docs/fingerprints.md).

import { labelParts } from "./labels.js";
import { levelAt, roundEven, spread } from "./raster.js";

export const HIGH = 4;
export const WIDE = 32;

const LEAST_SPREAD = 30;
const EDGE_PERCENT = 16;
const LOWEST_LETTER = 6;
const HIGHEST_LETTER = 64;
const LEAST_LETTERS = 8;
const SAMPLES_ACROSS = 12;
const SAMPLES_ALONG = 96;
const LEAST_SIDE = 3;
const LEAST_WIDTH = 24;
const FILLED_PERCENT = 38;
const GAP_TENTHS = 8;
const WORD_GAP_TENTHS = 6;
const ALIKE_TENTHS = 18;
const HIGHEST_LINE = 72;
const LONG = 6;
const LEAST_LONG = 3;

/** {levels, boxes with the most letters first, slope}: the text lines of a raster; none where there is hardly text. */
export function findLines(page) {
  const { width, height } = page;
  const nothing = { levels: page, boxes: [], slope: 0 };
  const contrast = spread(page);
  if (contrast < LEAST_SPREAD || Math.min(width, height) < LEAST_SIDE) return nothing;
  const mask = edges(page, Math.max(1, Math.floor((contrast * EDGE_PERCENT) / 100)));
  const { labels, parts } = labelParts(mask, width, height, true);
  const letter = letterHeight(parts);
  if (letter === 0) return nothing;
  const highest = Math.max(13 * letter, 4 * HIGHEST_LETTER);
  keepParts(mask, labels, parts, ({ tall, wide }) => 4 * tall >= letter && 4 * tall <= highest && wide <= 40 * letter);
  const gap = Math.max(1, Math.floor((letter * GAP_TENTHS) / 10));
  joinRows(mask, width, () => gap);
  joinWords(mask, width, height, letter);
  const blobs = labelParts(mask, width, height, false);
  return { levels: page, boxes: lineBoxes(blobs.parts, letter), slope: medianSlope(blobs, width, letter) };
}

/** Clear the parts that are not `wanted`, in place. */
function keepParts(mask, labels, parts, wanted) {
  const kept = parts.map((part) => (wanted(part) ? 1 : 0));
  for (let place = 0; place < mask.length; place++) mask[place] = kept[labels[place]];
}

/** Join what may be words with their neighbours of about the same height, and clear the rest, in place. */
function joinWords(mask, width, height, letter) {
  const { labels, parts } = labelParts(mask, width, height, false);
  keepParts(mask, labels, parts, (part) => isText(part, letter) && 2 * part.wide >= part.tall);
  joinRows(mask, width, (before, after) => {
    const [low, high] = [parts[labels[before]].tall, parts[labels[after]].tall].sort((one, other) => one - other);
    return 10 * high <= ALIKE_TENTHS * low ? Math.floor((high * WORD_GAP_TENTHS) / 10) : 0;
  });
}

/** Whether a part is as high as lines are, and full enough. */
function isText({ wide, tall, area }, letter) {
  const isHigh = 6 * letter <= 10 * tall && tall <= Math.max(3 * letter, HIGHEST_LINE);
  return isHigh && 100 * area >= FILLED_PERCENT * wide * tall;
}

/** 1 where three neighbours of a row differ by more than `threshold`. */
function edges({ data, width, height }, threshold) {
  const mask = new Uint8Array(data.length);
  for (let row = 0, place = 0; row < height; row++) {
    let left = data[place];
    let middle = left;
    for (let column = 0; column < width; column++, place++) {
      const right = column < width - 1 ? data[place + 1] : middle;
      const highest = left > middle ? (left > right ? left : right) : middle > right ? middle : right;
      const lowest = left < middle ? (left < right ? left : right) : middle < right ? middle : right;
      mask[place] = highest - lowest > threshold ? 1 : 0;
      left = middle;
      middle = right;
    }
  }
  return mask;
}

/** The median height of what looks like letters; 0 where there are too few. `parts[0]` is the ground. */
function letterHeight(parts) {
  const counts = new Float64Array(HIGHEST_LETTER + 1);
  let count = 0;
  for (const { wide, tall } of parts) {
    if (tall < LOWEST_LETTER || tall > HIGHEST_LETTER || wide < 2 || wide > 12 * tall) continue;
    counts[tall]++;
    count++;
  }
  return count >= LEAST_LETTERS ? levelAt(counts, count >> 1) : 0;
}

/** Fill the gaps of each row that are at most `most(before, after)` wide, in place; the two are the pixels beside it. */
function joinRows(mask, width, most) {
  for (let start = 0; start < mask.length; start += width) {
    let last = -1;
    for (let place = start; place < start + width; place++) {
      if (!mask[place]) continue;
      if (last >= 0 && place > last + 1 && place - last - 1 <= most(last, place)) mask.fill(1, last + 1, place);
      last = place;
    }
  }
}

/** The boxes of parts shaped like lines, longest in line heights first. */
function lineBoxes(parts, letter) {
  const order = ({ wide, tall }) => Math.floor((-wide * 64) / tall);
  return parts
    .filter((part) => isText(part, letter) && part.wide >= 2 * part.tall && part.wide >= LEAST_WIDTH)
    .sort((one, other) => order(one) - order(other) || one.top - other.top || one.left - other.left)
    .map(({ left, top, right, bottom }) => ({ left, top, right, bottom }));
}

/** The median slope of long parts, each by least squares; 0 where fewer than three are long. */
function medianSlope({ labels, parts }, width, letter) {
  const slopes = [];
  parts.forEach((part, number) => {
    if (part.wide >= LONG * letter) slopes.push(slopeOf(labels, width, part, number));
  });
  if (slopes.length < LEAST_LONG) return 0;
  slopes.sort((one, other) => one - other);
  const half = slopes.length >> 1;
  return slopes.length % 2 ? slopes[half] : (slopes[half - 1] + slopes[half]) / 2;
}

/** By how many rows a part sinks a column, from whole-number sums counted from its box's corner. */
function slopeOf(labels, width, { left, top, wide, tall, area }, number) {
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumXY = 0;
  for (let y = 0; y < tall; y++) {
    const start = (top + y) * width + left;
    for (let x = 0; x < wide; x++) {
      if (labels[start + x] !== number) continue;
      sumX += x;
      sumY += y;
      sumXX += x * x;
      sumXY += x * y;
    }
  }
  return (area * sumXY - sumX * sumY) / (area * sumXX - sumX * sumX);
}

/** 128 whole numbers from -127 to 127: the lowest frequencies of a line's distance from the grey of its ground. */
export function describeLine({ left, top, right, bottom }, ink) {
  const wide = right - left;
  const tall = bottom - top;
  const across = frequencies(tall, SAMPLES_ACROSS, HIGH, 0);
  const along = frequencies(wide, SAMPLES_ALONG, WIDE, 1);
  const numbers = new Float64Array(HIGH * WIDE);
  for (let high = 0; high < HIGH; high++) {
    const sums = new Float64Array(wide);
    for (let row = 0; row < tall; row++) {
      const weight = across[high * tall + row];
      for (let column = 0; column < wide; column++) sums[column] += weight * ink[row * wide + column];
    }
    for (let number = 0; number < WIDE; number++) {
      let sum = 0;
      for (let column = 0; column < wide; column++) sum += sums[column] * along[number * wide + column];
      numbers[high * WIDE + number] = sum;
    }
  }
  const largest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 1e-9);
  return Int8Array.from(numbers, (number) => roundEven((number / largest) * 127));
}

/** How far each pixel of a line is from the grey at the box's border, 0 to 1. */
export function inkOf(page, box) {
  const wide = box.right - box.left;
  const tall = box.bottom - box.top;
  const around = new Float64Array(256);
  const counts = new Float64Array(256);
  const level = (row, column) => page.data[(box.top + row) * page.width + box.left + column];
  for (let column = 0; column < wide; column++) {
    around[level(0, column)]++;
    around[level(tall - 1, column)]++;
  }
  for (let row = 0; row < tall; row++) {
    around[level(row, 0)]++;
    around[level(row, wide - 1)]++;
  }
  const ground = levelAt(around, wide + tall);
  const ink = new Float64Array(wide * tall);
  for (let place = 0; place < ink.length; place++) {
    ink[place] = Math.abs(level(Math.floor(place / wide), place % wide) - ground);
    counts[ink[place]]++;
  }
  const full = Math.max(1, levelAt(counts, Math.floor((ink.length * 95) / 100)));
  return ink.map((value) => Math.min(value, full) / full);
}

/** Rows of the cosine transform of `samples` points, applied to `length` pixels shrunk or grown to them. */
function frequencies(length, samples, count, first) {
  const rows = new Float64Array(count * length);
  const reach = Math.max(1, length / samples);
  for (let sample = 0; sample < samples; sample++) {
    const centre = ((sample + 0.5) * length) / samples;
    const start = Math.max(0, Math.floor(centre - reach) - 1);
    const stop = Math.min(length, Math.ceil(centre + reach) + 1);
    const weights = new Float64Array(stop - start);
    let sum = 0;
    for (let place = start; place < stop; place++) {
      weights[place - start] = Math.max(0, 1 - Math.abs(place + 0.5 - centre) / reach);
      sum += weights[place - start];
    }
    for (let number = 0; number < count; number++) {
      const cosine = Math.cos((Math.PI / samples) * (sample + 0.5) * (first + number)) / sum;
      for (let place = start; place < stop; place++) rows[number * length + place] += cosine * weights[place - start];
    }
  }
  return rows;
}
