// The package in a browser.

import { fetchModel, fetchModule, where } from "./fetch.js";
import { loadOn } from "./load.js";

export { PilahError } from "./errors.js";
export { watch } from "./watch.js";

/** @type {import("./load.js").Platform} */
const platform = {
  // In this form bundlers see that the files belong to the package.
  model: new URL("./kecil.pilah", import.meta.url),
  wasm: new URL("./pilah_bg.wasm", import.meta.url),
  prefersWorker: true,
  readModel: fetchModel,
  readModule: fetchModule,
  where,
  newWorker() {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "pilah" });
    return {
      post: (message) => worker.postMessage(message),
      listen(heard, failed) {
        worker.onmessage = ({ data }) => heard(data);
        worker.onmessageerror = () => failed("a reply could not be read");
        worker.onerror = (event) => {
          event.preventDefault();
          failed(event.message || "its script does not run");
        };
      },
      end: () => worker.terminate(),
    };
  },
  page: () => import("./runtime.js"),
};

/**
 * @param {string | URL | ArrayBuffer | ArrayBufferView} [model]
 * @param {import("./pilah.d.ts").LoadOptions} [options]
 */
export const load = (model, options) => loadOn(platform, model, options);
