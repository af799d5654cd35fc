// The conversation: counts down while a reply can be taken back.
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
})();
