// The implementation in a worker, seen from the page. Questions and replies alternate; see serve.js for the other end.

import { PilahError, closed } from "./errors.js";

/**
 * @typedef {object} Port a worker, whatever kind the platform has
 * @property {(message: unknown) => void} post
 * @property {(heard: (message: any) => void, failed: (why: string) => void) => void} listen
 * @property {() => void} end
 */

/**
 * Listens from the first moment on: a worker may fail before there is anything to ask it.
 * @param {Port} port
 */
export function connect(port) {
  /** @type {{ resolve: (reply: any) => void, reject: (error: Error) => void } | null} */
  let open = null;
  /** @type {Error | null} */
  let ended = null;
  const end = (/** @type {Error} */ error) => {
    ended ??= error;
    open?.reject(ended);
    open = null;
    port.end();
  };
  port.listen(
    (reply) => {
      open?.resolve(reply);
      open = null;
    },
    (why) => end(new PilahError("worker", `the worker stopped: ${why}; expected a running worker`)),
  );
  const ask = async (/** @type {unknown} */ message) => {
    const { result, error } = await /** @type {Promise<any>} */ (
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        open = { resolve, reject };
        port.post(message);
      })
    );
    if (error) throw new PilahError(error.code, error.message);
    return result;
  };
  const close = () => end(closed());
  return {
    /**
     * @param {WebAssembly.Module} module
     * @param {Uint8Array} model
     * @returns {Promise<import("./classifier.js").Backend>}
     */
    async start(module, model) {
      const description = await ask({ module, model });
      return { mode: "worker", description, classify: (text, options) => ask({ text, options }), close };
    },
    close,
  };
}

/** @typedef {ReturnType<typeof connect>} Connection */
