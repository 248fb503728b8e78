// The bench page opened by hand: the same measurement as `npm run bench` makes in Chromium, once.

import { CONTENDERS, fetchBytes } from "./contenders.js";
import { measure } from "./measure.js";

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const button = /** @type {HTMLButtonElement} */ (element("measure"));

/**
 * @param {string} name of the element
 * @param {string[]} cells
 */
const row = (name, cells) =>
  cells.map((cell) => {
    const made = document.createElement(name);
    made.textContent = cell;
    return made;
  });

async function fetchTexts() {
  const response = await fetch(new URL("../dist/bench/texts.json", import.meta.url));
  if (!response.ok) throw new Error(`texts.json: found status ${response.status}; expected the file, made by npm run bench`);
  return /** @type {Record<string, string[]>} */ (await response.json());
}

async function run() {
  const texts = await fetchTexts();
  const lengths = Object.keys(texts);
  const columns = lengths.map((length) => `${length} characters`);
  element("heads").replaceChildren(...row("th", ["", "one answer is", "first answer", ...columns]));
  element("rows").replaceChildren();
  element("table").hidden = false;
  for (const contender of Object.values(CONTENDERS)) {
    element("state").textContent = contender.title;
    const line = document.createElement("tr");
    element("rows").append(line);
    try {
      const { firstAnswer, speeds, clock } = await measure(contender, await fetchBytes(contender), texts);
      const cells = lengths.map((length) => `${speeds[length].median.toFixed(1)} / ${speeds[length].p99.toFixed(1)} us`);
      line.append(...row("td", [contender.title, contender.answers, `${firstAnswer.toFixed(1)} ms`, ...cells]));
      element("clock").textContent = `This page's clock counts in steps of ${clock.toFixed(0)} us: p99 is no finer than that.`;
    } catch (error) {
      line.append(...row("td", [contender.title, error instanceof Error ? error.message : String(error)]));
    }
  }
  element("state").textContent = "Done.";
}

button.addEventListener("click", async () => {
  button.disabled = true;
  try {
    await run();
  } catch (error) {
    element("state").textContent = error instanceof Error ? error.message : String(error);
  }
  button.disabled = false;
});
