// The classifier behind the form: loaded beside the page, asked while someone types, and missed without harm.

import { schedule } from "./schedule.js";
import { ASKED } from "./views.js";

/** @typedef {import("./types.js").Classifier} Classifier */
/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./compose.js").Composed} Composed */

/** How often in a row the classifier may fail before it is given up, by the failure's code; for any other code, not once. */
const BEARABLE = /** @type {Record<string, number>} */ ({ wasm: 3, worker: 1 });

/**
 * - `read` gives the text as it is now
 * - `answered` gets each answer that is still wanted, with the text it is for
 * - `state` is told "ready" or "none" whenever that changes
 *
 * @typedef {{
 *   read: () => Composed, answered: (answer: Answer, composed: Composed) => void,
 *   state: (state: "ready" | "none", classifier: Classifier | null) => void,
 * }} Listener
 */

export class Suggestions {
  /**
   * @param {Listener} listener
   */
  constructor(listener) {
    this.listener = listener;
    /** @type {Classifier | null} */
    this.classifier = null;
    this.opening = false;
    /** Failures since the last answer. */
    this.failures = 0;
    this.typed = schedule(() => this.ask());
    // A model that did not come over a broken line is tried for again.
    addEventListener("online", () => this.open());
  }

  async open() {
    if (this.classifier || this.opening) return;
    this.opening = true;
    try {
      // Loaded from here and not by an `import` above: without the package the rest of the form must work.
      const { load } = await import(new URL("../pilah/index.js", import.meta.url).href);
      this.classifier = await load();
      this.listener.state("ready", this.classifier);
      this.ask();
    } catch (error) {
      this.fail(error);
    } finally {
      this.opening = false;
    }
  }

  async ask() {
    const asked = this.classifier;
    if (!asked) return;
    const composed = this.listener.read();
    try {
      const answer = await asked.classify(composed.text, { top: ASKED, latest: true });
      if (!answer) return;
      this.failures = 0;
      this.listener.answered(answer, composed);
    } catch (error) {
      // By now there may be another classifier, which has done nothing wrong.
      if (asked === this.classifier) this.recover(asked, error);
    }
  }

  /**
   * @param {Classifier} asked
   * @param {any} error
   */
  recover(asked, error) {
    const code = error?.code;
    this.failures += 1;
    const bearable = this.failures <= (BEARABLE[code] ?? 0);
    // After a stop the engine begins anew by itself, at the next question.
    if (bearable && code === "wasm") return this.typed();
    asked.close();
    this.classifier = null;
    if (bearable) this.open();
    else this.fail(error);
  }

  /**
   * @param {unknown} error
   */
  fail(error) {
    console.warn("no suggestions:", error);
    this.failures = 0;
    this.listener.state("none", null);
  }
}
