// What a form gets while somebody types.

import assert from "node:assert/strict";
import { test } from "node:test";
import { node } from "./support/paths.mjs";

const { watch } = node;

class Field extends EventTarget {
  value = "";
  type(/** @type {string} */ text) {
    this.value = text;
    this.dispatchEvent(new Event("input"));
  }
}

/** A classifier that answers when told to. */
function slow() {
  /** @type {{ text: string, options: any, answer: (answer: any) => void, fail: (error: Error) => void }[]} */
  const asked = [];
  const classify = (/** @type {string} */ text, /** @type {any} */ options) => new Promise((answer, fail) => asked.push({ text, options, answer, fail }));
  return { asked, classifier: /** @type {any} */ ({ classify }) };
}

test("asks once after a pause, with the newest text and the options", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const [field, { asked, classifier }, got] = [new Field(), slow(), /** @type {any[]} */ ([])];
  const stop = watch(field, classifier, (...heard) => got.push(heard), { top: 2 });
  field.type("lampu");
  context.mock.timers.tick(149);
  field.type("lampu mati");
  context.mock.timers.tick(149);
  assert.equal(asked.length, 0);
  context.mock.timers.tick(1);
  assert.deepEqual(asked.map(({ text, options }) => [text, options]), [["lampu mati", { top: 2, latest: true }]]);
  asked[0].answer("answer");
  await null;
  await null;
  assert.deepEqual(got, [["answer", "lampu mati"]]);
  stop();
});

test("drops answers and errors that come too late", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const [field, { asked, classifier }, got] = [new Field(), slow(), /** @type {any[]} */ ([])];
  const stop = watch(field, classifier, (...heard) => got.push(heard), { delay: 10, onError: (error) => got.push(error) });
  const typed = (/** @type {string} */ text) => {
    field.type(text);
    context.mock.timers.tick(10);
  };
  typed("a");
  typed("b");
  asked[0].answer("late");
  typed("c");
  asked[1].fail(new Error("late"));
  asked[2].answer(null);
  typed("d");
  asked[3].answer("d!");
  typed("e");
  asked[4].fail(new Error("e?"));
  await new Promise((resolve) => setImmediate(resolve));
  // An answer for "d" was on its way when "e" was typed.
  assert.deepEqual(got, [new Error("e?")]);
  typed("f");
  asked[5].answer("f!");
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(got.slice(1), [["f!", "f"]]);
  // Somebody else has used the classifier with `latest`.
  typed("f2");
  asked[6].answer(null);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(got.length, 2);
  typed("g");
  field.type("h");
  stop();
  asked[7].answer("g!");
  context.mock.timers.tick(1000);
  field.type("i");
  context.mock.timers.tick(1000);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(got.length, 2);
  assert.equal(asked.length, 8);
});

test("reads several fields as one text, and a draft that is there already", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const [title, body, { asked, classifier }, got] = [new Field(), new Field(), slow(), /** @type {any[]} */ ([])];
  title.value = "Lampu mati";
  const stop = watch([title, body], classifier, (...heard) => got.push(heard), { minLength: 5 });
  context.mock.timers.tick(150);
  body.type("di depan SD");
  context.mock.timers.tick(150);
  assert.deepEqual(asked.map(({ text }) => text), ["Lampu mati\n", "Lampu mati\ndi depan SD"]);
  title.type(" ");
  body.type("  di  ");
  context.mock.timers.tick(150);
  assert.equal(asked.length, 2);
  assert.deepEqual(got, [[null, " \n  di  "]]);
  stop();
});

test("refuses options that it does not know", () => {
  const { classifier } = slow();
  const bad = [{ delays: 1 }, { delay: -1 }, { delay: "150" }, { minLength: 1.5 }, { onError: true }, { latest: true }];
  for (const options of bad) assert.throws(() => watch(new Field(), classifier, () => {}, /** @type {any} */ (options)), { code: "options" }, JSON.stringify(options));
  assert.throws(() => watch(new Field(), classifier, /** @type {any} */ (undefined)), { code: "options", message: /onAnswer/ });
});
