// Timestamps, RFC 3161 (verifier/timestamps.py): for which bytes, and when. The maker's signature is left to openssl.

import { digestOf, Fault, sha256, toHex } from "./bytes.js";

const [SET_TAG, TIME_TAG, ATTRIBUTES_TAG] = [0x31, 0x18, 0xa0];
const SIGNED_DATA = "2a864886f70d010702";
const TIMESTAMP_INFO = "2a864886f70d0109100104";
const MESSAGE_DIGEST = "2a864886f70d010904";
const OID_SHA256 = "608648016503040201";
const DIGEST_KINDS = {
  "2b0e03021a": "SHA-1",
  [OID_SHA256]: "SHA-256",
  "608648016503040202": "SHA-384",
  "608648016503040203": "SHA-512",
};

/** The time at which the message was stamped, `2026-11-23 05:00:00` (UTC). */
export async function readStamp(token, message) {
  try {
    return await stampOf(token, message);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault("stamp_malformed");
  }
}

async function stampOf(token, message) {
  const responses = childrenOf(token);
  if (responses.length !== 1) throw new RangeError();
  const response = responses[0].content;
  if (!["00", "01"].includes(hexAt(response, 0, 0))) throw new Fault("stamp_refused");
  const signed = elementAt(response, 1, 1, 0).content;
  const enclosed = elementAt(signed, 2).content;
  const stated = elementAt(enclosed, 1, 0).content;
  const info = elementAt(stated, 0).content;
  const isKnown = hexAt(response, 1, 0) === SIGNED_DATA && hexAt(enclosed, 0) === TIMESTAMP_INFO;
  if (!isKnown || !(await isSignedDigest(signed, stated))) throw new RangeError();
  const isOurs = hexAt(info, 2, 0, 0) === OID_SHA256 && hexAt(info, 2, 1) === (await sha256(message));
  if (!isOurs) throw new Fault("stamp_other");
  return timeOf(elementAt(info, 4));
}

/** Whether the maker's signed attributes name the digest of what is stated. */
async function isSignedDigest(signed, stated) {
  const makers = childrenOf(signed).at(-1);
  const maker = childrenOf(childrenOf(makers.content)[0].content);
  if (makers.tag !== SET_TAG || maker[3].tag !== ATTRIBUTES_TAG) return false;
  const digest = toHex(await digestOf(DIGEST_KINDS[hexAt(maker[2].content, 0)], stated));
  const values = [];
  for (const attribute of childrenOf(maker[3].content)) {
    const [kind, value, ...rest] = childrenOf(attribute.content);
    if (rest.length) return false;
    if (toHex(kind.content) === MESSAGE_DIGEST) values.push(toHex(childrenOf(value.content)[0].content));
  }
  return values.length === 1 && values[0] === digest;
}

function timeOf({ tag, content }) {
  const digits = String.fromCharCode(...content.subarray(0, 14));
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits);
  if (tag !== TIME_TAG || !match) throw new RangeError();
  const [, year, month, day, hour, minute, second] = match;
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

function hexAt(content, ...path) {
  return toHex(elementAt(content, ...path).content);
}

/** The element that the numbers lead to, each counting the children of the one before. */
function elementAt(content, ...path) {
  let element = { content };
  for (const place of path) element = childrenOf(element.content)[place];
  return element;
}

/** DER elements, one after the other. */
function childrenOf(content) {
  const found = [];
  let position = 0;
  while (position < content.length) {
    const tag = content[position];
    let length = content[position + 1];
    position += 2;
    if (length >= 0x80) {
      const count = length - 0x80;
      if (count < 1 || count > 4) throw new RangeError();
      length = content.subarray(position, position + count).reduce((sum, byte) => sum * 256 + byte, 0);
      position += count;
    }
    if (!(position + length <= content.length)) throw new RangeError();
    found.push({ tag, content: content.subarray(position, position + length) });
    position += length;
  }
  return found;
}
