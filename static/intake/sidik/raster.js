// Grey rasters, byte for byte as casefile/fingerprints/raster.py and Pillow make them (docs/fingerprints.md).
//
// A raster is {data: Uint8Array by rows, width, height}.

export const PAGE_SIDE = 1600;

const PLACES = 22;
const HALF = 1 << (PLACES - 1);

/** RGBA bytes laid on white; the same bytes where nothing is transparent. */
export function flatten(pixels) {
  const from = pixels.data;
  let place = 3;
  while (place < from.length && from[place] === 255) place += 4;
  if (place >= from.length) return pixels;
  const data = new Uint8Array(from.length);
  for (let start = 0; start < from.length; start += 4) {
    const alpha = from[start + 3];
    for (let channel = 0; channel < 3; channel++) {
      const mixed = 255 * (255 - alpha) + from[start + channel] * alpha + 128;
      data[start + channel] = ((mixed >> 8) + mixed) >> 8;
    }
    data[start + 3] = 255;
  }
  return { data, width: pixels.width, height: pixels.height };
}

/** The luma (ITU-R BT.601) of opaque RGBA pixels, at most PAGE_SIDE long. */
export function pageRaster({ data, width, height }) {
  const levels = new Uint8Array(width * height);
  for (let place = 0, start = 0; place < levels.length; place++, start += 4) {
    levels[place] = (data[start] * 19595 + data[start + 1] * 38470 + data[start + 2] * 7471 + 32768) >> 16;
  }
  return reduceTo({ data: levels, width, height }, PAGE_SIDE);
}

/** The raster shrunk so that no side is longer than `longest`; never enlarged. */
export function reduceTo(raster, longest) {
  const side = Math.max(raster.width, raster.height);
  if (side <= longest) return raster;
  const width = reducedLength(raster.width, side, longest);
  const height = reducedLength(raster.height, side, longest);
  if (raster.height - height > 2 * (raster.width - width)) return shrinkAcross(shrinkDown(raster, height), width);
  return shrinkDown(shrinkAcross(raster, width), height);
}

/** The length of one side, rounded half up. */
function reducedLength(length, side, longest) {
  return Math.max(1, Math.floor((2 * length * longest + side) / (2 * side)));
}

/** For each output: the first input and the weights of the triangle filter, in whole numbers of 22 binary places. */
function filterWeights(length, outputs) {
  const scale = length / outputs;
  const support = Math.max(scale, 1);
  const result = [];
  for (let output = 0; output < outputs; output++) {
    const centre = (output + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const stop = Math.min(length, Math.trunc(centre + support + 0.5));
    const weights = new Float64Array(stop - start);
    let sum = 0;
    for (let input = 0; input < weights.length; input++) {
      weights[input] = Math.max(0, 1 - Math.abs((input + start - centre + 0.5) * (1 / support)));
      sum += weights[input];
    }
    result.push({ start, weights: Int32Array.from(weights, (weight) => 0.5 + (weight / sum) * (1 << PLACES)) });
  }
  return result;
}

/** Each column shrunk to `height`; the same raster if it has that height. */
function shrinkDown(raster, height) {
  if (raster.height === height) return raster;
  const width = raster.width;
  const data = new Uint8Array(width * height);
  const sums = new Int32Array(width);
  filterWeights(raster.height, height).forEach(({ start, weights }, row) => {
    sums.fill(HALF);
    for (let input = 0; input < weights.length; input++) {
      const weight = weights[input];
      const from = (start + input) * width;
      for (let column = 0; column < width; column++) sums[column] += weight * raster.data[from + column];
    }
    for (let column = 0; column < width; column++) data[row * width + column] = Math.min(255, sums[column] >> PLACES);
  });
  return { data, width, height };
}

/** Each row shrunk to `width`; the same raster if it has that width. */
function shrinkAcross(raster, width) {
  if (raster.width === width) return raster;
  const height = raster.height;
  const data = new Uint8Array(width * height);
  const filters = filterWeights(raster.width, width);
  for (let row = 0, place = 0; row < height; row++) {
    for (let column = 0; column < width; column++, place++) {
      const { start, weights } = filters[column];
      const from = row * raster.width + start;
      let sum = HALF;
      for (let input = 0; input < weights.length; input++) sum += weights[input] * raster.data[from + input];
      data[place] = Math.min(255, sum >> PLACES);
    }
  }
  return { data, width, height };
}

/** The range of grey that a raster uses, from its 1st to its 99th percentile. */
export function spread({ data }) {
  const counts = new Float64Array(256);
  for (let place = 0; place < data.length; place++) counts[data[place]]++;
  const hundredth = Math.floor(data.length / 100);
  return levelAt(counts, data.length - 1 - hundredth) - levelAt(counts, hundredth);
}

/** The value at `index` of the sorted numbers that were counted. */
export function levelAt(counts, index) {
  let level = 0;
  let sum = counts[0];
  while (sum <= index) sum += counts[++level];
  return level;
}

/** A number rounded to a whole one, halves to the even neighbour, as numpy does. */
export function roundEven(number) {
  const down = Math.floor(number);
  const rest = number - down;
  if (rest !== 0.5) return rest < 0.5 ? down : down + 1;
  return down % 2 === 0 ? down : down + 1;
}
