// What is suggested and what the citizen chose, for one head. A choice stands until the citizen takes it back. No DOM.

/**
 * - `offered`: labels to choose from, the best first; a choice keeps them as they were, so that nothing moves under it
 * - `suggested`: the newest first suggestion, for the office to learn from; null without an answer
 * - `waiting`: what will be offered once the choice is taken back
 *
 * @typedef {{
 *   offered: string[], suggested: string | null, sure: boolean, chosen: string | null,
 *   waiting: string[],
 * }} Choice
 */

/**
 * @returns {Choice}
 */
export function empty() {
  return { offered: [], suggested: null, sure: false, chosen: null, waiting: [] };
}

/**
 * Returns the choice after a new answer: `labels` best first, none where the text is too short.
 *
 * @param {Choice} choice
 * @param {string[]} labels
 * @param {boolean} sure
 * @returns {Choice}
 */
export function suggest(choice, labels, sure) {
  const offered = choice.chosen === null ? labels : choice.offered;
  return { ...choice, offered, waiting: labels, suggested: labels[0] ?? null, sure: sure && labels.length > 0 };
}

/**
 * Returns the choice after the citizen chose `label`, which need not be among those offered.
 *
 * @param {Choice} choice
 * @param {string} label
 * @returns {Choice}
 */
export function choose(choice, label) {
  return { ...choice, chosen: label };
}

/**
 * Returns the choice after the citizen went back to the suggestions.
 *
 * @param {Choice} choice
 * @returns {Choice}
 */
export function release(choice) {
  return { ...choice, chosen: null, offered: choice.waiting };
}

/**
 * Returns the label that goes with the report: the citizen's, else a sure suggestion, else none.
 *
 * @param {Choice} choice
 * @returns {string | null}
 */
export function selected(choice) {
  return choice.chosen ?? (choice.sure ? choice.suggested : null);
}
