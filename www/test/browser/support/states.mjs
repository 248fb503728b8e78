// The states of the form that look different, each reached as a person reaches it.

import { Person, eventually } from "./person.mjs";

/** @typedef {(person: Person) => Promise<void>} Reach */

const LAMP = "Lampu jalan di Jl. Melati depan SD mati sudah seminggu. Kalau malam gelap sekali, anak-anak takut lewat.";

/** @type {Record<string, Reach>} */
export const STATES = {
  async start() {},
  async suggestions(person) {
    await person.chooseRegion("Kota Samarinda");
    await person.field("title").fill("Lampu jalan mati");
    await person.type("report", LAMP, 0);
    await eventually(() => person.chosen("agency"), "Dinas Perhubungan Kota Samarinda");
    await eventually(async () => (await person.marked("report")).length > 0, true);
  },
  async emergency(person) {
    await person.chooseRegion("Kota Surabaya");
    await person.field("report").fill("Tolong, ada kebakaran rumah di Gang Mawar, api merambat ke rumah sebelah, masih ada nenek di dalam");
    await eventually(async () => (await person.emergency()).calls, ["tel:112", "tel:113"]);
  },
  async despair(person) {
    await person.field("report").fill("saya sudah tidak kuat hidup lagi, ingin bunuh diri malam ini");
    await eventually(async () => (await person.emergency()).calls, ["tel:112", "tel:119,8"]);
  },
  async doubt(person) {
    await person.chooseRegion("Kabupaten Kutai Timur");
    await person.field("report").fill("kenapa begini terus ya di tempat kami ini");
    await eventually(async () => (await person.offered("category")).length, 3);
  },
  async "private-data"(person) {
    await person.chooseRegion("Kabupaten Luwu Timur");
    await person.field("report").fill("KTP saya belum jadi sejak Mei, NIK 9906045203900001, hubungi saya di 0812-0000-1234 atau budi@contoh.id");
    await eventually(() => person.page.getByRole("button", { name: /^(Sembunyikan|Hide it)$/ }).isVisible(), true);
    await eventually(() => person.chosen("category").then(Boolean), true);
  },
  async chosen(person) {
    await STATES.suggestions(person);
    await person.question("category").getByRole("radio").nth(2).check();
    await person.page.locator("#instansi-lain").selectOption("sosial");
  },
  async english(person) {
    await STATES.suggestions(person);
    await person.page.getByRole("button", { name: "English" }).click();
    await eventually(() => person.chosen("category"), "Street lighting");
  },
  async missing(person) {
    await person.send();
    await eventually(() => person.page.locator("#laporan-error").isVisible(), true);
  },
  async failed(person) {
    await STATES.suggestions(person);
    await person.page.context().setOffline(true);
    await person.send();
    await eventually(() => person.page.locator("#failure").isVisible(), true);
  },
  async sent(person) {
    await STATES.suggestions(person);
    await person.field("place").fill("Jl. Melati, depan SD");
    await person.send();
    await person.sent();
  },
};
