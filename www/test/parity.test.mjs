// The module answers as the native library does, to the last bit.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { difference } from "./support/compare.mjs";
import { classifyNatively } from "./support/native.mjs";
import { model, node, root } from "./support/paths.mjs";
import { texts } from "./support/texts.mjs";

const GENERATED = 5000;
const folder = join(root, "tests/cases");
const files = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith(".txt"));
const cases = files.map((name) => readFileSync(join(folder, name), "utf8"));
const all = [...cases, ...texts(GENERATED, 20260101)];

test("the texts are many and of all kinds", () => {
  assert.ok(cases.length >= 10, `found ${cases.length} cases in tests/cases`);
  assert.ok(new Set(all).size > 0.97 * all.length, "texts repeat");
  for (const [kind, pattern] of /** @type {[string, RegExp][]} */ ([["emoji", /\p{Extended_Pictographic}/u], ["astral", /[\u{10000}-\u{10ffff}]/u],
    ["lone surrogate", /(?<![\ud800-\udbff])[\udc00-\udfff]/], ["phone", /08\d\d-/], ["long", /[^]{5000}/], ["empty", /^\s*$/], ["NUL", /\0/]])) {
    const count = all.filter((text) => pattern.test(text)).length;
    assert.ok(count >= 10, `${kind}: ${count} texts`);
  }
});

for (const name of /** @type {const} */ (["kecil", "penuh"])) {
  test(`${name}: every answer equals the native one`, async (context) => {
    const classifier = await node.load(model(name));
    const natives = classifyNatively(all, name);
    const seen = { compared: 0, evidence: 0, raised: 0, reasons: new Set() };
    for (const [at, text] of all.entries()) {
      const answer = await classifier.classify(text, { top: 99 });
      const found = difference(text, answer, natives[at]);
      assert.equal(found, null, `${found}\ntext ${at}: ${JSON.stringify(text).slice(0, 500)}`);
      seen.compared += 1;
      seen.evidence += answer.evidence.length;
      seen.raised += answer.raised ? 1 : 0;
      seen.reasons.add(answer.needsReview?.reason);
    }
    classifier.close();
    context.diagnostic(`${name}: ${seen.compared} answers compared, ${seen.evidence} pieces of evidence, ${seen.raised} raised`);
    assert.equal(seen.compared, cases.length + GENERATED);
    assert.ok(seen.evidence > GENERATED && seen.raised >= 10 && seen.reasons.size === 4, `${seen.evidence} pieces of evidence, ${seen.raised} raised, ${[...seen.reasons]}`);
  });
}

test("the comparison sees one bit, one unit and one label", async () => {
  const classifier = await node.load(model("kecil"));
  const text = "🔥 Tolong, ada kebakaran di Gang Mawar, api merambat ke rumah sebelah";
  const [native] = classifyNatively([text], "kecil");
  const answer = await classifier.classify(text, { top: 99 });
  classifier.close();
  assert.equal(difference(text, answer, native), null);
  const bits = new Int32Array(1);
  const nextUp = (/** @type {number} */ number) => {
    new Float32Array(bits.buffer)[0] = number;
    bits[0] += 1;
    return new Float32Array(bits.buffer)[0];
  };
  /** @type {((answer: import("../package/pilah.d.ts").Answer) => unknown)[]} */
  const changes = [
    ({ heads }) => (heads.type.suggestions[1].probability = nextUp(heads.type.suggestions[1].probability)),
    ({ evidence }) => (evidence[3].weight = nextUp(evidence[3].weight)),
    ({ evidence }) => (evidence[0].start += 1),
    ({ heads }) => heads.category.suggestions.reverse(),
    ({ heads }) => heads.agency.suggestions.pop(),
    ({ heads }) => (heads.type.sure = !heads.type.sure),
    ({ evidence }) => (evidence[0].label = "lainnya"),
    (changed) => changed.privateData.push({ kind: "nik", start: 0, end: 2 }),
    (changed) => (changed.needsReview = changed.needsReview ? null : { reason: "unsure", head: "type" }),
    (changed) => (changed.raised = { head: "urgency", rule: "x", from: "sedang", to: "darurat", spans: [] }),
  ];
  for (const change of changes) {
    const changed = structuredClone(answer);
    change(changed);
    assert.notEqual(difference(text, changed, native), null, String(change));
  }
});
