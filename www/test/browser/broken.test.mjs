// A slow line, a broken file, no JavaScript, no line at all: the form goes on working with what there is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { serve } from "../../tools/serve.mjs";
import { Person, eventually } from "./support/person.mjs";
import { PHONE, built, open, start } from "./support/site.mjs";

const { browser } = await start();
const LAMP = "Lampu jalan mati di depan SD, gelap sekali kalau malam";

/**
 * Opens the form from a server with faults of its own.
 *
 * @param {Parameters<typeof serve>[0]} settings
 */
async function opened(context, settings, options = {}) {
  const server = await serve(settings);
  context.after(server.close);
  const page = await open(browser, server.url, context, { ready: false, ...options });
  return { page, person: new Person(page), server };
}

/** Answers one file otherwise than the folder would. */
const instead = (path, answer) => (request, response) => request.url.endsWith(path) && Boolean(answer(response) ?? true);
const posted = (server) => server.requests.some(({ method }) => method === "POST");

test("without JavaScript it is an ordinary form that posts", async (context) => {
  const { page, person, server } = await opened(context, {}, { ...PHONE, javaScriptEnabled: false });
  assert.equal(await page.locator("#status").isVisible(), false);
  assert.equal(await page.getByRole("button", { name: "English" }).count(), 0, "no button that does nothing");
  assert.deepEqual(await page.locator("select:visible").count(), 1, "the region, and no empty list");
  await person.field("report").fill(LAMP);
  await person.option("urgency", /^Dalam 1–2 hari/).check();
  assert.ok(await page.getByRole("link", { name: "Telepon 112: Darurat" }).isVisible());
  await person.send();
  await page.waitForURL(/\/laporan$/);
  const words = await page.locator("body").innerText();
  assert.match(words, new RegExp(`laporan\\s+${LAMP}`));
  assert.match(words, /urgensi\s+tinggi/);
  assert.ok(posted(server));
});

for (const [what, throws, answer] of /** @type {const} */ ([
  ["missing", [], (response) => response.writeHead(404).end()],
  ["cut in the middle", ["Unexpected end of input"], (response) => response.writeHead(200, { "Content-Type": "text/javascript" }).end("export class Group {")],
])) {
  test(`a module of the form that is ${what}: it says so, and posts as without JavaScript`, async (context) => {
    const { page, person, server } = await opened(context, { intercept: instead("/form/group.js", answer) }, { throws });
    await eventually(() => page.locator("#status").innerText(), "Saran tidak tersedia; laporan tetap bisa dikirim.");
    await person.field("report").fill(LAMP);
    await person.send();
    await page.waitForURL(/\/laporan$/);
    assert.match(await page.locator("body").innerText(), new RegExp(LAMP));
    assert.ok(posted(server));
  });
}

const half = (path) => readFileSync(join(built, path)).subarray(0, 100_000);
for (const [what, path, answer] of /** @type {const} */ ([
  ["the package is missing", "/pilah/index.js", (response) => response.writeHead(404).end()],
  ["the wasm module is missing", "/pilah/pilah_bg.wasm", (response) => response.writeHead(404).end()],
  ["the wasm module is cut", "/pilah/pilah_bg.wasm", (response) => response.writeHead(200, { "Content-Type": "application/wasm" }).end(half("pilah/pilah_bg.wasm"))],
  ["the model is cut", "/pilah/kecil.pilah", (response) => response.writeHead(200).end(half("pilah/kecil.pilah"))],
  ["the model's transfer breaks off", "/pilah/kecil.pilah", (response) => {
    response.writeHead(200, { "Content-Length": 400_000 });
    response.write(half("pilah/kecil.pilah"), () => response.destroy());
  }],
  ["the model is a page of the hotspot", "/pilah/kecil.pilah", (response) => response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Selamat datang</h1>")],
])) {
  test(`${what}: no suggestions, quietly, and the form sends`, async (context) => {
    const { page, person } = await opened(context, { intercept: instead(path, answer) });
    await eventually(() => page.locator("#status").innerText(), "Saran tidak tersedia; laporan tetap bisa dikirim.");
    assert.equal(await page.getByRole("alert").count() + (await page.getByRole("dialog").count()), 0);
    // Questions that live on suggestions make room; those that can be answered without them stay.
    assert.deepEqual([await person.question("category").count(), await person.question("urgency").count()], [0, 1]);
    await person.type("report", LAMP);
    await person.option("urgency", /^Dalam 1–2 hari/).check();
    await page.getByRole("button", { name: "English" }).click();
    await eventually(() => page.locator("#status").innerText(), "No suggestions available; you can still send the report.");
    await person.send();
    await person.sent();
  });
}

test("a worker that does not start is made up for in the page", async (context) => {
  const { page, person } = await opened(context, { intercept: instead("/pilah/worker.js", (response) => response.writeHead(404).end()) });
  await eventually(() => page.locator("#status").innerText(), "Saran siap. Semuanya dihitung di perangkat Anda.");
  await person.type("report", LAMP);
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
});

/** The worker with something that runs before it. */
const ailing = (what) => (request, response) => {
  if (!request.url.endsWith("/pilah/worker.js")) return false;
  response.setHeader("Content-Type", "text/javascript").end(what + readFileSync(join(built, "pilah/worker.js"), "utf8"));
  return true;
};
/**
 * Answers so many questions from the first text of somebody on with the error of a stopped engine, which begins anew by itself.
 * How often the page asks before, to get ready, does not count.
 */
const stopping = (times) => ailing(`
  const say = self.postMessage.bind(self);
  let written = false;
  let stopped = 0;
  self.addEventListener("message", ({ data }) => { written ||= Boolean(data.text); });
  self.postMessage = (message) => {
    if (written) stopped += 1;
    say(written && stopped <= ${times} ? { error: { code: "wasm", message: "the WebAssembly module stopped" } } : message);
  };
`);

test("an engine that stopped is asked again, and suggests without another word typed", async (context) => {
  const { page, person } = await opened(context, { intercept: stopping(2) }, { ready: true });
  await person.field("report").fill(LAMP);
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  assert.equal(await page.locator("#status").innerText(), "Saran siap. Semuanya dihitung di perangkat Anda.");
});

test("an engine that stops every time is given up", async (context) => {
  const { page, person } = await opened(context, { intercept: stopping(1000) }, { ready: true });
  await person.field("report").fill(LAMP);
  await eventually(() => page.locator("#status").innerText(), "Saran tidak tersedia; laporan tetap bisa dikirim.");
});

for (const [what, dying, status, category] of /** @type {const} */ ([
  ["once is opened again", "first", "Saran siap. Semuanya dihitung di perangkat Anda.", "Penerangan jalan umum"],
  ["every time is given up", "every", "Saran tidak tersedia; laporan tetap bisa dikirim.", null],
])) {
  test(`a worker that dies ${what}`, async (context) => {
    let opens = 0;
    const intercept = (request, response) => {
      if (!request.url.endsWith("/pilah/worker.js")) return false;
      opens += 1;
      const dies = dying === "every" || opens === 1;
      // Its start and the empty text are answered; the first text of somebody kills it.
      return ailing(dies ? "self.addEventListener('message', ({ data }) => { if (data.text) { setTimeout(() => { throw new Error('out of memory'); }); self.postMessage = () => {}; } });" : "")(request, response);
    };
    const { page, person } = await opened(context, { intercept }, { ready: true });
    await person.field("report").fill(LAMP);
    await eventually(async () => opens, 2);
    if (category) await eventually(() => person.chosen("category"), category);
    await eventually(() => page.locator("#status").innerText(), status);
    await person.type("report", ".");
    await person.send();
    await person.sent();
    assert.equal(opens, 2);
  });
}

test("a directory that does not come leaves the functions' names, and says so", async (context) => {
  const { page, person } = await opened(context, { intercept: instead("/directory/samarinda.json", (response) => response.writeHead(500).end()) });
  await person.type("report", LAMP);
  await person.chooseRegion("Kota Samarinda");
  await eventually(() => page.locator("#wilayah-hint").innerText(), "Daftar kantor wilayah ini belum bisa dibuka. Laporan tetap bisa dikirim.");
  await eventually(() => person.chosen("agency"), "Perhubungan");
});

test("on a slow line the form is there long before the model, and the text that waited is read", async (context) => {
  /** @type {(() => void)[]} */
  const held = [];
  const intercept = (request, response) => {
    if (!request.url.endsWith("/pilah/kecil.pilah")) return false;
    held.push(() => response.writeHead(200).end(readFileSync(join(built, "pilah/kecil.pilah"))));
    return true;
  };
  const { page, person } = await opened(context, { slow: 60_000, intercept });
  assert.equal(await page.locator("#status").innerText(), "Saran sedang disiapkan…");
  await person.type("report", LAMP);
  await person.chooseRegion("Kota Surabaya");
  await person.option("urgency", /^Sesuai giliran/).check();
  assert.deepEqual([await person.offered("category"), await person.field("report").inputValue()], [[], LAMP]);
  await eventually(async () => held.length, 1);
  for (const release of held) release();
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  await eventually(() => person.chosen("agency"), "Dinas Perhubungan Kota Surabaya");
  assert.equal(await person.chosen("urgency"), "Sesuai giliran");
});

test("a report can be sent before the model has come", async (context) => {
  const { person } = await opened(context, { intercept: (request) => request.url.endsWith("/pilah/kecil.pilah") });
  await person.type("report", LAMP);
  await person.send();
  await person.sent();
});

test("after the first visit everything works with the server gone, and after the line is back it sends", async (context) => {
  const server = await serve();
  const page = await open(browser, server.url, context, { ...PHONE, serviceWorkers: "allow" });
  const person = new Person(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await server.close();
  await page.reload();
  await eventually(() => page.locator("#status").innerText(), "Saran siap. Semuanya dihitung di perangkat Anda.");
  await person.chooseRegion("Kabupaten Luwu Timur");
  await person.type("report", LAMP);
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  await eventually(async () => /Luwu Timur$/.test(await person.chosen("agency")), true);
  await page.getByRole("button", { name: "English" }).click();
  await eventually(() => person.chosen("category"), "Street lighting");
  await person.send();
  await eventually(() => page.locator("#failure").isVisible(), true);
  const again = await serve({ port: Number(new URL(server.url).port) });
  context.after(again.close);
  await person.send();
  await person.sent();
  assert.ok(posted(again));
});
