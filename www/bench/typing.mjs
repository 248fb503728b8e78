// The longest task on the form's main thread while somebody types ten keys a second on a phone's screen, on a processor
// slowed down four times.

import { existsSync } from "node:fs";
import { serve } from "../tools/serve.mjs";
import { launch } from "./chromium.mjs";
import { median } from "./measure.js";

/** @typedef {{ name: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, args?: any }} TraceEvent */
/**
 * @typedef {object} Task the longest one
 * @property {number} processor milliseconds that it ran
 * @property {number} wall milliseconds from its begin to its end, other work of the machine among them
 * @property {Record<string, number>} parts the longest of each kind in it, milliseconds of processor time; parts lie within parts
 */
/**
 * @typedef {object} Typing
 * @property {number} longest milliseconds of processor time of the longest task, median of the runs
 * @property {number} longestWall the same by the clock
 * @property {(Task & { longTasks: number, tasks: number })[]} runs longTasks: over 50 ms by the clock, as the page saw them
 */

const FORM = new URL("../dist/form/index.html", import.meta.url);
const RUNS = 3;
const SLOWDOWN = 4;
const KEY_MS = 100;
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"];
/** Written for this file; as long as many reports are. */
const REPORT =
  "Selamat pagi, mau lapor lampu jalan di depan pasar sudah dua minggu mati, kalau malam gelap sekali. Kemarin ada ibu " +
  "jatuh karena lubang di aspal tidak kelihatan. Sudah lapor RT tapi belum ada tindak lanjut. Mohon segera diperbaiki ya " +
  "pak, takut ada korban lagi. Terima kasih.";

/** @returns {Promise<Typing | null>} null, with a message, where the form is not built */
export async function typing() {
  if (!existsSync(FORM)) {
    console.error("dist/form: found no form; npm run build makes it. Typing is not measured.");
    return null;
  }
  const server = await serve();
  try {
    /** @type {Typing["runs"]} */
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await typeOnce(server.url));
    const middle = (/** @type {"processor" | "wall"} */ key) => median(runs.map((run) => run[key]));
    return { longest: middle("processor"), longestWall: middle("wall"), runs };
  } finally {
    await server.close();
  }
}

/** @param {string} url */
async function typeOnce(url) {
  const browser = await launch();
  try {
    const page = await (await browser.newContext(PHONE)).newPage();
    await page.goto(url, { waitUntil: "networkidle" });
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
    await page.evaluate(observe);
    const field = page.locator("textarea").first();
    await field.focus();
    await browser.startTracing(page, { categories: CATEGORIES });
    await type(page, REPORT);
    await page.waitForTimeout(1000); // what comes after the last key
    const trace = JSON.parse((await browser.stopTracing()).toString()).traceEvents;
    const longTasks = await page.evaluate(() => /** @type {any} */ (globalThis).longTasks.length);
    const typed = await field.inputValue();
    if (typed !== REPORT) throw new Error(`typed ${REPORT.length} characters; found ${typed.length} in the form`);
    return { ...longestTask(trace), longTasks };
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
function observe() {
  const page = /** @type {any} */ (globalThis);
  page.longTasks = [];
  new PerformanceObserver((list) => page.longTasks.push(...list.getEntries())).observe({ type: "longtask" });
}

/**
 * Keys come at fixed times: a slow page does not make the typist slower.
 * @param {import("playwright-core").Page} page
 * @param {string} text
 */
async function type(page, text) {
  const began = performance.now();
  /** @type {Promise<void>[]} */
  const pressed = [];
  for (const [at, key] of Array.from(text).entries()) {
    await new Promise((resolve) => setTimeout(resolve, began + at * KEY_MS - performance.now()));
    pressed.push(page.keyboard.press(key === " " ? "Space" : key));
  }
  await Promise.all(pressed);
}

const thread = (/** @type {TraceEvent} */ { pid, tid }) => `${pid}/${tid}`;

/**
 * The task with the most processor time on the main thread of the page's process. The slowing down happens on that thread
 * and counts as its time; waiting for a processor that others use does not.
 * @param {TraceEvent[]} events
 * @returns {Task & { tasks: number }}
 */
function longestTask(events) {
  const main = new Set(events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(thread));
  const typed = events.filter(({ name, args }) => name === "EventDispatch" && args?.data?.type === "keydown");
  const page = new Set(typed.map(thread).filter((name) => main.has(name)));
  const tasks = events.filter((event) => event.name === "RunTask" && event.tdur !== undefined && page.has(thread(event)));
  if (tasks.length === 0) throw new Error("the trace has no task of a page that got keys; Chromium's names may have changed");
  const longest = tasks.reduce((most, task) => ((task.tdur ?? 0) > (most.tdur ?? 0) ? task : most));
  /** @type {Record<string, number>} */
  const parts = {};
  for (const { name, tdur = 0 } of events.filter((event) => isPart(event, longest))) {
    parts[name] = Math.max(parts[name] ?? 0, tdur / 1000);
  }
  return { processor: (longest.tdur ?? 0) / 1000, wall: (longest.dur ?? 0) / 1000, parts, tasks: tasks.length };
}

/** Parts shorter than this tell nothing, in microseconds. */
const SHORT = 1000;

/**
 * @param {TraceEvent} event
 * @param {TraceEvent} task
 */
function isPart(event, task) {
  const inside = event.ts >= task.ts && event.ts + (event.dur ?? 0) <= task.ts + (task.dur ?? 0);
  return event !== task && thread(event) === thread(task) && inside && (event.tdur ?? 0) >= SHORT && !/RunTask/.test(event.name);
}
