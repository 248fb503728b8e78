// README.md for those who host the form: its table of fields is that of the form, its policy that of the page.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, test } from "node:test";
import { serve } from "../tools/serve.mjs";
import { launch } from "./support/chromium.mjs";

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const readme = read("README.md");
const page = read("index.html");

/** The rows after a mark, cells by columns. */
function table(mark) {
  const [, rest, more] = readme.split(`<!-- ${mark} -->\n`);
  assert.ok(rest !== undefined && more === undefined, `README.md has <!-- ${mark} --> once`);
  const lines = rest.slice(0, rest.indexOf("\n\n")).split("\n").slice(2);
  return lines.map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));
}

const rows = table("fields").map(([name, , from]) => ({ name: /^`(\w+)`$/.exec(name)?.[1] ?? assert.fail(`a field in code: ${name}`), from }));
const byScript = rows.filter(({ from }) => from === "script").map(({ name }) => name).sort();
const inPage = rows.filter(({ from }) => from !== "script").map(({ name }) => name).sort();

test("the fields that come without JavaScript are those of the page", () => {
  const [form] = /<form [^]*<\/form>/.exec(page) ?? [""];
  const names = new Set([...form.matchAll(/<(?:input|textarea|select)[^>]*? name="(\w+)"/g)].map(([, name]) => name));
  assert.deepEqual(inPage, [...names].sort());
  assert.match(form, /action="laporan"/);
});

test("the fields that the form sends are those of the table", async () => {
  const server = await serve();
  const browser = await launch();
  after(() => Promise.all([browser.close(), server.close()]));
  const tab = await browser.newPage({ serviceWorkers: "block" });
  await tab.goto(server.url);
  await tab.locator("html[data-suggestions=ready]").waitFor();
  await tab.locator("#laporan").fill("Lampu jalan mati di depan SD, gelap sekali kalau malam");
  for (const name of ["kategori", "instansi"]) await tab.locator(`input[name=${name}]:checked`).waitFor({ state: "attached" });
  const [request] = await Promise.all([tab.waitForRequest((request) => request.method() === "POST"), tab.locator("#send").click()]);
  const sent = [...new URLSearchParams(request.postData() ?? "").keys()].sort();
  assert.deepEqual(sent, [...inPage, ...byScript].sort());
});

test("the policy is the page's, with what only a header can say", () => {
  const [, ofPage] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
  const [, ofReadme] = /<!-- csp -->\n```text\n(.*)\n```/.exec(readme) ?? [];
  assert.equal(ofReadme, `${ofPage}; frame-ancestors 'none'`);
});

test("the form and its worker run under that policy as a header", async () => {
  const [, policy] = /<!-- csp -->\n```text\n(.*)\n```/.exec(readme) ?? [];
  const server = await serve({ headers: { "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff" } });
  const browser = await launch();
  after(() => Promise.all([browser.close(), server.close()]));
  const tab = await browser.newPage();
  const said = [];
  tab.on("console", (message) => message.type() === "error" && said.push(message.text()));
  await tab.goto(server.url);
  await tab.locator("html[data-suggestions=ready]").waitFor();
  await tab.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  assert.deepEqual(said, []);
  assert.equal(tab.workers().length, 1);
});

test("what it names exists", () => {
  for (const [, path] of readme.matchAll(/\]\(([^)#]+)\)/g)) assert.ok(existsSync(new URL(`../${path}`, import.meta.url)), path);
  for (const [, path] of readme.matchAll(/`((?:form|package|tools|test|bench)\/[\w./-]*)`/g)) assert.ok(existsSync(new URL(`../${path}`, import.meta.url)), path);
  const { scripts } = JSON.parse(read("package.json"));
  for (const [, name] of readme.matchAll(/npm run ([\w:]+)/g)) assert.ok(name in scripts, name);
});
