// No bytes and no number of calls break the module.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { crc32 } from "./support/crc32.mjs";
import { model, node, wasm } from "./support/paths.mjs";
import { random } from "./support/random.mjs";
import { texts } from "./support/texts.mjs";
import { instance } from "./support/wasm.mjs";

const kecil = model("kecil");
const report = "🔥 Tolong, ada kebakaran di Gang Mawar, api merambat ke rumah sebelah";

/** @typedef {Awaited<ReturnType<typeof instance>>["Classifier"]} Classifier */

/**
 * Makes a classifier of bytes that are no model; returns it where there is one all the same.
 * @param {Classifier} Classifier
 * @param {Uint8Array} bytes
 */
function refused(Classifier, bytes) {
  try {
    return new Classifier(bytes);
  } catch (error) {
    assert.ok(error instanceof Error && /** @type {any} */ (error).code === "model", `found ${error}; expected an Error with code "model"`);
    assert.ok(error.message.length > 10);
    return null;
  }
}

test("random bytes, cut models and changed bits are refused, and the module works on", async () => {
  const { Classifier } = await instance();
  const good = new Classifier(kecil);
  const before = good.classify(report, {});
  const dice = random(7);
  const bytes = (/** @type {number} */ length) => Uint8Array.from({ length }, () => dice.below(256));
  /** @type {Uint8Array[]} */
  const bad = [...Array(300)].map(() => bytes(dice.below(2000)));
  for (let at = 0; at < 300; at += 1) bad.push(Buffer.concat([kecil.subarray(0, dice.below(64)), bytes(dice.below(500))]));
  for (let at = 0; at < 100; at += 1) bad.push(kecil.subarray(0, at < 50 ? at : dice.below(kecil.length)));
  for (let at = 0; at < 150; at += 1) bad.push(changed(dice));
  for (const one of bad) assert.equal(refused(Classifier, one), null, `${one.length} bytes were taken for a model`);
  assert.deepEqual(good.classify(report, {}), before);
  assert.deepEqual(new Classifier(kecil).classify(report, {}), before);
});

test("models with a right checksum and wrong content are refused or answer", async (context) => {
  const { Classifier } = await instance();
  const good = new Classifier(kecil);
  const before = good.classify(report, {});
  const dice = random(8);
  let taken = 0;
  for (let at = 0; at < 400; at += 1) {
    const lie = changed(dice, at % 2 === 0 ? 300 : kecil.length - 4);
    new DataView(lie.buffer).setUint32(lie.length - 4, crc32(lie.subarray(0, -4)), true);
    const liar = refused(Classifier, lie);
    if (!liar) continue;
    taken += 1;
    for (const text of ["", report, "lampu jalan mati 😭"]) assert.ok(liar.classify(text, { top: 99 }).heads);
    liar.describe();
    liar.free();
  }
  context.diagnostic(`${taken} of 400 were taken`);
  assert.ok(taken > 0 && taken < 400, "both ways are tried");
  assert.deepEqual(good.classify(report, {}), before);
});

/**
 * The small model with a few bits changed before `end`.
 * @param {ReturnType<typeof random>} dice
 */
function changed(dice, end = kecil.length) {
  const bytes = new Uint8Array(kecil);
  for (let count = 1 + dice.below(3); count > 0; count -= 1) bytes[dice.below(end)] ^= 1 << dice.below(8);
  // Two changes may undo each other.
  if (Buffer.compare(bytes, kecil) === 0) bytes[0] ^= 1;
  return bytes;
}

test("20,000 answers do not make the module's memory grow", async (context) => {
  const { Classifier, memory } = await instance();
  const classifier = new Classifier(kecil);
  const some = texts(500, 99);
  for (const text of some) classifier.classify(text, { top: 99 });
  const before = memory.buffer.byteLength;
  for (let at = 0; at < 20_000; at += 1) classifier.classify(some[at % some.length], { top: 99 });
  context.diagnostic(`${before} bytes`);
  assert.equal(memory.buffer.byteLength, before);
});

test("closed classifiers give their memory back", async (context) => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const module = await WebAssembly.compile(wasm);
  /** @type {WeakRef<object>[]} */
  const memories = [];
  const { instantiate } = WebAssembly;
  // Not a mock of node:test, which keeps every result.
  context.after(() => (WebAssembly.instantiate = instantiate));
  WebAssembly.instantiate = /** @type {any} */ (
    async (/** @type {any} */ ...args) => {
      const made = /** @type {any} */ (await Reflect.apply(instantiate, WebAssembly, args));
      memories.push(new WeakRef(made.exports.memory));
      return made;
    }
  );
  // Who keeps a closed classifier keeps nothing of weight.
  const kept = [];
  for (let at = 0; at < 60; at += 1) {
    const classifier = await node.load(kecil, { wasm: module });
    await classifier.classify(report);
    classifier.close();
    kept.push(classifier);
  }
  assert.equal(memories.length, 60);
  for (let at = 0; at < 10; at += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
  }
  const left = memories.filter((memory) => memory.deref()).length;
  assert.ok(left <= 3, `found ${left} of ${kept.length} memories; expected them to be collected`);
});
