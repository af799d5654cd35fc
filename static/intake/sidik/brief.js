// The brief form of descriptions: rounded, and written with adaptive arithmetic coding (casefile/fingerprints/brief.py,
// docs/fingerprints.md). Sent instead of the packed form, which is four times as long.

const LINE_STEP = 24;
const POINT_STEP = 36;
const MOST_VALUE = 8;
const LINE_CONTEXTS = 4;
const POINT_CONTEXTS = 8;
const EVEN = 2048;
const MOST_SEEN = 120;

/** Writes bits, each with the chance (of 4096) that it is set. */
class BitWriter {
  constructor() {
    this.bytes = [];
    this.low = 0;
    this.high = 0xffffffff;
  }

  add(isSet, chance) {
    const middle = this.low + Math.floor((this.high - this.low) / 4096) * chance;
    if (isSet) this.high = middle;
    else this.low = middle + 1;
    while (this.low >>> 24 === this.high >>> 24) {
      this.bytes.push(this.high >>> 24);
      this.low = (this.low << 8) >>> 0;
      this.high = ((this.high << 8) | 255) >>> 0;
    }
  }

  addNumber(number, bits) {
    for (let bit = bits - 1; bit >= 0; bit--) this.add((number >> bit) & 1, EVEN);
  }

  finish() {
    this.bytes.push(this.high >>> 24);
    return this.bytes;
  }
}

/** Writes values from 0 to MOST_VALUE, and learns in each context how often each is exceeded. */
class ValueWriter {
  constructor(writer, contexts) {
    this.writer = writer;
    this.chances = new Uint16Array(contexts * MOST_VALUE).fill(1 << 15);
    this.seen = new Uint8Array(contexts * MOST_VALUE);
  }

  add(value, context) {
    for (let place = 0, at = context * MOST_VALUE; place < MOST_VALUE && place <= value; place++, at++) {
      const isMore = value > place;
      this.writer.add(isMore, Math.max(1, this.chances[at] >> 4));
      this.chances[at] += Math.trunc((((isMore ? 65535 : 0) - this.chances[at]) * 2) / (2 * this.seen[at] + 3));
      this.seen[at] = Math.min(MOST_SEEN, this.seen[at] + 1);
    }
  }
}

/** An array of bytes from what describePage gives. */
export function packBriefly({ size, boxes, lines, pieceBoxes, pieces, places, scales, points }) {
  const writer = new BitWriter();
  size.forEach((length) => writer.addNumber(length, 12));
  writer.addNumber(lines.length, 5);
  writer.addNumber(points.length, 7);
  writer.addNumber(pieces.length, 4);
  boxes.concat(pieceBoxes, places).forEach((place) => place.forEach((number) => writer.addNumber(number, 12)));
  scales.forEach((scale) => writer.addNumber(scale, 5));
  addLines(writer, lines.concat(pieces));
  addPoints(writer, points);
  return writer.finish();
}

/** Magnitudes in the context of their frequency across the line, each with its sign. */
function addLines(writer, lines) {
  const values = new ValueWriter(writer, LINE_CONTEXTS);
  for (const line of lines) {
    line.forEach((number, place) => {
      const value = Math.round(Math.abs(number) / LINE_STEP);
      values.add(value, place >> 5);
      if (value) writer.add(number < 0, EVEN);
    });
  }
}

/** Shares in the context of the direction before, and of the same direction in the squares to the left and above. */
function addPoints(writer, points) {
  const values = new ValueWriter(writer, POINT_CONTEXTS);
  for (const point of points) {
    const rounded = point.map((number) => Math.round(number / POINT_STEP));
    rounded.forEach((value, place) => {
      const before = place & 7 ? rounded[place - 1] : 0;
      const left = (place >> 3) & 3 ? rounded[place - 8] : 0;
      const above = place >> 5 ? rounded[place - 32] : 0;
      values.add(value, Math.min(POINT_CONTEXTS - 1, before + left + above));
    });
  }
}
