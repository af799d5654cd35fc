// What the bundle's own JSON says (verifier/contents.py).

import { FINGERPRINTS, REPORT } from "./bag.js";
import { Fault, fromUtf8, Unable } from "./bytes.js";

const FORMAT = "suluh-bukti/2";
const MOST_DEPTH = 64;
const HEX_DIGEST = /^[0-9a-f]{64}$/;
const PDQ_VERSION = "1";

/** {id, case, made, heads, items} of laporan.json. */
export function readContents(files) {
  const document = readJson(files, REPORT);
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw new Fault("unreadable", { name: REPORT });
  }
  if (document.format !== FORMAT) throw new Unable("format_unknown", { format: FORMAT });
  return readOr(REPORT, () => contentsOf(document));
}

/** The items whose picture fingerprint left with the bundle. */
export function readFingerprints(files) {
  if (!files.has(FINGERPRINTS)) return [];
  const rows = readJson(files, FINGERPRINTS);
  return readOr(FINGERPRINTS, () =>
    listed(rows)
      .filter(({ pdq }) => pdq !== null && text(pdq.versi) === PDQ_VERSION)
      .map((row) => itemOf(row.laporan, row, row.pdq)),
  );
}

function readOr(name, read) {
  try {
    return read();
  } catch {
    throw new Fault("unreadable", { name });
  }
}

function readJson(files, name) {
  return readOr(name, () => {
    const json = fromUtf8(files.get(name));
    checkDepth(json);
    return JSON.parse(json);
  });
}

function checkDepth(json) {
  let depth = 0;
  for (const sign of json.replace(/"(?:[^"\\]|\\.)*"/g, "").match(/[[\]{}]/g) || []) {
    depth += "[{".includes(sign) ? 1 : -1;
    if (depth > MOST_DEPTH) throw new RangeError();
  }
}

function contentsOf({ berkas, laporan }) {
  const heads = new Map();
  const items = [];
  for (const report of listed(laporan)) {
    const { jumlah, kepala } = report.rantai_penguasaan;
    const id = text(report.id);
    heads.set(id, { length: whole(jumlah), digest: text(kepala) });
    for (const row of listed(report.bukti)) items.push(itemOf(id, row, null));
  }
  return { id: text(berkas.id), case: text(berkas.kode_kasus), made: text(berkas.dibuat_wib), heads, items };
}

function itemOf(report, row, pdq) {
  const item = { report: text(report), number: whole(row.no), sha256: text(row.sha256), pdq: "", quality: 0 };
  if (pdq !== null) Object.assign(item, { pdq: text(pdq.nilai), quality: whole(pdq.mutu) });
  if (![item.sha256, item.pdq || item.sha256].every((digits) => HEX_DIGEST.test(digits))) throw new TypeError();
  return item;
}

function listed(value) {
  if (!Array.isArray(value)) throw new TypeError();
  return value;
}

function text(value) {
  if (typeof value !== "string") throw new TypeError();
  return value;
}

function whole(value) {
  if (!Number.isInteger(value)) throw new TypeError();
  return value;
}
