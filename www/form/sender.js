// The end of the form: the check that something was written, the button, the message when sending failed, the confirmation.

import { confirm, failure, fieldsOf, post, reportNumber } from "./send.js";
import { find } from "./page.js";
import { text } from "./texts.js";

/** @typedef {import("./send.js").Outcome} Outcome */
/** @typedef {import("./send.js").Row} Row */

/**
 * - `ready` says whether there is a report to send
 * - `lesson` gives the fields for the office: what was suggested, what was chosen
 * - `rows` keeps what the confirmation will show
 * - `again` clears the form for the next report
 *
 * @typedef {{
 *   form: HTMLFormElement, ready: () => boolean, lesson: () => Record<string, string>,
 *   rows: () => () => Row[], again: () => void,
 * }} Parts
 */

export class Sender {
  /**
   * @param {Parts} parts
   */
  constructor(parts) {
    this.parts = parts;
    this.busy = false;
    this.number = reportNumber();
    this.missing = false;
    /** @type {Outcome | null} */
    this.outcome = null;
    /** What was sent, in the language of the moment. @type {() => Row[]} */
    this.rows = () => [];
    this.button = find("#send", HTMLButtonElement);
    this.report = find("#laporan", HTMLTextAreaElement);
    this.button.removeAttribute("data-text");
    // The page says what is missing in its own words and language.
    parts.form.noValidate = true;
    parts.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    find("#again", HTMLElement).addEventListener("click", () => this.again());
  }

  async send() {
    if (this.busy) return;
    this.missing = !this.parts.ready();
    this.outcome = null;
    if (this.missing) {
      this.render();
      this.report.focus();
      return;
    }
    this.busy = true;
    this.render();
    const fields = fieldsOf(this.parts.form, { ...this.parts.lesson(), nomor_kirim: this.number });
    const rows = this.parts.rows();
    this.outcome = await post(this.parts.form.action, fields);
    this.busy = false;
    if (this.outcome.status === "sent") this.confirm(rows);
    this.render();
    if (this.outcome.status !== "sent") find("#failure", HTMLElement).focus();
  }

  /**
   * @param {() => Row[]} rows  as they were when the report was sent
   */
  confirm(rows) {
    this.number = reportNumber();
    this.rows = rows;
    this.parts.again();
    find("#page-form", HTMLElement).hidden = true;
    find("#sent", HTMLElement).hidden = false;
    find("#sent-heading", HTMLElement).focus();
  }

  again() {
    this.outcome = null;
    this.rows = () => [];
    find("#sent", HTMLElement).hidden = true;
    find("#page-form", HTMLElement).hidden = false;
    this.render();
    find("#judul", HTMLElement).focus();
  }

  /** To be called at every keystroke. */
  typed() {
    if (this.missing && this.parts.ready()) {
      this.missing = false;
      this.render();
    }
  }

  render() {
    this.button.textContent = text(this.busy ? "send.busy" : "send.button");
    // Not `disabled`, which would take the focus away from those who pressed it.
    this.button.setAttribute("aria-disabled", String(this.busy));
    // What is written while sending would be lost with the rest.
    for (const field of this.parts.form.querySelectorAll("input, textarea")) {
      if (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text")) field.readOnly = this.busy;
    }
    const error = find("#laporan-error", HTMLElement);
    error.hidden = !this.missing;
    error.textContent = this.missing ? text("report.missing") : "";
    if (this.missing) this.report.setAttribute("aria-invalid", "true");
    else this.report.removeAttribute("aria-invalid");
    const failed = this.outcome !== null && this.outcome.status !== "sent";
    const message = find("#failure", HTMLElement);
    message.hidden = !failed;
    message.textContent = failed && this.outcome ? failure(this.outcome) : "";
    confirm(find("#sent-list", HTMLElement), this.rows());
  }
}
