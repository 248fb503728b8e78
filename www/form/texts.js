// The two languages of the form, and the page's texts in the one that is chosen.

import { en } from "./texts/en.js";
import { id } from "./texts/id.js";

/** @typedef {"id" | "en"} Language */

/** @type {Record<Language, Record<string, string>>} */
const LANGUAGES = { id, en };

// The chosen language stands in the address, since the form keeps nothing but the region.
/** @type {Language} */
let language = location.hash === "#en" ? "en" : "id";

/** @type {Record<string, Record<string, string>>} */
let labels = {};

/**
 * @returns {Language}
 */
export function current() {
  return language;
}

/**
 * Returns a text in the chosen language.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]  for the places `{name}`
 * @returns {string}
 */
export function text(key, values = {}) {
  const pattern = LANGUAGES[language][key];
  if (pattern === undefined) throw new Error(`no text "${key}" in language "${language}"`);
  return pattern.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/**
 * Returns the name of a label in the chosen language, and which language it is in: a label without an English name keeps
 * its Indonesian one.
 *
 * @param {string} head
 * @param {string} label
 * @param {string} name  the model's own name
 * @returns {{name: string, lang: Language}}
 */
export function labelName(head, label, name) {
  const english = language === "en" ? labels[head]?.[label] : undefined;
  return english === undefined ? { name, lang: "id" } : { name: english, lang: "en" };
}

/**
 * Changes the language; names of labels are fetched when they are first needed.
 *
 * @param {Language} next
 */
export async function change(next) {
  language = next;
  history.replaceState(null, "", next === "en" ? "#en" : location.pathname + location.search);
  await ready();
}

/** Waits until the names of labels are there. Without a line they stay Indonesian. */
export async function ready() {
  if (language !== "en" || Object.keys(labels).length > 0) return;
  try {
    const response = await fetch(new URL("./texts/labels-en.json", import.meta.url));
    if (response.ok) labels = await response.json();
  } catch {
    // Said by the fallback in `labelName`.
  }
}

/**
 * Writes the page's fixed texts in the chosen language.
 *
 * @param {Document} page
 */
export function write(page) {
  page.documentElement.lang = language;
  page.title = text("page.title");
  for (const element of page.querySelectorAll("[data-text]")) {
    const wanted = text(element.getAttribute("data-text") ?? "");
    if (element.textContent !== wanted) element.textContent = wanted;
  }
  for (const element of page.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.getAttribute("data-label") ?? ""));
  }
}
