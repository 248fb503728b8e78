// The classifier reads title and report as one text. Here the two are put together, and what was found in the one text is
// brought back to the field that the citizen sees. No DOM.

/** @typedef {import("./types.js").Span} Span */

/**
 * @typedef {{text: string, title: string, report: string, reportStart: number}} Composed
 */

/**
 * Returns the text for the classifier: title, line break, report; without a title, the report alone.
 *
 * @param {string} title
 * @param {string} report
 * @returns {Composed}
 */
export function compose(title, report) {
  const reportStart = title ? title.length + 1 : 0;
  return { text: title ? `${title}\n${report}` : report, title, report, reportStart };
}

/**
 * Returns the spans of a composed text as spans of its two fields. What reaches over the border is cut there.
 *
 * @template {Span} T
 * @param {T[]} spans
 * @param {Composed} composed
 * @returns {{title: T[], report: T[]}}
 */
export function split(spans, { title, report, reportStart }) {
  return {
    title: reportStart === 0 ? [] : within(spans, 0, title.length),
    report: within(spans, reportStart, reportStart + report.length),
  };
}

/**
 * @template {Span} T
 * @param {T[]} spans
 * @param {number} from
 * @param {number} to
 * @returns {T[]}
 */
function within(spans, from, to) {
  return spans
    .filter((span) => span.end > from && span.start < to)
    .map((span) => ({ ...span, start: Math.max(span.start, from) - from, end: Math.min(span.end, to) - from }));
}

/**
 * Returns the spans of `before` as they stand in `after`, so that marks stay on their words until the next answer comes.
 * The two texts are taken to differ in one place, as they do while typing; spans that this place touches are dropped.
 *
 * @param {Span[]} spans
 * @param {string} before
 * @param {string} after
 * @returns {Span[]}
 */
export function shift(spans, before, after) {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const delta = after.length - before.length;
  const shifted = [];
  for (const { start, end } of spans) {
    if (end <= head) shifted.push({ start, end });
    else if (start >= before.length - tail) shifted.push({ start: start + delta, end: end + delta });
  }
  return shifted;
}

/**
 * Returns the spans in reading order, with those that overlap made one.
 *
 * @param {Span[]} spans
 * @returns {Span[]}
 */
export function merge(spans) {
  /** @type {Span[]} */
  const merged = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged[merged.length - 1];
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/**
 * Returns every place where the words of the spans stand: to the model a word counts the same wherever it is repeated.
 *
 * @param {string} text
 * @param {Span[]} spans
 * @returns {Span[]}
 */
export function everywhere(text, spans) {
  const lower = text.toLowerCase();
  // A few letters change their length in lower case, and then places would not agree.
  if (lower.length !== text.length) return spans;
  const found = [...spans];
  for (const word of new Set(spans.map(({ start, end }) => lower.slice(start, end)))) {
    for (let start = lower.indexOf(word); word && start >= 0; start = lower.indexOf(word, start + word.length)) {
      const end = start + word.length;
      if (!letter(lower[start - 1]) && !letter(lower[end])) found.push({ start, end });
    }
  }
  return found;
}

/**
 * @param {string | undefined} character
 */
function letter(character) {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/**
 * Returns the weightiest words, each once, in reading order.
 *
 * @param {string} text
 * @param {import("./types.js").Evidence[]} evidence
 * @param {number} most
 * @returns {string[]}
 */
export function words(text, evidence, most) {
  /** @type {Map<string, {word: string, start: number, weight: number}>} */
  const found = new Map();
  for (const { start, end, weight } of evidence) {
    const word = text.slice(start, end);
    const key = word.toLowerCase();
    const known = found.get(key);
    if (known) known.weight += weight;
    else found.set(key, { word: acronym(word) ? word : key, start, weight });
  }
  return [...found.values()]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, most)
    .sort((a, b) => a.start - b.start)
    .map(({ word }) => word);
}

/**
 * @param {string} word
 */
function acronym(word) {
  return word.length < 6 && word === word.toUpperCase();
}
