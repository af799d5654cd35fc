// The custody log: every line follows from the one before it (verifier/custody.py).

import { asBytes, Fault, fromHex, fromUtf8, inBytes, joined, sha256 } from "./bytes.js";

const CUSTODY_LINE = new RegExp(
  '^\\{"report": "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", "number": ([1-9][0-9]{0,8}),' +
    ' "previous": "([0-9a-f]{64})", "body": ("(?:[^"\\\\\\x00-\\x1f]|\\\\.)+"), "digest": "([0-9a-f]{64})"\\}$',
);
const LONE_HALF = /\p{Surrogate}/u;

/** A Map from a report's id to {length, digest}: where its chain ends. */
export async function checkLog(log) {
  const heads = new Map();
  const [lines, rest] = linesOf(log);
  for (const [place, line] of lines.entries()) {
    const entry = readEntry(line, place + 1);
    const before = heads.get(entry.report) || { length: 0, digest: "00".repeat(32) };
    const digest = await entryDigest(entry, before);
    const follows = entry.number === before.length + 1 && entry.previous === before.digest && entry.digest === digest;
    if (!follows) throw new Fault("custody_breaks", { line: place + 1, number: entry.number });
    heads.set(entry.report, { length: entry.number, digest });
  }
  if (rest.length) throw new Fault("custody_cut");
  return heads;
}

function linesOf(log) {
  const lines = [];
  let start = 0;
  for (let end = log.indexOf(10); end >= 0; end = log.indexOf(10, start)) {
    lines.push(log.subarray(start, end));
    start = end + 1;
  }
  return [lines, log.subarray(start)];
}

function readEntry(line, position) {
  try {
    const [, report, number, previous, body, digest] = CUSTODY_LINE.exec(fromUtf8(line));
    const text = JSON.parse(body);
    if (!LONE_HALF.test(text)) return { report, number: Number(number), previous, body: text, digest };
  } catch {
    // Said below.
  }
  throw new Fault("custody_line", { line: position });
}

function entryDigest({ report, body }, before) {
  const text = new TextEncoder().encode(body);
  return sha256(
    joined(
      asBytes("\0SULUH-CUSTODY1"),
      fromHex(report.replaceAll("-", "")),
      inBytes(before.length + 1, 8),
      fromHex(before.digest),
      inBytes(text.length, 8),
      text,
    ),
  );
}
