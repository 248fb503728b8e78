// The package's README: every program in it runs, and does what it says.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { serve } from "../tools/serve.mjs";
import { launch } from "./support/chromium.mjs";
import { node, pilah } from "./support/paths.mjs";

const readme = readFileSync(join(pilah, "README.md"), "utf8");

/**
 * The block of code after a mark.
 * @param {string} mark
 */
function block(mark) {
  const [, rest, more] = readme.split(`<!-- ${mark} -->\n`);
  assert.ok(rest !== undefined && more === undefined, `README.md has <!-- ${mark} --> once`);
  return /^```\w+\n([^]*?)^```$/m.exec(rest)?.[1] ?? assert.fail(`no code after ${mark}`);
}

/** A folder of somebody who has installed the package. */
const home = mkdtempSync(join(tmpdir(), "pilah-readme-"));
/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  mkdirSync(join(home, "node_modules"));
  symlinkSync(pilah, join(home, "node_modules/pilah"), "dir");
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

/**
 * Serves a folder and opens its page; gives the page and what was asked for, and checks that nothing else was.
 * @param {string} root
 * @param {Record<string, string>} headers
 * @param {(page: import("playwright-core").Page, requests: string[]) => Promise<void>} look
 */
async function visit(root, headers, look) {
  const server = await serve({ root, headers });
  const page = await browser.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && !message.location().url.endsWith("/favicon.ico") && problems.push(message.text()));
  page.on("request", (request) => request.url().startsWith(server.url) || problems.push(`asked for ${request.url()}`));
  try {
    await page.goto(server.url);
    const requests = () => server.requests.map(({ path }) => path);
    await look(page, /** @type {any} */ (new Proxy([], { get: (_, name) => Reflect.get(requests(), name) })));
    assert.deepEqual(problems, []);
  } finally {
    await page.close();
    await server.close();
  }
}

test("the page's snippet suggests while somebody types, under the policy of the README", async () => {
  const root = join(home, "site");
  cpSync(pilah, join(root, "pilah"), { recursive: true });
  const html = block("run: page");
  writeFileSync(join(root, "index.html"), `<!doctype html><form>${html}</form>`);
  const script = /<script type="module">([^]*)<\/script>/.exec(html)?.[1] ?? "";
  const hash = `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
  // The policy's own words, everything else forbidden; the script stands in the page, so its hash is needed.
  const policy = `default-src 'none'; ${block("csp").trim().replace("script-src", `script-src ${hash}`)}`;
  await visit(root, { "Content-Security-Policy": policy }, async (page, requests) => {
    await page.locator("#isi").pressSequentially("Lampu jalan mati sudah seminggu, gelap sekali", { delay: 5 });
    await page.getByText("Kategori: Penerangan jalan umum").waitFor({ timeout: 20_000 });
    assert.ok(requests.includes("/pilah/worker.js"), "in a worker");
    assert.equal(page.workers().length, 1);
    const before = requests.length;
    await page.locator("#isi").fill("Sampah menumpuk di TPS Pasar Melati sudah dua minggu, bau sekali");
    await page.getByText("Kategori: Sampah & kebersihan").waitFor({ timeout: 20_000 });
    assert.equal(requests.length, before, "typing asks for nothing");
  });
});

test("the bundler's snippet works when bundled, with four files beside it", async () => {
  const root = join(home, "bundled");
  const entry = join(home, "entry.js");
  writeFileSync(entry, block("run: bundler"));
  await build({ entryPoints: [entry], bundle: true, format: "esm", outfile: join(root, "bundle.js"), logLevel: "warning" });
  for (const name of /copy (.*) beside the bundle/.exec(readme.replaceAll("\n", " "))?.[1].match(/[\w.]+\.\w+/g) ?? []) cpSync(join(pilah, name), join(root, name));
  writeFileSync(join(root, "index.html"), '<!doctype html><textarea></textarea><ul></ul><script type="module" src="bundle.js"></script>');
  await visit(root, {}, async (page, requests) => {
    await page.locator("textarea").fill("Lampu jalan mati sudah seminggu, gelap sekali");
    await page.locator("li", { hasText: "Penerangan jalan umum" }).waitFor({ timeout: 20_000 });
    assert.equal(await page.locator("li").count(), 3);
    assert.ok(requests.includes("/worker.js"));
  });
});

test("the bundler's snippet warns where there is no model, and nothing else breaks", async () => {
  const root = join(home, "broken");
  cpSync(join(home, "bundled"), root, { recursive: true });
  writeFileSync(join(root, "kecil.pilah"), "<!doctype html>");
  const server = await serve({ root });
  const page = await browser.newPage();
  const warned = page.waitForEvent("console", (message) => message.type() === "warning");
  await page.goto(server.url);
  assert.match((await warned).text(), /^no suggestions: http:.*kecil\.pilah: not a pilah model/);
  await page.close();
  await server.close();
});

test("Node's snippet prints what the README shows", () => {
  writeFileSync(join(home, "program.mjs"), block("run: node"));
  assert.equal(execFileSync(process.execPath, ["program.mjs"], { cwd: home }).toString(), block("output: of the program above"));
});

test("the emergency snippet tells a fire from a lamp, and the labels of the README are the model's", async () => {
  const file = join(home, "emergency.mjs");
  writeFileSync(file, block("run: emergency"));
  const { isEmergency } = await import(pathToFileURL(file).href);
  const classifier = await node.load();
  for (const [text, expected] of /** @type {[string, boolean][]} */ ([["Tolong, rumah tetangga kebakaran, api merambat", true], ["Lampu jalan mati sudah seminggu", false]])) {
    assert.equal(isEmergency(await classifier.classify(text)), expected, text);
  }
  for (const { name, labels } of classifier.description.heads.slice(2)) {
    const [, listed] = new RegExp(`\`${name}\` \\(([^)]*)\\)`).exec(readme) ?? assert.fail(name);
    assert.deepEqual(listed.match(/(?<=`)[a-z-]+(?=`)/g)?.filter((id) => id !== ""), labels.map(({ id }) => id), name);
  }
  classifier.close();
});

test("the answer looks as shown", async () => {
  const [, text, options] = /classify\("([^"]*)", \{ (top: 1) \}\)`, with/.exec(readme) ?? assert.fail("no call");
  assert.equal(options, "top: 1");
  const classifier = await node.load();
  const answer = await classifier.classify(text, { top: 1 });
  classifier.close();
  const rounded = JSON.parse(JSON.stringify(answer, (_, value) => (typeof value === "number" ? Number(value.toFixed(2)) : value)));
  assert.deepEqual({ ...rounded, evidence: rounded.evidence.slice(0, 1) }, JSON.parse(block("answer")));
});

test("every option and every code is described, and no other", () => {
  const types = readFileSync(join(pilah, "index.d.ts"), "utf8");
  const codes = /type ErrorCode = ([^;]*);/.exec(types)?.[1].match(/\w+/g) ?? [];
  const described = [...(readme.split("## Errors")[1] ?? "").matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]);
  assert.deepEqual(described.sort(), codes.sort());
  for (const [heading, name] of [["option of `load`", "LoadOptions"], ["option of `classify`", "ClassifyOptions"]]) {
    const declared = [...(new RegExp(`interface ${name} {([^]*?)\\n}`).exec(types)?.[1] ?? "").matchAll(/^ {2}(\w+)\?:/gm)].map((match) => match[1]);
    const table = readme.split(`| ${heading} |`)[1]?.split("\n\n")[0] ?? "";
    assert.deepEqual([...table.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]), declared, heading);
    assert.ok(declared.length >= 3);
  }
});

test("the table of sizes was filled in", () => {
  assert.match(readme, /\| `pilah_bg\.wasm` \| [\d,]+ \|\n[^]*\| all \| [\d,]+ \|/);
});
