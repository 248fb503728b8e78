// How everything is timed: the same code in the page and in Node. The native side, examples/timing.rs, does the same.

/** @typedef {import("./contenders.js").Bytes} Bytes */
/** @typedef {import("./contenders.js").Contender} Contender */
/** @typedef {(text: string) => unknown} Classify */
/** @typedef {{ median: number, p99: number }} Speed microseconds a text */
/** @typedef {{ firstAnswer: number, speeds: Record<string, Speed>, clock: number, answer: unknown }} Round */

/** How often each text is classified. */
const PASSES = 30;
/** Texts between two looks at the clock, where the median is taken: Chromium's clock counts in steps of 5 us at best. */
const BATCH = 20;
/** Engines begin with code that is made fast, not code that runs fast; what a page has after a while is measured. */
const WARM_UP_MS = 600;

/**
 * Measures one contender once: bytes to first answer in milliseconds, then microseconds a text for each length.
 * @param {Contender} contender
 * @param {Bytes} bytes
 * @param {Record<string, string[]>} texts length -> texts
 * @returns {Promise<Round>}
 */
export async function measure(contender, bytes, texts) {
  const start = await contender.prepare();
  const lengths = Object.keys(texts);
  const first = texts[lengths[1] ?? lengths[0]][0];
  const began = performance.now();
  const { classify, close } = await start(bytes);
  const answer = await classify(first);
  const firstAnswer = performance.now() - began;
  await warmUp(classify, Object.values(texts).flat());
  /** @type {Record<string, Speed>} */
  const speeds = {};
  for (const length of lengths) speeds[length] = await time(classify, texts[length]);
  close();
  return { firstAnswer, speeds, clock: clockStep(), answer };
}

/**
 * @param {Classify} classify
 * @param {string[]} texts
 */
async function warmUp(classify, texts) {
  const end = performance.now() + WARM_UP_MS;
  for (let at = 0; performance.now() < end; at++) await classify(texts[at % texts.length]);
}

/**
 * The median of batches and the 99th percentile of single texts.
 * @param {Classify} classify
 * @param {string[]} texts
 * @returns {Promise<Speed>}
 */
async function time(classify, texts) {
  /** @type {number[]} */
  const batches = [];
  /** @type {number[]} */
  const singles = [];
  for (let pass = 0; pass < PASSES; pass++) {
    for (let at = 0; at < texts.length; at += BATCH) {
      const batch = texts.slice(at, at + BATCH);
      const began = performance.now();
      for (const text of batch) await classify(text);
      batches.push((1000 * (performance.now() - began)) / batch.length);
    }
    for (const text of texts) {
      const began = performance.now();
      await classify(text);
      singles.push(1000 * (performance.now() - began));
    }
  }
  return { median: quantile(batches, 0.5), p99: quantile(singles, 0.99) };
}

/**
 * The smallest value that at least the share `q` of all values does not exceed.
 * @param {number[]} values
 * @param {number} q
 */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.max(Math.ceil(q * sorted.length), 1), sorted.length) - 1];
}

/** @param {number[]} values */
export const median = (values) => quantile(values, 0.5);

/** The smallest step of the clock that was seen, in microseconds. */
function clockStep() {
  let step = Infinity;
  for (let tries = 0; tries < 50; tries++) {
    const before = performance.now();
    let after = before;
    while (after === before) after = performance.now();
    step = Math.min(step, 1000 * (after - before));
  }
  return step;
}
