// Builds everything into dist/: the npm package (dist/pilah) and the complaint form (dist/form).
//
//   npm ci && npm run build
//
// `npm run build -- --keep-wasm` takes the module of the last build, for work on the JavaScript alone.
//
// Needs cargo with the target wasm32-unknown-unknown. The program wasm-bindgen must have the version in ../Cargo.lock; where
// PATH has another or none, it is built into www/.tools once. Respected: CARGO, CARGO_TARGET_DIR, CARGO_HOME, RUSTC, RUSTFLAGS.
//
// The form's sw.js has `[/* FILES */]` and `/* VERSION */` once each: all files of dist/form but sw.js itself, and a hash of
// their content, are filled in.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { browserFiles, buildPackage, measure } from "./build/package.mjs";
import { buildForm } from "./build/form.mjs";
import { compile, dist } from "./build/wasm.mjs";

const started = Date.now();
process.on("uncaughtException", (error) => {
  console.error(`build: ${error.message}`);
  process.exit(1);
});
if (!process.argv.includes("--keep-wasm")) compile();
await buildPackage();
const form = buildForm();

console.log(`\n${"dist/pilah, for a browser".padEnd(28)}${"bytes".padStart(9)}${"gzip".padStart(9)}`);
let [sum, code] = [0, 0];
for (const name of browserFiles) {
  const bytes = readFileSync(join(dist, "pilah", name));
  const gzip = measure(bytes);
  sum += gzip;
  code += name.endsWith(".pilah") ? 0 : gzip;
  console.log(`${name.padEnd(28)}${String(bytes.length).padStart(9)}${String(gzip).padStart(9)}`);
}
console.log(`${"wasm and JavaScript".padEnd(37)}${String(code).padStart(9)}`);
console.log(`${"with the small model".padEnd(37)}${String(sum).padStart(9)}`);
console.log(`\ndist/form: ${form.files} files, version ${form.version}`);
console.log(`${((Date.now() - started) / 1000).toFixed(1)} s`);
