// SSH signatures with Ed25519 (verifier/signatures.py); the mathematics is the browser's.

import { areEqual, asBytes, asText, digestOf, Fault, inBytes, joined, Unable } from "./bytes.js";

const NAMESPACE = "suluh-bundle@v1";
const [KEY_BYTES, SIGNATURE_BYTES, ARMOR_LINE] = [32, 64, 70];

/** The 32 bytes of the public key that signed the message in that namespace; `name` is that of the signature's file. */
export async function signer(armored, message, name, namespace = NAMESPACE) {
  const between = betweenKeyAndSignature(namespace);
  const blob = unarmored(armored);
  const start = Math.max(0, blob.length - SIGNATURE_BYTES - between.length - KEY_BYTES);
  const [key, signature] = [blob.subarray(start, start + KEY_BYTES), blob.subarray(-SIGNATURE_BYTES)];
  const whole = joined(asBytes("SSHSIG"), inBytes(1, 4), framed(keyBlob(key)), between, signature);
  if (key.length !== KEY_BYTES || !areEqual(blob, whole)) throw new Fault("signature_malformed", { name });
  const digest = await digestOf("SHA-512", message);
  const parts = [asBytes(namespace), new Uint8Array(0), asBytes("sha512"), digest].map(framed);
  if (!(await isValid(key, signature, joined(asBytes("SSHSIG"), ...parts)))) {
    throw new Fault("signature_wrong", { name });
  }
  return key;
}

/** `SHA256:` and 43 characters, as `ssh-keygen -l` shows a key. */
export async function fingerprintOf(key) {
  return `SHA256:${btoa(asText(await digestOf("SHA-256", keyBlob(key)))).replace(/=+$/, "")}`;
}

/** The fingerprint as it is compared; null when what was typed is none. */
export function readFingerprint(typed) {
  const match = /^(?:SHA256:)?([A-Za-z0-9+/]{43})=?$/.exec(typed.trim());
  return match ? `SHA256:${match[1]}` : null;
}

/** Whether the content of a .pub file is that of the key, whatever comment follows. */
export function isKeyLine(line, key) {
  const [algorithm, blob] = asText(line).trim().split(/\s+/);
  return algorithm === "ssh-ed25519" && blob === btoa(asText(keyBlob(key)));
}

async function isValid(key, signature, message) {
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  } catch (error) {
    if (error.name === "NotSupportedError" || error instanceof TypeError) throw new Unable("no_webcrypto");
    return false;
  }
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
}

function framed(part) {
  return joined(inBytes(part.length, 4), part);
}

function keyBlob(key) {
  return joined(framed(asBytes("ssh-ed25519")), framed(key));
}

/** What lies between the public key and the signature: all of it is fixed. */
function betweenKeyAndSignature(namespace) {
  const head = [asBytes(namespace), new Uint8Array(0), asBytes("sha512")].map(framed);
  const inner = joined(framed(asBytes("ssh-ed25519")), inBytes(SIGNATURE_BYTES, 4));
  return joined(...head, inBytes(inner.length + SIGNATURE_BYTES, 4), inner);
}

/** The bytes inside, or none where the form is another one. */
function unarmored(armored) {
  const lines = asText(armored).split("\n");
  let blob;
  try {
    blob = asBytes(atob(lines.slice(1, -2).join("")));
  } catch {
    return new Uint8Array(0);
  }
  const text = btoa(asText(blob));
  const written = text.match(new RegExp(`.{1,${ARMOR_LINE}}`, "g")) || [];
  const whole = ["-----BEGIN SSH SIGNATURE-----", ...written, "-----END SSH SIGNATURE-----", ""];
  return lines.join("\n") === whole.join("\n") ? blob : new Uint8Array(0);
}
