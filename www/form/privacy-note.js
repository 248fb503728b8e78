// The gentle warning that a number stands in a report which others may read, and the button that hides it.

import { find } from "./page.js";
import { kinds, MASKS, masksIn } from "./privacy.js";
import { text } from "./texts.js";

/** @typedef {import("./types.js").PrivateData} PrivateData */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */
/** @typedef {{field: Field, text: string, found: PrivateData[]}} Found */
/** @typedef {{field: Field, hidden: {mask: string, original: string}[]}} Change */

export class PrivacyNote {
  /**
   * @param {HTMLElement} note
   */
  constructor(note) {
    this.note = note;
    this.words = find("p", HTMLElement, note);
    this.button = find("button", HTMLButtonElement, note);
    /** @type {Found[]} */
    this.found = [];
    /** @type {Change[]} */
    this.changes = [];
    this.button.addEventListener("click", () => (this.found.length > 0 ? this.hide() : this.undo()));
  }

  /**
   * @param {Found[]} fields  what was found in each field, and the text it was found in
   */
  show(fields) {
    this.found = fields.filter(({ field, text: read, found }) => found.length > 0 && field.value === read);
    this.render();
  }

  render() {
    const found = this.found.length > 0;
    const undoable = this.changes.length > 0 && this.changes.every(({ field, hidden }) => masksIn(field.value, hidden));
    const state = found ? "found" : undoable ? "hidden" : "rest";
    const words = text(`privacy.${state}`, { what: this.what() });
    if (this.words.textContent !== words) this.words.textContent = words;
    if (this.note.dataset.state !== state) this.note.dataset.state = state;
    this.button.hidden = state === "rest";
    this.button.textContent = text(found ? "privacy.hide" : "privacy.undo");
  }

  /** Returns what was found, as a phrase; empty where nothing was. */
  what() {
    return kinds(this.found.flatMap(({ found }) => found))
      .map((kind) => text(`privacy.${kind}`))
      .join(", ");
  }

  hide() {
    this.changes = this.found.map(({ field, text: read, found }) => {
      const now = field.value;
      const inOrder = inText(now, read, found).sort((a, b) => a.start - b.start);
      // The last one first, since each moves what stands behind it.
      for (const { kind, start, end } of [...inOrder].reverse()) replace(field, start, end, MASKS[kind]);
      return { field, hidden: inOrder.map(({ kind, start, end }) => ({ mask: MASKS[kind], original: now.slice(start, end) })) };
    });
    this.changes = this.changes.filter(({ hidden }) => hidden.length > 0);
    this.found = [];
    this.finish();
  }

  // What was written since stays as it is: only the masks are turned back.
  undo() {
    for (const { field, hidden } of this.changes) {
      const places = masksIn(field.value, hidden) ?? [];
      for (let at = places.length - 1; at >= 0; at -= 1) {
        const { mask, original } = hidden[at];
        replace(field, places[at], places[at] + mask.length, original);
      }
    }
    this.changes = [];
    this.finish();
  }

  forget() {
    this.changes = [];
    this.found = [];
    this.render();
  }

  finish() {
    this.render();
    if (!this.button.hidden) this.button.focus({ preventScroll: true });
  }
}

/**
 * Returns where in `now` stands what was found in the text `read`: keys that are not read yet may have made a number at its end
 * longer, and no part of it may stay. Nothing where the text has become another one, which is read soon.
 *
 * @param {string} now
 * @param {string} read
 * @param {PrivateData[]} found
 * @returns {PrivateData[]}
 */
function inText(now, read, found) {
  if (!now.startsWith(read)) return [];
  const rest = now.slice(read.length);
  return found.map((one) => {
    const more = one.end === read.length ? (one.kind === "email" ? /^[\w.-]*\w/ : /^[\d .-]*\d/).exec(rest) : null;
    return { ...one, end: one.end + (more?.[0].length ?? 0) };
  });
}

/**
 * Replaces a part of a field as if it had been typed, so that the browser's own undo knows it.
 *
 * @param {Field} field
 * @param {number} start
 * @param {number} end
 * @param {string} words
 */
function replace(field, start, end, words) {
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  if (document.execCommand("insertText", false, words)) return;
  field.setRangeText(words, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
