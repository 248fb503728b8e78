// What a person does with the form and sees of it: fields by their labels, questions by their legends, words as they are read.

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

/** Milliseconds for what must happen at some time. Nothing is slower on a busy machine but the waiting. */
const PATIENCE = 20_000;

export const QUESTIONS = {
  category: /^(Tentang apa\?|What is it about\?)$/,
  agency: /^(Kantor yang menangani|Office that takes care of it)$/,
  urgency: /^(Seberapa cepat perlu ditangani\?|How soon must somebody act\?)$/,
  type: /^(Apa yang Anda sampaikan\?|What do you want to say\?)$/,
};

export const FIELDS = { title: "Judul", report: "Isi laporan", place: "Lokasi kejadian", region: "Wilayah" };

/**
 * Waits until `read` gives what is expected; fails with what it gave last.
 *
 * @template T
 * @param {() => Promise<T>} read
 * @param {T} expected
 * @param {string} [what]
 */
export async function eventually(read, expected, what) {
  const end = Date.now() + PATIENCE;
  let found = await read();
  while (!isDeepStrictEqual(found, expected) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    found = await read();
  }
  assert.deepEqual(found, expected, what);
}

/**
 * Lets time pass on the page's own clock: its timers that were due meanwhile have run.
 *
 * @param {Page} page
 * @param {number} milliseconds
 */
export const pass = (page, milliseconds) => page.evaluate((time) => new Promise((done) => setTimeout(done, time)), milliseconds);

export class Person {
  /**
   * @param {Page} page
   */
  constructor(page) {
    this.page = page;
  }

  /**
   * @param {keyof typeof FIELDS} name
   */
  field(name) {
    return this.page.getByLabel(FIELDS[name], { exact: true });
  }

  /**
   * Types key by key at the end of a field.
   *
   * @param {keyof typeof FIELDS} name
   * @param {string} text
   * @param {number} [delay] milliseconds between keys
   */
  async type(name, text, delay = 4) {
    await this.field(name).click();
    await this.page.keyboard.press("Control+End");
    await this.field(name).pressSequentially(text, { delay });
  }

  /**
   * Types in the place of all that is in a field.
   *
   * @param {keyof typeof FIELDS} name
   * @param {string} text
   */
  async retype(name, text) {
    await this.field(name).click();
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.press("Delete");
    await this.field(name).pressSequentially(text, { delay: 8 });
  }

  /**
   * @param {string} name as the list shows it
   */
  async chooseRegion(name) {
    await this.field("region").selectOption({ label: name });
  }

  /**
   * @param {keyof typeof QUESTIONS} head
   */
  question(head) {
    return this.page.getByRole("group", { name: QUESTIONS[head] });
  }

  /**
   * @param {keyof typeof QUESTIONS} head
   * @param {string | RegExp} name
   */
  option(head, name) {
    return this.question(head).getByRole("radio", { name });
  }

  /**
   * Returns the answers that can be tapped, as they are read.
   *
   * @param {keyof typeof QUESTIONS} head
   * @returns {Promise<string[]>}
   */
  offered(head) {
    return this.question(head).locator("label").evaluateAll((labels) => {
      const seen = labels.filter((label) => label.checkVisibility() && label.querySelector("input:not([hidden])"));
      return seen.map((label) => label.querySelector(".chip-name").textContent);
    });
  }

  /**
   * Returns the answer that is chosen, by whomever; null where none is.
   *
   * @param {keyof typeof QUESTIONS} head
   * @returns {Promise<string | null>}
   */
  chosen(head) {
    return this.question(head).evaluate((group) => {
      const chip = group.querySelector("label:has(input:checked) .chip-name");
      const list = group.querySelector("select");
      return chip?.textContent ?? (list?.value ? list.selectedOptions[0].text : null);
    });
  }

  /**
   * Returns the line under a question, and the button beside it.
   *
   * @param {keyof typeof QUESTIONS} head
   */
  note(head) {
    return this.question(head).locator(".note").innerText().then((words) => words.replace(/\s+/g, " ").trim());
  }

  /** Returns what the line for emergencies says, and where its links go. */
  async emergency() {
    const region = this.page.getByRole("region", { name: /^(Keadaan darurat|Emergency)$/ });
    const links = region.getByRole("link");
    return {
      words: (await region.locator("p").innerText()).replace(/\s+/g, " ").trim(),
      calls: await links.evaluateAll((found) => found.map((link) => link.getAttribute("href"))),
    };
  }

  /**
   * Returns the marked words of a field, after making sure that the copy behind it has the very words of the field up to there.
   *
   * @param {"title" | "report"} name
   */
  async marked(name) {
    const id = await this.field(name).getAttribute("id");
    const { value, copy, words } = await this.page.evaluate((id) => {
      const mirror = document.getElementById(`${id}-mirror`);
      const words = [...mirror.querySelectorAll("mark")].map((mark) => mark.textContent);
      return { value: document.getElementById(id).value, copy: mirror.textContent, words };
    }, id);
    assert.equal(value.slice(0, copy.length), copy, "the copy behind the field has other words than the field");
    return words;
  }

  send() {
    return this.page.getByRole("button", { name: /^(Kirim laporan|Send report)$/ }).click();
  }

  async sent() {
    await this.page.getByRole("heading", { name: /^(Laporan sudah terkirim|Your report was sent)$/ }).waitFor({ timeout: PATIENCE });
  }
}
