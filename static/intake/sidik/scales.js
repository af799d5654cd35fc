// A raster at growing scales, in whole numbers (casefile/fingerprints/photopoints.py, docs/fingerprints.md).

export const SHIFT = 7;

const OCTAVES = 4;
const LEAST_OCTAVE_SIDE = 24;
const PASSES = [1, 1, 2, 4, 8];

/** [{number, levels, width, height}]: octaves of five levels each, Uint16Array by rows. */
export function octavesOf(raster) {
  const octaves = [];
  let { width, height } = raster;
  let base = Uint16Array.from(raster.data, (level) => level << SHIFT);
  for (let number = 0; number < OCTAVES && Math.min(width, height) >= LEAST_OCTAVE_SIDE; number++) {
    const levels = [];
    PASSES.forEach((passes, level) => {
      base = smooth(base, width, height, number > 0 && level === 0 ? 0 : passes);
      levels.push(base);
    });
    octaves.push({ number, levels, width, height });
    base = everySecond(levels[2], width, height);
    width = (width + 1) >> 1;
    height = (height + 1) >> 1;
  }
  return octaves;
}

/** Binomial smoothing along both axes, `passes` times, each halving rounded down. */
export function smooth(levels, width, height, passes) {
  const result = levels.slice();
  for (let pass = 0; pass < passes; pass++) {
    for (let time = 0; time < 2; time++) halve(result, 0, result.length - width, width);
    for (let row = 0; row < height; row++) {
      for (let time = 0; time < 2; time++) halve(result, row * width, row * width + width - 1, 1);
    }
  }
  return result;
}

/** The mean of each value and the one `step` after it, up to `last`; then of each and the one before it, in place. */
function halve(levels, first, last, step) {
  for (let place = first; place < last; place++) levels[place] = (levels[place] + levels[place + step]) >> 1;
  for (let place = last + step - 1; place >= first + step; place--) {
    levels[place] = (levels[place] + levels[place - step]) >> 1;
  }
}

/** Every second row and column, from the first on. */
function everySecond(levels, width, height) {
  const wide = (width + 1) >> 1;
  const result = new Uint16Array(wide * ((height + 1) >> 1));
  for (let place = 0; place < result.length; place++) {
    result[place] = levels[2 * Math.floor(place / wide) * width + 2 * (place % wide)];
  }
  return result;
}
