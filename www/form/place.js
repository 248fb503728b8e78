// The place of the event: no part of what is classified, but a number in it is pointed out like one in the report.

import { PrivacyNote } from "./privacy-note.js";
import { schedule } from "./schedule.js";

/** @typedef {import("./types.js").Classifier} Classifier */

export class Place {
  /**
   * @param {HTMLInputElement} field
   * @param {HTMLElement} note
   * @param {() => void} typed
   */
  constructor(field, note, typed) {
    this.field = field;
    this.note = new PrivacyNote(note);
    /** @type {Classifier | null} */
    this.classifier = null;
    const check = schedule(() => this.check());
    field.addEventListener("input", () => {
      typed();
      check();
    });
  }

  /**
   * @param {Classifier | null} classifier
   */
  use(classifier) {
    this.classifier = classifier;
    this.check();
  }

  // Not asked as the `latest`, which would drop the question about the report.
  async check() {
    const { value } = this.field;
    const answer = await this.classifier?.classify(value, {}).catch(() => null);
    if (answer && this.field.value === value) this.note.show([{ field: this.field, text: value, found: answer.privateData }]);
  }

  forget() {
    this.note.forget();
  }
}
