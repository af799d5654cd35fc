// PDQ, the 256-bit picture fingerprint of Meta (casefile/fingerprints/pdq.py, docs/fingerprints.md).

const SAMPLES = 64;
const FREQUENCIES = 16;
const LOWER_MEDIAN = (FREQUENCIES * FREQUENCIES - 1) >> 1;
const LUMA = [0.299, 0.587, 0.114];
const single = Math.fround;

/** {value: 32 bytes, quality: 0 to 100} of upright opaque RGBA pixels. */
export function pdq(pixels) {
  return valueOf(samplesOf(pixels, lumaOfColours));
}

/** The same of a raster, as if each channel held its levels. */
export function pdqOfGrey(raster) {
  return valueOf(samplesOf(raster, lumaOfGrey));
}

function valueOf(reduced) {
  const transform = transformMatrix();
  const columns = product(transform, reduced, FREQUENCIES, SAMPLES, SAMPLES);
  const frequencies = product(columns, transposed(transform), FREQUENCIES, SAMPLES, FREQUENCIES);
  return { value: bitsAboveMedian(frequencies), quality: qualityOf(reduced) };
}

/** The product of two matrices (rows x inner, inner x columns), added up term by term in single precision. */
function product(left, right, rows, inner, columns) {
  const result = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let term = 0; term < inner; term++) {
        sum = single(sum + single(left[row * inner + term] * right[term * columns + column]));
      }
      result[row * columns + column] = sum;
    }
  }
  return result;
}

/** The 64 x 64 luma samples; `lumaOfBand` gives the luma of the weighted sum of a band of rows. */
function samplesOf({ data, width, height }, lumaOfBand) {
  const across = bandsOf(width);
  const share = (windowOf(height) * windowOf(width)) ** 2;
  const reduced = new Float32Array(SAMPLES * SAMPLES);
  bandsOf(height).forEach((band, row) => {
    const luma = lumaOfBand(data, width, band);
    across.forEach(({ start, weights }, column) => {
      let sum = 0;
      for (let place = 0; place < weights.length; place++) sum += luma[start + place] * weights[place];
      reduced[row * SAMPLES + column] = sum / share;
    });
  });
  return reduced;
}

/** Colours are added up from the top in single precision. */
function lumaOfColours(data, width, { start, weights }) {
  const colours = new Float32Array(width * 3);
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row];
    let from = (start + row) * width * 4;
    for (let place = 0; place < colours.length; place += 3, from += 4) {
      colours[place] += weight * data[from];
      colours[place + 1] += weight * data[from + 1];
      colours[place + 2] += weight * data[from + 2];
    }
  }
  const luma = new Float64Array(width);
  for (let column = 0; column < width; column++) {
    let sum = 0;
    for (let channel = 0; channel < 3; channel++) sum += colours[column * 3 + channel] * LUMA[channel];
    luma[column] = sum;
  }
  return luma;
}

function lumaOfGrey(data, width, { start, weights }) {
  const levels = new Float32Array(width);
  for (let row = 0; row < weights.length; row++) {
    const from = (start + row) * width;
    for (let column = 0; column < width; column++) levels[column] += weights[row] * data[from + column];
  }
  return Float64Array.from(levels, (level) => LUMA.reduce((sum, share) => sum + level * share, 0));
}

/** The width of one box filter along a side. */
function windowOf(length) {
  return Math.ceil(length / (2 * SAMPLES));
}

/** For each of the 64 samples along a side: the first pixel and the weights of two box filters folded into one. */
function bandsOf(length) {
  const size = windowOf(length);
  const ahead = (size + 2) >> 1;
  const first = (place) => Math.max(place + ahead - size, 0);
  const last = (place) => Math.min(place + ahead, length);
  const share = (place) => size / (last(place) - first(place));
  return Array.from({ length: SAMPLES }, (_, sample) => {
    const centre = Math.floor(((sample + 0.5) * length) / SAMPLES);
    const start = first(first(centre));
    const stop = last(last(centre) - 1);
    const changes = new Float64Array(stop - start + 1);
    for (let place = first(centre); place < last(centre); place++) changes[first(place) - start] += share(place);
    for (let place = first(centre); place < last(centre); place++) changes[last(place) - start] -= share(place);
    let sum = 0;
    const weights = Float32Array.from(changes.subarray(0, stop - start), (change) => (sum += change) * share(centre));
    return { start, weights };
  });
}

/** Rows 1 to 16 of the 64-point cosine transform. */
function transformMatrix() {
  const scale = single(Math.sqrt(2 / SAMPLES));
  const matrix = new Float32Array(FREQUENCIES * SAMPLES);
  for (let place = 0; place < matrix.length; place++) {
    const frequency = 1 + Math.floor(place / SAMPLES);
    const position = 2 * (place % SAMPLES) + 1;
    matrix[place] = scale * Math.cos((Math.PI / 2 / SAMPLES) * frequency * position);
  }
  return matrix;
}

/** The transform with rows and columns changed over. */
function transposed(matrix) {
  const result = new Float32Array(matrix.length);
  for (let row = 0; row < FREQUENCIES; row++) {
    for (let column = 0; column < SAMPLES; column++) {
      result[column * FREQUENCIES + row] = matrix[row * SAMPLES + column];
    }
  }
  return result;
}

/** One bit for each frequency, whether it is above the lower median; the last frequency comes first. */
function bitsAboveMedian(frequencies) {
  const median = Float32Array.from(frequencies).sort()[LOWER_MEDIAN];
  const value = new Uint8Array(frequencies.length / 8);
  for (let bit = 0; bit < frequencies.length; bit++) {
    if (frequencies[frequencies.length - 1 - bit] > median) value[bit >> 3] |= 128 >> (bit & 7);
  }
  return value;
}

/** How much there is to see: visible steps between neighbouring samples, 0 to 100. */
function qualityOf(reduced) {
  let steps = 0;
  const step = (one, other) => Math.abs(Math.trunc(single(single(single(one - other) * 100) / 255)));
  for (let row = 0, place = 0; row < SAMPLES; row++) {
    for (let column = 0; column < SAMPLES; column++, place++) {
      if (row > 0) steps += step(reduced[place - SAMPLES], reduced[place]);
      if (column > 0) steps += step(reduced[place - 1], reduced[place]);
    }
  }
  return Math.min(100, Math.floor(steps / 90));
}
