// The queue's page: asks now and then whether anything is new, and listens to single keys where a person wants that.
"use strict";
(() => {
  const EVERY = 30000, SOON = 1500;
  const live = document.querySelector(".live"), line = document.getElementById("kabar");
  let timer = 0, stopped = false;

  const say = (text) => { if (line.textContent !== text) line.textContent = text; };
  const plan = (wait) => { clearTimeout(timer); if (!stopped && !document.hidden) timer = setTimeout(ask, wait); };

  async function ask() {
    try {
      const answer = await fetch(live.dataset.news, { redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect") { stopped = true; return say(live.dataset.ended); }
      if (!answer.ok) throw new Error("no news");
      const news = await answer.json();
      say(news.line);
      for (const [view, count] of Object.entries(news.counts)) {
        const shown = document.querySelector(`[data-count="${view}"]`);
        if (shown) shown.textContent = count;
      }
      plan(news.unread ? SOON : EVERY);
    } catch {
      say(live.dataset.failed);
      plan(EVERY);
    }
  }

  document.addEventListener("visibilitychange", () => plan(SOON));
  plan(EVERY);

  const keys = document.getElementById("tombol");
  if (!keys || !("on" in keys.dataset)) return;
  const rows = [...document.querySelectorAll(".queue > .case")];
  const current = () => rows.findIndex((row) => row.contains(document.activeElement));
  const go = (step) => {
    const at = current(), next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step;
    rows[Math.max(0, Math.min(next, rows.length - 1))]?.querySelector("h2 a").focus();
  };
  const press = (selector) => rows[current()]?.querySelector(selector)?.click();
  const acts = {
    j: () => go(1),
    k: () => go(-1),
    a: () => press(".take button"),
    x: () => press("input[type=checkbox]"),
    "?": () => { keys.open = true; keys.querySelector("summary").focus(); },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !(event.key in acts)) return;
    event.preventDefault();
    acts[event.key]();
  });
})();
