// All fingerprints of one picture, as the server computes them (docs/fingerprints.md). Runs in a worker and in node.

import { describePage } from "./descriptions.js";
import { findInsets } from "./insets.js";
import { pdq } from "./pdq.js";
import { flatten, pageRaster } from "./raster.js";
import { levelText } from "./upright.js";

/** {value: 32 bytes of PDQ, quality, insets, descriptions} of upright RGBA pixels {data, width, height}. */
export function readPicture(pixels) {
  const opaque = flatten(pixels);
  const { value, quality } = pdq(opaque);
  const page = pageRaster(opaque);
  return { value, quality, insets: findInsets(page, value), descriptions: describePage(levelText(page)) };
}
