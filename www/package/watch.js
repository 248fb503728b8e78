// Answers while somebody types.

import { checkWatchOptions } from "./checks.js";
import { PilahError } from "./errors.js";

/**
 * @param {import("./pilah.d.ts").Field | import("./pilah.d.ts").Field[]} field
 * @param {import("./pilah.d.ts").Classifier} classifier
 * @param {(answer: any, text: string) => void} onAnswer an Answer, or null
 * @param {import("./pilah.d.ts").WatchOptions} [options]
 * @returns {() => void}
 */
export function watch(field, classifier, onAnswer, options) {
  const { delay = 150, minLength = 0, onError = console.error, ...wanted } = checkWatchOptions(options);
  const fields = Array.isArray(field) ? field : [field];
  if (typeof onAnswer !== "function") throw new PilahError("options", `onAnswer: found ${typeof onAnswer}; expected a function`);
  const read = () => fields.map(({ value }) => value).join("\n");
  /** Counts changes: an answer to an older text than the newest comes too late. */
  let changes = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const ask = async () => {
    const asked = changes;
    const text = read();
    let answer = null;
    if (text.trim().length >= minLength) {
      try {
        answer = await classifier.classify(text, { ...wanted, latest: true });
      } catch (error) {
        if (asked === changes) onError(/** @type {Error} */ (error));
        return;
      }
      if (!answer) return;
    }
    if (asked === changes) onAnswer(answer, text);
  };
  const changed = () => {
    changes += 1;
    clearTimeout(timer);
    timer = setTimeout(ask, delay);
  };
  for (const one of fields) one.addEventListener("input", changed);
  // A draft that the browser has brought back.
  if (read().trim() !== "") changed();
  return () => {
    changes += 1;
    clearTimeout(timer);
    for (const one of fields) one.removeEventListener("input", changed);
  };
}
