"use strict";
(function () {
  var copying = document.getElementById("salin");
  if (!copying || !navigator.clipboard) return;
  var button = copying.querySelector("button"), said = copying.querySelector("[role=status]");
  copying.hidden = false;
  button.addEventListener("click", function () {
    navigator.clipboard.writeText(document.getElementById("kode").textContent.trim()).then(
      function () { said.textContent = copying.dataset.done; },
      function () { said.textContent = copying.dataset.failed; }
    );
  });
})();
