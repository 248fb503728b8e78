// The package in Node: files instead of addresses, worker threads instead of Web Workers.

import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { PilahError, reason } from "./errors.js";
import { fetchModel, fetchModule } from "./fetch.js";
import { compile, loadOn } from "./load.js";
import { startPage } from "./page.js";

export { PilahError } from "./errors.js";
export { watch } from "./watch.js";

/**
 * A path becomes an address; `C:` is a drive, not a scheme.
 * @param {string | URL} address
 */
const urlOf = (address) => (address instanceof URL ? address : /^[a-z][a-z0-9+.-]+:/i.test(address) ? new URL(address) : pathToFileURL(address));

/**
 * @param {URL} url
 * @param {string} wanted
 */
async function read(url, wanted) {
  try {
    return await readFile(fileURLToPath(url));
  } catch (error) {
    throw new PilahError("network", `${url.href}: found no file that can be read (${reason(error)}); expected ${wanted}`, { cause: error });
  }
}

/** @type {import("./load.js").Platform} */
const platform = {
  model: new URL("./kecil.pilah", import.meta.url),
  wasm: new URL("./pilah_bg.wasm", import.meta.url),
  prefersWorker: false,
  async readModel(address, signal) {
    const url = urlOf(address);
    return url.protocol === "file:" ? read(url, "a pilah model") : fetchModel(url, signal);
  },
  async readModule(address, signal) {
    const url = urlOf(address);
    return url.protocol === "file:" ? compile(await read(url, "the WebAssembly module pilah_bg.wasm"), url.href) : fetchModule(url, signal);
  },
  where: (address) => urlOf(address).href,
  newWorker: () => portOf(new Worker(new URL("./node-worker.js", import.meta.url))),
  page: async () => ({ startPage }),
};

/**
 * @param {Worker} worker
 * @returns {import("./worker-client.js").Port}
 */
function portOf(worker) {
  // A program may end while nothing is being answered, even where it forgets close().
  worker.unref();
  return {
    post(message) {
      worker.ref();
      worker.postMessage(message);
    },
    listen(heard, failed) {
      worker.on("message", (reply) => {
        worker.unref();
        heard(reply);
      });
      worker.on("messageerror", () => failed("a reply could not be read"));
      worker.on("error", (error) => failed(reason(error)));
      worker.on("exit", (code) => failed(`its thread ended with code ${code}`));
    },
    end: () => void worker.terminate(),
  };
}

/**
 * @param {string | URL | ArrayBuffer | ArrayBufferView} [model]
 * @param {import("./pilah.d.ts").LoadOptions} [options]
 */
export const load = (model, options) => loadOn(platform, model, options);
