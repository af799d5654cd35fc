// What is typed in a form is kept as a draft while a person goes on; a save under way is waited for before sending.
"use strict";
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const PAUSE = 2500, LONGEST = 4000;
  const line = document.getElementById("draf");
  let timer = 0, running = null, changed = false, leaving = false;

  async function save() {
    changed = false;
    const body = new URLSearchParams(new FormData(form));
    body.set("diam", "ya");
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(LONGEST) });
      if (!answer.ok) throw new Error("not kept");
      line.removeAttribute("role");
      line.textContent = (await answer.json()).line;
      if (changed && !leaving) plan();
    } catch {
      changed = true;
      line.setAttribute("role", "alert");
      line.textContent = form.dataset.failed;
    }
  }
  const begin = () => {
    if (changed && !leaving) running ??= save().finally(() => { running = null; });
  };
  const plan = () => { clearTimeout(timer); timer = setTimeout(begin, PAUSE); };

  form.addEventListener("input", () => { changed = true; plan(); });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    leaving = true;
    if (!running) return;
    event.preventDefault();
    await running;
    form.requestSubmit(event.submitter);
  });
})();
