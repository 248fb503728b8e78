// Compares an answer of the package with the native library's, to the last bit.

import { wellFormed } from "./native.mjs";

/**
 * Returns the first difference in words, or null.
 * @param {string} text
 * @param {import("../../package/pilah.d.ts").Answer} answer
 * @param {any} native
 */
export function difference(text, answer, native) {
  const [found, expected] = [inNativeTerms(text, answer), withSingles(native)];
  return unequal(found, expected, "answer");
}

/**
 * The answer as the native library writes it, with byte offsets.
 * @param {string} text
 * @param {import("../../package/pilah.d.ts").Answer} answer
 */
function inNativeTerms(text, { heads, needsReview, evidence, raised, privateData }) {
  const bytes = byteOffsets(text);
  const span = (/** @type {{ start: number, end: number }} */ { start, end }) => ({ start: bytes[start], end: bytes[end] });
  return {
    heads: Object.entries(heads).map(([head, { suggestions, sure }]) => ({ head, suggestions, sure })),
    needs_review: needsReview && { reason: needsReview.reason, ...(needsReview.head !== null && { head: needsReview.head }) },
    evidence: evidence.map(({ head, label, weight, ...words }) => ({ head, label, ...span(words), weight })),
    raised: raised && { ...raised, spans: raised.spans.map(span) },
    private_data: privateData.map(({ kind, ...found }) => ({ kind, ...span(found) })),
  };
}

/**
 * The native numbers are written with as many digits as tell single-precision numbers apart.
 * @param {any} value
 * @returns {any}
 */
function withSingles(value) {
  if (typeof value === "number") return Number.isInteger(value) ? value : Math.fround(value);
  if (Array.isArray(value)) return value.map(withSingles);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withSingles(inner)]));
}

/**
 * Per UTF-16 unit, the bytes of UTF-8 before it; NaN inside a pair, where no span may begin or end.
 * @param {string} text
 */
export function byteOffsets(text) {
  const offsets = [];
  let bytes = 0;
  for (const character of wellFormed(text)) {
    offsets.push(bytes);
    if (character.length === 2) offsets.push(NaN);
    bytes += Buffer.byteLength(character);
  }
  offsets.push(bytes);
  return offsets;
}

/**
 * @param {any} found
 * @param {any} expected
 * @param {string} where
 * @returns {string | null}
 */
function unequal(found, expected, where) {
  if (typeof found !== "object" || typeof expected !== "object" || !found || !expected) {
    return Object.is(found, expected) ? null : `${where}: found ${found}; expected ${expected}`;
  }
  const [names, wanted] = [Object.keys(found), Object.keys(expected)];
  if (names.join() !== wanted.join()) return `${where}: found fields ${names}; expected ${wanted}`;
  for (const name of names) {
    const inner = unequal(found[name], expected[name], `${where}.${name}`);
    if (inner) return inner;
  }
  return null;
}
