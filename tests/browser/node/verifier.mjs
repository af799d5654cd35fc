// verify.html in Firefox, from disk. In: {firefox, page, key, files}. Out: what its status said of each file.

import { answer, asked, load } from "./tools.mjs";

const { default: puppeteer } = await load("puppeteer-core");

const browser = await puppeteer.launch({ browser: "firefox", executablePath: asked.firefox, headless: true });
const seen = { errors: [], said: [] };

try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  await page.goto(asked.page);
  await page.locator("#kunci").fill(asked.key);
  for (const file of asked.files) {
    await (await page.waitForSelector("#berkas")).uploadFile(file);
    await page.locator("button").click();
    await page.waitForFunction(() => document.querySelector("[role=status]").innerText.includes("HASIL"));
    seen.said.push(await page.$eval("[role=status]", (one) => one.innerText));
    await page.$eval("[role=status]", (one) => one.replaceChildren());
  }
} finally {
  await browser.close();
}
answer(seen);
