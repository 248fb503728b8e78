import type { Answer, Description } from "./answer.js";

export type { Answer, Description, Evidence, HeadAnswer, HeadDescription, NeedsReview, PrivateData, Raised, Suggestion } from "./answer.js";

/**
 * Loads a model and makes it ready to answer.
 *
 * Rejects with a {@link PilahError} of code "model", "network", "wasm", "worker" or "options", or with the reason of an aborted signal.
 *
 * @param model address or bytes of a model file; the small model that comes with the package where not said
 */
export function load(model?: string | URL | ArrayBuffer | ArrayBufferView, options?: LoadOptions): Promise<Classifier>;

export interface LoadOptions {
  /**
   * Where the work is done. "auto", the default: in a browser in a Web Worker where one starts, else in the page; in Node in
   * the calling thread. true: in a worker or not at all. false: where `load` is called.
   */
  worker?: "auto" | boolean;
  /** Address or bytes of pilah_bg.wasm, or what was compiled from them; the file beside the package's modules where not said. */
  wasm?: string | URL | ArrayBuffer | ArrayBufferView | WebAssembly.Module;
  /** Gives up loading. */
  signal?: AbortSignal;
}

/** A loaded model. */
export interface Classifier {
  /**
   * Returns the answer to a text. Answers come in the order of the calls.
   *
   * Rejects with a {@link PilahError} of code "text", "options", "wasm", "worker" or "closed".
   */
  classify(text: string, options?: ClassifyOptions & { latest?: false }): Promise<Answer>;
  /** As above; null where a later call with `latest` was made before the answer was there. */
  classify(text: string, options?: ClassifyOptions): Promise<Answer | null>;
  /** Heads and labels of the model, and where it comes from. */
  readonly description: Description;
  /** Where the work is done. */
  readonly mode: "worker" | "page";
  /** Gives back memory and worker. Calls without an answer, and later ones, reject with code "closed". */
  close(): void;
}

export interface ClassifyOptions {
  /** Suggestions per head, 3 where not said. */
  top?: number;
  /** Whether the deciding words are wanted; true where not said. */
  evidence?: boolean;
  /**
   * Whether only the answer to the newest text is wanted: a later call with `latest` makes this one null, and spares its work if
   * that has not begun. False where not said.
   */
  latest?: boolean;
}

/**
 * Answers while somebody types in a field: after a pause in typing, and never late ones. Several fields are read as one text,
 * joined with a line break.
 *
 * Uses calls with `latest`, so every `watch` needs a classifier of its own.
 *
 * @returns what ends the watch
 */
export function watch(
  field: Field | Field[],
  classifier: Classifier,
  onAnswer: (answer: Answer, text: string) => void,
  options?: WatchOptions & { minLength?: undefined },
): () => void;
/** As above; for a text shorter than `minLength` the answer is null. */
export function watch(
  field: Field | Field[],
  classifier: Classifier,
  onAnswer: (answer: Answer | null, text: string) => void,
  options: WatchOptions,
): () => void;

/** A text field: `<textarea>`, `<input>`, or what behaves like one. */
export interface Field {
  readonly value: string;
  addEventListener(type: "input", listener: () => void): void;
  removeEventListener(type: "input", listener: () => void): void;
}

export interface WatchOptions {
  /** Milliseconds without a change before an answer is asked for, 150 where not said. */
  delay?: number;
  /** Characters, blanks around them not counted, that an answer needs; 0 where not said. */
  minLength?: number;
  /** Gets errors of `classify`; `console.error` where not said. */
  onError?: (error: Error) => void;
  /** As for `classify`. */
  top?: number;
  /** As for `classify`. */
  evidence?: boolean;
}

/** What went wrong: the model file, fetching it, WebAssembly, the worker, an argument, or a call after `close`. */
export type ErrorCode = "model" | "network" | "wasm" | "worker" | "text" | "options" | "closed";

/** An error of this package. Its message says what was found, where, and what was expected. */
export class PilahError extends Error {
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown });
  readonly code: ErrorCode;
  readonly cause?: unknown;
}
