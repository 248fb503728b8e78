// The same classifier without WebAssembly: examples/timing.rs.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {import("./measure.js").Speed} Speed */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BUILD = ["build", "--release", "--locked", "--example", "timing", "--message-format", "json-render-diagnostics"];

/**
 * Builds the program and returns what runs it once.
 * @param {Record<string, string[]>} texts
 * @returns {() => Record<string, Speed>}
 */
export function native(texts) {
  const stdio = /** @type {const} */ (["ignore", "pipe", "inherit"]);
  const lines = execFileSync("cargo", BUILD, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28, stdio: [...stdio] });
  const messages = lines.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  const program = messages.find((message) => message.target?.name === "timing" && message.executable)?.executable;
  if (!program) throw new Error("cargo build --example timing named no program");
  return () => {
    const folder = mkdtempSync(join(tmpdir(), "pilah-bench-"));
    try {
      const file = join(folder, "texts.txt");
      writeFileSync(file, Object.values(texts).flat().join("\n"));
      return JSON.parse(execFileSync(program, [file], { encoding: "utf8" }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}
