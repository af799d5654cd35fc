"use strict";
(function () {
  var page = document.documentElement, exit = document.getElementById("keluar"), presses = [];
  page.classList.add("js");

  function leave() {
    page.hidden = true;
    setTimeout(function () { location.replace(exit.dataset.away); }, 1500);
    fetch(exit.href, { keepalive: true, redirect: "manual" }).catch(function () {});
    location.replace(exit.href);
  }

  document.addEventListener("click", function (event) {
    if (!event.target.closest("a[href='/keluar']")) return;
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Shift") { presses = []; return; }
    if (event.repeat) return;
    presses = presses.filter(function (at) { return event.timeStamp - at < 5000; });
    presses.push(event.timeStamp);
    if (presses.length === 3) leave();
  });
  addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    page.hidden = true;
    location.replace(location.pathname);
  });

  var wrong = document.getElementById("salah");
  if (wrong) wrong.focus();
})();
