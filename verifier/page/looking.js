// How a picture looks: its PDQ, with the portal's own code. The pixels stay in this page.

import { decode, isTrusted, readPixels } from "../../static/intake/sidik/canvas.js";
import { faultOf, faultOfLength } from "../../static/intake/sidik/header.js";
import { pdq } from "../../static/intake/sidik/pdq.js";
import { toHex } from "./bytes.js";

/** {pdq, quality} of the bytes of a file; null when they are no picture that can be opened, or the canvas adds noise. */
export async function lookAt(content) {
  try {
    if (faultOfLength(content.length) || faultOf(content.slice()) || !(await isTrusted())) return null;
    const bitmap = await decode(content);
    const { value, quality } = pdq(readPixels(bitmap));
    bitmap.close();
    return { pdq: toHex(value), quality };
  } catch {
    return null;
  }
}
