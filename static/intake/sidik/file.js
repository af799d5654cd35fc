// One file of the phone becomes what intake/device.py takes, or a fault. The pixels stay here.

import { packBriefly } from "./brief.js";
import { decode, readPixels } from "./canvas.js";
import { faultOf, faultOfLength } from "./header.js";
import { readPicture } from "./picture.js";

const READING_VERSION = 3;

/** {reading} with the reading as text, {fault} with a value of PictureFault. */
export async function readFile(file) {
  const unread = faultOfLength(file.size);
  if (unread) return { fault: unread };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const fault = faultOf(bytes);
    return fault ? { fault } : { reading: await readBytes(bytes) };
  } catch {
    return { fault: "unreadable" };
  }
}

/** In letters that a form sends as they are: 74 bytes, low bytes first; how many insets, and which; the brief form. */
async function readBytes(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const bitmap = await decode(bytes);
  const pixels = readPixels(bitmap);
  bitmap.close();
  const { value, quality, insets, descriptions } = readPicture(pixels);
  const sizes = new DataView(new ArrayBuffer(8));
  sizes.setUint16(0, pixels.width, true);
  sizes.setUint16(2, pixels.height, true);
  sizes.setUint32(4, bytes.length, true);
  const head = [READING_VERSION, ...digest, ...value, quality, ...new Uint8Array(sizes.buffer)];
  const found = insets.flatMap((inset) => [...inset]);
  const text = String.fromCharCode(...head, insets.length, ...found, ...packBriefly(descriptions));
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
