// Arguments are checked before anything else, so that both implementations refuse the same with the same words.

import { PilahError } from "./errors.js";

/**
 * What a value is, for messages.
 * @param {unknown} value
 */
export function kind(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  return typeof value === "undefined" ? "undefined" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/**
 * @param {unknown} text
 * @returns {string}
 */
export function checkText(text) {
  if (typeof text !== "string") throw new PilahError("text", `text: found ${kind(text)}; expected a string`);
  return text;
}

/** @type {Record<string, [string, (value: any) => boolean]>} */
const CLASSIFY = {
  top: ["a whole number from 0 to 4294967295", (value) => Number.isInteger(value) && value >= 0 && value <= 4294967295],
  evidence: ["true or false", (value) => typeof value === "boolean"],
  latest: ["true or false", (value) => typeof value === "boolean"],
};

/**
 * @param {unknown} options of classify
 * @returns {import("./pilah.d.ts").ClassifyOptions}
 */
export const checkClassifyOptions = (options) => check(options, CLASSIFY);

/** @type {Record<string, [string, (value: any) => boolean]>} */
const LOAD = {
  worker: ['"auto", true or false', (value) => value === "auto" || typeof value === "boolean"],
  wasm: ["a URL, bytes or a WebAssembly.Module", (value) => isAddress(value) || isBytes(value) || tag(value) === "[object WebAssembly.Module]"],
  signal: ["an AbortSignal", (value) => typeof value === "object" && typeof value.aborted === "boolean" && typeof value.addEventListener === "function"],
};

/**
 * @param {unknown} options of load
 * @returns {import("./pilah.d.ts").LoadOptions}
 */
export const checkLoadOptions = (options) => check(options, LOAD);

/** @type {Record<string, [string, (value: any) => boolean]>} */
const WATCH = {
  delay: ["milliseconds, 0 or more", (value) => Number.isFinite(value) && value >= 0],
  minLength: ["a whole number, 0 or more", (value) => Number.isInteger(value) && value >= 0],
  onError: ["a function", (value) => typeof value === "function"],
  top: CLASSIFY.top,
  evidence: CLASSIFY.evidence,
};

/**
 * @param {unknown} options of watch
 * @returns {import("./pilah.d.ts").WatchOptions}
 */
export const checkWatchOptions = (options) => check(options, WATCH);

/**
 * Returns a copy of the options without those that are undefined.
 * @param {unknown} options
 * @param {Record<string, [string, (value: any) => boolean]>} known
 */
function check(options, known) {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object" || Array.isArray(options)) throw new PilahError("options", `options: found ${kind(options)}; expected an object`);
  /** @type {Record<string, any>} */
  const checked = {};
  for (const [name, value] of Object.entries(options)) {
    if (!Object.prototype.hasOwnProperty.call(known, name)) {
      throw new PilahError("options", `options: found ${JSON.stringify(name)}; expected ${Object.keys(known).join(", ")}`);
    }
    if (value === undefined) continue;
    const [wanted, fits] = known[name];
    if (value === null || !fits(value)) throw new PilahError("options", `options.${name}: found ${kind(value)}; expected ${wanted}`);
    checked[name] = value;
  }
  return checked;
}

/** @param {unknown} value */
const tag = (value) => Object.prototype.toString.call(value);

/**
 * @param {unknown} value
 * @returns {value is string | URL}
 */
export const isAddress = (value) => typeof value === "string" || value instanceof URL;

/**
 * @param {unknown} value
 * @returns {value is ArrayBuffer | ArrayBufferView}
 */
export const isBytes = (value) => ArrayBuffer.isView(value) || tag(value) === "[object ArrayBuffer]";

/**
 * Returns a copy of the bytes, which their owner may then change or give away.
 * @param {ArrayBuffer | ArrayBufferView} bytes
 */
export function copyBytes(bytes) {
  const view = ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);
  return view.slice();
}
