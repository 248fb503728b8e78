// What runs in a worker: the engine, and replies to questions.

import { Engine } from "./engine.js";
import { asPilahError } from "./errors.js";

/**
 * Returns what answers one message: `{module, model}` first, then `{text, options}`; a reply is `{result}` or `{error}`.
 * @returns {(message: any) => Promise<{ result: unknown } | { error: { code: string, message: string } }>}
 */
export function server() {
  /** @type {Engine} */
  let engine;
  return async ({ module, model, text, options }) => {
    try {
      if (!module) return { result: await engine.classify(text, options) };
      engine = new Engine(module, model);
      await engine.start();
      return { result: engine.describe() };
    } catch (error) {
      const { code, message } = asPilahError(error, "wasm");
      return { error: { code, message } };
    }
  };
}
