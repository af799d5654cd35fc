// Lighthouse's mobile scores of pages. In: {chromium, flags, pages: [{url, cookie}]}. Out: [{scores, failed}].

import { answer, asked, load } from "./tools.mjs";

const { default: lighthouse } = await load("lighthouse");
const { launch } = await load("chrome-launcher");

const chrome = await launch({ chromePath: asked.chromium, chromeFlags: ["--headless=new", ...asked.flags] });

async function measure({ url, cookie }) {
  const settings = {
    port: chrome.port,
    output: "json",
    logLevel: "error",
    onlyCategories: ["accessibility", "best-practices", "performance"],
    disableFullPageScreenshot: true,
    extraHeaders: cookie ? { Cookie: cookie } : {},
  };
  const { lhr } = await lighthouse(url, settings);
  const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, score ?? 0]));
  const failed = Object.values(lhr.audits).filter(({ score, errorMessage }) => errorMessage || (score ?? 1) < 0.9);
  return { shown: lhr.finalDisplayedUrl, scores, failed: failed.map(({ id, errorMessage }) => [id, errorMessage ?? ""]) };
}

const measured = [];
try {
  for (const page of asked.pages) measured.push(await measure(page));
} finally {
  chrome.kill();
}
answer(measured);
