// Originals that are handed over with a bundle (verifier/originals.py).

import { sha256 } from "./bytes.js";
import { finding } from "./saying.js";

const MOST_BITS = 31;
const LEAST_QUALITY = 50;

/** What {name, content} is to the bundle; `lookAt` gives {pdq, quality} of a picture, null where there is none. */
export async function compareOriginal({ name, content }, { items, fingerprints, lookAt }) {
  const digest = await sha256(content);
  const same = items.filter((item) => item.sha256 === digest);
  if (same.length) return same.map((item) => finding("good", "original_same", { file: name, ...item }));
  return [await compareLooks(name, content, fingerprints, lookAt)];
}

async function compareLooks(file, content, fingerprints, lookAt) {
  if (!fingerprints.length) return finding("absent", "original_absent", { file });
  const look = await lookAt(content);
  if (look === null) return finding("unchecked", "original_unreadable", { file });
  if (look.quality < LEAST_QUALITY) return finding("unchecked", "original_plain", { file });
  const near = fingerprints
    .filter((item) => item.quality >= LEAST_QUALITY)
    .map((item) => ({ ...item, bits: bitsApart(item.pdq, look.pdq) }))
    .filter((item) => item.bits <= MOST_BITS)
    .sort((one, other) => one.bits - other.bits);
  if (!near.length) return finding("absent", "original_apart", { file });
  return finding("note", "original_near", { file, ...near[0], most: MOST_BITS });
}

function bitsApart(one, other) {
  let bits = 0;
  for (let place = 0; place < one.length; place++) {
    for (let rest = parseInt(one[place], 16) ^ parseInt(other[place], 16); rest; rest &= rest - 1) bits++;
  }
  return bits;
}
