// The built form on a server of its own, and a Chromium to open it in.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "../../../bench/chromium.mjs";
import { serve } from "../../../tools/serve.mjs";

export const www = fileURLToPath(new URL("../../../", import.meta.url));
export const built = join(www, "dist/form");
export const PHONE = { viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
export const SMALL = { viewport: { width: 320, height: 640 } };

/** Fails where dist/form is missing, or older than the sources that somebody believes to test. */
function checkBuilt() {
  if (!existsSync(join(built, "index.html"))) throw new Error("dist/form: found no form; npm run build makes it");
  const sources = readdirSync(join(www, "form"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = sources.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(www.length));
  for (const path of ["index.html", ...paths]) {
    const same = existsSync(join(built, path)) && readFileSync(join(built, path)).equals(readFileSync(join(www, path)));
    if (!same) throw new Error(`dist/form/${path}: found another text than in ${path}; npm run build makes them one`);
  }
}

/**
 * Starts a server and a browser for the tests of one file, and ends them after the last one.
 *
 * @param {Parameters<typeof serve>[0]} [settings]
 */
export async function start(settings) {
  checkBuilt();
  const [browser, server] = await Promise.all([launch(), serve(settings)]);
  after(async () => {
    await browser.close();
    await server.close();
  });
  return { browser, server, open: (/** @type {any} */ context, /** @type {any} */ options) => open(browser, server.url, context, options) };
}

/**
 * Opens the form in a fresh profile. Service workers are blocked where not asked for, so that a test sees the server it talks to.
 * The test fails if the page throws.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {{after: (run: () => any) => void}} test
 * @param {any} [options] of the context, and
 *   `scripts`: sources that run before the page's own; `hash`; `ready`: false where the suggestions are not to be waited for; `throws`: what the page may throw
 */
export async function open(browser, url, test, { scripts = [], hash = "", ready = true, throws = [], ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "id-ID", serviceWorkers: "block", ...options });
  /** @type {string[]} */
  const errors = [];
  context.on("weberror", (error) => errors.push(error.error().message));
  test.after(async () => {
    await context.close();
    assert.deepEqual(errors, throws, "errors thrown in the page");
  });
  for (const content of scripts) await context.addInitScript({ content });
  const page = await context.newPage();
  await page.goto(url + hash);
  if (ready) await suggesting(page);
  return page;
}

/**
 * Waits until the form can suggest.
 *
 * @param {import("playwright-core").Page} page
 */
export async function suggesting(page) {
  await page.locator("#status").filter({ hasText: /Saran siap|Suggestions are ready/ }).waitFor({ timeout: 30_000 });
}
