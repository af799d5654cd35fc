// All fingerprints of one picture, as the server computes them (docs/fingerprints.md). Runs in a worker and in node.

import { describePage, packDescriptions, toBase64 } from "./descriptions.js";
import { pdq } from "./pdq.js";
import { flatten, pageRaster } from "./raster.js";
import { levelText } from "./upright.js";

/** {pdq: 64 hexadecimal digits, quality, descriptions: base64} of upright RGBA pixels {data, width, height}. */
export function readPicture(pixels) {
  const opaque = flatten(pixels);
  const { value, quality } = pdq(opaque);
  const page = levelText(pageRaster(opaque));
  return {
    pdq: Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join(""),
    quality,
    descriptions: toBase64(packDescriptions(describePage(page))),
  };
}
