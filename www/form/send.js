// Sending the report, once, and saying truly whether it was sent.

import { text } from "./texts.js";

const PATIENCE = 60000;

/** @typedef {{name: string, value: string, lang: string}} Row */
/** @typedef {{status: "sent"} | {status: "offline"} | {status: "refused", code: number}} Outcome */

/**
 * Posts a form's fields as the browser would without JavaScript. Never throws.
 *
 * @param {string} address
 * @param {URLSearchParams} fields
 * @returns {Promise<Outcome>}
 */
export async function post(address, fields) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const response = await fetch(address, { method: "POST", body: fields, signal: patience.signal });
    return response.ok ? { status: "sent" } : { status: "refused", code: response.status };
  } catch {
    return { status: "offline" };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Returns the form's fields as they are sent: its own, and `extra` ones for the office.
 *
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} extra
 * @returns {URLSearchParams}
 */
export function fieldsOf(form, extra) {
  for (const [name, value] of Object.entries(extra)) {
    let field = /** @type {HTMLInputElement | null} */ (form.querySelector(`input[type=hidden][name="${name}"]`));
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      form.append(field);
    }
    field.value = value;
  }
  const fields = new URLSearchParams();
  new FormData(form).forEach((value, name) => fields.append(name, String(value)));
  return fields;
}

/**
 * Returns the message for a report that was not sent.
 *
 * @param {Outcome} outcome
 * @returns {string}
 */
export function failure(outcome) {
  return outcome.status === "refused" ? text("send.refused", { status: outcome.code }) : text("send.offline");
}

/**
 * Returns a number for a report, by which the service can see that one report came twice (its answer got lost, and the
 * citizen sent again).
 *
 * @returns {string}
 */
export function reportNumber() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Fills the list of what was sent.
 *
 * @param {HTMLElement} list
 * @param {Row[]} rows
 */
export function confirm(list, rows) {
  list.replaceChildren(
    ...rows.flatMap(({ name, value, lang }) => {
      const term = document.createElement("dt");
      term.textContent = name;
      const details = document.createElement("dd");
      details.textContent = value;
      details.lang = lang;
      return [term, details];
    }),
  );
}
