// The complaint form: what is typed goes to the classifier, its answers go to the page, the report goes to the office.

import { Announcer } from "./announce.js";
import { Banner } from "./banner.js";
import { choose, empty, release, selected, suggest } from "./choice.js";
import { compose, split } from "./compose.js";
import { distinct, emergencyNumbers } from "./directory.js";
import { calls, raises, service, stands } from "./emergency.js";
import { Group } from "./group.js";
import { Marks } from "./marks.js";
import { Names } from "./names.js";
import { find } from "./page.js";
import { Place } from "./place.js";
import { PrivacyNote } from "./privacy-note.js";
import { RegionChooser } from "./region.js";
import { Sender } from "./sender.js";
import { Suggestions } from "./suggestions.js";
import { change, current, ready, text, write } from "./texts.js";
import { EMERGENCY, HEADS, isEmergency, lesson, marks, note, offer, tooShort } from "./views.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./choice.js").Choice} Choice */

const page = document.documentElement;
const form = find("#form", HTMLFormElement);
const title = find("#judul", HTMLInputElement);
const report = find("#laporan", HTMLTextAreaElement);
const status = find("#status", HTMLElement);
const language = find("#language", HTMLButtonElement);

/** @type {Answer | null} */
let answer = null;
let composed = read();
/** The question whose words are marked. @type {string} */
let focused = "category";
/** @type {import("./emergency.js").Service | null} */
let emergency = null;
/** Whether the emergency was sent: the numbers stay until the next report is begun. */
let sentUrgent = false;
let classifier = /** @type {import("./types.js").Classifier | null} */ (null);
let choices = blank();

const names = new Names();
const banner = new Banner(find("#emergency", HTMLElement));
const privacy = new PrivacyNote(find("#privacy", HTMLElement));
const announcer = new Announcer(find("#live", HTMLElement), settled);
const place = new Place(find("#lokasi", HTMLInputElement), find("#lokasi-privacy", HTMLElement), () => announcer.typed());
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
  find("#again", HTMLButtonElement).addEventListener("click", rest);
  language.hidden = false;
  language.addEventListener("click", () => speak(current() === "id" ? "en" : "id"));
  region.restore();
  speak(current());
  suggestions.open();
  addEventListener("load", () => import("./offline.js").then(({ keepOffline }) => keepOffline(), console.warn));
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
  // Some words tell an emergency even where no model does.
  if (!classifier) {
    composed = read();
    offerAll();
    renderAll();
  }
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
  const raised = raises(composed.text);
  for (const head of HEADS) {
    const { labels, sure } = offer(head, answer, (agencies, most) => distinct(agencies, names.regions, most), raised);
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

/** Shows the numbers to call, or none; returns whether a screen reader was told. */
function warn() {
  const now = isEmergency(answer) || choices.urgency.chosen === EMERGENCY || raises(composed.text);
  if (now) {
    emergency = service({
      text: composed.text,
      rule: answer?.raised?.rule,
      agency: selected(choices.agency) ?? choices.agency.suggested,
      category: selected(choices.category) ?? choices.category.suggested,
    });
  } else if (!sentUrgent && !stands(emergency !== null, now, !announcer.typing)) {
    emergency = null;
  }
  const numbers = emergencyNumbers(names.regions);
  const words = banner.show(emergency, numbers);
  const urgent = find("#sent-urgent", HTMLElement);
  urgent.hidden = !sentUrgent || emergency === null;
  const either = emergency && calls(emergency, numbers).map(({ number }) => number).join(` ${text("sent.or")} `);
  urgent.textContent = either && text("sent.urgent", { numbers: either });
  return announcer.alarm(sentUrgent ? null : emergency, words);
}

/** Says what is suggested once the citizen has stopped typing; an emergency comes instead of it. */
function settled() {
  if (warn()) return;
  const what = [privacy.what(), place.note.what()].filter(Boolean).join(", ");
  announcer.say([suggestion(), what && text("privacy.found", { what })].filter(Boolean).join(" "));
}

/** Returns the sentence on what is suggested; empty where there is nothing to say or the citizen chose. */
function suggestion() {
  if (answer === null || tooShort(answer) || choices.category.chosen !== null) return "";
  const category = selected(choices.category);
  const agency = selected(choices.agency);
  return category === null ? text("live.doubt") : text(agency === null ? "live.category" : "live.suggested", {
    category: names.of("category", category).name, agency: agency === null ? "" : names.of("agency", agency).name,
  });
}

/** Fills the lists of all labels, each in a task of its own: a slow phone goes on typing between them. */
function list() {
  for (const head of HEADS) if (groups[head].picker) setTimeout(() => groups[head].list(names.all(head)));
}

/**
 * Changes the language at once; the labels' names may still be on their way, and come after it.
 *
 * @param {import("./texts.js").Language} next
 */
async function speak(next) {
  const named = next === current() ? ready() : change(next);
  write(document);
  language.lang = next === "id" ? "en" : "id";
  language.textContent = text("page.language");
  setStatus(page.dataset.suggestions ?? "loading");
  retell();
  await named;
  // Tapped again meanwhile: that tap has told all.
  if (current() === next) retell();
}

/** Says in the language of the moment what is not fixed on the page. */
function retell() {
  list();
  renderAll();
  privacy.render();
  place.note.render();
  sender.render();
}

/**
 * @param {"ready" | "none"} state
 * @param {import("./types.js").Classifier | null} loaded
 */
function setState(state, loaded) {
  classifier = loaded;
  if (loaded) names.description = loaded.description;
  if (state === "none") {
    answer = null;
    composed = read();
    offerAll();
  }
  place.use(loaded);
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
  const fields = { title: title.value.trim(), report: report.value.trim(), place: place.field.value.trim(), region: region.name() };
  const labels = HEADS.map((head) => ({ head, label: selected(choices[head]) }));
  return () => [
    ...Object.entries(fields).filter(([, value]) => value).map(([name, value]) => ({ name: text(`${name}.label`), value, lang: "id" })),
    ...labels.map(({ head, label }) => {
      const { name, lang } = label === null ? { name: text("sent.none"), lang: current() } : names.of(head, label);
      return { name: text(`${head}.legend`), value: name, lang };
    }),
  ];
}

/** Clears the form once its report is sent; the region stays, and so do the numbers of an emergency. */
function startAnew() {
  sentUrgent = emergency !== null;
  const { value } = region.list;
  form.reset();
  region.list.value = value;
  answer = null;
  composed = read();
  choices = blank();
  announcer.forget();
  titleMarks.follow();
  reportMarks.follow();
  privacy.forget();
  place.forget();
  renderAll();
  // An answer to the old report that is still on its way comes too late now.
  suggestions.ask();
}

/** The next report is begun: nothing is wrong yet. */
function rest() {
  sentUrgent = false;
  emergency = null;
  renderAll();
}
