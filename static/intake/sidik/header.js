// What the first bytes of a file tell, before anything decodes it (casefile/fingerprints/gate.py). Faults are values of
// PictureFault.

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_PIXELS = 40_000_000;
const LEAST_LENGTH = 16;
const MOST_LENGTH = 20_000;
const HEIF_BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis"];
const PNG_SIGNATURE = "\x89PNG\r\n\x1a\n";
const NO_FRAMES = [0xc4, 0xc8, 0xcc];

/** Why a file of so many bytes is refused unread, or null. */
export function faultOfLength(length) {
  if (length === 0) return "empty";
  return length > MOST_BYTES ? "too_large" : null;
}

/** Why the file is refused, or null. */
export function faultOf(bytes) {
  const view = new DataView(bytes.buffer);
  const text = (start, length) => String.fromCharCode(...bytes.subarray(start, start + length));
  try {
    if (text(0, 3) === "\xff\xd8\xff") return faultOfSize(...jpegSize(view));
    if (text(0, 8) === PNG_SIGNATURE) {
      return faultOfSize(view.getUint32(16), view.getUint32(20)) ?? (isMovingPng(view, text) ? "animated" : null);
    }
    if (text(0, 4) === "RIFF" && text(8, 4) === "WEBP") {
      const kind = text(12, 4);
      return faultOfSize(...webpSize(view, kind)) ?? (kind === "VP8X" && bytes[20] & 2 ? "animated" : null);
    }
  } catch {
    return "unreadable";
  }
  return text(4, 4) === "ftyp" && HEIF_BRANDS.includes(text(8, 4)) ? "heic" : "not_allowed";
}

function faultOfSize(width, height) {
  if (width * height > MOST_PIXELS || Math.max(width, height) > MOST_LENGTH) return "too_many_pixels";
  return Math.min(width, height) < LEAST_LENGTH ? "too_small" : null;
}

/** Width and height from the frame header, whichever kind it is of. */
function jpegSize(view) {
  let place = 2;
  for (;;) {
    while (view.getUint8(place + 1) === 0xff) place++;
    const marker = view.getUint8(place + 1);
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.includes(marker)) {
      return [view.getUint16(place + 7), view.getUint16(place + 5)];
    }
    place += 2 + view.getUint16(place + 2);
  }
}

/** Whether a chunk before the pixels says that there is more than one frame. */
function isMovingPng(view, text) {
  for (let place = 8; ; place += 12 + view.getUint32(place)) {
    const kind = text(place + 4, 4);
    if (kind === "acTL") return view.getUint32(place + 8) > 1;
    if (kind === "IDAT") return false;
  }
}

function webpSize(view, kind) {
  if (kind === "VP8 ") return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  if (kind === "VP8L") {
    const packed = view.getUint32(21, true);
    return [1 + (packed & 0x3fff), 1 + ((packed >> 14) & 0x3fff)];
  }
  return [1 + (view.getUint32(24, true) & 0xffffff), 1 + (view.getUint32(26, true) >> 8)];
}
