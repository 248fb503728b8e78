// The line for emergencies: the right number, calmly, and never in the way of the report.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Person, eventually, pass } from "./support/person.mjs";
import { PHONE, start } from "./support/site.mjs";

const { server, open } = await start();

const FIRE = "Tolong, ada kebakaran rumah di Gang Mawar, api merambat ke rumah sebelah";
const REST = { words: "Keadaan darurat? Telepon 112", calls: ["tel:112"] };

/** The newest answer has come when the question after the type of report, which every text has, is answered for it. */
const understood = (person) => eventually(async () => (await person.note("type")) !== "Saran muncul setelah Anda menulis beberapa kata.", true);

const EMERGENCIES = {
  fire: { text: FIRE, words: "Ini tampaknya darurat. Menjauh, lalu telepon.", calls: ["tel:112", "tel:113"], names: ["Telepon 112: Darurat", "Telepon 113: Pemadam"], elsewhere: ["tel:113", "tel:112"] },
  crime: {
    text: "Begal bersenjata celurit sedang menyerang orang di depan pasar, tolong sekarang", words: "Ini tampaknya darurat. Cari tempat aman, lalu telepon.",
    calls: ["tel:112", "tel:110"], names: ["Telepon 112: Darurat", "Telepon 110: Polisi"], elsewhere: ["tel:110", "tel:112"],
  },
  medical: {
    text: "bapak saya pingsan tidak bernapas, tolong ambulans segera ke rumah", words: "Ini tampaknya darurat. Telepon sekarang.",
    calls: ["tel:112", "tel:119"], names: ["Telepon 112: Darurat", "Telepon 119: Medis"], elsewhere: ["tel:119", "tel:112"],
  },
  despair: {
    text: "saya sudah tidak kuat hidup lagi, ingin bunuh diri malam ini", words: "Anda tidak sendirian. Ada yang siap mendengarkan.",
    calls: ["tel:112", "tel:119,8"], names: ["Telepon 112: Darurat", "Telepon 119 ext. 8: Jiwa"], elsewhere: ["tel:119,8", "tel:112"],
  },
  flood: {
    text: "Air naik terus sudah sedada, keluarga kami terjebak di atap, tolong evakuasi sekarang", words: "Ini tampaknya darurat. Telepon 112 sekarang.",
    calls: ["tel:112"], names: ["Telepon 112: Darurat"], elsewhere: ["tel:110", "tel:112"],
  },
};

for (const [name, { text, words, calls, names, elsewhere }] of Object.entries(EMERGENCIES)) {
  test(`${name}: the number to call, in words and as a link, and the report is sent all the same`, async (context) => {
    const page = await open(context, PHONE);
    const person = new Person(page);
    assert.deepEqual(await person.emergency(), REST);
    await person.type("report", text);
    await eventually(async () => (await person.emergency()).words, words);
    assert.deepEqual((await person.emergency()).calls, calls);
    for (const link of names) assert.ok(await page.getByRole("link", { name: link, exact: true }).isVisible(), link);
    // A region without a call centre for 112: the service's own number first.
    await person.chooseRegion("Kabupaten Luwu Timur");
    await eventually(async () => (await person.emergency()).calls, elsewhere);
    await person.send();
    await person.sent();
    // The report is gone to the office; the line is at rest, with the region's first number.
    assert.deepEqual(await person.emergency(), { words: "Keadaan darurat? Telepon 110", calls: ["tel:110"] });
  });
}

test("the report that was sent has the urgency, and so the office knows", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("report", "Begal bersenjata celurit sedang menyerang orang di depan pasar, tolong sekarang");
  await eventually(() => person.chosen("urgency"), "Sekarang juga");
  const [request] = await Promise.all([page.waitForRequest((request) => request.method() === "POST"), person.send()]);
  const fields = new URLSearchParams(request.postData());
  assert.deepEqual([fields.get("urgensi"), fields.get("saran_urgensi"), fields.get("urgensi_dipilih")], ["darurat", "darurat", "tidak"]);
  await person.sent();
  assert.equal(server.requests.at(-1)?.method, "POST");
});

for (const text of [
  "Banjir diskon di mal, pengunjung kebakaran jenggot karena parkir penuh",
  "Bosan sampai mati gaya, tidak ada taman bermain di kampung kami",
  "Harga cabai di pasar membakar kantong ibu-ibu",
  "Mohon alat pemadam kebakaran di pasar diperiksa, sudah tahun lalu kedaluwarsa",
]) {
  test(`no emergency: ${text}`, async (context) => {
    const page = await open(context);
    const person = new Person(page);
    // At once, since half of a figure of speech may well read as what it is not.
    await person.field("report").fill(text);
    await understood(person);
    await pass(page, 400);
    assert.deepEqual(await person.emergency(), REST);
    assert.notEqual(await person.chosen("urgency"), "Sekarang juga");
  });
}

test("the line does not take the focus, nor a letter, nor the view", async (context) => {
  const page = await open(context, PHONE);
  const person = new Person(page);
  await person.type("report", FIRE);
  await eventually(async () => (await person.emergency()).calls, ["tel:112", "tel:113"]);
  const at = await page.evaluate(() => scrollY);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "laporan");
  await page.keyboard.type(", masih ada nenek di dalam", { delay: 8 });
  assert.equal(await person.field("report").inputValue(), `${FIRE}, masih ada nenek di dalam`);
  assert.equal(await page.evaluate(() => scrollY), at);
  assert.equal(await page.getByRole("dialog").count(), 0);
  // It stays in sight while the citizen is further down.
  await page.getByRole("button", { name: "Kirim laporan" }).scrollIntoViewIfNeeded();
  const box = await page.getByRole("link", { name: "Telepon 113: Pemadam" }).boundingBox();
  assert.ok(box && box.y >= 0 && box.y + box.height < 200, JSON.stringify(box));
});

test("it goes when the words go, but not while somebody is still typing", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("report", FIRE);
  await eventually(async () => (await person.emergency()).calls, ["tel:112", "tel:113"]);
  await page.evaluate(() => {
    const section = document.querySelector("#emergency");
    let typed = 0;
    document.querySelector("#laporan").addEventListener("input", () => (typed = performance.now()));
    window.states = [];
    new MutationObserver(() => window.states.push([section.dataset.state, performance.now() - typed])).observe(section, { attributeFilter: ["data-state"] });
  });
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Maaf, salah kirim. Lampu jalan mati.", { delay: 30 });
  await eventually(() => person.emergency(), REST);
  const [[state, sinceTheLastKey], ...more] = await page.evaluate(() => window.states);
  assert.deepEqual([state, more], ["rest", []]);
  assert.ok(sinceTheLastKey > 1400, `gone ${sinceTheLastKey} ms after the last key`);
});

test("a citizen who says that it cannot wait gets the number too", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.option("urgency", /^Sekarang juga/).check();
  await eventually(() => person.emergency(), { words: "Ini tampaknya darurat. Telepon 112 sekarang. Laporan tetap bisa dikirim.", calls: ["tel:112"] });
  await page.getByRole("group", { name: /Seberapa cepat/ }).getByRole("button", { name: "Kembali ke saran" }).click();
  await eventually(() => person.emergency(), REST);
});
