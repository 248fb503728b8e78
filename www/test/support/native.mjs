// The native library's answers, through examples/answers.rs.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./paths.mjs";

/** The program: ANSWERS, or what cargo builds. */
function program() {
  if (process.env.ANSWERS) return process.env.ANSWERS;
  const args = ["build", "--release", "--locked", "--example", "answers", "--message-format", "json-render-diagnostics"];
  const lines = execFileSync(process.env.CARGO ?? "cargo", args, { cwd: root, stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 }).toString().split("\n");
  const built = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  const found = built.find((message) => message.executable && message.target.name === "answers");
  if (!found) throw new Error("cargo built no example answers");
  return found.executable;
}

let path = "";

/**
 * Answers all texts in one run.
 * @param {string[]} texts
 * @param {"kecil" | "penuh"} model
 * @returns {any[]} an answer for each text
 */
export function classifyNatively(texts, model) {
  path ||= program();
  const input = texts.map((text) => `${JSON.stringify(wellFormed(text))}\n`).join("");
  const output = execFileSync(path, [join(root, `models/${model}.pilah`)], { input, maxBuffer: 1 << 30, stdio: ["pipe", "pipe", "inherit"] });
  const answers = output.toString().trimEnd().split("\n").map((line) => JSON.parse(line));
  if (answers.length !== texts.length) throw new Error(`${path} gave ${answers.length} answers; expected ${texts.length}`);
  return answers;
}

/**
 * Half a surrogate pair is no character: UTF-8 has U+FFFD in its place, as TextEncoder writes it.
 * @param {string} text
 */
export const wellFormed = (text) => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
