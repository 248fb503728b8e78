// The copy that the browser keeps: it opens whatever the host does to addresses, and a new version comes as soon as nothing can be lost.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { serviceWorker } from "../../tools/build/form.mjs";
import { serve } from "../../tools/serve.mjs";
import { Person, eventually, pass } from "./support/person.mjs";
import { built, open, start, suggesting, www } from "./support/site.mjs";

const { browser } = await start();
const LAMP = "Lampu jalan mati di depan SD, gelap sekali kalau malam";

/** Waits until the form is kept: its service worker has brought the page. */
const kept = (page) => page.evaluate(async () => {
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 20));
});

/** Opens the form with its service worker from a server of its own. */
async function visited(context, settings) {
  const server = await serve(settings);
  context.after(server.close);
  const page = await open(browser, server.url, context, { serviceWorkers: "allow" });
  await kept(page);
  return { server, page };
}

/** Hosts differ in what they make of index.html. */
const HOSTS = {
  "redirects index.html to the folder": (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    return pathname === "/index.html" && Boolean(response.writeHead(308, { Location: "./" }).end());
  },
  "redirects the folder to index.html": (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    return pathname === "/" && Boolean(response.writeHead(302, { Location: "index.html" }).end());
  },
};

for (const [what, intercept] of Object.entries(HOSTS)) {
  test(`a host that ${what}: the form opens by every name, with the server gone`, async (context) => {
    const { server, page } = await visited(context, { intercept });
    await server.close();
    for (const name of ["", "index.html", "?dari=wa", "index.html?dari=wa#en"]) {
      await page.goto(server.url + name);
      await suggesting(page);
    }
  });
}

test("an answer that the host lets depend on headers is kept for all", async (context) => {
  const { server, page } = await visited(context, {
    intercept(_, response) {
      const set = response.setHeader.bind(response);
      response.setHeader = (name, value) => set(name, name === "Vary" ? "Accept, User-Agent, Upgrade-Insecure-Requests" : value);
    },
  });
  await server.close();
  await page.goto(`${server.url}?dari=wa`);
  await suggesting(page);
});

test("a page to log in that comes in a file's place is not kept as that file", async (context) => {
  let barred = true;
  const intercept = (request, response) => {
    if (!barred || !request.url.endsWith("/directory/surabaya.json")) return false;
    response.writeHead(302, { Location: "/icon.svg" }).end();
    return true;
  };
  const server = await serve({ intercept });
  context.after(server.close);
  const page = await open(browser, server.url, context, { serviceWorkers: "allow" });
  await eventually(async () => server.requests.some(({ path }) => path === "/directory/surabaya.json"), true);
  await eventually(() => page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => Boolean(found?.active ?? found?.installing))), false);
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
  // The next visit makes up for it.
  barred = false;
  await page.reload();
  await kept(page);
});

/** A site of its own whose files can be changed, as by an office that corrects a telephone number. */
function site(context) {
  const root = mkdtempSync(join(tmpdir(), "pilah-form-"));
  context.after(() => rmSync(root, { recursive: true, force: true }));
  cpSync(built, root, { recursive: true });
  const correct = (number) => {
    const path = join(root, "directory/samarinda.json");
    const region = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...region, emergency: [number, ...region.emergency.slice(1)] }));
    writeFileSync(join(root, "sw.js"), serviceWorker(root).worker);
  };
  return { root, correct };
}

/** Opens the form for Samarinda, with all that it keeps. */
async function inSamarinda(context) {
  const { root, correct } = site(context);
  const { page, server } = await visited(context, { root });
  await new Person(page).chooseRegion("Kota Samarinda");
  await eventually(() => first(page), "tel:112");
  return { page, server, correct, person: new Person(page) };
}

const first = async (page) => (await new Person(page).emergency()).calls[0];
/** Whether the page has been loaded anew since the mark. */
const mark = (page) => page.evaluate(() => void (window.marked = true));
const marked = (page) => page.evaluate(() => Boolean(window.marked));
/** Waits until a new version has come to the browser and waits there. */
const waiting = (page) => eventually(() => page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => Boolean(found?.waiting))), true);
/** What the browser says when somebody comes back to a tab. */
const back = (page) => page.evaluate(() => void document.dispatchEvent(new Event("visibilitychange")));
/** What the browser does at every visit: looks for a new version. */
const look = (page) => page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => {}));

test("a corrected number comes by reloading the form while it is empty, and the page is loaded once for it", async (context) => {
  const { page, server, correct } = await inSamarinda(context);
  correct("0541123");
  let loads = 0;
  page.on("load", () => (loads += 1));
  await page.reload();
  await eventually(() => first(page).catch(() => null), "tel:0541123");
  await suggesting(page);
  await pass(page, 500);
  assert.equal(loads, 2, "the visit, and one more for the new version");
  // It is the new version that is kept, and the only one.
  await server.close();
  await page.reload();
  await eventually(() => first(page), "tel:0541123");
  assert.equal(await page.evaluate(() => caches.keys().then((names) => names.length)), 1);
});

test("the first visit is not loaded twice", async (context) => {
  const server = await serve();
  context.after(server.close);
  const page = await open(browser, server.url, context, { serviceWorkers: "allow" });
  await mark(page);
  await kept(page);
  await pass(page, 500);
  assert.ok(await marked(page));
});

test("while something is written no new version comes; after the report is sent it does", async (context) => {
  const { page, correct, person } = await inSamarinda(context);
  await mark(page);
  await person.type("report", LAMP);
  correct("0541123");
  await look(page);
  await waiting(page);
  await back(page);
  await pass(page, 500);
  assert.deepEqual([await marked(page), await person.field("report").inputValue(), await first(page)], [true, LAMP, "tel:112"]);
  await person.send();
  await person.sent();
  await pass(page, 500);
  assert.ok(await page.locator("#sent-list").getByText(LAMP).isVisible(), "what was sent is still there to be read");
  assert.ok(await marked(page));
  await page.getByRole("button", { name: "Tulis laporan lain" }).click();
  await eventually(() => first(page).catch(() => null), "tel:0541123");
});

test("a tab that was left open gets the new version when somebody comes back to it", async (context) => {
  const { page, correct } = await inSamarinda(context);
  correct("0541123");
  await back(page);
  await eventually(() => first(page).catch(() => null), "tel:0541123");
});

test("what is written in one tab keeps the version in all", async (context) => {
  const { page, server, correct, person } = await inSamarinda(context);
  await person.type("report", LAMP);
  const other = await page.context().newPage();
  await other.goto(server.url);
  await suggesting(other);
  await mark(page);
  await mark(other);
  correct("0541123");
  await look(other);
  await waiting(other);
  await pass(other, 500);
  assert.deepEqual([await marked(page), await marked(other)], [true, true]);
  await person.field("report").fill("");
  // The hold ends soon, and not at once.
  await eventually(() => back(other).then(() => first(other)).catch(() => null), "tel:0541123");
  assert.ok(await marked(page), "who has just deleted what was written goes on writing");
  await back(page);
  await eventually(() => first(page).catch(() => null), "tel:0541123");
});

test("the screen before the first picture has the page's colour", () => {
  const { background_color: colour } = JSON.parse(readFileSync(join(www, "manifest.webmanifest"), "utf8"));
  const [, page] = /--page: (#\w+);/.exec(readFileSync(join(www, "form/form.css"), "utf8")) ?? [];
  assert.equal(colour, page);
});
