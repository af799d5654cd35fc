// Bytes, digests, and the two ways in which a check ends early.

/** Something about the bundle is wrong: the code of a sentence, and its values. */
export class Fault {
  constructor(code, values = {}) {
    Object.assign(this, { code, values });
  }
}

/** The bundle cannot be checked by this page. */
export class Unable extends Fault {}

export function asText(bytes) {
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return text;
}

export function asBytes(text) {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** UTF-8 without a mark; throws for what is none. */
export function fromUtf8(bytes) {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(digits) {
  return Uint8Array.from({ length: digits.length / 2 }, (_, place) => parseInt(digits.substr(2 * place, 2), 16));
}

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

export function areEqual(one, other) {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

/** A whole number in so many bytes, big end first. */
export function inBytes(number, count) {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(4, number);
  return new Uint8Array(view.buffer).subarray(8 - count);
}

export async function digestOf(kind, bytes) {
  return new Uint8Array(await crypto.subtle.digest(kind, bytes));
}

export async function sha256(bytes) {
  return toHex(await digestOf("SHA-256", bytes));
}
