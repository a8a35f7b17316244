// What holds for the HTML reports in a real browser. usage: node browser_checks.cjs FOLDER_OF_PAGES FOLDER_FOR_PICTURES
// Needs puppeteer-core and axe-core (NODE_PATH), and CHROMIUM; scripts/check-html gives all of them.
"use strict";
const fs = require("fs");
const path = require("path");
const puppeteer = require("puppeteer-core");
const axe = require("axe-core");

const [, , pagesFolder, picturesFolder] = process.argv;
const LONGEST_LOAD_MS = 20000;
const NARROW = { width: 400, height: 800 };
const WIDE = { width: 1100, height: 1000 };

let passed = 0;
let failed = 0;
const check = (what, holds, found = "") => {
  if (holds) passed += 1;
  else {
    failed += 1;
    console.log(`FAILED ${what}${found === "" ? "" : `: ${found}`}`);
  }
};

/// A page that notes whatever it should not do.
const open = async (browser, name, { viewport = WIDE, scheme = "light", script = true } = {}) => {
  const page = await browser.newPage();
  const url = `file://${path.join(pagesFolder, name)}`;
  page.on("console", (message) => check(`${name}: the console is quiet`, false, message.text()));
  page.on("pageerror", (error) => check(`${name}: no error`, false, error.message));
  page.on("request", (request) => check(`${name}: nothing is loaded`, request.url() === url, request.url().slice(0, 99)));
  page.on("dialog", (dialog) => {
    check(`${name}: no dialog`, false, dialog.message());
    dialog.dismiss();
  });
  await page.setJavaScriptEnabled(script);
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  const begin = Date.now();
  await page.goto(url);
  page.loadMs = Date.now() - begin;
  return page;
};

const looks = async (browser, name) => {
  for (const scheme of ["light", "dark"]) {
    const page = await open(browser, name, { scheme });
    const label = `${name} (${scheme})`;
    await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
    await page.evaluate(axe.source);
    const result = await page.evaluate(() =>
      axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
    );
    for (const violation of result.violations)
      check(`${label}: ${violation.id}`, false, violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | "));
    check(`${label}: axe has run its checks`, result.passes.length > 15, result.passes.length);
    const contrast = result.passes.find((pass) => pass.id === "color-contrast");
    check(`${label}: contrast was measured`, contrast && contrast.nodes.length > 20);
    await page.close();
    const plain = await open(browser, name, { scheme });
    await plain.screenshot({ path: path.join(picturesFolder, name.replace(".html", `-${scheme}.png`)), fullPage: true });
    await plain.close();
  }
};

const fitsNarrow = async (browser, name) => {
  const page = await open(browser, name, { viewport: NARROW });
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  check(`${name}: no horizontal scroll at 400 px`, width <= NARROW.width, width);
  await page.screenshot({ path: path.join(picturesFolder, name.replace(".html", "-narrow.png")), fullPage: true });
  await page.close();
};

/// On paper, and where no script runs, everything is there.
const isWholeOnPaper = async (browser, name) => {
  const page = await open(browser, name);
  await page.emulateMediaType("print");
  const hidden = await page.evaluate(
    () => [...document.querySelectorAll("details li, details dd, details p")].filter((element) => element.getClientRects().length === 0).length
  );
  check(`${name}: nothing is folded on paper`, hidden === 0, hidden);
  const buttons = await page.evaluate(() => [...document.querySelectorAll("button")].filter((button) => button.getClientRects().length > 0).length);
  check(`${name}: no button on paper`, buttons === 0, buttons);
  await page.pdf({ path: path.join(picturesFolder, name.replace(".html", ".pdf")), format: "A4", printBackground: true });
  await page.close();
};

const worksWithoutScript = async (browser, name) => {
  const page = await open(browser, name, { script: false });
  const tools = await page.$$eval(".tools", (all) => all.filter((one) => one.getClientRects().length > 0).length);
  check(`${name}: no dead button without the script`, tools === 0, tools);
  const summary = await page.$(".phase > summary");
  if (summary) {
    await summary.click();
    check(`${name}: folds open without the script`, await page.$eval(".phase", (fold) => fold.open));
  }
  await page.close();
};

const shownFindings = (page) => page.$$eval("#findings .finding", (all) => all.filter((one) => !one.hidden).length);
const type = async (page, words) => {
  await page.$eval("#filter input[type=search]", (input, value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }, words);
  await new Promise((resolve) => setTimeout(resolve, 600));
};

const canBeClicked = async (browser, name) => {
  const page = await open(browser, name);
  const all = await shownFindings(page);
  check(`${name}: all findings are shown at first`, all === 6, all);

  const fold = await page.$("#findings .finding details");
  const before = await fold.evaluate((element) => element.open);
  await fold.evaluate((element) => element.scrollIntoView());
  await (await fold.$("summary")).click();
  check(`${name}: a click folds a finding`, (await fold.evaluate((element) => element.open)) !== before);

  await (await page.$('#filter input[value="blocker"]')).click();
  await new Promise((resolve) => setTimeout(resolve, 100));
  check(`${name}: without blockers fewer are shown`, (await shownFindings(page)) === 4, await shownFindings(page));
  const told = await page.$eval("#filter output", (output) => output.textContent);
  check(`${name}: the filter says how many`, told === "4 of 6 shown", told);
  await (await page.$('#filter button[type="reset"]')).click();
  await new Promise((resolve) => setTimeout(resolve, 100));
  check(`${name}: all are shown again`, (await shownFindings(page)) === 6);

  await type(page, "KRYO cart");
  check(`${name}: words filter`, (await shownFindings(page)) === 1, await shownFindings(page));
  await type(page, "no such word anywhere");
  check(`${name}: words that nothing has`, (await shownFindings(page)) === 0);
  const groups = await page.$$eval("#findings .group", (list) => list.filter((one) => !one.hidden).length);
  check(`${name}: an empty group is not shown`, groups === 0);
  await type(page, "");

  for (const [value, expected] of [["false", 0], ["true", null]]) {
    await (await page.$(`#filter button[data-open="${value}"]`)).click();
    const [folds, opened] = await page.$$eval("#findings details", (list) => [list.length, list.filter((one) => one.open).length]);
    check(`${name}: buttons open and close all`, opened === (expected === null ? folds : expected), opened);
  }

  await (await page.$('#filter button[data-open="false"]')).click();
  const link = await page.$("#steps a");
  const target = await link.evaluate((element) => element.getAttribute("href"));
  await link.click();
  await new Promise((resolve) => setTimeout(resolve, 200));
  check(`${name}: a link opens the finding that it leads to`, await page.$eval(`${target} details`, (element) => element.open));

  const box = await page.$(".graph a");
  const anchor = await box.evaluate((element) => element.getAttribute("href"));
  await page.$eval(anchor, (element) => (element.open = false));
  await box.click();
  await new Promise((resolve) => setTimeout(resolve, 200));
  check(`${name}: a box of the picture opens its operator`, await page.$eval(anchor, (element) => element.open));
  await page.close();
};

const hasKeyboard = async (browser, name) => {
  const page = await open(browser, name);
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    return { name: document.activeElement.className, outline: style.outlineStyle, left: document.activeElement.getBoundingClientRect().left };
  });
  check(`${name}: the first stop skips the head`, skip.name === "skip" && skip.left >= 0, JSON.stringify(skip));
  check(`${name}: the focus is seen`, skip.outline === "solid", skip.outline);
  const heading = await page.$("#findings .finding summary");
  await heading.focus();
  const before = await page.$eval("#findings .finding details", (element) => element.open);
  await page.keyboard.press("Enter");
  check(`${name}: a key folds a finding`, (await page.$eval("#findings .finding details", (element) => element.open)) !== before);
  await page.close();
};

const isUsableWhenLarge = async (browser, name) => {
  const page = await open(browser, name, { viewport: NARROW });
  const bytes = fs.statSync(path.join(pagesFolder, name)).size;
  console.log(`${name}: ${(bytes / (1 << 20)).toFixed(1)} MiB, loaded in ${page.loadMs} ms`);
  check(`${name}: it loads`, page.loadMs < LONGEST_LOAD_MS, page.loadMs);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  check(`${name}: no horizontal scroll at 400 px`, width <= NARROW.width, width);
  const begin = Date.now();
  await type(page, "case 4321");
  const took = Date.now() - begin;
  console.log(`${name}: filtered in ${took} ms`);
  check(`${name}: one finding of thousands is found`, (await shownFindings(page)) === 1, await shownFindings(page));
  check(`${name}: the filter answers`, took < LONGEST_LOAD_MS, took);
  await page.close();
};

(async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  try {
    for (const name of ["blocked.html", "decided.html", "hostile.html", "pass.html", "unknown.html"]) {
      await looks(browser, name);
      await fitsNarrow(browser, name);
      await isWholeOnPaper(browser, name);
      await worksWithoutScript(browser, name);
    }
    await canBeClicked(browser, "decided.html");
    await hasKeyboard(browser, "decided.html");
    await isUsableWhenLarge(browser, "large.html");
  } finally {
    await browser.close();
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
})();
