// The conversation: counts down while a reply can be taken back, and keeps what is being written as a draft.
"use strict";
(() => {
  for (const line of document.querySelectorAll("[data-left]")) {
    const end = performance.now() + 1000 * Number(line.dataset.left);
    const show = () => {
      const left = Math.ceil((end - performance.now()) / 1000);
      if (left > 0) {
        line.textContent = line.dataset.say.replace("{left}", left);
        return setTimeout(show, 1000);
      }
      line.textContent = line.dataset.over;
      line.closest(".held").querySelector("form").hidden = true;
    };
    line.closest(".held").removeAttribute("role");
    show();
  }

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const PAUSE = 2500, LONGEST = 4000;
  const box = form.elements.text, line = document.getElementById("draf");
  let timer = 0, saved = box.value, running = null, leaving = false;

  async function save() {
    clearTimeout(timer);
    const text = box.value;
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, text, diam: "ya" });
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(LONGEST) });
      if (!answer.ok) throw new Error("not kept");
      saved = text;
      line.removeAttribute("role");
      line.textContent = (await answer.json()).line;
      if (!leaving && box.value !== saved) plan();
    } catch {
      line.setAttribute("role", "alert");
      line.textContent = form.dataset.failed;
    }
  }
  const begin = () => {
    if (box.value !== saved) running ??= save().finally(() => { running = null; });
  };
  const plan = () => { clearTimeout(timer); timer = setTimeout(begin, PAUSE); };

  box.addEventListener("input", plan);
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    leaving = true;
    if (!running) return;
    event.preventDefault();
    await running;
    form.requestSubmit(event.submitter);
  });
})();
