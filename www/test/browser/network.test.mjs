// What is written stays on the page until it is sent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { serve } from "../../tools/serve.mjs";
import { Person, eventually, pass } from "./support/person.mjs";
import { recordingProxy } from "./support/proxy.mjs";
import { start } from "./support/site.mjs";

const { open } = await start();

/** Chromium's own question about any page with fields: which of them it could fill in. It comes from no page, and no page can stop it. */
const CHROMIUMS_OWN = "CONNECT content-autofill.googleapis.com:443";

test("after the page is loaded nothing leaves it while somebody types, from nowhere in the browser", async (context) => {
  const proxy = await recordingProxy();
  context.after(proxy.close);
  const page = await open(context, { serviceWorkers: "allow", proxy: { server: proxy.url, bypass: "<-loopback>" } });
  const person = new Person(page);
  await person.chooseRegion("Kota Surabaya");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForLoadState("networkidle");
  const seen = () => proxy.seen.filter((line) => line !== CHROMIUMS_OWN);
  // The recorder works: it saw the model come, and nothing from elsewhere.
  assert.ok(seen().some((line) => line.endsWith("/pilah/kecil.pilah")));
  assert.deepEqual(seen().filter((line) => !line.startsWith(`GET ${page.url()}`)), []);
  proxy.seen.length = 0;
  /** What the page asks for, even where the service worker answers it. @type {string[]} */
  const asked = [];
  page.context().on("request", (request) => asked.push(`${request.method()} ${request.url()}`));
  await person.type("title", "Kebakaran di pasar");
  await person.type("report", "Tolong, api merambat ke rumah sebelah, masih ada orang. Hubungi 0812-0000-1234", 15);
  await person.type("place", "Gang Mawar 3");
  await eventually(() => person.chosen("urgency"), "Sekarang juga");
  await eventually(() => page.getByRole("button", { name: "Sembunyikan" }).isVisible(), true);
  await person.option("type", /^Keluhan/).check();
  await pass(page, 2500);
  assert.deepEqual([seen(), asked], [[], []]);
  // Negative control: sending is seen by both.
  await person.send();
  await person.sent();
  assert.deepEqual([seen().length, asked.length], [1, 1]);
  assert.match(seen()[0], /^POST .*\/laporan$/);
});

test("the page's policy keeps even foreign code from sending anything elsewhere", async (context) => {
  const elsewhere = await serve();
  context.after(elsewhere.close);
  const page = await open(context);
  const told = await page.evaluate(async (url) => {
    const violations = [];
    addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
    const outcome = await fetch(url, { mode: "no-cors" }).then(() => "sent", () => "refused");
    navigator.sendBeacon(url, "x");
    await new Promise((done) => {
      const image = new Image();
      image.onload = image.onerror = done;
      image.src = `${url}icon.svg`;
    });
    const script = document.createElement("script");
    script.textContent = "window.foreign = true";
    document.body.append(script);
    const form = Object.assign(document.createElement("form"), { action: url, method: "post" });
    document.body.append(form);
    form.submit();
    await new Promise((done) => setTimeout(done, 300));
    return { outcome, foreign: "foreign" in window, violations: [...new Set(violations)].sort() };
  }, elsewhere.url);
  assert.equal(told.outcome, "refused");
  assert.equal(told.foreign, false);
  assert.deepEqual(told.violations, ["connect-src", "form-action", "img-src", "script-src-elem"]);
  assert.deepEqual(elsewhere.requests, []);
  // Negative control: the other server can be reached from a page without the policy.
  const free = await page.context().newPage();
  await free.goto(elsewhere.url);
  assert.ok(elsewhere.requests.length > 0);
});
