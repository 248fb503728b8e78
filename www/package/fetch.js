// Files from the network. Every error says the address, what was found there and what was expected.

import { PilahError, reason } from "./errors.js";
import { compile } from "./load.js";

const MODEL = "a pilah model";
const MODULE = "the WebAssembly module pilah_bg.wasm";

/**
 * @param {string | URL} address
 * @param {AbortSignal} signal
 */
export const fetchModel = async (address, signal) => new Uint8Array(await bytesOf(await request(address, signal, MODEL), MODEL));

/**
 * Compiles while the bytes come where the server names their type, which it should.
 * @param {string | URL} address
 * @param {AbortSignal} signal
 */
export async function fetchModule(address, signal) {
  const response = await request(address, signal, MODULE);
  if (typeof WebAssembly !== "object") throw new PilahError("wasm", "found a browser without WebAssembly; expected one that has it");
  const { url } = response;
  if (!WebAssembly.compileStreaming || !/^application\/wasm\b/i.test(response.headers.get("content-type") ?? "")) {
    return compile(await bytesOf(response, MODULE), url);
  }
  try {
    return await WebAssembly.compileStreaming(response);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) throw new PilahError("wasm", `${url}: found no WebAssembly module that can be compiled here (${reason(error)})`, { cause: error });
    throw brokenOff(url, MODULE, error);
  }
}

/**
 * @param {string | URL} address
 * @param {AbortSignal} signal
 * @param {string} wanted
 */
async function request(address, signal, wanted) {
  let response;
  try {
    response = await fetch(address, { signal });
  } catch (error) {
    throw new PilahError("network", `${where(address)}: found no answer (${reason(error)}); expected ${wanted}`, { cause: error });
  }
  const found = response.ok ? pageInstead(response) : `status ${response.status}`;
  if (found) throw new PilahError("network", `${where(address)}: found ${found}; expected ${wanted}`);
  return response;
}

/**
 * A server may answer what it does not have with a page and status 200.
 * @param {Response} response
 */
const pageInstead = (response) => (/^text\/html\b/i.test(response.headers.get("content-type") ?? "") ? "an HTML page" : null);

/**
 * @param {Response} response
 * @param {string} wanted
 */
const bytesOf = (response, wanted) =>
  response.arrayBuffer().catch((error) => {
    throw brokenOff(response.url, wanted, error);
  });

/**
 * @param {string} url
 * @param {string} wanted
 * @param {unknown} error
 */
const brokenOff = (url, wanted, error) => new PilahError("network", `${url}: found a transfer that broke off (${reason(error)}); expected ${wanted}`, { cause: error });

/**
 * The whole address.
 * @param {string | URL} address
 */
export function where(address) {
  try {
    return new URL(address, globalThis.document?.baseURI ?? globalThis.location?.href).href;
  } catch {
    return String(address);
  }
}
