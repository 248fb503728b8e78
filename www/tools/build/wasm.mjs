// Rust -> dist/wasm/: pilah_bg.wasm, glue.js with its types, and answer.d.ts, the types that callers see.

import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const www = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const root = join(www, "..");
export const dist = join(www, "dist");
const target = "wasm32-unknown-unknown";
// What browsers have since Chrome 98, Firefox 114 and Safari 16.4; package/README.md says the same.
const wasmFeatures = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue", "simd"];

// Functions with one caller stay functions; Rust keeps the stack, which never gets there, in the first kilobyte of memory.
const small = ["--one-caller-inline-max-function-size=30", "--low-memory-unused"];

/** Builds dist/wasm. */
export function compile() {
  const raw = cargo();
  const out = begin();
  run(bindgen(), [raw, "--target", "web", "--out-dir", out, "--out-name", "pilah"], "wasm-bindgen");
  const module = join(out, "pilah_bg.wasm");
  const flags = wasmFeatures.map((name) => `--enable-${name}`);
  run(process.execPath, [join(www, "node_modules/binaryen/bin/wasm-opt"), "-O3", ...small, ...flags, "--strip-debug", "--strip-producers", module, "-o", module], "wasm-opt");
  writeFileSync(join(out, "glue.js"), factory(readFileSync(join(out, "pilah.js"), "utf8")));
  writeTypes(readFileSync(join(out, "pilah.d.ts"), "utf8"), out);
  for (const name of ["pilah.js", "pilah.d.ts", "pilah_bg.wasm.d.ts"]) rmSync(join(out, name));
  finish(out, "wasm");
}

/** Returns a new folder to build in: what is in dist stays whole until there is something to put in its place. */
export function begin() {
  mkdirSync(dist, { recursive: true });
  const folder = mkdtempSync(join(dist, ".building-"));
  // Still there at the end only where the build failed.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Puts what was built in the place of dist/NAME.
 * @param {string} built
 * @param {string} name
 */
export function finish(built, name) {
  chmodSync(built, 0o755);
  rmSync(join(dist, name), { recursive: true, force: true });
  renameSync(built, join(dist, name));
}

/**
 * Runs a program in the project's root and returns what it prints; what goes wrong ends the build.
 * @param {string} program
 * @param {string[]} args
 * @param {string} name
 */
function run(program, args, name, env = process.env) {
  try {
    return execFileSync(program, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 }).toString();
  } catch (error) {
    const { code, status, signal } = /** @type {{ code?: string, status?: number | null, signal?: string }} */ (error);
    if (code === "ENOENT") throw new Error(`${name}: found no program ${program}; expected it on PATH`);
    throw new Error(`${name} failed: ${status ? `exit code ${status}` : (signal ?? error)}`);
  }
}

/** Compiles the crate and returns the path of the module. */
function cargo() {
  const program = process.env.CARGO ?? "cargo";
  const args = ["rustc", "--locked", "--lib", "--crate-type", "cdylib", "--profile", "wasm", "--target", target,
    "--no-default-features", "--features", "wasm", "--message-format", "json-render-diagnostics"];
  const lines = run(program, args, "cargo", { ...process.env, CARGO_ENCODED_RUSTFLAGS: rustFlags().join("\x1f") }).split("\n");
  const files = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line)).flatMap((message) => message.filenames ?? []);
  const module = files.find((name) => name.endsWith(".wasm"));
  if (!module) throw new Error("cargo built no .wasm file");
  return module;
}

/**
 * Sums of many numbers want SIMD. Inlining and unrolling as natively make the module a tenth larger and up to a tenth faster:
 * its size counts for more here.
 */
const codegen = [
  "-Ctarget-feature=+simd128",
  ...["inline-threshold=8", "unroll-threshold=20", "unroll-runtime=false"].map((setting) => `-Cllvm-args=-${setting}`),
];

/**
 * The caller's flags, and those that keep this machine's paths out of the module: panic messages name source files, and the
 * bytes must not depend on where they were built.
 */
function rustFlags() {
  const { CARGO_ENCODED_RUSTFLAGS: encoded, RUSTFLAGS: plain, RUSTC: rustc = "rustc", CARGO_HOME = join(homedir(), ".cargo") } = process.env;
  const given = encoded ? encoded.split("\x1f") : (plain ?? "").split(" ").filter(Boolean);
  const sysroot = run(rustc, ["--print", "sysroot"], "rustc").trim();
  const registry = join(CARGO_HOME, "registry/src");
  // One folder for each registry, named after it; the last that fits a path is taken.
  const registries = existsSync(registry) ? readdirSync(registry).map((name) => [join(registry, name), "/crates"]) : [];
  const places = [[CARGO_HOME, "/cargo"], ...registries, [root, "/pilah"], [join(sysroot, "lib/rustlib/src/rust"), "/rust"]];
  return [...given, ...codegen, ...places.map(([from, to]) => `--remap-path-prefix=${from}=${to}`)];
}

/** Returns the program wasm-bindgen whose version is the crate's, building it where there is none. */
function bindgen() {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  const version = /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(lock)?.[1];
  if (!version) throw new Error("Cargo.lock names no wasm-bindgen");
  const own = join(www, ".tools");
  const programs = ["wasm-bindgen", join(own, "bin/wasm-bindgen")];
  const fits = (/** @type {string} */ program) => {
    try {
      return execFileSync(program, ["--version"], { stdio: ["ignore", "pipe", "ignore"] }).toString().trim() === `wasm-bindgen ${version}`;
    } catch {
      return false;
    }
  };
  const found = programs.find(fits);
  if (found) return found;
  console.log(`building wasm-bindgen-cli ${version} into www/.tools, once`);
  const args = ["install", "wasm-bindgen-cli", "--version", version, "--root", own, "--bin", "wasm-bindgen", "--force", "--quiet"];
  // It runs for a second: quick to build matters more than quick to run. A compiler chosen for WebAssembly is not its business.
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, CARGO_PROFILE_RELEASE_OPT_LEVEL: "0", CARGO_PROFILE_RELEASE_DEBUG: "0" };
  for (const name of ["RUSTC", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_TARGET_DIR"]) delete env[name];
  try {
    run("cargo", [...args, "--locked"], "cargo install", env);
  } catch {
    // A registry mirror that lags can lack a locked dependency.
    run("cargo", args, "cargo install", env);
  }
  return programs[1];
}

/**
 * Turns the generated module, which has one instance for ever, into a function that makes one for each classifier: after a trap
 * a fresh one takes over, and closing gives the memory back. Fetching and compiling is the package's business, not the glue's.
 * @param {string} source
 */
function factory(source) {
  const end = source.indexOf("async function __wbg_load(");
  // Functions that the crate brings along as JavaScript keep no state: one copy for all instances will do.
  const imports = /^import [^;]*;\n/gm;
  const body = source.slice(0, end).replace(/^\/\*.*\*\/\n/, "").replace(imports, "").replace("export class Classifier", "class Classifier");
  if (end < 0 || body.split("class Classifier").length !== 2 || /^(export|import) /m.test(body)) {
    throw new Error("wasm-bindgen's output changed: expected one exported class Classifier before __wbg_load; see factory() in tools/build/wasm.mjs");
  }
  const result = "return { Classifier, imports: __wbg_get_imports(), start: __wbg_finalize_init };";
  return `${(source.match(imports) ?? []).join("")}\nexport function glue() {\n${body.trim()}\n\n${result}\n}\n`;
}

/**
 * Writes answer.d.ts (types of answers) and glue.d.ts (of the factory) from the generated types.
 * @param {string} source
 * @param {string} out
 */
function writeTypes(source, out) {
  const at = source.indexOf("/**\n * A loaded model.");
  const end = source.indexOf("export type InitInput");
  if (at < 0 || end < at) throw new Error("wasm-bindgen's types changed; see writeTypes() in tools/build/wasm.mjs");
  writeFileSync(join(out, "answer.d.ts"), source.slice(0, at).replace(/^\/\* .* \*\/\n/gm, "").trim() + "\n");
  const glue = source.slice(at, end).replace("export class", "declare class");
  const names = [...new Set(glue.match(/\b(Answer|Options|Description)\b/g))].join(", ");
  writeFileSync(join(out, "glue.d.ts"), `import type { ${names} } from "./answer.js";\n\n${glue}
export type { Classifier };

/** One instance of the module: its class, what it imports, and what must be called with what was instantiated. */
export function glue(): {
    Classifier: typeof Classifier;
    imports: WebAssembly.Imports;
    start(instance: WebAssembly.Instance, module: WebAssembly.Module): unknown;
};
`);
}
