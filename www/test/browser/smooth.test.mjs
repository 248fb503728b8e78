// Typing stays smooth on a slow phone: no long task on the page's main thread at ten keys a second, slowed down four times.
//
// Counted is processor time, which other programs of the machine do not take from a task. How long the longest task is, is measured
// and judged by `npm run bench`; here stands only a bound that a busy machine does not break, and a mistake does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Person, eventually } from "./support/person.mjs";
import { PHONE, start } from "./support/site.mjs";

const { browser, open } = await start();
const SLOWDOWN = 4;
const BOUND = 150;
const LONG = "Lampu jalan di depan SD mati sudah seminggu, kalau malam gelap sekali. ".repeat(12);

/** Tasks of the threads that got keys: the main thread of the page. */
function tasksOf(events) {
  const thread = ({ pid, tid }) => `${pid}/${tid}`;
  const typed = new Set(events.filter(({ name, args }) => name === "EventDispatch" && args?.data?.type === "keydown").map(thread));
  return events.filter((event) => event.name === "RunTask" && event.tdur !== undefined && typed.has(thread(event))).map(({ tdur }) => tdur / 1000);
}

/** Types at the end of a long report and returns the milliseconds of processor time of each task. */
async function measured(page, text) {
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"] });
  await new Person(page).type("report", text, 100);
  await new Promise((done) => setTimeout(done, 700));
  return tasksOf(JSON.parse((await browser.stopTracing()).toString()).traceEvents);
}

test(`no task of over ${BOUND} ms of processor time while somebody writes on in a long report`, async (context) => {
  const page = await open(context, PHONE);
  const person = new Person(page);
  await person.chooseRegion("Kota Samarinda");
  await person.field("report").fill(LONG);
  await eventually(() => person.chosen("agency"), "Dinas Perhubungan Kota Samarinda");
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const tasks = await measured(page, "Tolong, ada kebakaran rumah di Gang Mawar, api besar");
  await eventually(async () => (await person.emergency()).calls, ["tel:112", "tel:113"]);
  assert.ok(tasks.length > 100, `found ${tasks.length} tasks; the trace's names may have changed`);
  context.diagnostic(`longest task: ${Math.max(...tasks).toFixed(1)} ms of processor time`);
  assert.ok(Math.max(...tasks) < BOUND, `${Math.max(...tasks)} ms`);
  // Negative control: work on the main thread is seen.
  await page.evaluate(() => document.querySelector("#laporan").addEventListener("input", () => {
    for (const end = performance.now() + 1000; performance.now() < end; );
  }, { once: true }));
  assert.ok(Math.max(...(await measured(page, "!"))) > BOUND);
});
