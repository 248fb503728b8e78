// An answer to words that are no longer there is never shown. The worker is made to keep its replies until it is told to let go.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Person, eventually, pass } from "./support/person.mjs";
import { built, start } from "./support/site.mjs";

const HOLDING = `
  const line = new BroadcastChannel("hold");
  const say = self.postMessage.bind(self);
  const held = [];
  let holding = false;
  self.postMessage = (message) => {
    if (!holding) return say(message);
    held.push(message);
    line.postMessage(held.length);
  };
  line.onmessage = ({ data }) => {
    holding = data === "hold";
    if (!holding) held.splice(0).forEach((message) => say(message));
    line.postMessage(data);
  };
`;
const { open } = await start({
  intercept(request, response) {
    if (!request.url?.endsWith("/pilah/worker.js")) return false;
    response.setHeader("Content-Type", "text/javascript").end(HOLDING + readFileSync(join(built, "pilah/worker.js"), "utf8"));
    return true;
  },
});
const LAMP = "Lampu jalan mati di depan SD, gelap sekali kalau malam";
const WASTE = "Sampah menumpuk di TPS, tidak diangkut dan bau";

/** Opens the form, with a line to its worker and a list of all that was ever shown as the category. */
async function opened(context) {
  const page = await open(context);
  await page.evaluate(() => {
    window.shown = [];
    const group = document.querySelector("fieldset[data-head=category]");
    const write = () => window.shown.push([...group.querySelectorAll(".chip-name")].map(({ textContent }) => textContent).filter(Boolean).join());
    new MutationObserver(write).observe(group, { subtree: true, childList: true, characterData: true });
    window.heard = [];
    window.line = new BroadcastChannel("hold");
    window.line.onmessage = ({ data }) => window.heard.push(data);
  });
  const tell = async (word) => {
    await page.evaluate((word) => window.line.postMessage(word), word);
    await eventually(() => page.evaluate((word) => window.heard.includes(word), word), true);
  };
  /** Waits until the worker keeps so many replies. */
  const holds = (count) => eventually(() => page.evaluate((count) => window.heard.includes(count), count), true);
  return { page, person: new Person(page), tell, holds, shown: () => page.evaluate(() => window.shown.join(" | ")) };
}

test("the answer to the old text is dropped when the text is another by then", async (context) => {
  const { page, person, tell, holds, shown } = await opened(context);
  await tell("hold");
  await person.field("report").fill(LAMP);
  await holds(1);
  await person.retype("report", WASTE);
  await pass(page, 700);
  assert.deepEqual(await person.offered("category"), [], "nothing is shown before there is an answer");
  await tell("let go");
  await eventually(() => person.chosen("category"), "Sampah & kebersihan");
  assert.doesNotMatch(await shown(), /Penerangan/);
  // Negative control: the same text, not overtaken, is shown.
  await person.retype("report", LAMP);
  await eventually(() => person.chosen("category"), "Penerangan jalan umum");
  assert.match(await shown(), /Penerangan/);
});

test("of many texts while the worker is busy only the last one is asked for", async (context) => {
  const { page, person, tell, holds } = await opened(context);
  await tell("hold");
  await person.field("report").fill(LAMP);
  await holds(1);
  await person.retype("report", `${WASTE}. ${WASTE}. ${WASTE}`);
  await pass(page, 700);
  assert.ok(!(await page.evaluate(() => window.heard.includes(2))), "a second question before the first was answered");
  await tell("let go");
  await eventually(() => person.chosen("category"), "Sampah & kebersihan");
});

test("an answer to a report that was sent meanwhile does not reach the next one", async (context) => {
  const { page, person, tell, holds, shown } = await opened(context);
  await tell("hold");
  await person.field("report").fill(LAMP);
  await holds(1);
  await person.send();
  await person.sent();
  await page.getByRole("button", { name: "Tulis laporan lain" }).click();
  await tell("let go");
  await pass(page, 700);
  assert.doesNotMatch(await shown(), /Penerangan/);
  assert.equal(await person.note("category"), "Saran muncul setelah Anda menulis beberapa kata.");
  await person.type("report", WASTE);
  await eventually(() => person.chosen("category"), "Sampah & kebersihan");
});

test("the failure of an earlier classifier does not end the one that has come since", async (context) => {
  const page = await open(context);
  const told = await page.evaluate(async () => {
    const { Suggestions } = await import(new URL("form/suggestions.js", location.href).href);
    const states = [];
    const suggestions = new Suggestions({ read: () => ({ text: "x" }), answered() {}, state: (state) => states.push(state) });
    const closed = [];
    let fail;
    suggestions.classifier = { classify: () => new Promise((_, reject) => (fail = reject)), close: () => closed.push("earlier") };
    const asked = suggestions.ask();
    const later = { classify: async () => null, close: () => closed.push("later") };
    suggestions.classifier = later;
    fail(Object.assign(new Error("closed"), { code: "closed" }));
    await asked;
    const kept = suggestions.classifier === later;
    // Negative control: its own failure ends it.
    later.classify = () => Promise.reject(Object.assign(new Error("broken"), { code: "model" }));
    await suggestions.ask();
    return { kept, closed, states };
  });
  assert.deepEqual(told, { kept: true, closed: ["later"], states: ["none"] });
});
