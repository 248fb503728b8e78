// Typing stays smooth because nothing heavy runs on the page's main thread: the classifier lives in a worker.
//
// How long the longest task is, is measured and judged by `npm run bench`; a time would judge the machine here.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Person, eventually } from "./support/person.mjs";
import { PHONE, start } from "./support/site.mjs";

const { open } = await start();

/** Counts the instances on the page's main thread (it may compile for the worker); workers have a `WebAssembly` of their own. */
function count() {
  window.asked = 0;
  for (const name of ["instantiate", "instantiateStreaming", "Instance"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = new Proxy(original, {
      apply(target, self, values) { window.asked += 1; return Reflect.apply(target, self, values); },
      construct(target, values) { window.asked += 1; return Reflect.construct(target, values); },
    });
  }
}

test("the classifier runs in a worker, never on the main thread of the page", async (context) => {
  const page = await open(context, PHONE);
  await page.addInitScript(count);
  await page.reload();
  const person = new Person(page);
  await person.chooseRegion("Kota Samarinda");
  await person.type("report", "Lampu jalan di depan SD mati sudah seminggu, gelap sekali");
  await eventually(() => person.chosen("agency"), "Dinas Perhubungan Kota Samarinda");
  assert.equal(await page.evaluate(() => window.asked), 0);
  assert.equal(page.workers().length, 1);
  // Negative control: a module on the main thread is seen.
  await page.evaluate(() => WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch(() => {}));
  assert.equal(await page.evaluate(() => window.asked), 1);
});
