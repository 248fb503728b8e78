// The deciding words, marked in the text: a copy of the text lies behind the field, line for line, and carries the marks.
// Screen readers and forced colours do not see it; the line "Karena kata" says the same.

import { merge, shift } from "./compose.js";

/** @typedef {import("./types.js").Span} Span */

export class Marks {
  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} field
   * @param {HTMLElement} mirror
   */
  constructor(field, mirror) {
    this.field = field;
    this.copy = document.createElement("div");
    mirror.append(this.copy);
    /** @type {Span[]} */
    this.spans = [];
    this.text = field.value;
    this.drawn = "";
    this.queued = false;
    field.addEventListener("input", () => this.follow());
    field.addEventListener("scroll", () => this.scroll(), { passive: true });
  }

  /**
   * Marks the spans of `text`, which the field held when they were found.
   *
   * @param {Span[]} spans
   * @param {string} text
   */
  show(spans, text) {
    this.text = this.field.value;
    this.spans = shift(merge(spans), text, this.text);
    this.queue();
  }

  follow() {
    const text = this.field.value;
    if (this.spans.length > 0) this.spans = shift(this.spans, this.text, text);
    this.text = text;
    this.queue();
  }

  // One drawing a frame at most, and none while there is nothing to mark.
  queue() {
    if (this.queued || (this.spans.length === 0 && this.drawn === "")) return;
    this.queued = true;
    requestAnimationFrame(() => {
      this.queued = false;
      this.draw();
    });
  }

  // What stands behind the last marked word does not matter for where the marks lie. It is left out, so that whoever writes
  // on at the end, as nearly always, makes no work here.
  draw() {
    const last = this.spans[this.spans.length - 1];
    const rest = last ? /^\S*/.exec(this.text.slice(last.end)) : null;
    const text = last ? this.text.slice(0, last.end) + (rest ? rest[0] : "") : "";
    const key = text && `${text}\n${this.spans.map(({ start, end }) => `${start} ${end}`).join()}`;
    if (key === this.drawn) return;
    this.drawn = key;
    /** @type {(Node | string)[]} */
    const nodes = [];
    let at = 0;
    for (const { start, end } of this.spans) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      nodes.push(text.slice(at, start), mark);
      at = end;
    }
    this.copy.replaceChildren(...nodes, text.slice(at));
    this.scroll();
  }

  // Moved and not scrolled, since the copy may be shorter than the field's text.
  scroll() {
    if (this.drawn) this.copy.style.transform = `translate(${-this.field.scrollLeft}px, ${-this.field.scrollTop}px)`;
  }
}
