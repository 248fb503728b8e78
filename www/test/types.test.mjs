// TypeScript's view: of the package's sources, and of somebody who uses the package.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pilah, www } from "./support/paths.mjs";

const tsc = join(www, "node_modules/typescript/bin/tsc");
const home = mkdtempSync(join(tmpdir(), "pilah-types-"));
after(() => rmSync(home, { recursive: true, force: true }));
mkdirSync(join(home, "node_modules"));
symlinkSync(pilah, join(home, "node_modules/pilah"), "dir");
writeFileSync(join(home, "package.json"), '{"type":"module"}');

const consumer = `
import { load, watch, PilahError } from "pilah";
import type { Answer, Classifier, ErrorCode, Suggestion } from "pilah";

const classifier: Classifier = await load(new Uint8Array(8), { worker: "auto", signal: new AbortController().signal });
const answer: Answer = await classifier.classify("teks", { top: 3, evidence: false });
const late: Answer | null = await classifier.classify("teks", { latest: true });
const first: Suggestion | undefined = answer.heads.category?.suggestions[0];
const probability: number = first?.probability ?? 0;
const reason: "too-short" | "not-a-report" | "unsure" | undefined = answer.needsReview?.reason;
const kind: "phone" | "nik" | "email" | undefined = answer.privateData[0]?.kind;
const names: string[] = classifier.description.heads.flatMap((head) => head.labels.map((label) => label.name));
const field: HTMLTextAreaElement = document.createElement("textarea");
const stop: () => void = watch(field, classifier, (given, text) => console.log(given.evidence[0]?.start, text.length), { delay: 10 });
watch([field, document.createElement("input")], classifier, (given) => console.log(given?.raised?.rule), { minLength: 10, onError: (error) => console.log(error.message) });
try { classifier.close(); } catch (error) { if (error instanceof PilahError) { const code: ErrorCode = error.code; console.log(code); } }
console.log(late, probability, reason, kind, names, stop, classifier.mode === "worker");
`;
const mistakes = [
  "const wrong: Answer = await classifier.classify('teks', { latest: true });",
  "await classifier.classify(5);",
  "await classifier.classify('teks', { tip: 3 });",
  "await load(5);",
  "await load(undefined, { worker: 'yes' });",
  "answer.urgency;",
  "classifier.mode = 'page';",
  "watch(field, classifier, (given) => given.heads, { minLength: 3 });",
  "new PilahError('other', 'x');",
];

/**
 * What tsc says of a file.
 * @param {string} name
 * @param {string} source
 * @param {string[]} flags
 */
function check(name, source, flags) {
  writeFileSync(join(home, name), source);
  const all = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--target", "es2022", "--lib", "es2022,dom", ...flags, name];
  return spawnSync(process.execPath, [tsc, ...all], { cwd: home }).stdout.toString();
}

for (const [module, resolution] of [["nodenext", "nodenext"], ["esnext", "bundler"]]) {
  test(`a strict consumer compiles (${resolution})`, () => {
    assert.equal(check(`consumer-${resolution}.ts`, consumer, ["--module", module, "--moduleResolution", resolution]), "");
  });
}

test("mistakes are found, each of them", () => {
  const lines = consumer.split("\n").length;
  const output = check("mistakes.ts", `${consumer}${mistakes.join("\n")}\n`, ["--module", "nodenext"]);
  const found = [...output.matchAll(/^mistakes\.ts\((\d+),/gm)].map((match) => Number(match[1]) - lines);
  assert.deepEqual([...new Set(found)].sort((a, b) => a - b), mistakes.map((_, at) => at), output);
});

test("the declared functions are those of the sources", () => {
  // The declarations are written by hand: what JSDoc infers must fit them.
  const path = (/** @type {string} */ name) => JSON.stringify(join(www, "package", name));
  const source = ["index.js", "node.js"].map((name, at) => `
import * as made${at} from ${path(name)};
const load${at}: typeof declared.load = made${at}.load;
const watch${at}: typeof declared.watch = made${at}.watch;
const error${at}: declared.PilahError = new made${at}.PilahError("model", "x");
const names${at}: keyof typeof made${at} extends keyof typeof declared ? keyof typeof declared extends keyof typeof made${at} ? true : false : false = true;
console.log(load${at}, watch${at}, error${at}, names${at});`);
  const flags = readFileSync(join(www, "tsconfig.json"), "utf8").replace(/^ *\/\/.*$/gm, "");
  const { compilerOptions } = JSON.parse(flags);
  const rootDirs = compilerOptions.rootDirs.map((/** @type {string} */ folder) => join(www, folder));
  writeFileSync(join(home, "declared.ts"), `import * as declared from "pilah";${source.join("")}`);
  writeFileSync(join(home, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...compilerOptions, rootDirs, typeRoots: [join(www, "node_modules/@types")] }, files: ["declared.ts"] }));
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: home });
  assert.equal(stdout.toString(), "");
});

test("JSDoc of package, tools and form is right", () => {
  assert.equal(spawnSync(process.execPath, [tsc, "-p", www]).stdout.toString(), "");
});

test("npm packs what package.json names, and nothing else", () => {
  const output = execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: pilah, stdio: ["ignore", "pipe", "ignore"] }).toString();
  const files = JSON.parse(output)[0].files.map((/** @type {{ path: string }} */ file) => file.path);
  assert.deepEqual(files.sort(), [
    "LICENSE-APACHE", "LICENSE-MIT", "README.md", "THIRD-PARTY-LICENSES.txt", "answer.d.ts", "index.d.ts", "index.js", "kecil.pilah", "node-worker.js", "node.js",
    "package.json", "pilah_bg.wasm", "runtime.js", "worker.js",
  ]);
  const { exports } = JSON.parse(readFileSync(join(pilah, "package.json"), "utf8"));
  for (const target of Object.values(exports).flatMap((value) => (typeof value === "string" ? [value] : Object.values(value)))) assert.ok(files.includes(target.slice(2)), target);
});
