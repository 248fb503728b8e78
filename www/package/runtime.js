// What works with the WebAssembly module, for the page and for the worker: one file, so that no browser loads it twice.

export { startPage } from "./page.js";
export { server } from "./serve.js";
