// The whole check of a bundle, in order, until the first thing that is wrong (verifier/checking.py).

import { readArchive } from "./archive.js";
import { checkManifests, CUSTODY, KEY, openBag, SIGNATURE, TAG_MANIFEST, TIMESTAMP } from "./bag.js";
import { areEqual, asText, Fault, sha256, Unable } from "./bytes.js";
import { readContents, readFingerprints } from "./contents.js";
import { checkLog } from "./custody.js";
import { compareOriginal } from "./originals.js";
import { finding } from "./saying.js";
import { fingerprintOf, isKeyLine, signer } from "./signatures.js";
import { readStamp } from "./timestamps.js";

const [INNER, INNER_SIGNATURE] = ["bukti.zip", "bukti.zip.sig"];
const [ANNEX, ANNEX_SIGNATURE] = ["identitas.pdf.age", "identitas.pdf.age.sig"];
const PACKAGES = [
  [INNER, INNER_SIGNATURE],
  [INNER, INNER_SIGNATURE, ANNEX, ANNEX_SIGNATURE],
];
const AGE_FORMS = ["age-encryption.org/", "-----BEGIN AGE ENCRYPTED FILE-----"];
const AES_METHOD = 99;
const PAPER_CODE = /^(?:(?:SULUH1:SHA256:)?([0-9A-F]{64})|([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}))$/;

/** A digest (`SULUH1:sha256:...` or the hex alone) or a bundle's id as it is compared; null when it is neither. */
export function readExpected(typed) {
  const match = PAPER_CODE.exec(typed.trim().toUpperCase());
  return match ? (match[1] || match[2]).toLowerCase() : null;
}

/** {findings, isFinished} for {archive, detached, token, pinned, expected, originals, lookAt}; all but the first may lack. */
export async function checkBundle(request) {
  const findings = [];
  try {
    if (!globalThis.crypto?.subtle) throw new Unable("no_webcrypto");
    await checkInto(findings, request);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const isFinished = !(error instanceof Unable);
    findings.push(finding(isFinished ? "wrong" : "unchecked", error.code, error.values));
    return { findings, isFinished };
  }
  return { findings, isFinished: true };
}

async function checkInto(findings, request) {
  const add = (state, code, values) => findings.push(finding(state, code, values));
  const handed = await openUnlocked(add, request);
  if (handed.isWhole) add("good", "package_good");
  const files = openBag(readArchive(handed.bundle));
  add("good", "bag_good", { count: files.size });
  await checkManifests(files);
  add("good", "manifests_good");
  const key = await signer(files.get(SIGNATURE), files.get(TAG_MANIFEST), SIGNATURE);
  add("good", "signature_good");
  if (!isKeyLine(files.get(KEY), key)) throw new Fault("key_file");
  await checkSigners(add, handed, key, request.pinned);
  const contents = readContents(files);
  await checkCustody(add, files, contents);
  await identify(add, request, [request.archive, handed.bundle, files.get(TAG_MANIFEST)], contents);
  await checkStamp(add, files, request.token);
  add("unchecked", "truth_unchecked");
  const evidence = { items: contents.items, fingerprints: readFingerprints(files), lookAt: request.lookAt };
  for (const original of request.originals || []) findings.push(...(await compareOriginal(original, evidence)));
}

/** The package; of a locked file it can still be said whether the paper names it. */
async function openUnlocked(add, request) {
  try {
    return openPackage(request);
  } catch (error) {
    if (error instanceof Unable && request.expected === (await sha256(request.archive))) add("good", "expected_good");
    throw error;
  }
}

function openPackage({ archive, detached }) {
  checkUnlocked(archive);
  const outer = readArchive(archive);
  if (!outer.has(INNER)) return { isWhole: false, bundle: archive, signature: detached };
  const isKnown = PACKAGES.some((names) => names.length === outer.size && names.every((name) => outer.has(name)));
  if (!isKnown) throw new Fault("package_form");
  return {
    isWhole: true,
    bundle: outer.get(INNER),
    signature: outer.get(INNER_SIGNATURE),
    annex: outer.get(ANNEX),
    annexSignature: outer.get(ANNEX_SIGNATURE),
  };
}

function checkUnlocked(archive) {
  const start = asText(archive.subarray(0, 40));
  if (AGE_FORMS.some((form) => start.startsWith(form))) throw new Unable("locked_age");
  const isLocked = (archive[6] & 1) === 1 && archive[8] === AES_METHOD && archive[9] === 0;
  if (start.startsWith("PK\x03\x04") && isLocked) throw new Unable("locked_zip");
}

async function checkSigners(add, handed, key, pinned) {
  if (!handed.signature) add("unchecked", "whole_unchecked");
  else if (!areEqual(await signer(handed.signature, handed.bundle, INNER_SIGNATURE), key)) throw new Fault("two_keys");
  else add("good", "whole_good");
  if (handed.annex) {
    const namespace = `suluh-annex@${await sha256(handed.bundle)}`;
    const annexKey = await signer(handed.annexSignature, handed.annex, ANNEX_SIGNATURE, namespace);
    if (!areEqual(annexKey, key)) throw new Fault("two_keys");
    add("good", "annex_good");
    add("unchecked", "annex_unchecked");
  }
  const fingerprint = await fingerprintOf(key);
  if (!pinned) add("unchecked", "pinned_unchecked", { fingerprint });
  else if (fingerprint !== pinned) throw new Fault("pinned_wrong", { fingerprint, pinned });
  else add("good", "pinned_good");
}

async function checkCustody(add, files, { heads: stated }) {
  const heads = await checkLog(files.get(CUSTODY));
  for (const report of Array.from(new Set([...stated.keys(), ...heads.keys()])).sort()) {
    const [one, other] = [stated.get(report), heads.get(report)];
    if (one?.length !== other?.length || one?.digest !== other?.digest) throw new Fault("custody_other", { report });
  }
  const entries = Array.from(heads.values()).reduce((sum, head) => sum + head.length, 0);
  add("good", "custody_good", { entries, reports: heads.size });
}

/** Which bundle this is, and whether it is the one that the paper names. */
async function identify(add, { expected }, parts, { id, case: code, made }) {
  add("note", "about", { id, case: code, made });
  const digests = await Promise.all(parts.map(sha256));
  add("note", "digest", { digest: digests[0] });
  if (!expected) add("unchecked", "expected_unchecked");
  else if (![...digests, id].includes(expected)) throw new Fault("expected_wrong", { id, made });
  else add("good", "expected_good");
}

async function checkStamp(add, files, beside) {
  const token = files.get(TIMESTAMP) || beside;
  if (!token) {
    add("unchecked", "stamp_missing");
    return;
  }
  add("good", "stamp_good", { time: await readStamp(token, files.get(SIGNATURE)) });
  add("unchecked", "stamp_unchecked");
}
