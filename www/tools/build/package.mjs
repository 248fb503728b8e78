// package/ and dist/wasm -> dist/pilah, a folder that npm can publish.

import { build } from "esbuild";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { notices } from "./notices.mjs";
import { begin, dist, finish, root, www } from "./wasm.mjs";

const source = join(www, "package");

/** Bytes after gzip, level 9, as zlib does it. */
export const measure = (/** @type {Uint8Array} */ bytes) => gzipSync(bytes, { level: 9 }).length;

/** Builds dist/pilah. */
export async function buildPackage() {
  const out = begin();
  const files = [
    [source, "package.json"], [source, "README.md"], [source, "pilah.d.ts", "index.d.ts"],
    [root, "LICENSE-MIT"], [root, "LICENSE-APACHE"], [join(root, "models"), "kecil.pilah"],
    [join(dist, "wasm"), "pilah_bg.wasm"], [join(dist, "wasm"), "answer.d.ts"],
  ];
  for (const [folder, name, as = name] of files) copyFileSync(join(folder, name), join(out, as));
  writeFileSync(join(out, "THIRD-PARTY-LICENSES.txt"), notices());
  await bundle(out);
  const readme = join(out, "README.md");
  writeFileSync(readme, withSizes(readFileSync(readme, "utf8"), out));
  finish(out, "pilah");
}

/** The files that a browser loads. */
export const browserFiles = ["pilah_bg.wasm", "index.js", "runtime.js", "worker.js", "kecil.pilah"];

/**
 * Returns the package's README with a table of sizes.
 * @param {string} readme
 * @param {string} folder
 */
function withSizes(readme, folder) {
  const place = "<!-- sizes: the build writes them here -->";
  if (readme.split(place).length !== 2) throw new Error(`package/README.md: expected ${place} once`);
  const sizes = browserFiles.map((name) => /** @type {const} */ ([name, measure(readFileSync(join(folder, name)))]));
  const rows = [...sizes, /** @type {const} */ (["all", sizes.reduce((sum, [, bytes]) => sum + bytes, 0)])];
  const table = rows.map(([name, bytes]) => `| ${name === "all" ? name : `\`${name}\``} | ${bytes.toLocaleString("en")} |`);
  return readme.replace(place, ["| what a browser loads | bytes, compressed |", "|---|---|", ...table].join("\n"));
}

/**
 * Bundles the modules: three files for a browser, which loads runtime.js in the page or in the worker, and two for Node.
 * @param {string} out
 */
async function bundle(out) {
  /** @type {import("esbuild").BuildOptions} */
  const common = { absWorkingDir: www, outdir: out, bundle: true, format: "esm", charset: "utf8", legalComments: "none", logLevel: "warning", plugins: [resolver] };
  const paths = (/** @type {string[]} */ ...names) => names.map((name) => join(source, name));
  await build({ ...common, entryPoints: paths("index.js", "runtime.js", "worker.js"), platform: "browser", target: "es2020", minify: true });
  await build({ ...common, entryPoints: paths("node.js", "node-worker.js"), platform: "node", target: "node20" });
}

/** Finds the generated glue, and leaves runtime.js a file of its own. @type {import("esbuild").Plugin} */
const resolver = {
  name: "pilah",
  setup(builder) {
    builder.onResolve({ filter: /^\.\/glue\.js$/ }, () => ({ path: join(dist, "wasm/glue.js") }));
    builder.onResolve({ filter: /^\.\/runtime\.js$/ }, ({ path }) => ({ path, external: true }));
  },
};
