// Choosing pictures without sending them: each is read on this device, one at a time, and only what was read is sent.
// Where the canvas cannot be trusted the page stays as the server made it. All words come from the page.

import { isTrusted } from "./sidik/canvas.js";
import { Reader } from "./sidik/reader.js";

const MOST = 10;

/** The list of chosen pictures. An item is {file, state, element, answer}; states: waiting, reading, done, refused. */
class Chooser {
  constructor(area) {
    this.words = area.dataset;
    this.held = Number(area.dataset.held);
    this.input = area.querySelector("input[type=file]");
    this.form = this.input.form;
    this.list = area.querySelector("ol");
    this.status = area.querySelector("[role=status]");
    this.cancel = area.querySelector("[data-cancel]");
    this.reader = new Reader(area.dataset.script);
    this.items = [];
    this.isBusy = false;
    this.pressed = null;
    this.open(area);
  }

  /** From sending files to sending readings. */
  open(area) {
    this.input.removeAttribute("name");
    this.form.enctype = "application/x-www-form-urlencoded";
    for (const part of area.querySelectorAll("[data-server]")) part.hidden = true;
    for (const part of area.querySelectorAll("[data-device]")) part.hidden = false;
    this.input.addEventListener("change", () => this.choose());
    this.cancel.addEventListener("click", () => this.stop());
    this.form.addEventListener("submit", (event) => this.waitForRest(event));
    this.choose();
  }

  choose() {
    const files = Array.from(this.input.files);
    this.input.value = "";
    const room = MOST - this.held - this.items.filter((item) => item.state !== "refused").length;
    for (const file of files.slice(0, Math.max(0, room))) this.add(file);
    this.limit = files.length > room ? this.words.limit : "";
    this.show();
    this.readAll();
  }

  add(file) {
    const element = document.createElement("li");
    const removal = document.createElement("button");
    removal.type = "button";
    removal.className = "second small";
    removal.textContent = this.words.remove;
    element.append(document.createElement("span"), removal);
    const item = { file, element, state: "waiting", answer: {} };
    removal.addEventListener("click", () => this.remove([item]));
    this.items.push(item);
    this.list.append(element);
  }

  /** Take items off the list; the one that is being read is given up. */
  remove(items) {
    const gone = new Set(items);
    this.items = this.items.filter((item) => !gone.has(item));
    for (const item of items) item.element.remove();
    if (items.some((item) => item.state === "reading")) this.reader.stop();
    this.show();
    this.input.focus();
  }

  stop() {
    this.pressed = null;
    this.remove(this.items.filter((item) => item.state === "waiting" || item.state === "reading"));
  }

  async readAll() {
    if (this.isBusy) return;
    this.isBusy = true;
    let next;
    while ((next = this.items.find((item) => item.state === "waiting"))) {
      next.state = "reading";
      this.show();
      await new Promise((resolve) => setTimeout(resolve));
      const answer = await this.reader.read(next.file).catch(() => ({ fault: "lost" }));
      next.file = null;
      if (this.items.includes(next)) this.take(next, answer);
      this.show();
    }
    this.isBusy = false;
    this.show();
    this.goOn();
  }

  take(item, answer) {
    item.answer = answer;
    const earlier = this.items.find((other) => other.state === "done" && isSameFile(other.answer, answer));
    item.earlier = earlier;
    item.state = answer.reading && !earlier ? "done" : "refused";
    if (item.state !== "done") return;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = this.words.field;
    field.value = answer.reading;
    item.element.append(field);
  }

  /** A button pressed while pictures are read is pressed again when all are done. */
  waitForRest(event) {
    if (!this.isBusy) return;
    event.preventDefault();
    this.pressed = event.submitter || this.form.querySelector("button");
    this.show();
  }

  /** What was refused while waiting is read by a person first. */
  goOn() {
    const { pressed } = this;
    this.pressed = null;
    if (pressed && this.items.every((item) => item.state === "done")) pressed.click();
  }

  show() {
    this.items.forEach((item, place) => this.showItem(item, place));
    const done = this.items.filter((item) => item.state === "done").length;
    const all = this.items.filter((item) => item.state !== "refused").length;
    const progress = all ? filled(this.words.progress, { done, all }) : "";
    const said = [this.limit, progress, this.pressed ? this.words.wait : ""].filter(Boolean).join(" ");
    if (this.status.textContent !== said) this.status.textContent = said;
    this.cancel.hidden = !this.isBusy;
  }

  showItem(item, place) {
    const number = this.held + place + 1;
    const [label, removal] = item.element.children;
    label.textContent = filled(this.sentence(item), {
      number,
      earlier: this.held + this.items.indexOf(item.earlier) + 1,
    });
    item.element.className = item.state === "refused" ? "fault" : "";
    removal.setAttribute("aria-label", filled(this.words.removeOne, { number }));
  }

  sentence({ state, earlier, answer }) {
    if (state !== "refused") return this.words[state];
    return earlier ? this.words.same : this.words[answer.fault] || this.words.unreadable;
  }
}

/** A reading begins with its version and the digest of the file. */
function isSameFile(one, other) {
  return other.reading && one.reading.slice(0, 44) === other.reading.slice(0, 44);
}

/** A sentence with its places filled. */
function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const area = document.getElementById("gambar");
if (area) {
  isTrusted().then((trusted) => {
    if (trusted) new Chooser(area);
  });
}
