// Sentences by their code, the same as verify.pyz says them (verifier/sentences.json). SENTENCES comes from packing.

const MARKS = {
  good: ["Benar", "OK"],
  wrong: ["Salah", "Wrong"],
  unchecked: ["Tidak diperiksa", "Not checked"],
  note: ["Catatan", "Note"],
  absent: ["Tidak ada", "Not in it"],
};

/** [Indonesian, English]. */
export function say(code, values = {}) {
  return SENTENCES[code].map((sentence) => sentence.replace(/\{(\w+)\}/g, (_, name) => plain(String(values[name]))));
}

export function markOf(state) {
  return MARKS[state];
}

/** One line of the verdict. */
export function finding(state, code, values) {
  return { state, code, said: say(code, values) };
}

/** Text from a bundle as printable ASCII, so that it cannot pass for our words. */
function plain(text) {
  return Array.from(text, (letter) => {
    const point = letter.codePointAt(0);
    if (point >= 0x20 && point < 0x7f && letter !== "\\") return letter;
    const digits = (count) => point.toString(16).padStart(count, "0");
    if (point < 0x100) return `\\x${digits(2)}`;
    return point < 0x10000 ? `\\u${digits(4)}` : `\\U${digits(8)}`;
  }).join("");
}
