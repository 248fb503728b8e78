import assert from "node:assert/strict";
import { test } from "node:test";
import { compose, everywhere, merge, shift, split, words } from "../form/compose.js";

const texts = (text, spans) => spans.map(({ start, end }) => text.slice(start, end));

test("title and report are one text, and spans come back to their fields", () => {
  const composed = compose("Lampu mati", "Gelap sekali");
  assert.equal(composed.text, "Lampu mati\nGelap sekali");
  const spans = ["Lampu", "mati", "Gelap"].map((word) => {
    const start = composed.text.indexOf(word);
    return { start, end: start + word.length, head: "category" };
  });
  const { title, report } = split(spans, composed);
  assert.deepEqual(texts("Lampu mati", title), ["Lampu", "mati"]);
  assert.deepEqual(texts("Gelap sekali", report), ["Gelap"]);
  assert.equal(report[0].head, "category");
});

test("without a title the report stands alone", () => {
  const composed = compose("", "Gelap");
  assert.equal(composed.text, "Gelap");
  assert.deepEqual(split([{ start: 0, end: 5 }], composed), { title: [], report: [{ start: 0, end: 5 }] });
});

test("a span over the border is cut there", () => {
  const { title, report } = split([{ start: 3, end: 8 }], compose("abcde", "fghij"));
  assert.deepEqual(title, [{ start: 3, end: 5 }]);
  assert.deepEqual(report, [{ start: 0, end: 2 }]);
});

test("spans keep their words while the text changes before, behind and inside them", () => {
  const before = "lampu jalan mati";
  const spans = [{ start: 0, end: 5 }, { start: 12, end: 16 }];
  const after = (text) => texts(text, shift(spans, before, text));
  assert.deepEqual(after("lampu jalan mati total"), ["lampu", "mati"]);
  assert.deepEqual(after("tolong lampu jalan mati"), ["lampu", "mati"]);
  assert.deepEqual(after("lampu jalan raya mati"), ["lampu", "mati"]);
  assert.deepEqual(after("lampu jalan maxti"), ["lampu"]);
  assert.deepEqual(after(""), []);
  assert.deepEqual(after(before), ["lampu", "mati"]);
});

test("repeated letters at the place of change do not move a span outside the text", () => {
  const spans = [{ start: 0, end: 2 }, { start: 2, end: 4 }];
  for (const text of ["aa", "aaa", "aaaaaa"]) {
    for (const { start, end } of shift(spans, "aaaa", text)) assert.ok(start >= 0 && end <= text.length && start < end);
  }
});

test("spans that overlap are one", () => {
  assert.deepEqual(merge([{ start: 5, end: 9 }, { start: 0, end: 3 }, { start: 2, end: 6 }]), [{ start: 0, end: 9 }]);
  assert.deepEqual(merge([{ start: 0, end: 2 }, { start: 2, end: 4 }]), [{ start: 0, end: 2 }, { start: 2, end: 4 }]);
});

test("a deciding word is marked wherever it stands as a word", () => {
  const text = "Mati lampu, MATI lagi; matikan kematian mati";
  const found = merge(everywhere(text, [{ start: 0, end: 4 }]));
  assert.deepEqual(texts(text, found), ["Mati", "MATI", "mati"]);
});

test("a letter that changes its length in lower case does not move the marks", () => {
  const text = "İ mati mati";
  assert.deepEqual(texts(text, everywhere(text, [{ start: 2, end: 6 }])), ["mati"]);
});

test("the weightiest words are named once, in reading order", () => {
  const text = "SD gelap lampu Lampu jalan";
  const one = (word, weight, from = 0) => {
    const start = text.indexOf(word, from);
    return { head: "category", label: "x", start, end: start + word.length, weight };
  };
  const evidence = [one("SD", 0.7), one("gelap", 0.1), one("lampu", 0.5), one("Lampu", 0.5), one("jalan", 0.6)];
  assert.deepEqual(words(text, evidence, 3), ["SD", "lampu", "jalan"]);
  assert.deepEqual(words(text, evidence, 9), ["SD", "gelap", "lampu", "jalan"]);
});
