// The report reaches the office once, or the citizen is told truly that it did not, with every word still there.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { serve } from "../../tools/serve.mjs";
import { Person, eventually, pass } from "./support/person.mjs";
import { PHONE, start } from "./support/site.mjs";

/** How the server answers a report; each test sets its own. @type {(response: import("node:http").ServerResponse) => boolean | void} */
let receive = () => false;
const { server, open } = await start({
  intercept(request, response) {
    if (request.url === "/laporan/terima-kasih") return Boolean(response.end("Terima kasih"));
    return request.method === "POST" ? receive(response) : false;
  },
});
const elsewhere = await serve();
after(elsewhere.close);
const UNANSWERED = /^Belum ada jawaban; laporan mungkin sudah diterima\. Tulisan Anda masih ada/;
const ELSEWHERE = /^Laporan belum terkirim: yang menjawab bukan layanan laporan.* Tulisan Anda masih ada/;
const posts = () => server.requests.filter(({ method }) => method === "POST").length;
const LAMP = "Lampu jalan mati di depan SD, gelap sekali kalau malam";

/** Opens the form with a report and a place. */
async function written(context, options) {
  receive = () => false;
  server.requests.length = 0;
  const page = await open(context, options);
  const person = new Person(page);
  await person.type("report", LAMP);
  await person.type("place", "Jl. Melati 12");
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  return { page, person };
}

test("what was written, suggested and chosen is sent", async (context) => {
  const { page, person } = await written(context);
  await person.chooseRegion("Kota Samarinda");
  await eventually(() => person.chosen("agency"), "Dinas Perhubungan Kota Samarinda");
  // By the list of all: what else is suggested changes with the model.
  await page.getByLabel("Semua pilihan: tentang apa").selectOption("parkir");
  const [request] = await Promise.all([page.waitForRequest((request) => request.method() === "POST"), person.send()]);
  const fields = Object.fromEntries(new URLSearchParams(request.postData()));
  const { nomor_kirim: number, model, ...rest } = fields;
  assert.match(number, /^[0-9a-f]{32}$/);
  assert.match(model, /\S/);
  assert.deepEqual(rest, {
    judul: "", laporan: LAMP, lokasi: "Jl. Melati 12", wilayah: "samarinda", kategori: "parkir", instansi: "perhubungan", urgensi: "sedang", jenis: "pengaduan",
    kantor: "Dinas Perhubungan Kota Samarinda", bahasa: "id",
    saran_kategori: "penerangan-jalan", kategori_dipilih: "ya", saran_instansi: "perhubungan", instansi_dipilih: "tidak",
    saran_urgensi: "sedang", urgensi_dipilih: "tidak", saran_jenis: "pengaduan", jenis_dipilih: "tidak",
  });
  assert.equal(request.headers()["content-type"], "application/x-www-form-urlencoded;charset=UTF-8");
  await person.sent();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "sent-heading");
});

test("a second report begins with an empty form in the same region", async (context) => {
  const { page, person } = await written(context);
  await person.chooseRegion("Kota Surabaya");
  await person.send();
  await person.sent();
  await page.getByRole("button", { name: "Tulis laporan lain" }).click();
  assert.deepEqual([await person.field("report").inputValue(), await person.field("region").inputValue()], ["", "surabaya"]);
  assert.deepEqual([await person.chosen("category"), await person.marked("report")], [null, []]);
  await person.type("report", "Sampah menumpuk di TPS dan bau");
  await eventually(() => person.chosen("category"), "Sampah & kebersihan");
});

for (const [name, answer, words] of /** @type {const} */ ([
  ["refused", (response) => Boolean(response.writeHead(503).end()), /^Laporan belum terkirim: layanan sedang bermasalah \(kode 503\)\. Tulisan Anda masih ada/],
  ["cut off", (response) => Boolean(response.destroy()), UNANSWERED],
  ["lost behind a gateway", (response) => Boolean(response.writeHead(504).end()), UNANSWERED],
  ["answered by the site's page to log in", (response) => Boolean(response.writeHead(303, { Location: "/icon.svg" }).end()), ELSEWHERE],
  ["answered by another site", (response) => Boolean(response.writeHead(303, { Location: elsewhere.url }).end()), ELSEWHERE],
])) {
  test(`a report that was ${name} keeps its words, says so, and can be sent again under its number`, async (context) => {
    const { page, person } = await written(context);
    receive = answer;
    /** @type {string[]} */
    const numbers = [];
    page.on("request", (request) => request.method() === "POST" && numbers.push(new URLSearchParams(request.postData()).get("nomor_kirim")));
    await person.send();
    await eventually(() => page.locator("#failure").isVisible(), true);
    assert.match(await page.locator("#failure").innerText(), words);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "failure", "what is said is where the focus is");
    assert.deepEqual([await person.field("report").inputValue(), await person.field("place").inputValue()], [LAMP, "Jl. Melati 12"]);
    assert.equal(await person.chosen("category"), "Penerangan jalan umum");
    receive = () => false;
    await person.send();
    await person.sent();
    assert.deepEqual([numbers.length, new Set(numbers).size], [2, 1]);
  });
}

test("a report without an answer in time may have come, and that is said", async (context) => {
  const patience = "const wait = setTimeout; window.setTimeout = (run, time, ...rest) => wait(run, time === 60000 ? 300 : time, ...rest);";
  const { page, person } = await written(context, { scripts: [patience] });
  receive = () => true;
  await person.send();
  await eventually(() => page.locator("#failure").isVisible(), true);
  assert.match(await page.locator("#failure").innerText(), UNANSWERED);
  await page.getByRole("button", { name: "English" }).click();
  await eventually(async () => /^No answer yet; the report may have been received/.test(await page.locator("#failure").innerText()), true);
  assert.equal(posts(), 1);
});

test("a page under the service's own, to which it leads, is its answer", async (context) => {
  const { person } = await written(context);
  receive = (response) => Boolean(response.writeHead(303, { Location: "/laporan/terima-kasih" }).end());
  await person.send();
  await person.sent();
});

test("words and choices that are corrected after a failure get another number, a new suggestion does not", async (context) => {
  const { page, person } = await written(context);
  receive = (response) => Boolean(response.writeHead(503).end());
  const number = async () => {
    const [request] = await Promise.all([page.waitForRequest((request) => request.method() === "POST"), person.send()]);
    await eventually(() => page.locator("#failure").isVisible(), true);
    const fields = new URLSearchParams(request.postData());
    assert.match(fields.get("nomor_kirim"), /^[0-9a-f]{32}$/);
    return fields.get("nomor_kirim");
  };
  const first = await number();
  assert.equal(await number(), first);
  await page.getByRole("button", { name: "English" }).click();
  await eventually(() => person.chosen("category"), "Street lighting");
  assert.equal(await number(), first, "the report is the same in another language of the form");
  // What was suggested is another now, and nobody has chosen or written anything.
  await page.evaluate(() => (document.querySelector("input[name=kategori]:checked").checked = false));
  assert.equal(await number(), first);
  await page.locator("#lokasi").fill("Jl. Melati 13");
  const corrected = await number();
  assert.notEqual(corrected, first);
  await page.locator("input[name=urgensi][value=tinggi]").check();
  const chosen = await number();
  assert.equal(new Set([first, corrected, chosen]).size, 3);
});

test("offline: the report stays, and goes when the line is back", async (context) => {
  const { page, person } = await written(context);
  await page.context().setOffline(true);
  await person.send();
  await eventually(() => page.locator("#failure").isVisible(), true);
  assert.match(await page.locator("#failure").innerText(), /^Laporan belum terkirim: tidak ada sambungan internet\. Tulisan Anda masih ada/);
  assert.equal(await person.field("report").inputValue(), LAMP);
  await page.context().setOffline(false);
  await person.send();
  await person.sent();
});

test("two taps send one report, whether the answer comes late or at once", async (context) => {
  const { page, person } = await written(context, PHONE);
  receive = (response) => Boolean(setTimeout(() => response.end("ok"), 500));
  const button = page.getByRole("button", { name: "Kirim laporan" });
  await button.dblclick({ delay: 20 });
  await eventually(() => page.getByRole("button", { name: "Mengirim…" }).or(page.locator("#sent-heading")).first().isVisible(), true);
  await person.sent();
  assert.equal(posts(), 1);
  await page.getByRole("button", { name: "Tulis laporan lain" }).click();
  receive = () => false;
  await person.type("report", LAMP);
  await button.dblclick();
  await person.sent();
  await pass(page, 500);
  assert.equal(posts(), 2);
  assert.ok(await page.locator("#sent-heading").isVisible(), "the second tap must not open the next report");
});

test("while it is being sent the words stand still", async (context) => {
  const { page, person } = await written(context);
  /** @type {() => void} */
  let finish = () => {};
  receive = (response) => Boolean((finish = () => response.end("ok")));
  await person.send();
  await eventually(() => page.getByRole("button", { name: "Mengirim…" }).isVisible(), true);
  await person.type("report", " hilang");
  assert.equal(await person.field("report").inputValue(), LAMP);
  finish();
  await person.sent();
});

test("an empty report is not sent, and the page says what is missing", async (context) => {
  receive = () => false;
  server.requests.length = 0;
  const page = await open(context);
  const person = new Person(page);
  await person.type("title", "Lampu");
  await person.send();
  const message = page.getByText("Isi laporan masih kosong. Tulis dahulu apa yang terjadi.");
  assert.ok(await message.isVisible());
  assert.equal(await page.evaluate(() => document.activeElement?.id), "laporan");
  assert.equal(await person.field("report").getAttribute("aria-invalid"), "true");
  await person.type("report", "mati");
  await eventually(() => message.isVisible(), false);
  assert.equal(posts(), 0);
});
