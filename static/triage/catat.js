// Writing down a report: what was typed is kept as a draft while a person goes on.
"use strict";
(() => {
  const form = document.querySelector("form[data-draft]"), line = document.getElementById("draf");
  const PAUSE = 3000, LONGEST = 4000;
  let timer = 0, running = null, changed = false, leaving = false;

  async function save() {
    changed = false;
    const body = new URLSearchParams(new FormData(form));
    body.set("diam", "ya");
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(LONGEST) });
      if (!answer.ok) throw new Error("not kept");
      line.textContent = (await answer.json()).line;
    } catch {
      changed = true;
      line.textContent = form.dataset.failed;
    }
  }
  const begin = () => {
    if (changed && !leaving) running ??= save().finally(() => { running = null; });
  };

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(begin, PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    leaving = true;
    if (!running) return;
    event.preventDefault();
    await running;
    form.requestSubmit(event.submitter);
  });
})();
