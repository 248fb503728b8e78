import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const www = new URL("../", import.meta.url);
const read = (path) => readFileSync(new URL(path, www), "utf8");
const page = read("index.html");

/** Returns a module of the form and all that it imports, as paths from index.html. */
function needs(path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, name] of read(path).matchAll(/^(?:import|export) [^;]*? from "(\.[^"]+)";$/gm)) {
    needs(new URL(name, new URL(path, www)).href.slice(www.href.length), found);
  }
  return found;
}

test("the modules that main.js needs come at once", () => {
  const wanted = [...needs("form/main.js")].filter((path) => path !== "form/main.js");
  assert.ok(wanted.length > 15 && wanted.includes("form/texts/id.js"));
  // The package is not imported, but opened as soon as main.js runs.
  wanted.push("pilah/index.js");
  const preloaded = [...page.matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map(([, path]) => path);
  assert.deepEqual(preloaded.sort(), wanted.sort());
});

test("the page has no script or style of its own, as its policy demands", () => {
  assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=|<script(?![^>]*src=)/);
  assert.match(page, /default-src 'none'/);
});
