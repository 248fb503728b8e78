// One interface, two implementations: the same table of cases for both.

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { serve } from "../tools/serve.mjs";
import { model, node, pilah, root, www } from "./support/paths.mjs";
import { withMemoryLimit } from "./support/wasm.mjs";

const { load, PilahError } = node;
const kecil = model("kecil");
const report = "Tolong, ada kebakaran di Gang Mawar, api merambat ke rumah sebelah";

/**
 * What a promise is rejected with.
 * @param {Promise<unknown>} promise
 */
async function failure(promise) {
  const error = await promise.then(
    (value) => assert.fail(`found ${JSON.stringify(value)?.slice(0, 80)}; expected a rejection`),
    (reason) => reason,
  );
  assert.ok(error instanceof PilahError, String(error?.stack));
  assert.equal(error.name, "PilahError");
  return { code: error.code, message: error.message };
}

/** @type {[string, any, any?, RegExp?][]} what, text, options, code and message */
const badCalls = [
  ["a number", 5, undefined, /^text: text: found 5; expected a string$/],
  ["no text", undefined, undefined, /^text: .*undefined/],
  ["null", null, undefined, /^text: .*null/],
  ["an object", { text: "a" }, undefined, /^text: .*an object/],
  ["a String object", new String("a"), undefined, /^text: .*an object/],
  ["an unknown option", "a", { evidences: true }, /^options: .*"evidences".*top, evidence, latest/],
  ["a negative top", "a", { top: -1 }, /^options: options\.top: found -1; expected a whole number/],
  ["half a top", "a", { top: 1.5 }, /^options: .*1\.5/],
  ["a top in words", "a", { top: "3" }, /^options: .*"3"/],
  ["no top at all", "a", { top: null }, /^options: .*null/],
  ["an endless top", "a", { top: Infinity }, /^options: .*Infinity/],
  ["evidence that is 1", "a", { evidence: 1 }, /^options: .*evidence: found 1; expected true or false/],
  ["latest in words", "a", { latest: "yes" }, /^options: .*latest/],
  ["options in a list", "a", [3], /^options: .*an array/],
  ["options as a number", "a", 3, /^options: .*found 3; expected an object/],
];

/** @type {[string, any, any?, RegExp?][]} what, model, options, code and message */
const badLoads = [
  ["no bytes", new Uint8Array(0), undefined, /^model: /],
  ["zeros", new ArrayBuffer(100), undefined, /^model: .*begins with/],
  ["half a model", kecil.subarray(0, kecil.length >> 1), undefined, /^model: .*bytes; expected \d+/],
  ["a changed bit", Buffer.from(kecil).fill(kecil[300000] ^ 1, 300000, 300001), undefined, /^model: .*checksum/],
  ["a number", 7, undefined, /^model: model: found 7; expected a URL or bytes/],
  ["null", null, undefined, /^model: .*null/],
  ["a missing file", join(www, "missing.pilah"), undefined, /^network: file:.*missing\.pilah: found no file.*expected a pilah model/],
  ["another file", new URL("../package.json", import.meta.url), undefined, /^model: file:.*package\.json: not a pilah model/],
  ["nobody there", "http://localhost:9/kecil.pilah", undefined, /^network: http:\/\/localhost:9\/kecil\.pilah: found no answer.*expected a pilah model/],
  ["wasm that is none", kecil, { wasm: new Uint8Array(8) }, /^wasm: .*found no WebAssembly module/],
  ["wasm that is missing", kecil, { wasm: join(www, "missing.wasm") }, /^network: file:.*missing\.wasm/],
  ["wasm that is a number", kecil, { wasm: 1 }, /^options: options\.wasm: found 1/],
  ["wasm of somebody else", kecil, { wasm: new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) }, /^wasm: /],
  ["an unknown option", kecil, { workers: true }, /^options: .*"workers".*worker, wasm, signal/],
  ["a signal that is none", kecil, { signal: {} }, /^options: options\.signal: found an object; expected an AbortSignal/],
];

for (const mode of /** @type {const} */ (["page", "worker"])) {
  const worker = mode === "worker";
  /** @param {any} [from] @param {any} [options] */
  const open = (from = kecil, options = {}) => load(from, { worker, ...options });

  describe(mode, () => {
    test("loads from bytes, buffers, addresses and paths", async () => {
      const path = join(root, "models/kecil.pilah");
      const padded = Buffer.concat([Buffer.alloc(3), kecil, Buffer.alloc(5)]);
      const exact = kecil.buffer.slice(kecil.byteOffset, kecil.byteOffset + kecil.length);
      for (const from of [undefined, kecil, exact, padded.subarray(3, 3 + kecil.length), new DataView(exact), path, pathToFileURL(path), pathToFileURL(path).href]) {
        const classifier = await load(from, { worker });
        assert.equal(classifier.mode, mode);
        assert.equal((await classifier.classify(report)).heads.category.suggestions[0].label, "kebencanaan");
        classifier.close();
      }
      assert.equal(kecil.length, exact.byteLength, "the caller's bytes are still the caller's");
    });

    test("describes the model", async () => {
      const { description, close } = await open();
      assert.deepEqual(description.heads.map(({ name }) => name), ["category", "agency", "urgency", "type"]);
      assert.match(description.fingerprint, /^[0-9a-f]{8}$/);
      assert.ok(description.heads[2].ordered && description.heads[2].labels.some(({ id, name, definition }) => id === "darurat" && name && definition));
      assert.equal(typeof close, "function");
    });

    test("gives plain objects with spans in UTF-16 units", async () => {
      const classifier = await open();
      const text = `🔥🙏🏽 ${report} 👨‍👩‍👧 hubungi 0812-3456-7890`;
      const answer = await classifier.classify(text);
      assert.deepEqual(answer, structuredClone(answer));
      assert.deepEqual(Object.keys(answer), ["heads", "needsReview", "evidence", "raised", "privateData"]);
      assert.deepEqual(Object.keys(answer.heads), ["category", "agency", "urgency", "type"]);
      const words = answer.evidence.filter(({ head }) => head === "category").map(({ start, end }) => text.slice(start, end));
      assert.ok(words.includes("kebakaran") && words.includes("api"), words.join());
      assert.deepEqual(answer.privateData.map(({ kind, start, end }) => [kind, text.slice(start, end)]), [["phone", "0812-3456-7890"]]);
      for (const { suggestions } of Object.values(answer.heads)) assert.equal(suggestions.length, Math.min(3, suggestions.length));
      classifier.close();
    });

    test("keeps to the options", async () => {
      const classifier = await open();
      const all = await classifier.classify(report, { top: 99 });
      for (const { name, labels } of classifier.description.heads) assert.equal(all.heads[name].suggestions.length, labels.length);
      const few = await classifier.classify(report, { top: 1, evidence: false });
      assert.deepEqual(few, { ...all, evidence: [], heads: Object.fromEntries(Object.entries(all.heads).map(([name, head]) => [name, { ...head, suggestions: head.suggestions.slice(0, 1) }])) });
      assert.deepEqual(await classifier.classify(report, { top: undefined, evidence: undefined }), await classifier.classify(report));
      assert.deepEqual((await classifier.classify(report, { top: 0 })).heads.type.suggestions, []);
      classifier.close();
    });

    test("answers any string", async () => {
      const classifier = await open();
      for (const text of ["", " ", "\0", "\ud83d", "\udd25 api", "a\ud83d", "\ufeff", "🔥".repeat(1000), "\r\n".repeat(100)]) {
        const { evidence, needsReview } = await classifier.classify(text);
        assert.ok(evidence.every(({ start, end }) => 0 <= start && start < end && end <= text.length));
        assert.ok(needsReview, JSON.stringify(text.slice(0, 20)));
      }
      assert.deepEqual((await classifier.classify("")).needsReview, { reason: "too-short", head: null });
      const half = await classifier.classify(`\udc00 ${report}`);
      const whole = await classifier.classify(`\ufffd ${report}`);
      assert.deepEqual(half, whole);
      const long = "🔥 nah ".repeat(20_000).slice(0, 100_000 - report.length) + report;
      const { evidence } = await classifier.classify(long);
      assert.ok(evidence.some(({ start, end }) => start > 99_000 && long.slice(start, end) === "kebakaran"), JSON.stringify(evidence));
      classifier.close();
    });

    for (const [what, text, options, expected] of badCalls) {
      test(`refuses ${what}`, async () => {
        const classifier = await open();
        const { code, message } = await failure(classifier.classify(text, options));
        assert.match(`${code}: ${message}`, /** @type {RegExp} */ (expected));
        assert.ok((await classifier.classify(report)).heads.category, "works on");
        classifier.close();
      });
    }

    for (const [what, from, options, expected] of badLoads) {
      test(`does not load ${what}, and loads what comes next`, async () => {
        const { code, message } = await failure(load(from, { worker, ...options }));
        assert.match(`${code}: ${message}`, /** @type {RegExp} */ (expected));
        const classifier = await open();
        assert.equal((await classifier.classify(report)).heads.category.suggestions[0].label, "kebencanaan");
        classifier.close();
      });
    }

    test("a trap ends one call and no other", async () => {
      const classifier = await open(kecil, { wasm: withMemoryLimit(8) });
      const before = await classifier.classify(report);
      const calls = [classifier.classify("api ".repeat(3_000_000)), classifier.classify(report)];
      assert.match((await failure(calls[0])).message, /^the WebAssembly module stopped: /);
      assert.equal((await failure(calls[0])).code, "wasm");
      assert.deepEqual(await calls[1], before);
      assert.deepEqual(await classifier.classify(report), before);
      classifier.close();
    });

    test("what becomes of the caller's bytes does not matter", async () => {
      const bytes = new Uint8Array(kecil);
      const loading = open(bytes, { wasm: withMemoryLimit(8) });
      bytes.fill(0);
      const classifier = await loading;
      await failure(classifier.classify("api ".repeat(3_000_000)));
      assert.equal((await classifier.classify(report)).heads.category.suggestions[0].label, "kebencanaan");
      classifier.close();
    });

    test("close ends what is pending and what comes later, and other classifiers live on", async () => {
      const [first, second] = [await open(), await open()];
      const pending = [first.classify(report), first.classify(report, { latest: true })];
      first.close();
      first.close();
      for (const promise of [...pending, first.classify(report), first.classify("", { latest: true })]) {
        assert.equal((await failure(promise)).code, "closed");
      }
      assert.equal((await failure(first.classify(/** @type {any} */ (1)))).code, "text");
      assert.ok((await second.classify(report)).heads.category);
      second.close();
    });

    test("an aborted load rejects with the signal's reason", async () => {
      const reason = new Error("the page was left");
      await assert.rejects(open(kecil, { signal: AbortSignal.abort(reason) }), reason);
      const controller = new AbortController();
      const loading = open(kecil, { signal: controller.signal });
      controller.abort(reason);
      await assert.rejects(loading, reason);
      const late = new AbortController();
      const classifier = await open(kecil, { signal: late.signal });
      late.abort();
      assert.ok((await classifier.classify(report)).heads.category, "what is loaded stays");
      classifier.close();
    });

    test("says what a server sent instead of a model", async () => {
      /** @type {[string, (response: import("node:http").ServerResponse) => void, RegExp][]} */
      const servers = [
        ["404", (response) => response.writeHead(404, { "Content-Type": "text/html" }).end("<h1>Not found</h1>"), /^network: http:.*\/m: found status 404; expected a pilah model/],
        ["a page", (response) => response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end("<!doctype html>"), /^network: http:.*\/m: found an HTML page; expected/],
        ["a page as bytes", (response) => response.end("<!doctype html>"), /^model: http:.*\/m: not a pilah model/],
        ["half a model", (response) => response.end(kecil.subarray(0, 100_000)), /^model: http:.*\/m: .*100000 bytes; expected/],
        ["a broken transfer", (response) => response.writeHead(200, { "Content-Length": kecil.length }).write(kecil.subarray(0, 1000), () => response.destroy()), /^network: http:.*\/m: found a transfer that broke off/],
      ];
      for (const [what, answer, expected] of servers) {
        const server = await serve({ root: pilah, intercept: (request, response) => (request.url === "/m" ? (answer(response), true) : false) });
        const { code, message } = await failure(open(`${server.url}m`));
        assert.match(`${code}: ${message}`, expected, what);
        const good = await open(`${server.url}kecil.pilah`, { wasm: `${server.url}pilah_bg.wasm` });
        assert.ok((await good.classify(report)).heads.category);
        good.close();
        await server.close();
      }
    });
  });
}

test("both implementations answer and refuse alike", async () => {
  const [page, worker] = [await load(kecil, { worker: false }), await load(kecil, { worker: true })];
  assert.deepEqual(worker.description, page.description);
  for (const text of [report, "", "🔥 \ud83d lampu jalan mati", "Terima kasih admin"]) assert.deepEqual(await worker.classify(text), await page.classify(text));
  for (const [, text, options] of badCalls) assert.deepEqual(await failure(worker.classify(text, options)), await failure(page.classify(text, options)));
  page.close();
  worker.close();
  for (const [, from, options] of badLoads) {
    assert.deepEqual(await failure(load(from, { worker: true, ...options })), await failure(load(from, { worker: false, ...options })));
  }
});

test("in Node the calling thread is the default", async () => {
  const classifier = await load();
  assert.equal(classifier.mode, "page");
  classifier.close();
});
