// Numbers that look random and are the same in every run.

/**
 * @param {number} seed
 */
export function random(seed) {
  let state = seed >>> 0;
  /** A number from 0 to below `end`. */
  const below = (/** @type {number} */ end) => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
  return {
    below,
    /** Whether something happens that does so once in `n` times. */
    once: (/** @type {number} */ n) => below(n) === 0,
    /** @template T @param {ArrayLike<T>} from */
    pick: (from) => from[below(from.length)],
  };
}
