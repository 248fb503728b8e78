// What callers hold: a queue before an implementation, which answers one text after another.

import { checkClassifyOptions, checkText } from "./checks.js";
import { closed } from "./errors.js";

/**
 * @typedef {object} Backend what a classifier needs from the page's or the worker's implementation
 * @property {"page" | "worker"} mode
 * @property {import("./answer.js").Description} description
 * @property {(text: string, options: import("./answer.js").Options) => Promise<import("./answer.js").Answer>} classify
 * @property {() => void} close
 *
 * @typedef {object} Call
 * @property {string} text
 * @property {import("./answer.js").Options} options
 * @property {(answer: any) => void} resolve
 * @property {(error: import("./errors.js").PilahError) => void} reject
 */

export class QueuedClassifier {
  /** @param {Backend} backend */
  constructor(backend) {
    this.description = backend.description;
    this.mode = backend.mode;
    /** @private */
    this._backend = backend;
    /** Calls that were not begun, oldest first. @private @type {Set<Call>} */
    this._waiting = new Set();
    /** The call that is being answered. @private @type {Call | null} */
    this._running = null;
    /** The newest call of those that ask for the latest answer only. @private @type {Call | null} */
    this._latest = null;
    /** @private */
    this._closed = false;
  }

  /**
   * @param {string} text
   * @param {import("./pilah.d.ts").ClassifyOptions} [options]
   * @returns {Promise<any>}
   */
  async classify(text, options) {
    checkText(text);
    const { latest = false, ...rest } = checkClassifyOptions(options);
    if (this._closed) throw closed();
    return new Promise((resolve, reject) => {
      const call = { text, options: rest, resolve, reject };
      if (latest) this._supersede(call);
      this._waiting.add(call);
      this._pump();
    });
  }

  close() {
    if (this._closed) return;
    this._closed = true;
    for (const call of this._waiting) call.reject(closed());
    this._running?.reject(closed());
    this._waiting.clear();
    this._running = this._latest = null;
    this._backend.close();
  }

  /**
   * A late answer is null: if the call has not been begun, it never will be.
   * @private
   * @param {Call} call the newest
   */
  _supersede(call) {
    if (this._latest) {
      this._latest.resolve(null);
      this._waiting.delete(this._latest);
    }
    this._latest = call;
  }

  /**
   * Begins the oldest waiting call. One at a time, so that what waits can still be dropped: a worker answers messages in the
   * order of their coming and cannot look ahead.
   * @private
   */
  async _pump() {
    if (this._running) return;
    // Calls of the same task are all in the queue before the first begins.
    await null;
    while (!this._running && this._waiting.size > 0) await this._begin();
  }

  /** @private */
  async _begin() {
    const [call] = this._waiting;
    this._waiting.delete(call);
    this._running = call;
    try {
      call.resolve(await this._backend.classify(call.text, call.options));
    } catch (error) {
      call.reject(/** @type {import("./errors.js").PilahError} */ (error));
    }
    if (this._latest === call) this._latest = null;
    if (this._running === call) this._running = null;
  }
}
