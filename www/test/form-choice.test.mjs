import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, empty, release, selected, suggest } from "../form/choice.js";
import { compose } from "../form/compose.js";
import { lesson, marks, note, offer } from "../form/views.js";

const head = (labels, sure = true) => ({ sure, suggestions: labels.map((label, at) => ({ label, name: label, probability: 0.5 ** (at + 1) })) });
const answer = (heads, rest = {}) => ({ heads, needsReview: null, evidence: [], raised: null, privateData: [], ...rest });
const all = (agencies, most) => agencies.slice(0, most);

test("a sure suggestion is preselected, an unsure one is only offered", () => {
  assert.equal(selected(suggest(empty(), ["jalan", "parkir"], true)), "jalan");
  const unsure = suggest(empty(), ["jalan", "parkir"], false);
  assert.equal(selected(unsure), null);
  assert.deepEqual(unsure.offered, ["jalan", "parkir"]);
});

test("what the citizen chose outlives every later suggestion, and its chips stay", () => {
  let choice = choose(suggest(empty(), ["jalan", "parkir", "sampah"], true), "parkir");
  choice = suggest(choice, ["agama", "jalan", "lainnya"], true);
  assert.equal(selected(choice), "parkir");
  assert.deepEqual(choice.offered, ["jalan", "parkir", "sampah"]);
  assert.equal(choice.suggested, "agama");
});

test("going back gives the newest suggestions", () => {
  const choice = release(suggest(choose(suggest(empty(), ["jalan"], true), "parkir"), ["agama", "jalan"], true));
  assert.equal(selected(choice), "agama");
  assert.deepEqual(choice.offered, ["agama", "jalan"]);
});

test("a choice stands even where nothing was suggested, and when suggestions go away", () => {
  assert.equal(selected(suggest(choose(empty(), "darurat"), [], false)), "darurat");
});

test("too little text offers nothing and says so", () => {
  const short = answer({ category: head(["jalan", "parkir", "sampah"]) }, { needsReview: { reason: "too-short", head: null } });
  assert.deepEqual(offer("category", short, all), { labels: [], sure: false });
  assert.equal(note("category", empty(), short, compose("", "a")).note, "note.waiting");
  assert.equal(note("category", empty(), null, compose("", "")).note, "note.waiting");
});

test("nobody is told that their words are no report", () => {
  const chatter = answer({ type: head(["bukan-laporan", "pengaduan", "aspirasi"]) }, { needsReview: { reason: "not-a-report", head: null } });
  assert.deepEqual(offer("type", chatter, all), { labels: ["pengaduan", "aspirasi"], sure: false });
  const choice = suggest(empty(), ["lainnya"], true);
  assert.equal(note("category", choice, chatter, compose("", "a")).note, "note.notReport");
});

test("an office that is all but impossible is no alternative", () => {
  const found = answer({ agency: head(["perhubungan", "sosial", "agama"]) });
  found.heads.agency.suggestions[2].probability = 0.001;
  assert.deepEqual(offer("agency", found, all).labels, ["perhubungan", "sosial"]);
});

test("notes tell doubt, reasons and the citizen's own choice", () => {
  const composed = compose("", "lampu mati");
  const found = answer({ category: head(["penerangan-jalan"]) }, {
    evidence: [{ head: "category", label: "penerangan-jalan", start: 0, end: 5, weight: 1 }, { head: "agency", label: "x", start: 6, end: 10, weight: 1 }],
  });
  const sure = suggest(empty(), ["penerangan-jalan"], true);
  assert.deepEqual(note("category", sure, found, composed), { note: "note.because", because: ["lampu"] });
  assert.deepEqual(marks("category", sure, found, composed).report, [{ ...found.evidence[0] }, { start: 0, end: 5 }]);
  const unsure = suggest(empty(), ["penerangan-jalan"], false);
  assert.deepEqual(note("category", unsure, found, composed), { note: "note.doubt" });
  assert.deepEqual(marks("category", unsure, found, composed).report, []);
  const chosen = choose(sure, "jalan");
  assert.deepEqual(note("category", chosen, found, composed), { note: "note.chosen" });
  assert.deepEqual(marks("category", chosen, found, composed).report, []);
});

test("a rule's words stand for the urgency that it raised", () => {
  const found = answer({ urgency: head(["darurat"]) }, {
    evidence: [{ head: "urgency", label: "sedang", start: 0, end: 6, weight: 1 }],
    raised: { head: "urgency", rule: "gas-bocor", from: "sedang", to: "darurat", spans: [{ start: 7, end: 10 }] },
  });
  assert.deepEqual(note("urgency", suggest(empty(), ["darurat"], true), found, compose("", "tolong gas")).because, ["gas"]);
});

test("the office learns what was suggested and whether the citizen chose", () => {
  const choices = { category: choose(suggest(empty(), ["jalan"], true), "parkir"), agency: suggest(empty(), ["perhubungan"], true), urgency: empty(), type: empty() };
  const fields = lesson(choices);
  assert.equal(fields.saran_kategori, "jalan");
  assert.equal(fields.kategori_dipilih, "ya");
  assert.equal(fields.saran_instansi, "perhubungan");
  assert.equal(fields.instansi_dipilih, "tidak");
  assert.equal(fields.saran_urgensi, "");
});

test("what cannot wait is preselected, however unsure or short, and the citizen's choice stays", () => {
  for (const needsReview of [null, { reason: "unsure", head: "urgency" }, { reason: "too-short", head: null }]) {
    const found = answer({ urgency: head(["darurat", "tinggi"], false) }, { needsReview });
    assert.deepEqual(offer("urgency", found, all), { labels: ["darurat"], sure: true });
    const choice = suggest(empty(), ["darurat"], true);
    assert.notEqual(note("urgency", choice, found, compose("", "api")).note, "note.waiting");
  }
  assert.deepEqual(offer("urgency", answer({ urgency: head(["tinggi", "darurat"], false) }), all), { labels: ["tinggi", "darurat"], sure: false });
  assert.equal(selected(suggest(choose(empty(), "tinggi"), ["darurat"], true)), "tinggi");
});

test("words that raise the alarm by themselves raise the urgency, without giving the model's reasons", () => {
  const composed = compose("", "aku ingin mati");
  const evidence = [{ head: "urgency", label: "rendah", start: 0, end: 3, weight: 1 }];
  for (const found of [null, answer({ urgency: head(["rendah"]) }, { evidence })]) {
    const { labels, sure } = offer("urgency", found, all, true);
    assert.deepEqual([labels, sure], [["darurat"], true]);
    const choice = suggest(empty(), labels, sure);
    assert.deepEqual(note("urgency", choice, found, composed), { note: "note.suggested" });
    assert.deepEqual(marks("urgency", choice, found, composed).report, []);
  }
});
