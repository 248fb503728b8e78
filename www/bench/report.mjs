// From the rounds to one result, and from that to Markdown. Where a number stands for several rounds it is their median.

import { CONTENDERS } from "./contenders.js";
import { median } from "./measure.js";

/** @typedef {import("./measure.js").Speed} Speed */
/** @typedef {import("./measure.js").Round} Round */
/** @typedef {Record<string, Round>} Rounds contender -> round */
/** @typedef {{ chromium: Rounds, node: Rounds, native: { chromium: Speeds, node: Speeds } }} Turn */
/** @typedef {Record<string, Speed>} Speeds length -> speed */
/** @typedef {{ firstAnswer: Record<string, { median: number, fastest: number }>, speeds: Record<string, Speeds> }} Side */
/**
 * @typedef {object} Result
 * @property {Record<string, string>} machine what was measured with what
 * @property {number} rounds
 * @property {Record<string, number> | null} trained how the fastText model was trained
 * @property {Record<string, import("./sizes.mjs").Size>} sizes gzipped bytes
 * @property {Side} chromium
 * @property {Side} node
 * @property {Speeds} native
 * @property {{ chromium: Record<string, number>, node: Record<string, number> }} nativeSpeed length -> native time / time
 * @property {import("./typing.mjs").Typing | null} typing
 */

/** What the project promises: title, limit, how it is shown, the number. */
/** @type {[string, number, string, (result: Result) => number | undefined][]} */
const AIMS = [
  ["wasm and JavaScript, bytes after gzip, at most", 100_000, "", ({ sizes }) => sizes.pilah.wasm + sizes.pilah.js],
  ["the same with the small model, at most", 300_000, "", ({ sizes }) => sizes.pilah.total],
  ["p99 of 1,000 characters in Chromium, less than", 1000, " us", ({ chromium }) => chromium.speeds.pilah[1000].p99],
  ["first answer in Chromium after the bytes' arrival, at most", 50, " ms", ({ chromium }) => chromium.firstAnswer.pilah.median],
  ["longest task while typing, processor slowed 4 times, at most", 50, " ms", ({ typing }) => typing?.longest],
];
const LEAST_NATIVE_SPEED = 50;

/**
 * @param {Turn[]} turns
 * @param {string[]} names of contenders
 * @returns {Pick<Result, "chromium" | "node" | "native" | "nativeSpeed" | "rounds">}
 */
export function summarise(turns, names) {
  const lengths = Object.keys(turns[0].native.chromium);
  const both = (/** @type {(turn: Turn, length: string) => Speed} */ pick) =>
    Object.fromEntries(
      lengths.map((length) => {
        const of = (/** @type {"median" | "p99"} */ key) => median(turns.map((turn) => pick(turn, length)[key]));
        return [length, { median: of("median"), p99: of("p99") }];
      }),
    );
  const side = (/** @type {"chromium" | "node"} */ where) => {
    const present = names.filter((name) => turns[0][where][name]);
    const first = present.map((name) => {
      const times = turns.map((turn) => turn[where][name].firstAnswer);
      return [name, { median: median(times), fastest: Math.min(...times) }];
    });
    const speeds = present.map((name) => [name, both((turn, length) => turn[where][name].speeds[length])]);
    return { firstAnswer: Object.fromEntries(first), speeds: Object.fromEntries(speeds) };
  };
  // Native and WebAssembly of one turn ran seconds apart: their ratio suffers least from other work on the machine.
  const ratio = (/** @type {"chromium" | "node"} */ where) =>
    Object.fromEntries(
      lengths.map((length) => {
        const ratios = turns.map((turn) => turn.native[where][length].median / turn[where].pilah.speeds[length].median);
        return [length, median(ratios)];
      }),
    );
  return {
    rounds: turns.length,
    chromium: side("chromium"),
    node: side("node"),
    native: both((turn, length) => turn.native.chromium[length]),
    nativeSpeed: { chromium: ratio("chromium"), node: ratio("node") },
  };
}

/** @param {Result} result */
export function markdown(result) {
  const machine = Object.entries(result.machine).map(([what, is]) => `- ${what}: ${is}`);
  return [
    "# pilah beside fasttext.wasm.js",
    "",
    "Made by `npm run bench`; how is written at the top of `run.mjs`.",
    "",
    ...machine,
    `- rounds: ${result.rounds}, all contenders in turns; numbers are medians of rounds`,
    `- fastText's own model: ${training(result.trained)}`,
    "",
    "## What a page downloads: bytes after gzip, level 9 of Node's zlib",
    "",
    ...table(["", "wasm", "JavaScript", "model", "all"], sizeRows(result)),
    "",
    "## From bytes in memory to the first answer: milliseconds",
    "",
    "Compile, instantiate, load the model, classify 300 characters, in a fresh page or process: median (fastest).",
    "",
    ...table(["", "Chromium", "Node"], firstRows(result)),
    "",
    ...speedSection("Chromium", result.chromium, result),
    "",
    ...speedSection("Node", result.node, result),
    "",
    ...typingSection(result.typing),
    "## The aims",
    "",
    ...table(["", "aim", "found", ""], aimRows(result)),
    "",
  ].join("\n");
}

/** @param {Result["trained"]} trained */
function training(trained) {
  if (!trained) return "not trained, Python was not to be had; only the model that the package ships was measured";
  const { trainedOn, heldOut, accuracy } = trained;
  const share = `${(100 * accuracy).toFixed(0)} % of ${heldOut} held-out seed reports right`;
  return `category, trained on the ${whole(trainedOn)} labelled training reports that the project ships (${share}), quantised`;
}

/** @param {Result} result */
const sizeRows = ({ sizes }) =>
  Object.entries(sizes).map(([name, { wasm, js, model, total }]) => {
    const cells = [wasm, js, model, total].map(whole);
    return [CONTENDERS[name].title, ...cells];
  });

/** @param {Result} result */
const firstRows = ({ chromium, node }) =>
  Object.keys(chromium.firstAnswer).map((name) => {
    const times = [chromium, node].map((side) => side.firstAnswer[name]);
    const cells = times.map((time) => `${time.median.toFixed(1)} (${time.fastest.toFixed(1)})`);
    return [CONTENDERS[name].title, ...cells];
  });

/**
 * Ratios first: speeds of a machine that does other work too mean little alone.
 * @param {"Chromium" | "Node"} where
 * @param {Side} side
 * @param {Result} result
 */
function speedSection(where, side, { native, nativeSpeed }) {
  const lengths = Object.keys(native);
  const cell = (/** @type {Speed} */ { median: middle, p99 }) => `${micro(middle)} / ${micro(p99)}`;
  const rows = Object.entries(side.speeds).map(([name, speeds]) => {
    const times = lengths.map((length) => speeds[length].median / side.speeds.pilah[length].median);
    const { title, answers } = CONTENDERS[name];
    const ratios = times.map((ratio) => ratio.toFixed(2)).join(", ");
    return [title, answers, ratios, ...lengths.map((length) => cell(speeds[length]))];
  });
  const reference = nativeSpeed[/** @type {"chromium" | "node"} */ (where.toLowerCase())];
  const ratios = lengths.map((length) => reference[length].toFixed(2)).join(", ");
  rows.push(["pilah, native", "4 heads, evidence, rules", ratios, ...lengths.map((length) => cell(native[length]))]);
  const heads = ["", "one answer is", "time / pilah's", ...lengths.map((length) => `${whole(Number(length))} characters`)];
  return [`## ${where}: microseconds a text, median / p99`, "", ...table(heads, rows)];
}

/** @param {Result["typing"]} typing */
function typingSection(typing) {
  if (!typing) return [];
  const runs = typing.runs.map((run) => [run.processor, run.wall, run.longTasks, run.tasks].map(whole));
  return [
    "## The form's longest task while typing: milliseconds",
    "",
    "Ten keys a second, a phone's screen, a processor slowed 4 times. Processor time is what the task took itself; by the",
    "clock, other work on the machine comes on top. The aim is judged by processor time.",
    "",
    ...table(["processor time", "by the clock", "tasks over 50 by the clock", "tasks"], runs),
    "",
  ];
}

/** @param {Result} result */
function aimRows(result) {
  const rows = AIMS.map(([title, limit, unit, number]) => {
    const found = number(result);
    const verdict = found === undefined ? "not measured" : found <= limit ? "met" : "not met";
    return [title, whole(limit) + unit, found === undefined ? "" : whole(found) + unit, verdict];
  });
  const slowest = 100 * Math.min(...Object.values(result.nativeSpeed.chromium));
  const verdict = slowest >= LEAST_NATIVE_SPEED ? "met" : "not met";
  rows.push(["share of native speed in Chromium, at least", `${LEAST_NATIVE_SPEED} %`, `${whole(slowest)} %`, verdict]);
  return rows;
}

/**
 * @param {string[]} heads
 * @param {string[][]} rows
 */
function table(heads, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [line(heads), `|${"---|".repeat(heads.length)}`, ...rows.map(line)];
}

const whole = (/** @type {number} */ number) => Math.round(number).toLocaleString("en");
const micro = (/** @type {number} */ number) => (number < 100 ? number.toFixed(1) : whole(number));
