// Suggestions while somebody types, and that the last word is the citizen's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { load } from "../../dist/pilah/node.js";
import { Person, eventually, pass } from "./support/person.mjs";
import { PHONE, start } from "./support/site.mjs";

const LAMP = "Lampu jalan di depan SD mati sudah seminggu, kalau malam gelap sekali.";
const WASTE = "Sampah menumpuk di TPS, sudah lima hari tidak diangkut dan baunya menyengat.";
const VAGUE = "kenapa begini terus ya di tempat kami ini";
const { server, open } = await start();
const classifier = await load();
after(() => classifier.close());

const directory = (id) => JSON.parse(readFileSync(new URL(`../../../models/directory/${id}.json`, import.meta.url), "utf8"));

/** Writes LAMP and waits until it is understood. */
async function reportLamp(context, options) {
  const page = await open(context, options);
  const person = new Person(page);
  await person.type("report", LAMP);
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  // The first suggestion stands before the last words are read, the others change until then.
  const { heads } = await classifier.classify(LAMP, { top: 3 });
  await eventually(() => person.offered("category"), heads.category.suggestions.map(({ name }) => name));
  return { page, person };
}

test("a plain report gets its category with two others, an office, a type and an urgency", async (context) => {
  const { person } = await reportLamp(context);
  const { heads } = await classifier.classify(LAMP, { top: 3 });
  const names = heads.category.suggestions.map(({ name }) => name);
  await eventually(() => person.offered("category"), names);
  assert.equal(names[0], "Penerangan jalan umum");
  await eventually(() => person.chosen("agency"), heads.agency.suggestions[0].name);
  await eventually(() => person.chosen("type"), "Keluhan");
  await eventually(() => person.chosen("urgency"), "Dalam waktu biasa");
  assert.match(await person.note("category"), /^Karena kata: .*lampu/);
});

test("the first suggestion comes while the keys are still going down", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await page.evaluate(() => {
    window.seen = [];
    document.querySelector("#laporan").addEventListener("input", () => window.seen.push(document.querySelector("input[name=kategori]:checked")?.value ?? ""));
  });
  await person.type("report", LAMP, 45);
  const seen = await page.evaluate(() => window.seen);
  assert.equal(seen.length, LAMP.length);
  assert.equal(seen[0], "");
  assert.ok(seen.includes("penerangan-jalan"), "no key found a suggestion on the page");
});

test("the region decides the office's name, in the chips and in the list", async (context) => {
  const { page, person } = await reportLamp(context);
  for (const id of ["surabaya", "samarinda", "kutai-timur", "kalimantan-timur", "luwu-timur"]) {
    const { name, offices } = directory(id);
    await person.chooseRegion(name);
    await eventually(() => person.chosen("agency"), offices.perhubungan.name);
    const list = page.getByLabel("Semua pilihan: kantor yang menangani");
    await eventually(() => list.evaluate((select, office) => [...select.options].some(({ text }) => text === office), offices.kesehatan.name), true);
  }
  await person.chooseRegion("Wilayah lain di Indonesia");
  await eventually(() => person.chosen("agency"), directory("nasional").offices.perhubungan.name);
});

test("the region is remembered, and nothing else", async (context) => {
  const { page, person } = await reportLamp(context);
  await person.chooseRegion("Kota Surabaya");
  await page.reload();
  await eventually(() => person.field("region").inputValue(), "surabaya");
  assert.equal(await person.field("report").inputValue(), "");
  assert.deepEqual(await page.evaluate(() => [{ ...localStorage }, { ...sessionStorage }, document.cookie]), [{ "pilah.wilayah": "surabaya" }, {}, ""]);
});

test("an office that was chosen stays chosen in another region, under the name it has there", async (context) => {
  const { page, person } = await reportLamp(context);
  await person.chooseRegion("Kota Samarinda");
  await page.getByLabel("Semua pilihan: kantor yang menangani").selectOption("sosial");
  await person.chooseRegion("Kota Surabaya");
  await eventually(() => person.chosen("agency"), directory("surabaya").offices.sosial.name);
  assert.match(await person.note("agency"), /^Dipilih oleh Anda\./);
});

test("the deciding words are marked where they stand, with emoji before them", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("report", "😭😭👨‍👩‍👧 pak, lampu jalan depan SD mati");
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  await eventually(async () => (await person.marked("report")).slice(0, 2), ["lampu", "jalan"]);
  // Marks move with their words until the next answer, whatever is typed before them.
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("🙏 Tolong 🙏 ", { delay: 20 });
  assert.deepEqual((await person.marked("report")).slice(0, 2), ["lampu", "jalan"]);
  await pass(page, 600);
  assert.ok((await person.marked("report")).includes("lampu"));
});

test("title and report are read as one, and each has its own marks", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("title", "Lampu jalan mati 😢");
  await person.type("report", "Gelap sekali kalau malam, lampu tidak pernah diperbaiki");
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  await eventually(async () => (await person.marked("title")).includes("Lampu"), true);
  await eventually(async () => (await person.marked("report")).includes("lampu"), true);
  for (const word of await person.marked("report")) assert.match(word, /^[\p{L}\p{N}]+$/u);
});

test("marks lie under their words: the copy behind a field has its measures", async (context) => {
  const { page } = await reportLamp(context, PHONE);
  const properties = ["fontFamily", "fontSize", "fontWeight", "lineHeight", "letterSpacing", "wordSpacing", "paddingTop", "paddingLeft", "paddingRight", "borderTopWidth", "borderLeftWidth", "whiteSpace", "overflowWrap", "textIndent", "tabSize"];
  const [field, mirror] = await page.evaluate((properties) => {
    const measure = (element) => {
      const style = getComputedStyle(element);
      const { left, top } = element.getBoundingClientRect();
      return { left, top, width: element.clientWidth, ...Object.fromEntries(properties.map((name) => [name, style[name]])) };
    };
    return [measure(document.querySelector("#laporan")), measure(document.querySelector("#laporan-mirror"))];
  }, properties);
  assert.deepEqual(mirror, field);
});

test("in a long report the marks scroll with the words", async (context) => {
  const page = await open(context, PHONE);
  const person = new Person(page);
  await person.field("report").fill(`Selamat pagi bapak dan ibu.\n${"Mohon bantuannya.\n".repeat(14)}Lampu jalan mati dan gelap.`);
  await eventually(async () => (await person.marked("report")).includes("Lampu"), true);
  const at = () => page.evaluate(() => {
    const box = document.querySelector("#laporan").getBoundingClientRect();
    const mark = [...document.querySelectorAll("#laporan-mirror mark")].find(({ textContent }) => textContent === "Lampu").getBoundingClientRect();
    return Math.round(mark.top - box.top);
  });
  await page.evaluate(() => (document.querySelector("#laporan").scrollTop = 0));
  await pass(page, 100);
  const before = await at();
  await page.evaluate(() => (document.querySelector("#laporan").scrollTop = 90));
  await eventually(at, before - 90);
});

test("doubt is told, and nothing is chosen for the citizen", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("report", VAGUE);
  await eventually(() => person.note("category"), "Belum yakin: pilih sendiri, atau biarkan kosong.");
  assert.equal((await person.offered("category")).length, 3);
  assert.equal(await person.chosen("category"), null);
  assert.deepEqual(await person.marked("report"), []);
});

test("a greeting is not told that it is no report", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("report", "selamat pagi semuanya");
  await eventually(() => person.note("category"), "Ceritakan apa yang terjadi dan di mana, supaya petugas bisa membantu.");
  assert.ok(!(await page.locator("body").innerText()).includes("bukan"));
});

test("one tap on another suggestion chooses it", async (context) => {
  const { page, person } = await reportLamp(context, PHONE);
  const [, second] = await person.offered("category");
  await person.option("category", second).tap();
  assert.equal(await person.chosen("category"), second);
  assert.equal(await person.note("category"), "Dipilih oleh Anda. Kembali ke saran");
  assert.deepEqual(await page.evaluate(() => new FormData(document.querySelector("#form")).getAll("kategori")), [(await classifier.classify(LAMP, { top: 2 })).heads.category.suggestions[1].label]);
});

test("what the citizen chose outlives all later typing, and there is a way back", async (context) => {
  const { page, person } = await reportLamp(context);
  const before = await person.offered("category");
  await person.option("category", before[2]).check();
  await person.retype("report", WASTE);
  // The other questions show that the new text was understood.
  await eventually(async () => /sampah/.test(await person.note("agency")), true);
  assert.equal(await person.chosen("category"), before[2]);
  assert.deepEqual(await person.offered("category"), before);
  await page.getByRole("button", { name: "Kembali ke saran" }).click();
  await eventually(() => person.chosen("category"), "Sampah & kebersihan");
  assert.match(await person.note("category"), /^Karena kata: .*sampah/);
  // Nor does typing undo what was chosen in the questions whose answers never change.
  await person.option("urgency", /^Sesuai giliran/).check();
  await person.option("type", /^Pertanyaan/).check();
  await person.retype("report", LAMP);
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  assert.equal(await person.chosen("urgency"), "Sesuai giliran");
  assert.equal(await person.chosen("type"), "Pertanyaan");
});

test("a tap on what is suggested makes it the citizen's choice", async (context) => {
  const { person } = await reportLamp(context);
  await person.option("category", "Penerangan jalan umum").click();
  await eventually(() => person.note("category"), "Dipilih oleh Anda. Kembali ke saran");
  await person.retype("report", WASTE);
  await eventually(async () => /sampah/.test(await person.note("agency")), true);
  assert.equal(await person.chosen("category"), "Penerangan jalan umum");
});

test("all labels can be chosen from the list, which then goes with the report", async (context) => {
  const { page, person } = await reportLamp(context);
  const list = page.getByLabel("Semua pilihan: tentang apa");
  assert.equal(await list.locator("option").count(), classifier.description.heads.find(({ name }) => name === "category").labels.length + 1);
  await list.selectOption({ label: "Keagamaan" });
  assert.equal(await page.getByRole("radio", { checked: true }).and(page.locator("[name=kategori]")).count(), 0);
  await person.send();
  await person.sent();
  assert.ok(server.requests.some(({ method }) => method === "POST"));
  const shown = await page.locator("#sent-list").innerText();
  assert.match(shown, /Tentang apa\?\s+Keagamaan/);
});

test("deleting the text takes the suggestions away", async (context) => {
  const { page, person } = await reportLamp(context);
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await eventually(() => person.note("category"), "Saran muncul setelah Anda menulis beberapa kata.");
  assert.deepEqual([await person.offered("category"), await person.chosen("category"), await person.marked("report")], [[], null, []]);
});

for (const end of ["keydown", "blur"]) {
  test(`a list that is closed without a finger lifted (${end}) does not hold back the suggestions`, async (context) => {
    const { page, person } = await reportLamp(context);
    await eventually(() => person.chosen("category"), "Penerangan jalan umum");
    await page.locator("#kategori-lain").evaluate((list, kind) => {
      list.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
      list.dispatchEvent(kind === "keydown" ? new KeyboardEvent("keydown", { key: "Escape", bubbles: true }) : new FocusEvent("blur"));
    }, end);
    await person.retype("report", "Sampah menumpuk di TPS dan bau");
    await eventually(() => person.chosen("category"), "Sampah & kebersihan");
  });
}
