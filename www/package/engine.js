// The WebAssembly module with one model in it. It runs where it is: in the page, or in a worker.

import { PilahError, asPilahError, closed, reason } from "./errors.js";
import { glue } from "./glue.js";

/** Answers texts; after a trap it begins anew with a fresh instance. */
export class Engine {
  /**
   * @param {WebAssembly.Module} module
   * @param {Uint8Array} model bytes of a model file, which stay as they are
   */
  constructor(module, model) {
    this.module = module;
    this.model = model;
    /** @type {import("./glue.js").Classifier | null} */
    this.classifier = null;
    this.closed = false;
  }

  /** Makes an instance and loads the model into it. */
  async start() {
    const { Classifier, imports, start } = glue();
    const instance = await WebAssembly.instantiate(this.module, imports).catch((error) => {
      throw new PilahError("wasm", `the WebAssembly module does not start: ${reason(error)}`, { cause: error });
    });
    start(instance, this.module);
    try {
      this.classifier = new Classifier(this.model);
    } catch (error) {
      throw asPilahError(error, "wasm");
    }
  }

  /** @returns {import("./answer.js").Description} */
  describe() {
    return /** @type {import("./glue.js").Classifier} */ (this.classifier).describe();
  }

  /**
   * @param {string} text
   * @param {import("./answer.js").Options} options
   * @returns {Promise<import("./answer.js").Answer>}
   */
  async classify(text, options) {
    if (this.closed) throw closed();
    if (!this.classifier) await this.start();
    try {
      return /** @type {import("./glue.js").Classifier} */ (this.classifier).classify(text, options.top, options.evidence);
    } catch (error) {
      const told = asPilahError(error, "wasm");
      if (told.code !== "wasm") throw told;
      // After a trap nothing in the instance's memory can be trusted: the next call gets a new one.
      this.classifier = null;
      throw new PilahError("wasm", `the WebAssembly module stopped: ${reason(error)}`, { cause: error });
    }
  }

  /** Lets go of the instance and with it of its memory. */
  close() {
    this.closed = true;
    this.classifier?.free();
    this.classifier = null;
  }
}
