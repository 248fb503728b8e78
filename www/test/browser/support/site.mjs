// The built form on a server of its own, and a Chromium to open it in.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "../../../bench/chromium.mjs";
import { serviceWorker } from "../../../tools/build/form.mjs";
import { serve } from "../../../tools/serve.mjs";

export const www = fileURLToPath(new URL("../../../", import.meta.url));
export const built = join(www, "dist/form");
export const PHONE = { viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
export const SMALL = { viewport: { width: 320, height: 640 } };

/** Where the parts of dist/form come from. */
const SOURCES = {
  "index.html": www, "manifest.webmanifest": www, "icon.svg": www, form: www, directory: join(www, "../models"), pilah: join(www, "dist"),
};

/** Fails where dist/form is missing, or older than the sources that somebody believes to test. */
function checkBuilt() {
  if (!existsSync(join(built, "index.html"))) throw new Error("dist/form: found no form; npm run build makes it");
  const wrong = (/** @type {string} */ path, /** @type {string} */ from) => new Error(`dist/form/${path}: found another content than ${from} gives; npm run build makes them one`);
  const read = (/** @type {string} */ path) => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0));
  for (const [part, folder] of Object.entries(SOURCES)) {
    // What a browser does not need, the build leaves out of these two.
    const whole = part === "directory" || part === "pilah" ? built : folder;
    for (const path of filesOf(whole, part)) {
      if (!read(join(built, path)).equals(read(join(folder, path)))) throw wrong(path, join(folder, path));
    }
  }
  for (const path of filesOf(join(www, "../models"), "directory").filter((path) => path.endsWith(".json"))) {
    if (!existsSync(join(built, path))) throw wrong(path, join("models", path));
  }
  if (read(join(built, "sw.js")).toString() !== serviceWorker(built).worker) throw wrong("sw.js", "sw.js with the list of files");
}

/**
 * Returns the paths, from a folder, of a file in it or of all files in one of its folders.
 *
 * @param {string} folder
 * @param {string} part
 */
function filesOf(folder, part) {
  if (!statSync(join(folder, part)).isDirectory()) return [part];
  const entries = readdirSync(join(folder, part), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(join(folder, "/").length));
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
