// A report in Firefox that resists fingerprinting, quick exit, Back. In: {firefox, portal, outside, picture, story}.
// Out: what was seen on the way.

import { answer, asked, load } from "./tools.mjs";

const { default: puppeteer } = await load("puppeteer-core");

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: asked.firefox,
  headless: true,
  args: ["--width=360", "--height=640"],
  extraPrefsFirefox: { "privacy.resistFingerprinting": true },
});
const seen = { errors: [] };

const heading = (page) => page.$eval("h1", (one) => one.textContent);

const visibleTexts = (page, selector) =>
  page.$$eval(selector, (found) => found.filter((one) => one.checkVisibility()).map((one) => one.innerText));

/** Press what leads to another page, and wait for it. */
async function press(page, selector) {
  await Promise.all([page.waitForNavigation(), page.locator(selector).click()]);
}

async function fillForm(page) {
  await page.goto(asked.portal);
  seen.zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  await press(page, "main a[href='/a']");
  await page.locator("[name=usia][value='18_24']").click();
  await press(page, ".ways [value=lanjut]");
  await page.locator("[name=jenis][value=PELECEHAN]").click();
  await page.locator("[name=cerita]").fill(asked.story);
  await press(page, ".ways [value=lanjut]");
}

async function sendPicture(page) {
  const input = await page.waitForSelector("#f-bukti");
  seen.isScriptAlive = await page.evaluate(() => document.documentElement.classList.contains("js"));
  seen.promise = await visibleTexts(page, "form .box");
  await input.uploadFile(asked.picture);
  await press(page, "[name=langkah][value=tambah]");
  seen.pictures = await visibleTexts(page, ".pictures li");
  await press(page, ".ways [value=lanjut]");
}

async function finish(page) {
  await press(page, ".ways [value=lanjut]");
  await page.locator("#f-setuju_proses").click();
  await press(page, ".ways [value=lanjut]");
  seen.sent = await heading(page);
  seen.code = await page.$eval(".code", (one) => one.innerText);
}

async function leave(page) {
  await Promise.all([page.waitForNavigation({ timeout: 10_000 }), page.locator("#keluar").click()]);
  await page.waitForFunction((outside) => location.href === outside, {}, asked.outside);
  seen.cookies = (await browser.cookies()).map(({ name }) => name);
  seen.back = [];
  for (let times = 0; times < 3; times += 1) {
    await page.goBack();
    seen.back.push({ heading: await heading(page), text: await page.evaluate(() => document.body.innerText) });
  }
}

try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  seen.version = await browser.version();
  await fillForm(page);
  await sendPicture(page);
  await finish(page);
  await leave(page);
} finally {
  await browser.close();
}
answer(seen);
