// Trains the fastText model that pilah is compared with, in a Python environment of its own: `node bench/fasttext-model.mjs`.
// The npm package can train but not quantise, so Python's fasttext-wheel does both.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { TRAINED_MODEL } from "./contenders.js";

const REQUIREMENTS = ["fasttext-wheel==0.9.2", "numpy<2"];
const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));
const PYTHON = path("../dist/bench/python/bin/python");
const ABOUT = path(TRAINED_MODEL.replace(".ftz", ".json"));

/**
 * Trains unless it has been done.
 * @returns {Record<string, number> | null} what it was trained on; null, with a message, where Python is not to be had
 */
export function trainedModel() {
  if (existsSync(path(TRAINED_MODEL)) && existsSync(ABOUT)) return JSON.parse(readFileSync(ABOUT, "utf8"));
  try {
    mkdirSync(path("../dist/bench"), { recursive: true });
    if (!existsSync(PYTHON)) {
      run("python3", "-m", "venv", path("../dist/bench/python"));
    }
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...REQUIREMENTS);
    const about = run(PYTHON, path("./fasttext-model.py"), path("../../models"), path(TRAINED_MODEL));
    writeFileSync(ABOUT, about);
    return JSON.parse(about);
  } catch (error) {
    const said = error instanceof Error ? error.message.split("\n")[0] : String(error);
    console.error(`No fastText model of our own, only the package's: training needs python3, venv and pip (${said})`);
    return null;
  }
}

/** @param {string[]} command */
function run(...command) {
  return execFileSync(command[0], command.slice(1), { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(trainedModel());
