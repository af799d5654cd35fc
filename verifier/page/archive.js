// The one form that a bundle's ZIP has (verifier/archive.py): taken apart, built again, and compared.

import { areEqual, asBytes, asText, Fault } from "./bytes.js";

const LOCAL_MARK = 0x04034b50;
const CENTRAL_MARK = 0x02014b50;
const END_MARK = 0x06054b50;
const [LOCAL_BYTES, CENTRAL_BYTES, END_BYTES] = [30, 46, 22];
const MADE_BY_UNIX = (3 << 8) | 20;
const FIRST_DAY = (1 << 5) | 1;
const REGULAR_0644 = 0o100644 * 0x10000;
const SAFE_NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?(?:\/[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)*$/;
const CHECKSUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1;
  return byte;
});

/** A Map from name to content. Throws Fault with the first deviation. */
export function readArchive(archive) {
  const entries = readEntries(archive);
  if (!entries.length) throw new Fault("not_zip");
  checkNames(entries);
  if (!areEqual(writeArchive(entries), archive)) throw new Fault("zip_form");
  return new Map(entries.map(({ name, content }) => [name, content]));
}

function readEntries(archive) {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  const entries = [];
  let position = 0;
  while (position + 4 <= archive.length && view.getUint32(position, true) === LOCAL_MARK) {
    if (position + LOCAL_BYTES > archive.length) throw new Fault("zip_cut");
    const [flags, method] = [view.getUint16(position + 6, true), view.getUint16(position + 8, true)];
    const [nameLength, extraLength] = [view.getUint16(position + 26, true), view.getUint16(position + 28, true)];
    if (flags || method || extraLength) throw new Fault("zip_repacked");
    const [checksum, size] = [view.getUint32(position + 14, true), view.getUint32(position + 18, true)];
    const start = position + LOCAL_BYTES;
    const name = asText(archive.subarray(start, start + nameLength));
    position = start + nameLength + size;
    if (position > archive.length) throw new Fault("zip_cut");
    const content = archive.subarray(start + nameLength, position);
    if (checksumOf(content) !== checksum) throw new Fault("file_damaged", { name });
    entries.push({ name, content, checksum });
  }
  return entries;
}

function checkNames(entries) {
  const seen = new Set();
  for (const { name } of entries) {
    if (!SAFE_NAME.test(name)) throw new Fault("name_dangerous", { name });
    if (seen.has(name.toLowerCase())) throw new Fault("name_twice", { name });
    seen.add(name.toLowerCase());
  }
}

function writeArchive(entries) {
  const sorted = entries.slice().sort((one, other) => (one.name < other.name ? -1 : 1));
  const files = sorted.reduce((sum, { name, content }) => sum + LOCAL_BYTES + name.length + content.length, 0);
  const directory = sorted.reduce((sum, { name }) => sum + CENTRAL_BYTES + name.length, 0);
  const archive = new Uint8Array(files + directory + END_BYTES);
  const view = new DataView(archive.buffer);
  let [position, place] = [0, files];
  for (const entry of sorted) {
    writeCentral(view, place, entry, position);
    archive.set(asBytes(entry.name), place + CENTRAL_BYTES);
    place += CENTRAL_BYTES + entry.name.length;
    writeLocal(view, position, entry);
    archive.set(asBytes(entry.name), position + LOCAL_BYTES);
    archive.set(entry.content, position + LOCAL_BYTES + entry.name.length);
    position += LOCAL_BYTES + entry.name.length + entry.content.length;
  }
  view.setUint32(place, END_MARK, true);
  for (const shift of [8, 10]) view.setUint16(place + shift, sorted.length, true);
  view.setUint32(place + 12, directory, true);
  view.setUint32(place + 16, files, true);
  return archive;
}

function writeLocal(view, at, entry) {
  view.setUint32(at, LOCAL_MARK, true);
  view.setUint16(at + 4, 20, true);
  writeFacts(view, at + 12, entry);
}

function writeCentral(view, at, entry, offset) {
  view.setUint32(at, CENTRAL_MARK, true);
  view.setUint16(at + 4, MADE_BY_UNIX, true);
  view.setUint16(at + 6, 20, true);
  writeFacts(view, at + 14, entry);
  view.setUint32(at + 38, REGULAR_0644, true);
  view.setUint32(at + 42, offset, true);
}

/** Day, checksum, size twice, length of the name: the same in both headers. */
function writeFacts(view, at, { name, content, checksum }) {
  view.setUint16(at, FIRST_DAY, true);
  view.setUint32(at + 2, checksum, true);
  for (const shift of [6, 10]) view.setUint32(at + shift, content.length, true);
  view.setUint16(at + 14, name.length, true);
}

function checksumOf(content) {
  let sum = 0xffffffff;
  for (const byte of content) sum = CHECKSUMS[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
