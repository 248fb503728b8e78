// What a browser downloads stays small.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { pilah } from "./support/paths.mjs";

/** Every file that a browser may come to load. */
const code = ["pilah_bg.wasm", ...readdirSync(pilah).filter((name) => name.endsWith(".js") && !name.startsWith("node"))];

/** Servers do not all compress alike: Node's zlib is one way, the program gzip another. @type {Record<string, (bytes: Buffer) => number>} */
const ways = {
  "zlib, level 9": (bytes) => gzipSync(bytes, { level: 9 }).length,
  "gzip -9": (bytes) => execFileSync("gzip", ["-9", "-n", "-c"], { input: bytes }).length,
};

for (const [way, measure] of Object.entries(ways)) {
  const total = (/** @type {string[]} */ names) => names.map((name) => measure(readFileSync(join(pilah, name)))).reduce((sum, bytes) => sum + bytes);

  test(`${way}: wasm and JavaScript are at most 100,000 bytes`, (context) => {
    assert.deepEqual(code.sort(), ["index.js", "pilah_bg.wasm", "runtime.js", "worker.js"]);
    const bytes = total(code);
    context.diagnostic(`${bytes} bytes`);
    assert.ok(bytes <= 100_000, `found ${bytes} bytes`);
  });

  test(`${way}: with the small model, at most 300,000 bytes`, (context) => {
    const bytes = total([...code, "kecil.pilah"]);
    context.diagnostic(`${bytes} bytes`);
    assert.ok(bytes <= 300_000, `found ${bytes} bytes`);
  });
}
