// Where things are. The tests look at what `npm run build` has made, not at the sources.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const www = fileURLToPath(new URL("../..", import.meta.url));
export const root = join(www, "..");
export const pilah = join(www, "dist/pilah");

if (!existsSync(join(pilah, "index.js"))) throw new Error("found no dist/pilah; expected `npm run build` before the tests");

/** @param {"kecil" | "penuh"} name */
export const model = (name) => readFileSync(join(root, `models/${name}.pilah`));
export const wasm = readFileSync(join(pilah, "pilah_bg.wasm"));

/** @type {typeof import("../../package/pilah.d.ts")} */
export const node = await import(join(pilah, "node.js"));
