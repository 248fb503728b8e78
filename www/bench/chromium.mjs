// One round in Chromium: a fresh browser, and a fresh page for each contender.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

/** @typedef {import("./measure.js").Round} Round */

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const QUIET = [
  "--no-sandbox", // containers often run as root
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The program named by CHROMIUM, else the first one on PATH. */
function program() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  const chosen = process.env.CHROMIUM ?? found;
  if (!chosen) throw new Error(`no Chromium: expected one of ${NAMES.join(", ")} on PATH, or its path in CHROMIUM`);
  return chosen;
}

export function launch() {
  return chromium.launch({ executablePath: program(), headless: true, args: QUIET });
}

/**
 * @param {string} url of the server, with a slash at its end
 * @param {string[]} names of contenders, in the order in which they run
 * @param {Record<string, string[]>} texts
 * @param {(name: string) => void} done is called after each contender
 * @returns {Promise<{ version: string, rounds: Record<string, Round> }>}
 */
export async function chromiumRound(url, names, texts, done = () => {}) {
  const browser = await launch();
  /** @type {Record<string, Round>} */
  const rounds = {};
  try {
    for (const name of names) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${url}bench/index.html`);
      if (!(await page.evaluate(() => crossOriginIsolated))) throw new Error("the page is not isolated: its clock is coarse");
      rounds[name] = await page.evaluate(inPage, { name, texts });
      await context.close();
      done(name);
    }
    return { version: browser.version(), rounds };
  } finally {
    await browser.close();
  }
}

/**
 * Runs in the page. All bytes are in memory before anything is timed.
 * @param {{ name: string, texts: Record<string, string[]> }} given
 * @returns {Promise<Round>}
 */
async function inPage({ name, texts }) {
  const module = (/** @type {string} */ path) => import(new URL(path, location.href).href);
  const { CONTENDERS, fetchBytes } = await module("./contenders.js");
  const { measure } = await module("./measure.js");
  return measure(CONTENDERS[name], await fetchBytes(CONTENDERS[name]), texts);
}
