// When to ask the classifier while someone types: soon after a pause, and now and then during long typing. No DOM.

/**
 * @typedef {{
 *   pause?: number, every?: number, now?: () => number,
 *   later?: (run: () => void, milliseconds: number) => any, cancel?: (timer: any) => void,
 * }} Timing
 */

/**
 * Returns a function to call at every keystroke. `run` comes `pause` milliseconds after the last call, or `every`
 * milliseconds after the first call since it last ran, whichever is sooner.
 *
 * @param {() => void} run
 * @param {Timing} [timing]
 * @returns {() => void}
 */
export function schedule(run, timing = {}) {
  const { pause = 150, every = 300, now = () => performance.now() } = timing;
  const later = timing.later ?? ((act, milliseconds) => setTimeout(act, milliseconds));
  const cancel = timing.cancel ?? ((timer) => clearTimeout(timer));
  /** @type {any} */
  let timer = null;
  /** @type {number | null} */
  let first = null;
  return () => {
    const at = now();
    first = first ?? at;
    if (timer !== null) cancel(timer);
    timer = later(() => {
      timer = null;
      first = null;
      run();
    }, Math.max(0, Math.min(pause, first + every - at)));
  };
}
