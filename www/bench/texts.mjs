// Texts of exactly 50, 300 and 1,000 characters, recombined from the project's own seed reports: the same on every run.

import { readFileSync } from "node:fs";

export const LENGTHS = [50, 300, 1000];
const TEXTS_A_LENGTH = 100;

/**
 * @param {URL} seed models/seed.jsonl
 * @returns {Record<string, string[]>} length in characters -> texts without line breaks
 */
export function recombine(seed) {
  const rows = readFileSync(seed, "utf8").split("\n").filter(Boolean);
  const reports = rows.map((row) => Array.from(JSON.parse(row).text.replace(/\s+/g, " ").trim()));
  /** @type {Record<string, string[]>} */
  const texts = {};
  let next = 0;
  for (const length of LENGTHS) {
    texts[length] = Array.from({ length: TEXTS_A_LENGTH }, () => {
      /** @type {string[]} */
      let text = [];
      while (text.length < length) text = [...text, ...(text.length ? [" "] : []), ...reports[next++ % reports.length]];
      return text.slice(0, length).join("").replace(/ $/, ".");
    });
  }
  return texts;
}
