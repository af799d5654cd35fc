// Where the reader of files runs: in a worker it says whether its canvas can be trusted and answers each file with a
// message; where there is no worker, the page calls it.

import { isTrusted } from "./canvas.js";
import { readFile } from "./file.js";

if (typeof document === "undefined") {
  addEventListener("message", (event) => readFile(event.data).then(postMessage));
  isTrusted().then((trusted) => postMessage({ trusted }));
} else {
  self.readPictureFile = readFile;
}
