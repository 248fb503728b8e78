import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { en } from "../form/texts/en.js";
import { id } from "../form/texts/id.js";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const page = read("../index.html");

test("both languages say the same things, with the same places to fill in", () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(id).sort());
  const places = (words) => (words.match(/\{\w+\}/g) ?? []).sort();
  for (const key of Object.keys(id)) assert.deepEqual(places(en[key]), places(id[key]), key);
});

test("every text of the page exists and reads without JavaScript as with it", () => {
  const found = [...page.matchAll(/data-text="([^"]+)"[^>]*>([^<]*)</g)];
  assert.ok(found.length > 30);
  for (const [, key, words] of found) assert.equal(words, id[key], key);
  for (const [, words, key] of page.matchAll(/aria-label="([^"]+)" data-label="([^"]+)"/g)) assert.equal(words, id[key], key);
});

test("every text that a module asks for by name exists", () => {
  const modules = readdirSync(new URL("../form/", import.meta.url)).filter((name) => name.endsWith(".js"));
  const asked = modules.flatMap((name) => [...read(`../form/${name}`).matchAll(/"((?:page|note|status|emergency|call|privacy|send|sent|live|report|region)\.[\w.]+)"/g)]);
  assert.ok(asked.length > 20);
  for (const [, key] of asked) assert.ok(key in id, key);
});

test("no text calls a report not urgent", () => {
  for (const words of [...Object.values(id), ...Object.values(en)]) assert.doesNotMatch(words, /tidak (mendesak|penting|darurat)|not urgent|unimportant/i);
});

test("all labels have English names, and no other", () => {
  const names = JSON.parse(read("../form/texts/labels-en.json"));
  for (const head of ["category", "agency", "urgency", "type"]) {
    const labels = [...read(`../../models/labels/${head}.toml`).matchAll(/^id = "(.*)"$/gm)].map(([, label]) => label);
    assert.deepEqual(Object.keys(names[head]).sort(), labels.sort(), head);
  }
});
