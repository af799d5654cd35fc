// BagIt 1.0 as Suluh writes it (verifier/bag.py).

import { asText, Fault, sha256 } from "./bytes.js";

export const TAG_MANIFEST = "tagmanifest-sha256.txt";
export const SIGNATURE = `${TAG_MANIFEST}.sig`;
export const TIMESTAMP = `${SIGNATURE}.tsr`;
export const KEY = "kunci_kantor.pub";
export const REPORT = "data/laporan.json";
export const CUSTODY = "data/08_rantai_penguasaan.jsonl";
export const FINGERPRINTS = "data/05_sidik_gambar.json";

const ROOT = "bukti/";
const PAYLOAD_MANIFEST = "manifest-sha256.txt";
const DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
const UNLISTED = [TAG_MANIFEST, SIGNATURE, TIMESTAMP];
const NEEDED = ["bagit.txt", "bag-info.txt", PAYLOAD_MANIFEST, TAG_MANIFEST, SIGNATURE, KEY, REPORT, CUSTODY];
const MANIFEST_LINE = /^([0-9a-f]{64})  ([!-~]+)$/;

/** A Map of the bag's files by their name below its root. */
export function openBag(archive) {
  const files = new Map();
  for (const [name, content] of archive) {
    if (!name.startsWith(ROOT)) throw new Fault("file_outside", { name });
    files.set(name.slice(ROOT.length), content);
  }
  for (const name of NEEDED) if (!files.has(name)) throw new Fault("file_missing", { name });
  if (asText(files.get("bagit.txt")) !== DECLARATION) throw new Fault("bagit_version");
  return files;
}

/** Throws Fault with the first file that is added, missing or changed, or when the total does not fit. */
export async function checkManifests(files) {
  const names = Array.from(files.keys());
  const payload = names.filter((name) => name.startsWith("data/"));
  const tags = names.filter((name) => !name.startsWith("data/") && !UNLISTED.includes(name));
  await checkManifest(files, TAG_MANIFEST, tags);
  await checkManifest(files, PAYLOAD_MANIFEST, payload);
  const bytes = payload.reduce((sum, name) => sum + files.get(name).length, 0);
  const lines = asText(files.get("bag-info.txt")).split("\n");
  if (!lines.includes(`Payload-Oxum: ${bytes}.${payload.length}`)) throw new Fault("total");
}

async function checkManifest(files, manifest, present) {
  const listed = readManifest(files.get(manifest), manifest);
  for (const name of Array.from(new Set([...listed.keys(), ...present])).sort()) {
    if (!present.includes(name)) throw new Fault("file_lost", { name });
    if (!listed.has(name)) throw new Fault("file_added", { name, manifest });
    if ((await sha256(files.get(name))) !== listed.get(name)) throw new Fault("file_changed", { name, manifest });
  }
}

function readManifest(content, manifest) {
  const listed = new Map();
  const lines = asText(content).split("\n");
  const rest = lines.pop();
  lines.forEach((line, place) => {
    const match = MANIFEST_LINE.exec(line);
    if (!match || listed.has(match[2])) throw new Fault("manifest_line", { manifest, line: place + 1 });
    listed.set(match[2], match[1]);
  });
  if (rest) throw new Fault("manifest_cut", { manifest });
  return listed;
}
