// dist/pilah/THIRD-PARTY-LICENSES.txt: the licences of the crates whose code is in the module.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { execFileSync } from "node:child_process";
import { root } from "./wasm.mjs";

const args = ["metadata", "--format-version", "1", "--locked", "--no-default-features", "--features", "wasm", "--filter-platform",
  "wasm32-unknown-unknown"];

/**
 * @typedef {{ id: string, name: string, version: string, license: string | null, manifest_path: string, targets: { kind: string[] }[] }} Crate
 * @typedef {{ id: string, deps: { pkg: string, dep_kinds: { kind: string | null }[] }[] }} Node
 */

/** Returns the text of the file. */
export function notices() {
  const crates = linked();
  const parts = crates.map(({ name, version, license, manifest_path }) => {
    const folder = dirname(manifest_path);
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name).sort();
    const named = files.filter((file) => /^(licen[cs]e|copying|copyright|notice|unlicense)/i.test(file));
    const texts = named.map((file) => readFileSync(join(folder, file), "utf8").trim());
    return [`${"=".repeat(80)}\n${name} ${version} (${license ?? "see below"})`, ...texts].join("\n\n");
  });
  return `pilah_bg.wasm holds code of these crates, and of Rust's standard library (MIT OR Apache-2.0).\n\n${parts.join("\n\n")}\n`;
}

/** Returns the crates that the module is linked from, pilah itself left out, by name. */
function linked() {
  const output = execFileSync(process.env.CARGO ?? "cargo", args, { cwd: root, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
  /** @type {{ packages: Crate[], resolve: { root: string, nodes: Node[] } }} */
  const { packages, resolve } = JSON.parse(output.toString());
  const crates = new Map(packages.map((crate) => [crate.id, crate]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const runs = (/** @type {string} */ id) => !crates.get(id)?.targets.some(({ kind }) => kind.includes("proc-macro"));
  const seen = new Set();
  const open = [resolve.root];
  for (let id = open.pop(); id; id = open.pop()) {
    if (seen.has(id) || !runs(id)) continue;
    seen.add(id);
    const normal = nodes.get(id)?.deps.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind === null)) ?? [];
    open.push(...normal.map(({ pkg }) => pkg));
  }
  seen.delete(resolve.root);
  return packages.filter(({ id }) => seen.has(id)).sort((a, b) => (a.name < b.name ? -1 : 1));
}
