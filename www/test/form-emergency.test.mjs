import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { emergencyNumbers } from "../form/directory.js";
import { en } from "../form/texts/en.js";
import { id } from "../form/texts/id.js";
import { atRest, BY_RULE, calls, service, stands } from "../form/emergency.js";

test("the number follows the rule, else the agency, else the category", () => {
  assert.equal(service({ text: "api", rule: "api-bangunan", agency: "kepolisian" }), "fire");
  assert.equal(service({ text: "begal", rule: null, agency: "kepolisian", category: "kesehatan" }), "crime");
  assert.equal(service({ text: "kejang", agency: "sosial", category: "kesehatan" }), "medical");
  assert.equal(service({ text: "pohon miring", agency: "penanggulangan-bencana", category: "kebencanaan" }), "general");
  assert.equal(service({ text: "apa saja" }), "general");
});

test("the police is called for crimes, not for all that it has to do with", () => {
  for (const category of ["keamanan", "perempuan-anak", "ketertiban"]) assert.equal(service({ text: "tolong", agency: "kepolisian", category }), "crime");
  for (const category of ["lalu-lintas", "kebencanaan", "jalan", null]) assert.equal(service({ text: "tolong", agency: "kepolisian", category }), "general");
});

test("rule and words together may ask for two services, and words come before labels", () => {
  assert.equal(service({ text: "darah banyak", rule: "penusukan" }), "crime+medical");
  assert.equal(service({ text: "pingsan", rule: "api-terlihat" }), "fire+medical");
  assert.equal(service({ text: "terjepit, api, darah, banjir", agency: "kepolisian", category: "keamanan" }), "fire+medical");
  assert.equal(service({ text: "muntah", agency: "kepolisian", category: "keamanan" }), "medical");
  assert.equal(service({ text: "di atap", rule: "di-tepi-ketinggian" }), "despair+crime");
});

test("despair is heard whatever the labels say", () => {
  for (const text of [
    "saya ingin bunuh diri malam ini", "Saya mau mati saja.", "lebih baik aku mati", "aku gak kuat hidup", "dia mau mengakhiri hidupnya", "tidak sanggup lagi hidup begini",
  ]) assert.equal(service({ text, rule: "mengamuk", agency: "kepolisian" }), "despair", text);
});

test("things that die are no despair", () => {
  for (const text of ["lampu mau mati terus", "AC di kantor mau mati.", "pohon ini lebih baik mati daripada tumbang", "listrik mati saja sudah biasa", "harga hidup mahal"]) {
    assert.notEqual(service({ text }), "despair", text);
  }
});

const SERVICES = ["general", "fire", "rescue", "crime", "medical", "sar", "despair", "fire+medical", "despair+crime"];
const dials = (found) => found.map(({ dial }) => dial);

test("112 comes first where a region answers it, and where no region is known", () => {
  for (const numbers of [["112", "110", "113", "119"], []]) {
    assert.deepEqual(SERVICES.map((wanted) => dials(calls(wanted, numbers))), [
      ["112", "110"], ["112", "113"], ["112", "113"], ["112", "110"], ["112", "119"], ["112", "115"], ["112", "119,8"], ["112", "113", "119"], ["112", "119,8", "110"],
    ]);
    assert.deepEqual(dials(atRest(numbers)), ["112"]);
  }
});

test("elsewhere the number of the service comes first, and 112 after it", () => {
  const numbers = ["110", "119", "113", "112"];
  assert.deepEqual(SERVICES.map((wanted) => dials(calls(wanted, numbers))), [
    ["110", "112"], ["113", "112"], ["113", "112"], ["110", "112"], ["119", "112"], ["115", "112"], ["119,8", "112"], ["113", "119", "112"], ["119,8", "110", "112"],
  ]);
  assert.deepEqual(dials(atRest(numbers)), ["110"]);
});

test("a region's own number for everything stands first", () => {
  assert.deepEqual(dials(calls("fire", ["054921113"])), ["054921113", "113"]);
  assert.deepEqual(dials(calls("general", ["054921113"])), ["054921113", "112"]);
});

test("a region without numbers has those of the region above it", () => {
  const above = { id: "provinsi", name: "Provinsi", offices: {}, emergency: ["110", "112"] };
  const regions = [{ id: "kota", name: "Kota", offices: {} }, above, { ...above, emergency: ["112"] }];
  assert.deepEqual(emergencyNumbers(regions), ["110", "112"]);
  assert.deepEqual(emergencyNumbers([]), []);
});

test("every service has its words on the page", () => {
  const all = ["fire", "rescue", "crime", "medical", "sar"];
  const pairs = all.flatMap((one, place) => all.slice(place + 1).map((other) => `${one}+${other}`)).filter((pair) => pair !== "fire+rescue");
  for (const language of [id, en]) for (const one of [...SERVICES, ...pairs]) assert.ok(language[`emergency.${one}.detail`], one);
});

test("every rule that is named exists", () => {
  const rules = readFileSync(new URL("../../models/rules/urgency.toml", import.meta.url), "utf8");
  const known = new Set([...rules.matchAll(/^id = "(.*)"$/gm)].map(([, id]) => id));
  assert.deepEqual(Object.keys(BY_RULE).filter((rule) => !known.has(rule)), []);
});

test("the banner comes at once and goes only when typing has settled", () => {
  assert.equal(stands(false, true, false), true);
  assert.equal(stands(true, false, false), true);
  assert.equal(stands(true, false, true), false);
  assert.equal(stands(false, false, false), false);
});
