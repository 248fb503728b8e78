// The complaint form: what is typed goes to the classifier, its answers go to the page, the report goes to the office.

import { Announcer } from "./announce.js";
import { Banner } from "./banner.js";
import { choose, empty, release, selected, suggest } from "./choice.js";
import { compose, split } from "./compose.js";
import { distinct, emergencyNumbers } from "./directory.js";
import { service, stands } from "./emergency.js";
import { Group } from "./group.js";
import { Marks } from "./marks.js";
import { Names } from "./names.js";
import { find } from "./page.js";
import { PrivacyNote } from "./privacy-note.js";
import { RegionChooser } from "./region.js";
import { Sender } from "./sender.js";
import { Suggestions } from "./suggestions.js";
import { change, current, ready, text, write } from "./texts.js";
import { HEADS, lesson, marks, note, offer, tooShort } from "./views.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./choice.js").Choice} Choice */

const page = document.documentElement;
const form = find("#form", HTMLFormElement);
const title = find("#judul", HTMLInputElement);
const report = find("#laporan", HTMLTextAreaElement);
const place = find("#lokasi", HTMLInputElement);
const status = find("#status", HTMLElement);
const language = find("#language", HTMLButtonElement);

/** @type {Answer | null} */
let answer = null;
let composed = read();
/** The question whose words are marked. @type {string} */
let focused = "category";
/** @type {import("./emergency.js").Service | null} */
let emergency = null;
let choices = blank();

const names = new Names();
const banner = new Banner(find("#emergency", HTMLElement));
const privacy = new PrivacyNote(find("#privacy", HTMLElement));
const announcer = new Announcer(find("#live", HTMLElement), settled);
const titleMarks = new Marks(title, find("#judul-mirror", HTMLElement));
const reportMarks = new Marks(report, find("#laporan-mirror", HTMLElement));
const suggestions = new Suggestions({ read, answered, state: setState });
const groups = Object.fromEntries(HEADS.map((head) => [head, newGroup(head)]));
const region = new RegionChooser((regions) => {
  names.regions = regions;
  offerAll();
  list();
  renderAll();
});
const sender = new Sender({ form, ready: () => report.value.trim() !== "", lesson: lessons, rows: confirmation, again: startAnew });

start();

function start() {
  setStatus("loading");
  for (const field of [title, report]) {
    field.addEventListener("input", typed);
    field.addEventListener("focus", () => attend("category"));
  }
  language.hidden = false;
  language.addEventListener("click", () => speak(current() === "id" ? "en" : "id"));
  region.restore();
  speak(current());
  suggestions.open();
  if ("serviceWorker" in navigator) addEventListener("load", keepOffline);
}

/** @returns {Record<string, Choice>} */
function blank() {
  return Object.fromEntries(HEADS.map((head) => [head, empty()]));
}

/**
 * @param {string} head
 */
function newGroup(head) {
  const fieldset = find(`fieldset[data-head="${head}"]`, HTMLFieldSetElement, form);
  fieldset.addEventListener("focusin", () => attend(head));
  return new Group(fieldset, {
    choose: (label) => decide(head, choose(choices[head], label)),
    back: () => decide(head, release(choices[head])),
  });
}

function read() {
  return compose(title.value, report.value);
}

function typed() {
  announcer.typed();
  suggestions.typed();
  sender.typed();
}

/**
 * @param {Answer} found
 * @param {import("./compose.js").Composed} of
 */
function answered(found, of) {
  answer = found;
  composed = of;
  offerAll();
  renderAll();
  const spans = split(found.privateData, composed);
  privacy.show([
    { field: title, text: composed.title, found: spans.title },
    { field: report, text: composed.report, found: spans.report },
  ]);
}

function offerAll() {
  if (!answer) return;
  for (const head of HEADS) {
    const { labels, sure } = offer(head, answer, (agencies, most) => distinct(agencies, names.regions, most));
    choices[head] = suggest(choices[head], labels, sure);
  }
}

function renderAll() {
  HEADS.forEach(render);
  mark();
  warn();
}

/**
 * @param {string} head
 */
function render(head) {
  const choice = choices[head];
  const options = choice.offered.map((label) => ({ id: label, ...names.of(head, label) }));
  groups[head].render({
    ...note(head, choice, answer, composed), options, selected: selected(choice), chosen: choice.chosen !== null,
  });
}

/**
 * @param {string} head
 * @param {Choice} choice
 */
function decide(head, choice) {
  choices[head] = choice;
  render(head);
  mark();
  warn();
}

/**
 * @param {string} head
 */
function attend(head) {
  if (focused === head) return;
  focused = head;
  mark();
}

function mark() {
  const found = marks(focused, choices[focused], answer, composed);
  titleMarks.show(found.title, composed.title);
  reportMarks.show(found.report, composed.report);
}

function warn() {
  const now = answer?.heads.urgency?.suggestions[0]?.label === "darurat" || choices.urgency.chosen === "darurat";
  if (now) {
    emergency = service({
      text: composed.text,
      rule: answer?.raised?.rule,
      agency: selected(choices.agency) ?? choices.agency.suggested,
      category: selected(choices.category) ?? choices.category.suggested,
    });
  } else if (!stands(emergency !== null, now, !announcer.typing)) {
    emergency = null;
  }
  const words = banner.show(emergency, emergencyNumbers(names.regions));
  if (emergency) announcer.sayOnce("emergency", words);
}

/** Says what is suggested once the citizen has stopped typing. */
function settled() {
  warn();
  if (answer === null || tooShort(answer)) return;
  const category = selected(choices.category);
  const agency = selected(choices.agency);
  const suggested = category === null ? text("live.doubt") : text(agency === null ? "live.category" : "live.suggested", {
    category: names.of("category", category).name, agency: agency === null ? "" : names.of("agency", agency).name,
  });
  const what = privacy.what();
  const parts = [choices.category.chosen === null ? suggested : "", what && text("privacy.found", { what })];
  announcer.say(parts.filter(Boolean).join(" "));
}

/** Fills the lists of all labels, each in a task of its own: a slow phone goes on typing between them. */
function list() {
  for (const head of HEADS) if (groups[head].picker) setTimeout(() => groups[head].list(names.all(head)));
}

/**
 * @param {import("./texts.js").Language} next
 */
async function speak(next) {
  if (next !== current()) await change(next);
  else await ready();
  write(document);
  language.lang = next === "id" ? "en" : "id";
  language.textContent = text("page.language");
  setStatus(page.dataset.suggestions ?? "loading");
  list();
  renderAll();
  privacy.render();
  sender.render();
}

/**
 * @param {"ready" | "none"} state
 * @param {import("./types.js").Classifier | null} classifier
 */
function setState(state, classifier) {
  if (classifier) names.description = classifier.description;
  if (state === "none") {
    answer = null;
    for (const head of HEADS) choices[head] = suggest(choices[head], [], false);
  }
  setStatus(state);
  list();
  renderAll();
}

/**
 * @param {string} state
 */
function setStatus(state) {
  page.dataset.suggestions = state;
  status.textContent = text(`status.${state}`);
}

function lessons() {
  return {
    ...lesson(choices),
    kantor: names.office(selected(choices.agency))?.name ?? "",
    model: names.description?.fingerprint ?? "",
    bahasa: current(),
  };
}

/** Keeps what is being sent; the returned function tells it in the language of the moment. */
function confirmation() {
  const fields = { title: title.value.trim(), report: report.value.trim(), place: place.value.trim(), region: region.name() };
  const labels = HEADS.map((head) => ({ head, label: selected(choices[head]) }));
  return () => [
    ...Object.entries(fields).filter(([, value]) => value).map(([name, value]) => ({ name: text(`${name}.label`), value, lang: "id" })),
    ...labels.map(({ head, label }) => {
      const { name, lang } = label === null ? { name: text("sent.none"), lang: current() } : names.of(head, label);
      return { name: text(`${head}.legend`), value: name, lang };
    }),
  ];
}

/** Clears the form for the next report; the region stays. */
function startAnew() {
  const { value } = region.list;
  form.reset();
  region.list.value = value;
  answer = null;
  composed = read();
  choices = blank();
  emergency = null;
  announcer.forget();
  titleMarks.follow();
  reportMarks.follow();
  privacy.forget();
  renderAll();
  // An answer to the old report that is still on its way comes too late now.
  suggestions.ask();
}

function keepOffline() {
  navigator.serviceWorker.register("sw.js").catch((error) => console.warn("not kept for offline use:", error));
}
