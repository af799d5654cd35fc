// Striking points of photographs, with 128 numbers each (casefile/fingerprints/photopoints.py, docs/fingerprints.md).

import { roundEven } from "./raster.js";
import { octavesOf, SHIFT } from "./scales.js";

export const SIDE = 576;

const CLEAR_CONTRAST = 3 << SHIFT;
const LEAST_CONTRASTS = [3 << SHIFT, 2 << SHIFT, 1 << SHIFT, 1 << SHIFT];
const MOST_FAINT = 24;
const EDGE_RATIO = 10;
const CELL = 48;
const MOST_IN_CELL = 3;
const SPACING = [1.1, 1.5];
const OUTSIDE = 4;
const SQUARES = 4;
const DIRECTIONS = 8;
const PATCH = 16;
const NARROW = Math.cos(Math.PI / 4);

const OFFSETS = SPACING.map((spacing) =>
  Array.from({ length: PATCH }, (_, sample) => {
    const step = (sample - 7.5) * spacing;
    return Math.sign(step) * Math.floor(Math.abs(step) + 0.5);
  }),
);
const SHARES = Array.from({ length: SQUARES }, (_, square) =>
  Array.from({ length: PATCH }, (_unused, sample) => {
    const near = Math.max(0, 1 - Math.abs((sample + 0.5) / 4 - 0.5 - square));
    return near * Math.exp(-(((sample - 7.5) / 8) ** 2) / 2);
  }),
);
const TURNS = Array.from({ length: DIRECTIONS }, (_, direction) => (Math.PI / 4) * direction);
const COSINES = TURNS.map(Math.cos);
const SINES = TURNS.map(Math.sin);

/** [{x, y, scale, description}]: at most `most`, the worthiest first, not where `isText` holds. */
export function findPoints(raster, isText, most) {
  const { width, height } = raster;
  const found = [];
  for (const octave of octavesOf(raster)) {
    const step = 1 << octave.number;
    for (const { level, row, column, strength } of extremaOf(octave)) {
      const x = (column + 0.5) * step;
      const y = (row + 0.5) * step;
      if (isText[Math.trunc(y) * width + Math.trunc(x)]) continue;
      // Contrast counts more in the middle, which cuts leave; faint points are worth less than nothing.
      const aside = Math.max(Math.abs(2 * x - width) * height, Math.abs(2 * y - height) * width);
      const worth = strength * (6 * width * height - 5 * aside) - (strength < CLEAR_CONTRAST) * 1e12;
      found.push({ x, y, worth, octave, level, row, column });
    }
  }
  found.sort((one, other) => other.worth - one.worth || one.y - other.y || one.x - other.x);
  return spreadOut(found, most).map((point) => ({
    ...point,
    scale: 2 ** (point.octave.number + point.level / 2),
    description: describePoint(point),
  }));
}

/** The first `most` points of which no square of the raster holds more than three; faint ones only while there are few. */
function spreadOut(found, most) {
  const taken = new Map();
  const kept = [];
  for (const point of found) {
    if (kept.length === most || (kept.length >= MOST_FAINT && point.worth < 0)) break;
    const cell = Math.floor(point.y / CELL) * 4096 + Math.floor(point.x / CELL);
    const count = taken.get(cell) || 0;
    if (count >= MOST_IN_CELL) continue;
    taken.set(cell, count + 1);
    kept.push(point);
  }
  return kept;
}

/** Extrema of the differences between the levels of an octave: {level, row, column, strength}. */
function extremaOf({ number, levels, width, height }) {
  const differences = levels.slice(1).map((after, before) => {
    const difference = new Int32Array(after.length);
    for (let place = 0; place < after.length; place++) difference[place] = after[place] - levels[before][place];
    return difference;
  });
  const found = [];
  for (const level of [1, 2]) {
    const middle = differences[level];
    for (let row = OUTSIDE; row < height - OUTSIDE; row++) {
      for (let column = OUTSIDE; column < width - OUTSIDE; column++) {
        const place = row * width + column;
        const strength = Math.abs(middle[place]);
        if (strength < LEAST_CONTRASTS[number] || !isExtreme(differences, level, place, width)) continue;
        if (isBlob(middle, place, width)) found.push({ level, row, column, strength });
      }
    }
  }
  return found;
}

/** Whether no neighbour in its level exceeds a value, and all nine in the levels above and below are less. */
function isExtreme(differences, level, place, width) {
  const sign = differences[level][place] > 0 ? 1 : -1;
  const value = sign * differences[level][place];
  for (let down = -width; down <= width; down += width) {
    for (let step = down - 1; step <= down + 1; step++) {
      if (sign * differences[level][place + step] > value) return false;
      if (sign * differences[level - 1][place + step] >= value) return false;
      if (sign * differences[level + 1][place + step] >= value) return false;
    }
  }
  return true;
}

/** Whether curvature is alike in all directions. */
function isBlob(values, place, width) {
  const centre = 2 * values[place];
  const across = values[place - 1] + values[place + 1] - centre;
  const down = values[place - width] + values[place + width] - centre;
  const falling = values[place - width - 1] + values[place + width + 1];
  const rising = values[place - width + 1] + values[place + width - 1];
  const mixed = Math.floor((falling - rising) / 4);
  const product = across * down - mixed * mixed;
  return product > 0 && (across + down) ** 2 * EDGE_RATIO < (EDGE_RATIO + 1) ** 2 * product;
}

/** 128 whole numbers from 0 to 255: square roots of shares of gradient, 4 x 4 squares by rows, 8 directions each. */
function describePoint({ octave, level, row, column }) {
  const shares = new Float64Array(SQUARES * SQUARES * DIRECTIONS);
  const offsets = OFFSETS[level - 1];
  for (let down = 0; down < PATCH; down++) {
    for (let right = 0; right < PATCH; right++) {
      addGradient(shares, gradientAt(octave, level, row + offsets[down], column + offsets[right]), down, right);
    }
  }
  const sum = Math.max(shares.reduce((total, share) => total + share, 0), 1e-9);
  return Uint8Array.from(shares, (share) => Math.min(255, roundEven(Math.sqrt(share / sum) * 512)));
}

/** How a level grows to the right and down at a place; beyond the edges it goes on as it is there. */
function gradientAt({ levels, width, height }, level, row, column) {
  const values = levels[level];
  const y = within(row, height);
  const x = within(column, width);
  const across = values[y * width + within(column + 1, width)] - values[y * width + within(column - 1, width)];
  const down = values[within(row + 1, height) * width + x] - values[within(row - 1, height) * width + x];
  return { across, down };
}

/** The nearest place from 0 to below `length`. */
function within(place, length) {
  return place < 0 ? 0 : place < length ? place : length - 1;
}

/** Add one sample's gradient to the squares and directions near it. */
function addGradient(shares, { across, down }, sampleDown, sampleRight) {
  const strength = Math.sqrt(across * across + down * down);
  for (let direction = 0; direction < DIRECTIONS; direction++) {
    const part = COSINES[direction] * across + SINES[direction] * down - NARROW * strength;
    if (part <= 0) continue;
    for (let high = 0; high < SQUARES; high++) {
      const share = SHARES[high][sampleDown] * part;
      if (share === 0) continue;
      for (let wide = 0; wide < SQUARES; wide++) {
        shares[(high * SQUARES + wide) * DIRECTIONS + direction] += share * SHARES[wide][sampleRight];
      }
    }
  }
}
