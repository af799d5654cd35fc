"use strict";
(function () {
  var field = document.getElementById("hitung"), subtle = self.crypto && crypto.subtle;
  if (!subtle) return;
  var challenge = JSON.parse(field.dataset.challenge), asked = challenge.parameters;
  var salt = bytes(asked.salt), password = new Uint8Array(20), counter = 0;
  password.set(bytes(asked.nonce));

  function bytes(hex) {
    return new Uint8Array(hex.match(/../g).map(function (pair) { return parseInt(pair, 16); }));
  }
  function hex(buffer) {
    return Array.from(new Uint8Array(buffer), function (byte) { return (byte + 256).toString(16).slice(1); }).join("");
  }
  function attempt() {
    new DataView(password.buffer).setUint32(16, counter);
    return subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]).then(function (key) {
      var way = { name: "PBKDF2", hash: "SHA-256", salt: salt, iterations: asked.cost };
      return subtle.deriveBits(way, key, asked.keyLength * 8);
    }).then(function (bits) {
      var found = hex(bits);
      if (!found.startsWith(asked.keyPrefix)) { counter++; return attempt(); }
      field.value = btoa(JSON.stringify({ challenge: challenge, solution: { counter: counter, derivedKey: found } }));
    });
  }
  attempt().catch(function () {});
})();
