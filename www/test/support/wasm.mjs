// The WebAssembly module, looked at from below the package.

import { glue } from "../../dist/wasm/glue.js";
import { wasm } from "./paths.mjs";

/** Returns a fresh instance's class and its memory. */
export async function instance() {
  const { Classifier, imports, start } = glue();
  const module = await WebAssembly.compile(wasm);
  const made = await WebAssembly.instantiate(module, imports);
  start(made, module);
  return { Classifier, memory: /** @type {WebAssembly.Memory} */ (made.exports.memory) };
}

/**
 * Returns the module with no more memory than `megabytes`, so that a long text makes it trap as a full device would.
 * @param {number} megabytes
 */
export function withMemoryLimit(megabytes) {
  const MEMORY = 5;
  for (let at = 8; at < wasm.length; ) {
    const size = read(at + 1);
    if (wasm[at] === MEMORY) {
      const least = read(size.next + 2);
      const limits = [1, 1, ...leb(least.value), ...leb(megabytes * 16)];
      return Buffer.concat([wasm.subarray(0, at), Buffer.from([MEMORY, ...leb(limits.length), ...limits]), wasm.subarray(size.next + size.value)]);
    }
    at = size.next + size.value;
  }
  throw new Error("found no memory section in the module");
}

/**
 * Reads a LEB128 number.
 * @param {number} at
 */
function read(at) {
  let [value, shift, next] = [0, 0, at];
  for (;;) {
    const byte = wasm[next];
    next += 1;
    value += (byte & 0x7f) * 2 ** shift;
    shift += 7;
    if (byte < 0x80) return { value, next };
  }
}

/**
 * @param {number} value
 * @returns {number[]}
 */
const leb = (value) => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)]);
