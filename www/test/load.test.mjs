// Where the work is done, and what happens when a worker does not start or dies.

import assert from "node:assert/strict";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { test } from "node:test";
import { PilahError } from "../package/errors.js";
import { loadOn } from "../package/load.js";
import { model, node } from "./support/paths.mjs";

const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

/**
 * A platform whose worker behaves as told.
 * @param {(heard: (reply: any) => void, failed: (why: string) => void, asked: Promise<void>) => void} behave
 */
function platform(behave) {
  let ended = 0;
  const pages = { started: 0, closed: 0 };
  /** @type {() => void} */
  let asked;
  const question = new Promise((resolve) => (asked = () => resolve(undefined)));
  /** @type {any} */
  const made = {
    model: new URL("http://localhost/m"),
    wasm: new URL("http://localhost/w"),
    prefersWorker: true,
    readModel: async () => new Uint8Array(1),
    readModule: () => WebAssembly.compile(empty),
    where: String,
    newWorker: () => ({ post: () => asked(), listen: (/** @type {any} */ heard, /** @type {any} */ failed) => behave(heard, failed, question), end: () => (ended += 1) }),
    page: async () => ({ startPage: async () => ((pages.started += 1), { mode: "page", description: {}, classify: async () => ({}), close: () => (pages.closed += 1) }) }),
  };
  return { made, pages, ended: () => ended };
}

/** @type {[string, Parameters<typeof platform>[0]][]} */
const noWorkers = [
  ["a script that is blocked at once", (_, failed) => failed("blocked")],
  ["a script that fails later", (_, failed) => void setImmediate(() => failed("404"))],
  ["a script that fails when asked", (_, failed, asked) => void asked.then(() => failed("syntax"))],
  ["WebAssembly that does not start there", (heard, _, asked) => void asked.then(() => heard({ error: { code: "wasm", message: "blocked" } }))],
];

for (const [what, behave] of noWorkers) {
  test(`${what}: the page takes over, unless a worker is a must`, async () => {
    const auto = platform(behave);
    assert.equal((await loadOn(auto.made, undefined, undefined)).mode, "page");
    assert.ok(auto.ended() > 0, "the worker is ended");
    const must = platform(behave);
    await assert.rejects(loadOn(must.made, undefined, { worker: true }), (error) => error instanceof PilahError && ["worker", "wasm"].includes(error.code));
    assert.equal(must.pages.started, 0);
  });
}

test("no workers at all: the page takes over, unless a worker is a must", async () => {
  const { made } = platform(() => {});
  made.newWorker = () => {
    throw new ReferenceError("Worker is not defined");
  };
  assert.equal((await loadOn(made, undefined, undefined)).mode, "page");
  await assert.rejects(loadOn(made, undefined, { worker: true }), { code: "worker", message: /Worker is not defined.*expected one/ });
});

test("a bad model is not tried again in the page", async () => {
  const { made, pages } = platform((heard, _, asked) => void asked.then(() => heard({ error: { code: "model", message: "damaged" } })));
  await assert.rejects(loadOn(made, undefined, undefined), { code: "model", message: "http://localhost/m: damaged" });
  assert.equal(pages.started, 0);
});

test("worker: false starts none", async () => {
  const { made, ended } = platform(() => assert.fail("a worker was started"));
  assert.equal((await loadOn(made, undefined, { worker: false })).mode, "page");
  assert.equal(ended(), 0);
});

test("a worker that never answers can be given up, and a late one is closed", async () => {
  const controller = new AbortController();
  const { made, ended } = platform((_heard, _failed, asked) => void asked.then(() => setImmediate(() => controller.abort())));
  await assert.rejects(loadOn(made, undefined, { worker: true, signal: controller.signal }), { name: "AbortError" });
  assert.equal(ended() > 0, true);
  const late = new AbortController();
  const page = platform(() => {});
  const { startPage } = await page.made.page();
  page.made.page = async () => ({ startPage: async () => (late.abort(), new Promise((resolve) => setImmediate(() => resolve(startPage())))) });
  await assert.rejects(loadOn(page.made, undefined, { worker: false, signal: late.signal }), { name: "AbortError" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(page.pages, { started: 1, closed: 1 });
});

test("when one file fails the other is no longer fetched", async () => {
  const { made } = platform(() => {});
  /** @type {AbortSignal[]} */
  const signals = [];
  made.readModel = async (/** @type {URL} */ _address, /** @type {AbortSignal} */ signal) => (signals.push(signal), new Promise(() => {}));
  made.readModule = async () => {
    throw new PilahError("network", "404");
  };
  await assert.rejects(loadOn(made, undefined, { worker: false }), { code: "network" });
  assert.equal(signals[0].aborted, true);
});

test("a worker that dies rejects what is pending and what comes later; a new load works", async () => {
  const threads = createRequire(import.meta.url)("node:worker_threads");
  const { Worker } = threads;
  /** @type {import("node:worker_threads").Worker[]} */
  const made = [];
  threads.Worker = class extends Worker {
    constructor(/** @type {any[]} */ ...args) {
      super(...args);
      made.push(/** @type {any} */ (this));
    }
  };
  syncBuiltinESMExports();
  try {
    const classifier = await node.load(model("kecil"), { worker: true });
    assert.equal(made.length, 1);
    const pending = Promise.allSettled([classifier.classify("api ".repeat(100_000)), classifier.classify("api"), classifier.classify("api", { latest: true })]);
    await new Promise((resolve) => setImmediate(resolve));
    await made[0].terminate();
    for (const result of await pending) assert.ok(result.status === "rejected" && result.reason.code === "worker" && /thread ended/.test(result.reason.message), JSON.stringify(result));
    await assert.rejects(classifier.classify("api"), { code: "worker" });
    classifier.close();
    await assert.rejects(classifier.classify("api"), { code: "closed" });
    const next = await node.load(model("kecil"), { worker: true });
    assert.ok(await next.classify("api"));
    next.close();
  } finally {
    threads.Worker = Worker;
    syncBuiltinESMExports();
  }
});
