// The English switch: everything the form says, and nothing the citizen wrote.

import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../form/texts/en.js";
import { id } from "../../form/texts/id.js";
import { Person, eventually } from "./support/person.mjs";
import { start } from "./support/site.mjs";

const { open } = await start();
const TEXT = "Tolong, ada kebakaran rumah di Gang Mawar, api merambat ke rumah sebelah. Telepon 0812-0000-1234";

/** Everything that is read on the page, seen or spoken, with texts and names but not what is in fields. */
const read = (page) => page.evaluate(() => {
  const words = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: parent, data } = walker.currentNode;
    if (data.trim() && !parent.closest("[lang=id] [lang=id], .mirror, .words, noscript, script, #live") && (parent.checkVisibility() || parent.closest("select"))) words.push(data.trim());
  }
  for (const element of document.querySelectorAll("[aria-label]")) words.push(element.getAttribute("aria-label"));
  return words;
});

/** Sentences of the one language that the other does not have, without places to fill in. */
const foreign = (language, other) => {
  const known = new Set(Object.values(other));
  return new Set(Object.entries(language).filter(([key, words]) => key !== "page.language" && !/\{/.test(words) && !known.has(words)).map(([, words]) => words));
};

/** @param {string[]} words */
const found = (words, sentences) => words.filter((one) => sentences.has(one));

test("every label, note, warning and name is in the chosen language, and the text is untouched", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.chooseRegion("Kota Samarinda");
  await person.type("report", TEXT);
  await eventually(async () => (await person.emergency()).calls, ["tel:112", "tel:113"]);
  await eventually(() => page.getByRole("button", { name: "Sembunyikan" }).isVisible(), true);
  assert.ok(found(await read(page), foreign(id, en)).length > 30, "the page is Indonesian first");
  assert.deepEqual(found(await read(page), foreign(en, id)), []);
  await page.getByRole("button", { name: "English" }).click();
  await eventually(() => page.title(), en["page.title"]);
  await eventually(async () => found(await read(page), foreign(id, en)), []);
  assert.ok(found(await read(page), foreign(en, id)).length > 30);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(await page.getByLabel("Report", { exact: true }).inputValue(), TEXT);
  assert.equal(await person.chosen("category"), "Disasters & fire");
  assert.equal((await person.emergency()).words, "This looks like an emergency. Get away, then call. You can still send the report.");
  assert.match(await page.locator("#privacy").innerText(), /^There is a phone number\. Reports may be public\.\s+Hide it$/);
  // Offices keep their real names, and are spoken as Indonesian.
  const office = person.question("agency").locator(".chip-name").first();
  assert.deepEqual([await office.innerText(), await office.getAttribute("lang")], ["Dinas Pemadam Kebakaran dan Penyelamatan Kota Samarinda", "id"]);
  await page.getByRole("button", { name: "Bahasa Indonesia" }).click();
  await eventually(async () => found(await read(page), foreign(en, id)), []);
  assert.equal(await person.chosen("category"), "Kebencanaan & kebakaran");
});

test("suggestions that come later are in the chosen language, and the choice of language outlives a reload", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByLabel("Report", { exact: true }).pressSequentially("Lampu jalan mati, gelap sekali", { delay: 8 });
  await eventually(() => person.chosen("category"), "Street lighting");
  assert.match(await person.note("category"), /^Because of the words: lampu/);
  await page.reload();
  await eventually(() => page.getByRole("heading", { level: 1 }).innerText(), "Send your report");
});

test("the confirmation changes its language with the rest", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("report", "Lampu jalan mati di depan SD, gelap sekali kalau malam");
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  await person.send();
  await person.sent();
  const list = () => page.locator("#sent-list").innerText().then((words) => words.split(/\n+/));
  assert.deepEqual((await list()).slice(0, 4), ["Isi laporan", "Lampu jalan mati di depan SD, gelap sekali kalau malam", "Tentang apa?", "Penerangan jalan umum"]);
  await page.getByRole("button", { name: "English" }).click();
  await eventually(async () => (await list()).slice(0, 4), ["Report", "Lampu jalan mati di depan SD, gelap sekali kalau malam", "What is it about?", "Street lighting"]);
  assert.deepEqual(found(await read(page), foreign(id, en)), []);
  await page.getByRole("button", { name: "Write another report" }).click();
  assert.equal(await page.locator("#sent-list").innerText(), "");
});

test("on a slow line the page speaks English at once, names of labels follow, and quick taps end in one language", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("report", "Lampu jalan mati di depan SD, gelap sekali kalau malam");
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  let letThrough = () => {};
  const held = new Promise((resolve) => (letThrough = () => resolve(undefined)));
  await page.route("**/labels-en.json", async (route) => {
    await held;
    await route.continue();
  });
  const toggle = page.locator("#language");
  await toggle.click();
  await eventually(() => page.title(), en["page.title"]);
  assert.equal(await person.chosen("category"), "Penerangan jalan umum", "the name is still on its way");
  await toggle.click();
  assert.equal(await page.title(), id["page.title"]);
  letThrough();
  await eventually(() => page.evaluate(() => performance.getEntriesByName(new URL("form/texts/labels-en.json", location.href).href).length > 0), true);
  await page.waitForTimeout(200);
  assert.deepEqual(found(await read(page), foreign(en, id)), []);
  assert.deepEqual([await page.locator("html").getAttribute("lang"), await person.chosen("category")], ["id", "Penerangan jalan umum"]);
  await toggle.click();
  await eventually(() => person.chosen("category"), "Street lighting");
});
