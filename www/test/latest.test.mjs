// Late answers: what is dropped, what is not even worked out, and in which order the rest comes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { QueuedClassifier } from "../package/classifier.js";
import { model, node } from "./support/paths.mjs";

/** A backend that answers when told to, and remembers what it was asked. */
function slowBackend() {
  /** @type {string[]} */
  const begun = [];
  /** @type {(() => void)[]} */
  const finish = [];
  const classify = (/** @type {string} */ text) =>
    new Promise((resolve, reject) => {
      begun.push(text);
      finish.push(() => (text.startsWith("bad") ? reject(new node.PilahError("wasm", text)) : resolve({ text })));
    });
  const classifier = new QueuedClassifier(/** @type {any} */ ({ mode: "page", description: {}, classify, close() {} }));
  return { classifier, begun, finish: () => finish.shift()?.() };
}

/** Lets everything happen that waits for nothing else. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
const latest = { latest: true };

test("of calls in one go only the newest is begun", async () => {
  const { classifier, begun, finish } = slowBackend();
  const calls = ["a", "b", "c"].map((text) => classifier.classify(text, latest));
  await settle();
  assert.deepEqual(begun, ["c"]);
  finish();
  assert.deepEqual(await Promise.all(calls), [null, null, { text: "c" }]);
});

test("an older call is null at once, even where its work has begun", async () => {
  const { classifier, begun, finish } = slowBackend();
  const a = classifier.classify("a", latest);
  await settle();
  const b = classifier.classify("b", latest);
  const c = classifier.classify("c", latest);
  assert.deepEqual(await Promise.all([a, b]), [null, null]);
  assert.deepEqual(begun, ["a"]);
  finish();
  await settle();
  assert.deepEqual(begun, ["a", "c"]);
  finish();
  assert.deepEqual(await c, { text: "c" });
});

test("calls without `latest` are all answered, in their order, and drop nothing", async () => {
  const { classifier, begun, finish } = slowBackend();
  const calls = [classifier.classify("1"), classifier.classify("a", latest), classifier.classify("2"), classifier.classify("b", latest), classifier.classify("3", { latest: false })];
  for (let at = 0; at < 4; at += 1) {
    await settle();
    finish();
  }
  assert.deepEqual((await Promise.all(calls)).map((answer) => answer?.text ?? null), ["1", null, "2", "b", "3"]);
  assert.deepEqual(begun, ["1", "2", "b", "3"]);
});

test("a call that is refused drops nothing, one that fails stops nothing", async () => {
  const { classifier, finish } = slowBackend();
  const a = classifier.classify("a", latest);
  await assert.rejects(classifier.classify(/** @type {any} */ (1), latest), { code: "text" });
  await assert.rejects(classifier.classify("x", /** @type {any} */ ({ latest: true, more: 1 })), { code: "options" });
  await settle();
  finish();
  assert.deepEqual(await a, { text: "a" });
  const bad = classifier.classify("bad", latest);
  const good = classifier.classify("good");
  bad.catch(() => {});
  await settle();
  finish();
  await assert.rejects(bad, { code: "wasm" });
  await settle();
  finish();
  assert.deepEqual(await good, { text: "good" });
});

test("close rejects what waits and what runs, once", async () => {
  const { classifier, begun } = slowBackend();
  const calls = [classifier.classify("a"), classifier.classify("b"), classifier.classify("c", latest), classifier.classify("d", latest)];
  await settle();
  classifier.close();
  const results = await Promise.allSettled(calls);
  assert.deepEqual(results.map((result) => (result.status === "rejected" ? result.reason.code : result.value)), ["closed", "closed", null, "closed"]);
  await settle();
  assert.deepEqual(begun, ["a"]);
});

for (const worker of [false, true]) {
  test(`${worker ? "worker" : "page"}: of fifty keystrokes the last is answered`, async () => {
    const classifier = await node.load(model("kecil"), { worker });
    const text = "Tolong, ada kebakaran di Gang Mawar, api merambat ke rumah sebelah";
    const typed = Array.from({ length: 50 }, (_, at) => text.slice(0, text.length - 49 + at));
    const together = await Promise.all(typed.map((part) => classifier.classify(part, latest)));
    assert.deepEqual(together, [...Array(49).fill(null), await classifier.classify(text)]);
    // One by one, nothing is late.
    for (const part of typed) assert.deepEqual(await classifier.classify(part, latest), await classifier.classify(part));
    classifier.close();
  });
}
