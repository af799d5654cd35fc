// What a person does on the page, and what is shown. Text of a bundle only ever becomes text.

import { checkBundle, readExpected } from "./checking.js";
import { lookAt } from "./looking.js";
import { markOf, say } from "./saying.js";
import { readFingerprint } from "./signatures.js";

const TOKEN_NAME = /\.tsr$/i;
const SIGNATURE_NAME = /\.sig$/i;
const LANGUAGES = ["id", "en"];

/** The form, and the place below it where the verdict stands. */
class Screen {
  constructor(form) {
    this.form = form;
    this.button = form.querySelector("button");
    this.status = document.querySelector("[role=status]");
    this.list = document.getElementById("temuan");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check();
    });
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => this.drop(event));
  }

  /** Files that were let go over the field of originals are originals, others belong to the bundle. */
  drop(event) {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    const isOriginal = event.target.closest?.("[data-originals]");
    (isOriginal ? this.form.asli : this.form.berkas).files = event.dataTransfer.files;
  }

  async check() {
    this.list.replaceChildren();
    this.say("busy", ["Sedang memeriksa.", "Checking."]);
    this.button.disabled = true;
    try {
      const request = await this.request();
      if (request) this.show(await checkBundle(request), request.pinned);
    } catch {
      this.say("unsure", say("result_unable"));
    }
    this.button.disabled = false;
  }

  /** What was chosen and typed; null when something of it is not understood, which is said. */
  async request() {
    const [pinned, isPinWrong] = this.typed(this.form.kunci, readFingerprint);
    const [expected, isCodeWrong] = this.typed(this.form.kode, readExpected);
    const files = Array.from(this.form.berkas.files);
    const bundle = files.find(({ name }) => !SIGNATURE_NAME.test(name) && !TOKEN_NAME.test(name));
    if (isPinWrong || isCodeWrong) {
      const field = isPinWrong ? this.form.kunci : this.form.kode;
      this.say("unsure", say("typed_wrong", { typed: field.value }));
      field.focus();
      return null;
    }
    if (!bundle) {
      this.say("unsure", ["Pilih dulu berkas buktinya.", "Choose the evidence file first."]);
      this.form.berkas.focus();
      return null;
    }
    const bytesOf = async (file) => file && new Uint8Array(await file.arrayBuffer());
    const originals = Array.from(this.form.asli.files, async (file) => ({ name: file.name, content: await bytesOf(file) }));
    return {
      archive: await bytesOf(bundle),
      detached: await bytesOf(files.find(({ name }) => SIGNATURE_NAME.test(name))),
      token: await bytesOf(files.find(({ name }) => TOKEN_NAME.test(name))),
      originals: await Promise.all(originals),
      pinned,
      expected,
      lookAt,
    };
  }

  /** [what was understood, whether something was typed that is not]. */
  typed(field, read) {
    const value = field.value.trim();
    const understood = value ? read(value) : null;
    const isWrong = value !== "" && understood === null;
    field.setAttribute("aria-invalid", String(isWrong));
    return [understood, isWrong];
  }

  show({ findings, isFinished }, pinned) {
    const wrong = findings.find(({ state }) => state === "wrong");
    const result = wrong ? "result_wrong" : isFinished ? (pinned ? "result_good" : "result_unpinned") : "result_unable";
    const kind = wrong ? "wrong" : isFinished && pinned ? "good" : "unsure";
    const last = wrong || (isFinished ? null : findings.at(-1));
    this.say(kind, say(result), last?.said);
    const isOriginal = ({ code }) => code.startsWith("original_");
    const ordered = [...findings.filter(isOriginal), ...findings.filter((each) => !isOriginal(each))];
    this.list.replaceChildren(...ordered.map(lineOf));
  }

  /** Pairs of sentences, in the place that is read out. */
  say(kind, ...pairs) {
    this.status.className = kind;
    this.status.replaceChildren(...pairs.filter(Boolean).map((pair) => twice("div", pair, "p")));
  }
}

function lineOf({ state, said }) {
  const line = document.createElement("li");
  line.className = state;
  const mark = twice("div", markOf(state), "b");
  line.append(mark, twice("div", said, "p"));
  return line;
}

/** An element with the Indonesian and the English words. */
function twice(name, pair, inner) {
  const element = document.createElement(name);
  element.className = "two";
  pair.forEach((words, place) => {
    const part = document.createElement(inner);
    part.lang = LANGUAGES[place];
    part.textContent = words;
    element.append(part);
  });
  return element;
}

new Screen(document.querySelector("form"));
globalThis.checkBundle = checkBundle;
