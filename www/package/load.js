// Fetching and starting, whatever the platform.

import { checkLoadOptions, copyBytes, isAddress, isBytes, kind } from "./checks.js";
import { QueuedClassifier } from "./classifier.js";
import { PilahError, asPilahError, reason } from "./errors.js";
import { connect } from "./worker-client.js";

/**
 * @typedef {object} Platform
 * @property {URL} model the small model that comes with the package
 * @property {URL} wasm
 * @property {boolean} prefersWorker what "auto" means
 * @property {(address: string | URL, signal: AbortSignal) => Promise<Uint8Array>} readModel
 * @property {(address: string | URL, signal: AbortSignal) => Promise<WebAssembly.Module>} readModule
 * @property {(address: string | URL) => string} where what messages call an address
 * @property {() => import("./worker-client.js").Port} newWorker throws where there can be none
 * @property {() => Promise<Pick<typeof import("./page.js"), "startPage">>} page
 */

/**
 * @param {Platform} platform
 * @param {unknown} model
 * @param {unknown} options
 * @returns {Promise<import("./pilah.d.ts").Classifier>}
 */
export async function loadOn(platform, model, options) {
  const { worker = "auto", wasm = platform.wasm, signal } = checkLoadOptions(options);
  const source = model === undefined ? platform.model : model;
  if (!isAddress(source) && !isBytes(source)) throw new PilahError("model", `model: found ${kind(source)}; expected a URL or bytes`);
  if (signal?.aborted) throw signal.reason;
  const connection = openWorker(platform, worker);
  // Ends what is still being fetched when something else has failed.
  const within = new AbortController();
  const work = begin(platform, { source, wasm, connection, strict: worker === true }, within.signal);
  try {
    return new QueuedClassifier(await until(signal, work));
  } catch (error) {
    within.abort();
    connection?.close();
    work.then((backend) => backend.close(), () => {});
    if (signal?.aborted) throw signal.reason;
    throw asPilahError(error, "wasm");
  }
}

/**
 * Starts a worker's script before anything is there that it could work with: all three files come at the same time.
 * @param {Platform} platform
 * @param {"auto" | boolean} wanted
 */
function openWorker(platform, wanted) {
  if (wanted === false || (wanted === "auto" && !platform.prefersWorker)) return null;
  try {
    return connect(platform.newWorker());
  } catch (error) {
    if (wanted === "auto") return null;
    throw new PilahError("worker", `found no way to start a worker (${reason(error)}); expected one, as options.worker is true`, { cause: error });
  }
}

/**
 * @param {Platform} platform
 * @param {{ source: string | URL | ArrayBuffer | ArrayBufferView, wasm: string | URL | ArrayBuffer | ArrayBufferView | WebAssembly.Module,
 *   connection: import("./worker-client.js").Connection | null, strict: boolean }} what strict: a worker or nothing
 * @param {AbortSignal} signal
 * @returns {Promise<import("./classifier.js").Backend>}
 */
async function begin(platform, { source, wasm, connection, strict }, signal) {
  const [module, model] = await Promise.all([
    isAddress(wasm) ? platform.readModule(wasm, signal) : compile(wasm),
    isAddress(source) ? platform.readModel(source, signal) : copyBytes(source),
  ]);
  try {
    return await start(platform, connection, strict, module, model);
  } catch (error) {
    const told = asPilahError(error, "wasm");
    throw told.code === "model" && isAddress(source) ? asPilahError(told, "model", platform.where(source)) : told;
  }
}

/**
 * @param {Platform} platform
 * @param {import("./worker-client.js").Connection | null} connection
 * @param {boolean} strict
 * @param {WebAssembly.Module} module
 * @param {Uint8Array} model
 */
async function start(platform, connection, strict, module, model) {
  if (connection) {
    try {
      return await connection.start(module, model);
    } catch (error) {
      const { code } = asPilahError(error, "worker");
      if (strict || (code !== "worker" && code !== "wasm")) throw error;
      connection.close();
    }
  }
  const { startPage } = await platform.page().catch((error) => {
    throw new PilahError("network", `runtime.js: found no module (${reason(error)}); expected it beside index.js`, { cause: error });
  });
  return startPage(module, model);
}

/**
 * Compiles bytes, or takes what is compiled.
 * @param {ArrayBuffer | ArrayBufferView | WebAssembly.Module} wasm
 * @param {string} [where] begins the message of an error
 */
export async function compile(wasm, where = "wasm") {
  if (!isBytes(wasm)) return wasm;
  try {
    return await WebAssembly.compile(/** @type {BufferSource} */ (wasm));
  } catch (error) {
    throw new PilahError("wasm", `${where}: found no WebAssembly module that can be compiled here (${reason(error)})`, { cause: error });
  }
}

/**
 * Returns what the promise does, or a rejection as soon as the signal aborts.
 * @template T
 * @param {AbortSignal | undefined} signal
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
function until(signal, promise) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
