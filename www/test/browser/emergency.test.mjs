// The line for emergencies: the right number, calmly, and never in the way of the report.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Person, eventually, pass } from "./support/person.mjs";
import { PHONE, SMALL, start, www } from "./support/site.mjs";

const { server, open } = await start();

const folder = join(www, "dist/screenshots");
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
  // The model sees this one by itself, with no rule, and names the police; two services are wanted, and not that one.
  crash: {
    text: "Tabrakan truk dan motor di jalan poros, pengendara kejepit dan berdarah banyak", words: "Ini tampaknya darurat. Telepon sekarang.",
    calls: ["tel:112", "tel:113", "tel:119"], names: ["Telepon 113: Pemadam", "Telepon 119: Medis"], elsewhere: ["tel:113", "tel:119", "tel:112"],
  },
  despair: {
    text: "saya sudah tidak kuat hidup lagi, ingin bunuh diri malam ini", words: "Anda tidak sendirian. Ada yang siap mendengarkan.",
    calls: ["tel:112", "tel:119,8"], names: ["Telepon 112: Darurat", "Telepon 119 ext. 8: Jiwa"], elsewhere: ["tel:119,8", "tel:112"],
  },
  flood: {
    text: "Air naik terus sudah sedada, keluarga kami terjebak di atap, tolong evakuasi sekarang", words: "Ini tampaknya darurat. Telepon sekarang.",
    calls: ["tel:112", "tel:113", "tel:115"], names: ["Telepon 112: Darurat", "Telepon 113: Pemadam", "Telepon 115: SAR"], elsewhere: ["tel:113", "tel:115", "tel:112"],
  },
};

for (const [name, { text, words, calls, names, elsewhere }] of Object.entries(EMERGENCIES)) {
  test(`${name}: the number to call, in words and as a link, and the report is sent all the same`, async (context) => {
    const page = await open(context, PHONE);
    const person = new Person(page);
    assert.deepEqual(await person.emergency(), REST);
    await person.type("report", text);
    await eventually(async () => (await person.emergency()).words, words);
    // The line may stand, with fewer numbers, before the last words are read.
    await eventually(async () => (await person.emergency()).calls, calls);
    for (const link of names) assert.ok(await page.getByRole("link", { name: link, exact: true }).isVisible(), link);
    // A region without a call centre for 112: the service's own number first.
    await person.chooseRegion("Kabupaten Luwu Timur");
    await eventually(async () => (await person.emergency()).calls, elsewhere);
    await person.send();
    await person.sent();
    // Nobody reads the report at once, so the numbers stay, and the confirmation says why.
    await pass(page, 2000);
    assert.deepEqual((await person.emergency()).calls, elsewhere);
    const spoken = elsewhere.map((call) => call.replace("tel:", "").replace(",8", " ext. 8")).join(" atau ");
    const heading = page.getByRole("heading", { name: "Laporan sudah terkirim" });
    assert.equal(await heading.evaluate((one) => document.getElementById(one.getAttribute("aria-describedby")).textContent), `Laporan ini tidak dibaca seketika. Telepon ${spoken} sekarang.`);
    assert.ok(await page.getByText("tidak dibaca seketika").isVisible());
    await page.getByRole("button", { name: "English" }).click();
    await eventually(() => page.locator("#sent-urgent").innerText(), `This report is not read at once. Call ${spoken.replaceAll("atau", "or")} now.`);
    await page.getByRole("button", { name: "Bahasa Indonesia" }).click();
    // With the next report the line is at rest, with the region's first number.
    await page.getByRole("button", { name: "Tulis laporan lain" }).click();
    await eventually(() => person.emergency(), { words: "Keadaan darurat? Telepon 110", calls: ["tel:110"] });
    assert.equal(await page.getByText("tidak dibaca seketika").count(), 0);
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
  await eventually(() => person.emergency(), { words: "Ini tampaknya darurat. Telepon 112 sekarang. Laporan tetap bisa dikirim.", calls: ["tel:112", "tel:110"] });
  await page.getByRole("group", { name: /Seberapa cepat/ }).getByRole("button", { name: "Kembali ke saran" }).click();
  await eventually(() => person.emergency(), REST);
});

test("an ordinary report is confirmed without a word of numbers", async (context) => {
  const page = await open(context);
  const person = new Person(page);
  await person.type("report", "Lampu jalan mati di depan SD, gelap sekali kalau malam");
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  await person.send();
  await person.sent();
  assert.equal(await page.locator("#sent-urgent").isVisible(), false);
  assert.deepEqual(await person.emergency(), REST);
});

for (const [text, calls] of /** @type {const} */ ([
  ["lebih baik aku gak ada", ["tel:112", "tel:119,8"]], ["somebody is drowning in the river", ["tel:112", "tel:119", "tel:115"]], ["kebakaran", ["tel:112", "tel:113"]],
])) {
  test(`the urgency agrees with the line: ${text}`, async (context) => {
    const page = await open(context);
    const person = new Person(page);
    await person.type("report", text);
    await eventually(async () => (await person.emergency()).calls, [...calls]);
    await eventually(() => person.chosen("urgency"), "Sekarang juga");
    assert.doesNotMatch(await person.note("urgency"), /Belum yakin|Saran muncul/);
    // The citizen's own choice stays, whatever is written on.
    await person.option("urgency", /^Sesuai giliran/).check();
    await person.type("report", ", tolong");
    await pass(page, 2000);
    assert.equal(await person.chosen("urgency"), "Sesuai giliran");
    assert.deepEqual((await person.emergency()).calls, [...calls]);
  });
}

test("words of despair bring the line even where no model comes", async (context) => {
  const page = await open(context, { ready: false, scripts: ["WebAssembly.compile = WebAssembly.instantiate = WebAssembly.compileStreaming = WebAssembly.instantiateStreaming = () => Promise.reject(new Error('none')); delete window.Worker;"] });
  const person = new Person(page);
  await page.locator("#status").filter({ hasText: "Saran tidak tersedia" }).waitFor();
  await person.type("report", "aku ingin bunuh diri");
  await eventually(async () => (await person.emergency()).calls, ["tel:112", "tel:119,8"]);
  assert.equal(await person.chosen("urgency"), "Sekarang juga");
});

for (const [language, hash] of /** @type {const} */ ([["Indonesian", ""], ["English", "#en"]])) {
  test(`at 320 px three numbers have their room, in ${language}`, async (context) => {
    const page = await open(context, { ...SMALL, hash });
    const person = new Person(page);
    for (const [name, text, calls] of /** @type {const} */ ([
      ["crash", "Tabrakan truk dan motor, pengendara kejepit dan berdarah banyak", ["tel:112", "tel:113", "tel:119"]],
      ["bridge", "aku mau lompat dari jembatan", ["tel:112", "tel:119,8", "tel:110"]],
      ["crime", "dibacok begal bersenjata celurit, darahnya banyak, tolong sekarang", ["tel:112", "tel:110", "tel:119"]],
      ["fire", FIRE, ["tel:112", "tel:113"]],
      ["rest", "", ["tel:112"]],
    ])) {
      await page.locator("#laporan").fill(text);
      await eventually(async () => (await person.emergency()).calls, [...calls]);
      const out = await page.evaluate(() => {
        const bar = document.querySelector("#emergency").getBoundingClientRect();
        const inside = (element, box) => {
          const range = document.createRange();
          range.selectNodeContents(element);
          const { left, right, top, bottom } = range.getBoundingClientRect();
          return left >= box.left && right <= box.right + 0.5 && top >= box.top && bottom <= box.bottom + 0.5;
        };
        const narrow = [...document.querySelectorAll(".call")].filter((call) => {
          const box = call.getBoundingClientRect();
          return !inside(call, box) || box.width < 44 || box.height < 44 || box.bottom > bar.bottom || box.right > innerWidth;
        });
        const words = document.querySelector("#emergency-text");
        return [...narrow.map((call) => call.textContent), inside(words, { left: bar.left, right: bar.right, top: bar.top, bottom: bar.bottom }) ? "" : words.textContent].filter(Boolean);
      });
      assert.deepEqual(out, []);
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `line-320-${language}-${name}.png`), clip: { x: 0, y: 0, width: 320, height: 150 } });
    }
  });
}
