// The form's sources and dist/pilah -> dist/form, a static site that works under any path.

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browserFiles } from "./package.mjs";
import { begin, dist, finish, root, www } from "./wasm.mjs";


/** Builds dist/form; returns how many files it has and their version. */
export function buildForm() {
  const out = begin();
  mkdirSync(join(out, "pilah"));
  for (const name of ["index.html", "manifest.webmanifest", "icon.svg", "form"]) copy(join(www, name), join(out, name));
  for (const name of browserFiles) copy(join(dist, "pilah", name), join(out, "pilah", name));
  copy(join(root, "models/directory"), join(out, "directory"), (name) => name.endsWith(".json"));
  const files = list(out);
  const worker = readFileSync(join(www, "sw.js"), "utf8");
  const version = hash(out, files, worker);
  writeFileSync(join(out, "sw.js"), serviceWorker(worker, files, version));
  const count = list(out).length;
  finish(out, "form");
  return { files: count, version };
}

/**
 * Copies a file, or those files of a folder that are wanted.
 * @param {string} from
 * @param {string} to
 */
function copy(from, to, wanted = (/** @type {string} */ _name) => true) {
  cpSync(from, to, { recursive: true, filter: (name) => name === from || wanted(name) });
}

/**
 * Returns the paths of all files in a folder, with slashes, sorted.
 * @param {string} folder
 */
function list(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1).replaceAll("\\", "/")).sort();
}

/**
 * Returns a name for the content of the files and of the service worker itself.
 * @param {string} folder
 * @param {string[]} files
 * @param {string} worker
 */
function hash(folder, files, worker) {
  const digest = createHash("sha256").update(worker);
  for (const name of files) digest.update(`${name}\0`).update(createHash("sha256").update(readFileSync(join(folder, name))).digest());
  return digest.digest("hex").slice(0, 16);
}

/**
 * @param {string} source
 * @param {string[]} files
 * @param {string} version
 */
function serviceWorker(source, files, version) {
  const fills = [["[/* FILES */]", JSON.stringify(files)], ["/* VERSION */", version]];
  return fills.reduce((text, [place, value]) => {
    if (text.split(place).length !== 2) throw new Error(`sw.js: expected ${place} once; see tools/build.mjs`);
    return text.replace(place, () => value);
  }, source);
}
