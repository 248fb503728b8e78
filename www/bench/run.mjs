// Measures pilah and the npm package fasttext.wasm.js side by side, in Chromium and in Node, and pilah's native build.
//
//   npm run build && npm run bench                 # everything, about five minutes; writes bench/results/
//   npm run bench -- --rounds 1 --no-typing        # a quick look
//
// In each round every contender runs once in a fresh page of a fresh Chromium and once in a fresh Node, the native program
// after pilah in both; the order turns from round to round. The machine may do other work: what is told is the median of the rounds.
// Needs: cargo, Chromium (on PATH or named by CHROMIUM); python3 with venv for a fastText model of our own.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { serve } from "../tools/serve.mjs";
import { chromiumRound } from "./chromium.mjs";
import { CONTENDERS } from "./contenders.js";
import { trainedModel } from "./fasttext-model.mjs";
import { native } from "./native.mjs";
import { markdown, summarise } from "./report.mjs";
import { size } from "./sizes.mjs";
import { recombine } from "./texts.mjs";
import { typing } from "./typing.mjs";

/** @typedef {import("./report.mjs").Turn} Turn */

const WWW = new URL("../", import.meta.url);
const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, "no-typing": { type: "boolean", default: false } },
});
const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds: found ${options.rounds}; expected a whole number from 1`);
if (!existsSync(new URL("dist/pilah/index.js", WWW))) throw new Error("dist/pilah: found no package; expected npm run build before");

const texts = recombine(new URL("../models/seed.jsonl", WWW));
const trained = trainedModel();
const names = Object.keys(CONTENDERS).filter((name) => trained || name !== "fasttext-trained");
mkdirSync(new URL("dist/bench/", WWW), { recursive: true });
writeFileSync(new URL("dist/bench/texts.json", WWW), JSON.stringify(texts)); // for the page opened by hand
const runNative = native(texts);

/**
 * The native program runs right after pilah has run, in Chromium and again in Node: so both meet the same other work.
 * @param {number} round
 * @returns {Promise<{ version: string, turn: Turn }>}
 */
async function turn(round) {
  const order = [...names.slice(round % names.length), ...names.slice(0, round % names.length)];
  /** @type {Partial<Turn["native"]>} */
  const native = {};
  const inBrowser = await chromiumRound(server.url, order, texts, (name) => {
    sizes[name] = size(WWW, server.requests.splice(0).map(({ path }) => path.slice(1)));
    if (name === "pilah") native.chromium = runNative();
  });
  /** @type {Turn["node"]} */
  const node = {};
  for (const name of order) {
    const script = fileURLToPath(new URL("node-round.mjs", import.meta.url));
    node[name] = JSON.parse(execFileSync(process.execPath, [script, name], { input: JSON.stringify(texts), encoding: "utf8" }));
    if (name === "pilah") native.node = runNative();
  }
  return { version: inBrowser.version, turn: { chromium: inBrowser.rounds, node, native: /** @type {Turn["native"]} */ (native) } };
}

// An isolated page has a clock of 5 us.
const headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
const server = await serve({ root: fileURLToPath(WWW), gzip: false, headers });
/** @type {Turn[]} */
const turns = [];
/** @type {Record<string, import("./sizes.mjs").Size>} */
const sizes = {};
let version = "";
try {
  for (let round = 0; round < rounds; round++) {
    const found = await turn(round);
    version = found.version;
    turns.push(found.turn);
    console.error(`round ${round + 1} of ${rounds}`);
  }
} finally {
  await server.close();
}
const typed = options["no-typing"] ? null : await typing();
const ordered = Object.fromEntries(names.map((name) => [name, sizes[name]]));
const result = { machine: machine(version), trained, sizes: ordered, typing: typed, ...summarise(turns, names) };
const table = markdown(result);
mkdirSync(new URL("results/", import.meta.url), { recursive: true });
const json = { ...result, turns: turns.map(withoutAnswers) };
writeFileSync(new URL("results/results.json", import.meta.url), JSON.stringify(json, null, 1) + "\n");
writeFileSync(new URL("results/results.md", import.meta.url), table);
console.log(table);

/**
 * The answers are left out: they are the same in all rounds.
 * @param {Turn} turn
 */
function withoutAnswers({ chromium, node, native }) {
  const numbers = (/** @type {Turn["node"]} */ side) =>
    Object.fromEntries(Object.entries(side).map(([name, { firstAnswer, speeds }]) => [name, { firstAnswer, speeds }]));
  return { chromium: numbers(chromium), node: numbers(node), native };
}

/**
 * @param {string} chromium its version
 * @returns {Record<string, string>}
 */
function machine(chromium) {
  const read = (/** @type {string} */ path) => JSON.parse(readFileSync(new URL(path, WWW), "utf8")).version;
  const [{ model }] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: `${model.trim()}, ${cpus().length} cores`,
    Chromium: `${chromium}, headless`,
    Node: process.version.slice(1),
    packages: `pilah ${read("dist/pilah/package.json")}, fasttext.wasm.js ${read("node_modules/fasttext.wasm.js/package.json")}`,
    command: ["npm run bench", ...(process.argv.length > 2 ? ["--", ...process.argv.slice(2)] : [])].join(" "),
  };
}
