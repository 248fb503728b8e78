// Sending the report, once, and saying truly whether it was sent.

import { text } from "./texts.js";
import { FIELDS } from "./views.js";

const PATIENCE = 60000;
const NUMBER = "nomor_kirim";

/** @typedef {{name: string, value: string, lang: string}} Row */
/**
 * - `offline`: there was no line to send on
 * - `refused`: the service answered that it did not take the report
 * - `elsewhere`: something else than the service answered: a page to log in, of the hotspot or of the site
 * - `unanswered`: nobody knows; the report may have come, and only its answer was lost
 *
 * @typedef {{status: "sent" | "offline" | "elsewhere" | "unanswered"} | {status: "refused", code: number}} Outcome
 */

/** What a gateway says when the service behind it gave no answer. */
const LOST = [502, 504];

/**
 * Posts a form's fields as the browser would without JavaScript. Never throws.
 *
 * Sent is what was answered with a status of 2xx from the address itself, or from a page under it that the service led to:
 * `laporan/terima-kasih` for `laporan`.
 *
 * @param {string} address
 * @param {URLSearchParams} fields
 * @returns {Promise<Outcome>}
 */
export async function post(address, fields) {
  const connected = navigator.onLine;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  const policy = watchPolicy(address);
  try {
    const response = await fetch(address, { method: "POST", body: fields, signal: patience.signal });
    if (response.redirected && !under(response.url, address)) return { status: "elsewhere" };
    if (response.ok) return { status: "sent" };
    return LOST.includes(response.status) ? { status: "unanswered" } : { status: "refused", code: response.status };
  } catch {
    if (!connected) return { status: "offline" };
    return { status: (await policy.barred()) ? "elsewhere" : "unanswered" };
  } finally {
    clearTimeout(timer);
    policy.end();
  }
}

/**
 * @param {string} found
 * @param {string} address
 * @returns {boolean}
 */
function under(found, address) {
  const [page, service] = [new URL(found), new URL(address)];
  const path = service.pathname.replace(/\/$/, "");
  return page.origin === service.origin && `${page.pathname}/`.startsWith(`${path}/`);
}

/**
 * Being led to another site looks like a broken line to `fetch`; only the page's policy, which forbids it, tells of it.
 *
 * @param {string} address
 */
function watchPolicy(address) {
  let seen = false;
  const note = (/** @type {SecurityPolicyViolationEvent} */ { effectiveDirective, blockedURI }) => {
    seen = seen || (effectiveDirective === "connect-src" && blockedURI === address);
  };
  document.addEventListener("securitypolicyviolation", note);
  return {
    /** Whether it has happened. It is told after the failure, in a task of its own. */
    barred: async () => {
      await new Promise((done) => setTimeout(done, 50));
      return seen;
    },
    end: () => document.removeEventListener("securitypolicyviolation", note),
  };
}

/**
 * Returns the form's fields as they are sent: its own, and `extra` ones for the office. What is sent as `nomor_kirim` is the
 * number of the report with these very words.
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
  fields.set(NUMBER, (extra[NUMBER] ?? "") + checksum(own(form, fields)));
  return fields;
}

/**
 * Returns what the citizen wrote and chose: neither the hidden fields nor what was only suggested, which may be another when the
 * same report is sent again.
 *
 * @param {HTMLFormElement} form
 * @param {URLSearchParams} fields
 * @returns {string}
 */
function own(form, fields) {
  const hidden = new Set([...form.querySelectorAll("input[type=hidden]")].map((field) => field.getAttribute("name")));
  const suggested = Object.values(FIELDS).filter((name) => fields.get(`${name}_dipilih`) === "tidak");
  return JSON.stringify([...fields].filter(([name]) => !hidden.has(name) && !suggested.includes(name)));
}

/**
 * Returns 8 digits that are others for another text (FNV-1a).
 *
 * @param {string} words
 * @returns {string}
 */
function checksum(words) {
  let sum = 0x811c9dc5;
  for (let at = 0; at < words.length; at += 1) sum = Math.imul(sum ^ words.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, "0");
}

/**
 * Returns the message for a report that was not sent.
 *
 * @param {Outcome} outcome
 * @returns {string}
 */
export function failure(outcome) {
  if (outcome.status === "refused") return text("send.refused", { status: outcome.code });
  if (outcome.status === "elsewhere") return text("send.elsewhere");
  return text(outcome.status === "offline" ? "send.offline" : "send.unanswered");
}

/**
 * Returns a number for a report. With a checksum of what the citizen wrote it becomes the one that is sent, by which the
 * service can see that one report came twice: its answer got lost, and the citizen sent again. Corrected words have another.
 *
 * @returns {string}
 */
export function reportNumber() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
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
