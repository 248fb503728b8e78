// From an answer and the citizen's choices to what each question shows. No DOM.

import { selected } from "./choice.js";
import { everywhere, split, words } from "./compose.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Evidence} Evidence */
/** @typedef {import("./types.js").Span} Span */
/** @typedef {import("./choice.js").Choice} Choice */
/** @typedef {import("./compose.js").Composed} Composed */

export const HEADS = /** @type {const} */ (["category", "agency", "urgency", "type"]);

/** Names of the heads' fields in the form that is sent. */
export const FIELDS = { category: "kategori", agency: "instansi", urgency: "urgensi", type: "jenis" };

/** The urgency of what cannot wait. */
export const EMERGENCY = "darurat";

/** How many suggestions are asked for: more than the three shown, since several functions may be one office. */
export const ASKED = 6;
const SHOWN = 3;
const MOST_WORDS = 4;

/** An office less likely than this is no alternative; a citizen would wonder why it is named. */
const ALTERNATIVE = 0.01;

/**
 * Returns what a head offers, best first, and whether the first is sure enough to be preselected.
 *
 * @param {string} head
 * @param {Answer | null} answer
 * @param {(agencies: string[], most: number) => string[]} distinct  drops functions whose office was already named
 * @param {boolean} [raised]  whether the words of the report tell an emergency by themselves
 * @returns {{labels: string[], sure: boolean}}
 */
export function offer(head, answer, distinct, raised = false) {
  // Under a line that speaks of an emergency there is no doubt how soon somebody must act, be the text ever so short.
  if (head === "urgency" && (raised || isEmergency(answer))) return { labels: [EMERGENCY], sure: true };
  const found = answer?.heads[head];
  if (!found || tooShort(answer)) return { labels: [], sure: false };
  const labels = found.suggestions.map(({ label }) => label);
  if (head === "agency") {
    const likely = labels.filter((_, place) => place === 0 || found.suggestions[place].probability >= ALTERNATIVE);
    return { labels: distinct(likely, SHOWN), sure: found.sure };
  }
  // Nobody is told that their words are no report; the note asks them to tell more.
  if (head === "type") {
    const fitting = labels.filter((label) => label !== "bukan-laporan");
    return { labels: fitting.slice(0, SHOWN), sure: found.sure && fitting[0] === labels[0] };
  }
  return { labels: labels.slice(0, SHOWN), sure: found.sure };
}

/**
 * Returns whether the model or a rule says that it cannot wait, sure or not.
 *
 * @param {Answer | null} answer
 * @returns {boolean}
 */
export function isEmergency(answer) {
  const [first, ...others] = answer?.heads.urgency?.suggestions ?? [];
  if (first?.label !== EMERGENCY) return false;
  // An emergency is answered from a low probability. In a word or two it must be the likeliest answer as well, or else raised
  // by a rule: nobody is to be alarmed who begins with "Maaf".
  const likeliest = others.every(({ probability }) => probability <= first.probability);
  return likeliest || !tooShort(answer) || Boolean(answer?.raised);
}

/**
 * @param {Answer | null} answer
 * @returns {boolean}
 */
export function tooShort(answer) {
  return answer === null || answer.needsReview?.reason === "too-short";
}

/**
 * Returns the key of the note under a question, and the deciding words where it names them.
 *
 * @param {string} head
 * @param {Choice} choice
 * @param {Answer | null} answer
 * @param {Composed} composed
 * @returns {{note: string, because?: string[]}}
 */
export function note(head, choice, answer, composed) {
  if (choice.chosen !== null) return { note: "note.chosen" };
  const urgent = head === "urgency" && choice.suggested === EMERGENCY;
  if (!urgent && tooShort(answer)) return { note: "note.waiting" };
  if (answer === null) return { note: "note.suggested" };
  if (answer.needsReview?.reason === "not-a-report" && head === "category") return { note: "note.notReport" };
  if (!choice.sure) return { note: "note.doubt" };
  const because = head === "type" ? [] : words(composed.text, deciding(head, choice, answer), MOST_WORDS);
  return because.length > 0 ? { note: "note.because", because } : { note: "note.suggested" };
}

/**
 * Returns the words that decided a head: the rule's, where one raised it, else the model's. None where the words of despair, say,
 * suggest another urgency than the model: its words are not the reason then.
 *
 * @param {string} head
 * @param {Choice} choice
 * @param {Answer} answer
 * @returns {Evidence[]}
 */
function deciding(head, choice, answer) {
  const { raised } = answer;
  if (head === "urgency" && choice.suggested === EMERGENCY && !isEmergency(answer)) return [];
  if (raised?.head === head) return raised.spans.map((span) => ({ ...span, head, label: raised.to, weight: 1 }));
  return answer.evidence.filter((one) => one.head === head && one.weight > 0);
}

/**
 * Returns what to mark in title and report for a head: nothing while its suggestion is not sure or not the choice.
 *
 * @param {string} head
 * @param {Choice} choice
 * @param {Answer | null} answer
 * @param {Composed} composed
 * @returns {{title: Span[], report: Span[]}}
 */
export function marks(head, choice, answer, composed) {
  const shown = answer !== null && choice.sure && selected(choice) === choice.suggested;
  return split(shown ? everywhere(composed.text, deciding(head, choice, answer)) : [], composed);
}

/**
 * Returns what the office may learn from: per head the suggestion, and whether the citizen chose.
 *
 * @param {Record<string, Choice>} choices
 * @returns {Record<string, string>}
 */
export function lesson(choices) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const head of HEADS) {
    fields[`saran_${FIELDS[head]}`] = choices[head].suggested ?? "";
    fields[`${FIELDS[head]}_dipilih`] = choices[head].chosen === null ? "tidak" : "ya";
  }
  return fields;
}
