// Rectangles that lie on one grey: where pictures inside a picture may be (casefile/fingerprints/rectangles.py,
// docs/fingerprints.md). A rectangle is {left, top, right, bottom, ground}.

import { labelParts } from "./labels.js";

export const CORNER_PERCENT = 10;

const FLAT_RANGE = 4;
const MOST_GROUNDS = 6;
const LEAST_GROUND_PERCENT = 2;
const GROUND_APART = 6;
const NEAR = 2;
const CLOSE = 3;
const LOOSE = 9;
const INSIDE = 6;
const LEAST_PIXELS = 16;
const LEAST_SIDE_PERCENT = 12;
const LEAST_AREA_PERCENT = 3;
const MOST_AREA_PERCENT = 97;
const MOST_PAGE_SIDES = 2;
const TRIMMINGS = 2;
const SAME_PERCENT = 95;
const MOST_BUBBLES = 8;
const MOST_OF_BUBBLE_PERCENT = 55;
const RING = 2;
const OTHER_GROUND = 3;

/** The candidates on a raster, the likeliest first. */
export function findRectangles(small) {
  const { width, height } = small;
  const page = { left: 0, top: 0, right: width, bottom: height };
  const grounds = groundsOf(flatLevels(small), areaOf(page));
  const kept = [];
  [CLOSE, LOOSE]
    .flatMap((tolerance) => grounds.flatMap((ground) => boxesOn(small, page, ground, tolerance)))
    .filter((box) => pageSides(box, small) <= MOST_PAGE_SIDES)
    .sort((one, other) => areaOf(other) - areaOf(one))
    .forEach((box) => addNew(kept, box));
  return withFillings(kept, small);
}

/** Whether a box shares nearly all of its area with none of a list; it is added then. */
export function addNew(boxes, box) {
  const isNew = boxes.every((other) => {
    const width = Math.min(box.right, other.right) - Math.max(box.left, other.left);
    const height = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
    const shared = Math.max(0, width) * Math.max(0, height);
    return 100 * shared < SAME_PERCENT * (areaOf(box) + areaOf(other) - shared);
  });
  if (isNew) boxes.push(box);
  return isNew;
}

function areaOf({ left, top, right, bottom }) {
  return (right - left) * (bottom - top);
}

/** How many sides of the page a box touches. */
function pageSides({ left, top, right, bottom }, { width, height }) {
  return (left <= 1) + (top <= 1) + (right >= width - 1) + (bottom >= height - 1);
}

/** How many pixels of each level have hardly another one among their eight neighbours. */
function flatLevels({ data, width, height }) {
  const counts = new Int32Array(256);
  for (let row = 0, place = 0; row < height; row++) {
    const above = row > 0 ? -width : 0;
    const below = row < height - 1 ? width : 0;
    for (let column = 0; column < width; column++, place++) {
      let low = 255;
      let high = 0;
      const last = place + (column < width - 1 ? 1 : 0);
      for (let near = column > 0 ? place - 1 : place; near <= last; near++) {
        low = Math.min(low, data[near + above], data[near], data[near + below]);
        high = Math.max(high, data[near + above], data[near], data[near + below]);
      }
      if (high - low <= FLAT_RANGE) counts[data[place]]++;
    }
  }
  return counts;
}

/** The level that is commonest together with its neighbours, and their count. */
export function commonest(counts) {
  let ground = 0;
  let most = -1;
  for (let level = 0; level < 256; level++) {
    const count = counts.subarray(Math.max(0, level - NEAR), level + NEAR + 1).reduce((sum, one) => sum + one);
    if (count > most) [ground, most] = [level, count];
  }
  return [ground, most];
}

/** The commonest levels, none near another. Empties `counts`. */
function groundsOf(counts, pixels) {
  const grounds = [];
  while (grounds.length < MOST_GROUNDS) {
    const [ground, count] = commonest(counts);
    if (count * 100 < LEAST_GROUND_PERCENT * pixels) break;
    grounds.push(ground);
    counts.fill(0, Math.max(0, ground - GROUND_APART), ground + GROUND_APART + 1);
  }
  return grounds;
}

/** Large connected parts of a box that differ from its ground. */
function boxesOn(small, { left, top, right, bottom }, ground, tolerance) {
  const width = right - left;
  const height = bottom - top;
  const mask = new Uint8Array(width * height);
  for (let row = 0, place = 0; row < height; row++) {
    let from = (top + row) * small.width + left;
    for (let column = 0; column < width; column++) {
      mask[place++] = Math.abs(small.data[from++] - ground) > tolerance ? 1 : 0;
    }
  }
  const boxes = [];
  for (let box of labelParts(mask, width, height, true).parts.slice(1)) {
    for (let time = 0; tolerance === LOOSE && time < TRIMMINGS && isLarge(box, small); time++) {
      box = trimmed(mask, width, box);
    }
    if (!isLarge(box, small) || areaOf(box) * 100 > MOST_AREA_PERCENT * small.data.length) continue;
    boxes.push({
      left: left + box.left,
      top: top + box.top,
      right: left + box.right,
      bottom: top + box.bottom,
      ground,
    });
  }
  return boxes;
}

function isLarge(box, { data, width, height }) {
  const shorter = Math.min(box.right - box.left, box.bottom - box.top);
  const isWide = shorter >= LEAST_PIXELS && shorter * 100 >= LEAST_SIDE_PERCENT * Math.min(width, height);
  return isWide && areaOf(box) * 100 >= LEAST_AREA_PERCENT * data.length;
}

/** Without the lines at its sides of which less than half is set. */
function trimmed(mask, width, { left, top, right, bottom }) {
  const isFull = (first, step, length) => {
    let sum = 0;
    for (let place = 0; place < length; place++) sum += mask[first + place * step];
    return 2 * sum >= length;
  };
  while (top < bottom && !isFull(top * width + left, 1, right - left)) top++;
  while (top < bottom && !isFull((bottom - 1) * width + left, 1, right - left)) bottom--;
  while (left < right && !isFull(top * width + left, width, bottom - top)) left++;
  while (left < right && !isFull(top * width + right - 1, width, bottom - top)) right--;
  return { left, top, right, bottom };
}

/** With what lies in bubbles: before the bubble where it fills most of it, else at the end. */
function withFillings(found, small) {
  const fillings = found.slice(0, MOST_BUBBLES).flatMap((box) => {
    const inner = innerGround(small, box);
    return inner < 0 || Math.abs(inner - box.ground) <= OTHER_GROUND ? [] : boxesOn(small, box, inner, INSIDE);
  });
  const ordered = found.flatMap((box) => [...fillings.filter((one) => fills(one, box)), box]).concat(fillings);
  const placeOf = ({ left, top, right, bottom }) => [left, top, right, bottom].join();
  const places = ordered.map(placeOf);
  return ordered.filter((box, number) => places.indexOf(placeOf(box)) === number);
}

function fills(inner, outer) {
  const isInside = inner.left >= outer.left && inner.right <= outer.right;
  const isBelow = inner.top >= outer.top && inner.bottom <= outer.bottom;
  return isInside && isBelow && areaOf(inner) * 100 >= MOST_OF_BUBBLE_PERCENT * areaOf(outer);
}

/** The grey that holds half of a ring just inside a box, away from its corners; -1 where none does. */
function innerGround({ data, width }, { left, top, right, bottom }) {
  const corner = Math.max(1, Math.floor((Math.min(right - left, bottom - top) * CORNER_PERCENT) / 100));
  const counts = new Int32Array(256);
  for (let ring = 1; ring <= RING; ring++) {
    for (let column = left + corner; column < right - corner; column++) {
      counts[data[(top + ring) * width + column]]++;
      counts[data[(bottom - 1 - ring) * width + column]]++;
    }
    for (let row = top + corner; row < bottom - corner; row++) {
      counts[data[row * width + left + ring]]++;
      counts[data[row * width + right - 1 - ring]]++;
    }
  }
  const [ground, count] = commonest(counts);
  return count >= RING * (right - left + bottom - top - 4 * corner) ? ground : -1;
}
