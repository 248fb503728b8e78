// What a page downloads, after gzip -9.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** @typedef {{ wasm: number, js: number, model: number, total: number, files: string[] }} Size */

/**
 * @param {URL} root the folder that was served
 * @param {string[]} asked what the page of one contender asked for; the bench's own files are left out
 * @returns {Size}
 */
export function size(root, asked) {
  const files = [...new Set(asked)].filter((path) => !path.startsWith("bench/")).sort();
  const sum = (/** @type {(path: string) => boolean} */ wanted) =>
    files.filter(wanted).reduce((bytes, path) => bytes + gzipSync(readFileSync(new URL(path, root)), { level: 9 }).length, 0);
  const isJs = (/** @type {string} */ path) => /\.m?js$/.test(path);
  const isWasm = (/** @type {string} */ path) => path.endsWith(".wasm");
  const isModel = (/** @type {string} */ path) => /\.(pilah|ftz)$/.test(path);
  const strange = files.filter((path) => !isJs(path) && !isWasm(path) && !isModel(path));
  if (strange.length) throw new Error(`found ${strange.join(", ")}; expected .js, .mjs, .wasm, .pilah, .ftz`);
  return { wasm: sum(isWasm), js: sum(isJs), model: sum(isModel), total: sum(() => true), files };
}
