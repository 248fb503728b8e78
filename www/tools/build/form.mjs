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
  const { worker, version } = serviceWorker(out);
  writeFileSync(join(out, "sw.js"), worker);
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
 * Returns the service worker of a folder with the site's other files, and its version. The page goes by the folder's own address:
 * many hosts redirect index.html there.
 * @param {string} folder
 */
export function serviceWorker(folder) {
  const source = readFileSync(join(www, "sw.js"), "utf8");
  const files = list(folder).filter((name) => name !== "sw.js");
  const version = hash(folder, files, source);
  const addresses = files.map((name) => (name === "index.html" ? "./" : name));
  const fills = [["[/* FILES */]", JSON.stringify(addresses)], ["/* VERSION */", version]];
  const worker = fills.reduce((text, [place, value]) => {
    if (text.split(place).length !== 2) throw new Error(`sw.js: expected ${place} once; see tools/build.mjs`);
    return text.replace(place, () => value);
  }, source);
  return { worker, version };
}
