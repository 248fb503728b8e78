// The implementation in the page, and in Node where no worker is asked for.

import { Engine } from "./engine.js";

/** Milliseconds of classifying after which the page gets its turn. */
const SLICE = 8;

/**
 * @param {WebAssembly.Module} module
 * @param {Uint8Array} model
 * @returns {Promise<import("./classifier.js").Backend>}
 */
export async function startPage(module, model) {
  const engine = new Engine(module, model);
  await engine.start();
  let busy = 0;
  return {
    mode: "page",
    description: engine.describe(),
    async classify(text, options) {
      if (busy > SLICE) {
        busy = 0;
        await pause();
      }
      const begun = performance.now();
      try {
        return await engine.classify(text, options);
      } finally {
        busy += performance.now() - begun;
      }
    },
    close: () => engine.close(),
  };
}

/** Waits for a task of its own. Not by a timer: those are held back for seconds in hidden tabs. */
const pause = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
