// Turning a page so that its text runs level (casefile/fingerprints/upright.py, docs/fingerprints.md).

import { findLines } from "./textlines.js";

const ENOUGH_TEXT = 12;
const CLEARLY_MORE = 1.5;
const LEAST_SKEW = 0.012;
const MOST_SKEW = 0.14;

/** {levels, boxes, slope} of the page with its text level. */
export function levelText(page) {
  let found = findLines(page);
  if (page.width > page.height || amount(found.boxes) < ENOUGH_TEXT) {
    const turned = findLines(turnedClockwise(page));
    if (amount(turned.boxes) > Math.max(ENOUGH_TEXT, CLEARLY_MORE * amount(found.boxes))) found = turned;
  }
  const skew = Math.abs(found.slope);
  if (amount(found.boxes) >= ENOUGH_TEXT && LEAST_SKEW <= skew && skew <= MOST_SKEW) {
    const straight = findLines(rotated(found.levels, found.slope));
    if (Math.abs(straight.slope) < skew / 2) return straight;
  }
  return found;
}

/** How much text there is: the lengths of all lines, in line heights. */
function amount(boxes) {
  return boxes.reduce((sum, box) => sum + (box.right - box.left) / (box.bottom - box.top), 0);
}

/** A quarter turn clockwise. */
function turnedClockwise({ data, width, height }) {
  const turned = new Uint8Array(data.length);
  for (let row = 0, place = 0; row < height; row++) {
    for (let column = 0; column < width; column++, place++) turned[column * height + height - 1 - row] = data[place];
  }
  return { data: turned, width: height, height: width };
}

/** Turned about its middle so that what sank by `slope` runs level; what comes in at the edges repeats them. */
function rotated(page, slope) {
  const { width, height } = page;
  const length = Math.sqrt(1 + slope * slope);
  const cosine = 1 / length;
  const sine = slope / length;
  const middleRow = (height - 1) / 2;
  const middleColumn = (width - 1) / 2;
  const firstRow = middleRow - (cosine * middleRow + sine * middleColumn);
  const firstColumn = middleColumn - (-sine * middleRow + cosine * middleColumn);
  const data = new Uint8Array(page.data.length);
  for (let row = 0, place = 0; row < height; row++) {
    for (let column = 0; column < width; column++, place++) {
      const y = Math.min(height - 1, Math.max(0, firstRow + row * cosine + column * sine));
      const x = Math.min(width - 1, Math.max(0, firstColumn - row * sine + column * cosine));
      data[place] = Math.floor(between(page, y, x) + 0.5);
    }
  }
  return { data, width, height };
}

/** The grey at a place between four pixels, each weighted by its nearness. */
function between({ data, width, height }, y, x) {
  const row = Math.floor(y);
  const column = Math.floor(x);
  const below = y - row;
  const right = x - column;
  const start = row * width + column;
  const down = row < height - 1 ? width : 0;
  const across = column < width - 1 ? 1 : 0;
  let sum = data[start] * (1 - below) * (1 - right);
  sum += data[start + across] * (1 - below) * right;
  sum += data[start + down] * below * (1 - right);
  return sum + data[start + down + across] * below * right;
}
