// What goes wrong, in the page and in a worker alike.

/** An error of this package; `code` says what kind. */
export class PilahError extends Error {
  /**
   * @param {import("./pilah.d.ts").ErrorCode} code
   * @param {string} message what was found, where, what was expected
   * @param {{ cause?: unknown }} [options]
   */
  constructor(code, message, options) {
    super(message);
    /** @type {import("./pilah.d.ts").ErrorCode} */
    this.code = code;
    // Older browsers ignore the second argument of Error.
    if (options && "cause" in options) Object.defineProperty(this, "cause", { value: options.cause, configurable: true, writable: true });
  }
}
// Not by class name: minifying changes that.
Object.defineProperty(PilahError.prototype, "name", { value: "PilahError", configurable: true, writable: true });

/**
 * Returns `error` as a PilahError; one that is none gets `code`.
 * @param {unknown} error
 * @param {import("./pilah.d.ts").ErrorCode} code
 * @param {string} [where] begins the message
 */
export function asPilahError(error, code, where) {
  if (error instanceof PilahError && !where) return error;
  const own = /** @type {{ code?: unknown }} */ (error ?? {}).code;
  const known = typeof own === "string" && CODES.includes(own) ? /** @type {import("./pilah.d.ts").ErrorCode} */ (own) : code;
  const message = reason(error);
  return new PilahError(known, where ? `${where}: ${message}` : message, { cause: error });
}

const CODES = ["model", "network", "wasm", "worker", "text", "options", "closed"];

/** What a call gets that came after close(), or was not answered before it. */
export const closed = () => new PilahError("closed", "found a closed classifier; expected calls before close()");

/**
 * What an error says.
 * @param {unknown} error
 */
export function reason(error) {
  const { message } = /** @type {{ message?: unknown }} */ (error ?? {});
  return typeof message === "string" && message !== "" ? message : String(error);
}
