// The gentle warning about numbers in a report that others may read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Person, eventually, pass } from "./support/person.mjs";
import { PHONE, SMALL, start } from "./support/site.mjs";

const { open } = await start();
const REST = "Laporan bisa dibaca umum. Nomor telepon atau NIK tidak perlu ditulis di sini.";
/** No living person's: the area codes of these do not exist. */
const NIK = "9906045203900001";
const PHONE_NUMBER = "0812-0000-1234";

const warning = (page) => page.locator("#privacy").innerText().then((words) => words.replace(/\s+/g, " ").trim());
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

test("a phone number is pointed out, hidden with one tap, and brought back with another", async (context) => {
  const page = await open(context, PHONE);
  const person = new Person(page);
  assert.equal(await warning(page), REST);
  const text = `😊 KTP saya belum jadi, hubungi ${PHONE_NUMBER} ya`;
  await person.type("report", text);
  await eventually(() => warning(page), "Ada nomor telepon. Laporan bisa dibaca umum. Sembunyikan");
  assert.equal(await person.field("report").inputValue(), text, "nothing is changed unasked");
  await press(page, "Sembunyikan");
  assert.equal(await person.field("report").inputValue(), "😊 KTP saya belum jadi, hubungi [TELEPON] ya");
  assert.equal(await warning(page), "Sudah disembunyikan. Bagian lain tidak berubah. Batalkan");
  await press(page, "Batalkan");
  assert.equal(await person.field("report").inputValue(), text);
  await eventually(() => warning(page), "Ada nomor telepon. Laporan bisa dibaca umum. Sembunyikan");
});

test("what is written after hiding stays when hiding is undone", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("report", `Hubungi ${PHONE_NUMBER} soal KTP saya`);
  await eventually(async () => (await warning(page)).startsWith("Ada nomor telepon"), true);
  await press(page, "Sembunyikan");
  await person.type("report", " yang belum jadi");
  await pass(page, 600);
  await press(page, "Batalkan");
  assert.equal(await person.field("report").inputValue(), `Hubungi ${PHONE_NUMBER} soal KTP saya yang belum jadi`);
});

test("a NIK and a number in title and report are hidden together", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("title", `KTP ${NIK} belum jadi`);
  await person.type("report", `Sudah tiga bulan, telepon saya ${PHONE_NUMBER}`);
  await eventually(() => warning(page), "Ada nomor telepon, NIK. Laporan bisa dibaca umum. Sembunyikan");
  await press(page, "Sembunyikan");
  assert.equal(await person.field("title").inputValue(), "KTP [NIK] belum jadi");
  assert.equal(await person.field("report").inputValue(), "Sudah tiga bulan, telepon saya [TELEPON]");
  await press(page, "Batalkan");
  assert.equal(await person.field("title").inputValue(), `KTP ${NIK} belum jadi`);
  assert.equal(await person.field("report").inputValue(), `Sudah tiga bulan, telepon saya ${PHONE_NUMBER}`);
});

test("a tap before the last keys are read hides the whole number", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("report", `Telepon saya ${PHONE_NUMBER.slice(0, -2)}`);
  await eventually(async () => (await warning(page)).startsWith("Ada nomor telepon"), true);
  // In one turn of the page: two more digits, and the tap.
  await page.evaluate(() => {
    const field = /** @type {HTMLTextAreaElement} */ (document.querySelector("#laporan"));
    field.setRangeText("34", field.value.length, field.value.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    /** @type {HTMLElement} */ (document.querySelector("#privacy button")).click();
  });
  assert.equal(await person.field("report").inputValue(), "Telepon saya [TELEPON]");
});

test("house numbers, prices and dates are no private data, and a number that stays is sent", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("report", "Jalan Melati No. 12 RT 05 rusak sejak 12-03-2025, biaya Rp 1.500.000");
  await eventually(() => person.chosen("type"), "Keluhan");
  assert.equal(await warning(page), REST);
  await person.type("report", `, telepon ${PHONE_NUMBER}`);
  await eventually(async () => (await warning(page)).startsWith("Ada nomor telepon"), true);
  const [request] = await Promise.all([page.waitForRequest((request) => request.method() === "POST"), person.send()]);
  assert.match(new URLSearchParams(request.postData()).get("laporan") ?? "", new RegExp(PHONE_NUMBER));
  await person.sent();
  assert.equal(await page.locator("#privacy p").textContent(), REST);
});

for (const [width, screen] of /** @type {const} */ ([[360, PHONE], [320, SMALL]])) test(`a number in the place is pointed out there at ${width} px, hidden and brought back, and is no part of what is classified`, async (context) => {
  const page = await open(context, screen);
  const person = new Person(page);
  await person.type("report", "Lampu jalan mati di depan SD, gelap sekali kalau malam");
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  // The answer to the last key has come.
  await pass(page, 600);
  const category = await person.note("category");
  const value = `Jl. Melati, rumah Budi ${PHONE_NUMBER}, NIK ${NIK}`;
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const before = await height();
  await person.type("place", value);
  const note = page.locator("#lokasi-privacy");
  const read = () => note.innerText().then((words) => words.replace(/\s+/g, " ").trim());
  await eventually(read, "Ada nomor telepon, NIK. Laporan bisa dibaca umum. Sembunyikan");
  assert.ok(await note.isVisible());
  assert.equal(await height(), before, "nothing moves");
  assert.equal(await warning(page), REST);
  await eventually(async () => (await page.locator("#live").textContent())?.includes("Ada nomor telepon, NIK"), true);
  await note.getByRole("button").click();
  assert.equal(await person.field("place").inputValue(), "Jl. Melati, rumah Budi [TELEPON], NIK [NIK]");
  await eventually(read, "Sudah disembunyikan. Bagian lain tidak berubah. Batalkan");
  assert.equal(await height(), before);
  await note.getByRole("button").click();
  assert.equal(await person.field("place").inputValue(), value);
  assert.equal(await person.note("category"), category);
  await person.retype("place", "Jl. Melati No. 12");
  await eventually(() => note.isVisible(), false);
  assert.ok(await page.locator("#lokasi-hint").isVisible());
});
