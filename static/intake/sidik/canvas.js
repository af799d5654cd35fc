// Pixels of a picture by way of a canvas, and whether this browser's canvas tells the truth. Browsers that guard against
// being recognised give back noise or white.

const AS_STORED = { colorSpaceConversion: "none", premultiplyAlpha: "none", imageOrientation: "from-image" };
const STRIP_ROWS = 256;
const TRIAL_SIDE = 32;
const TRIAL_PICTURE =
  "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAL0lEQVR42u3NsQkAMAwDMBc65P97A+0TySbQrpO8Su+5qU4WCQQCgUAgEAgEgik" +
  "fEI7ynnXZHoUAAAAASUVORK5CYII=";

/** A canvas without transparency, in a worker and on a page. */
function openCanvas(width, height) {
  const isPage = typeof document !== "undefined";
  const canvas = isPage ? document.createElement("canvas") : new OffscreenCanvas(width, height);
  canvas.width = width;
  canvas.height = height;
  return canvas.getContext("2d", { alpha: false, willReadFrequently: true });
}

/** The picture that the bytes of a file hold, upright; in colours as they are stored. */
export function decode(bytes) {
  return createImageBitmap(new Blob([bytes]), AS_STORED);
}

/** {data, width, height}: RGBA pixels on white. Read in strips: phones limit how large a canvas may be. */
export function readPixels(bitmap) {
  const { width, height } = bitmap;
  const data = new Uint8ClampedArray(width * height * 4);
  const context = openCanvas(width, Math.min(height, STRIP_ROWS));
  context.fillStyle = "#fff";
  for (let top = 0; top < height; top += STRIP_ROWS) {
    const rows = Math.min(STRIP_ROWS, height - top);
    context.fillRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, -top);
    data.set(context.getImageData(0, 0, width, rows).data, top * width * 4);
  }
  return { data, width, height };
}

/** Whether digests can be made, and a drawn pattern and a decoded picture come back byte for byte. */
export async function isTrusted() {
  try {
    if (!crypto.subtle) return false;
    const bitmap = await decode(Uint8Array.from(atob(TRIAL_PICTURE), (letter) => letter.charCodeAt(0)));
    const pictures = [readPixels(bitmap).data, drawnPattern()];
    bitmap.close();
    return pictures.every((data) => data.length === TRIAL_SIDE ** 2 * 4 && data.every(isAsDrawn));
  } catch {
    return false;
  }
}

/** The trial picture, drawn in single squares. */
function drawnPattern() {
  const context = openCanvas(TRIAL_SIDE, TRIAL_SIDE);
  for (let pixel = 0; pixel < TRIAL_SIDE ** 2; pixel++) {
    const [red, green, blue] = [0, 1, 2].map((channel) => trialLevel(pixel, channel));
    context.fillStyle = `rgb(${red},${green},${blue})`;
    context.fillRect(pixel % TRIAL_SIDE, Math.floor(pixel / TRIAL_SIDE), 1, 1);
  }
  return context.getImageData(0, 0, TRIAL_SIDE, TRIAL_SIDE).data;
}

function isAsDrawn(level, place) {
  return level === trialLevel(place >> 2, place & 3);
}

/** Red rises to the right, green downwards, blue falls with both. */
function trialLevel(pixel, channel) {
  const column = pixel % TRIAL_SIDE;
  const row = Math.floor(pixel / TRIAL_SIDE);
  return [column * 8, row * 8, 255 - 4 * column - 4 * row, 255][channel];
}
