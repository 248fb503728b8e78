// A small static server, for trying the form and for tests; not for the open network.
//
//   node tools/serve.mjs [FOLDER] [--port N] [--slow BYTES-PER-SECOND]
//
// FOLDER is dist/form where not said. POST /laporan answers with a page that shows what was received, and keeps nothing.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { Transform, pipeline } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";

const form = fileURLToPath(new URL("../dist/form", import.meta.url));
/** @type {Record<string, string>} */
const types = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8", ".json": "application/json", ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml", ".png": "image/png", ".wasm": "application/wasm", ".txt": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8", ".pilah": "application/octet-stream",
};
/** Bytes of a report that are taken. */
const LONGEST = 1 << 20;

/**
 * @typedef {object} Settings
 * @property {string} [root] the folder
 * @property {number} [port] 0, the default: any
 * @property {number} [slow] bytes a second for each answer; as fast as can be where not said
 * @property {boolean} [gzip] true where not said
 * @property {Record<string, string>} [headers] for every answer, for example a Content-Security-Policy
 * @property {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => boolean | void} [intercept]
 *   sees a request first; true: has answered it
 */

/**
 * Starts a server on this machine's own address.
 * @param {Settings} [settings]
 */
export async function serve({ root = form, port = 0, slow, gzip = true, headers = {}, intercept } = {}) {
  const folder = resolve(root);
  /** What was asked for: method and path. @type {{ method: string, path: string }[]} */
  const requests = [];
  const server = createServer((request, response) => {
    const { method = "GET", url = "/" } = request;
    const { pathname } = new URL(url, "http://localhost");
    requests.push({ method, path: pathname });
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (intercept?.(request, response)) return;
    if (method === "POST" && pathname.endsWith("/laporan")) return void receive(request, response);
    if (method !== "GET" && method !== "HEAD") return refuse(response, 405, `found ${method}; expected GET`);
    send(folder, pathname, { request, response, slow, gzip });
  });
  await new Promise((done, failed) => server.once("error", failed).listen(port, "127.0.0.1", () => done(undefined)));
  const { port: taken } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const close = () =>
    new Promise((done) => {
      server.close(() => done(undefined));
      server.closeAllConnections();
    });
  return { url: `http://localhost:${taken}/`, requests, close };
}

/**
 * @param {string} folder
 * @param {string} pathname
 * @param {{ request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse, slow?: number, gzip: boolean }} exchange
 */
function send(folder, pathname, { request, response, slow, gzip }) {
  const path = fileOf(folder, pathname);
  if (!path) return refuse(response, 404, `found no file ${pathname}`);
  const zipped = gzip && /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  response.setHeader("Content-Type", types[extname(path)] ?? "application/octet-stream");
  response.setHeader("Cache-Control", "no-cache");
  response.setHeader("Vary", "Accept-Encoding");
  if (zipped) response.setHeader("Content-Encoding", "gzip");
  else response.setHeader("Content-Length", statSync(path).size);
  if (request.method === "HEAD") return void response.end();
  const steps = [createReadStream(path), ...(zipped ? [createGzip({ level: 9 })] : []), ...(slow ? [throttle(slow)] : []), response];
  // The other end may leave before all is sent.
  pipeline(steps, () => {});
}

/**
 * Returns the file a path of an address means, or null.
 * @param {string} folder
 * @param {string} pathname
 */
function fileOf(folder, pathname) {
  try {
    let path = join(folder, normalize(decodeURIComponent(pathname)));
    if (path !== folder && !path.startsWith(folder + sep)) return null;
    if (statSync(path).isDirectory()) path = join(path, "index.html");
    return statSync(path).isFile() ? path : null;
  } catch {
    return null;
  }
}

/**
 * Lets through so many bytes a second.
 * @param {number} rate
 */
function throttle(rate) {
  const piece = Math.max(1, Math.round(rate / 20));
  return new Transform({
    async transform(chunk, _, done) {
      for (let at = 0; at < chunk.length; at += piece) {
        const part = chunk.subarray(at, at + piece);
        await new Promise((resolve) => setTimeout(resolve, (1000 * part.length) / rate));
        this.push(part);
      }
      done();
    },
  });
}

/**
 * Shows a report that was sent.
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function receive(request, response) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LONGEST) return refuse(response, 413, `found more than ${LONGEST} bytes`);
    chunks.push(chunk);
  }
  const type = request.headers["content-type"] ?? "";
  const fields = await new Response(Buffer.concat(chunks), { headers: { "content-type": type } }).formData().catch(() => null);
  if (!fields) return refuse(response, 400, `found content of type ${type || "none"}; expected a form`);
  const shown = (/** @type {FormDataEntryValue} */ value) => escape(typeof value === "string" ? value : `${value.name}, ${value.size} byte`);
  const rows = [...fields].map(([name, value]) => `<dt>${escape(name)}</dt><dd>${shown(value)}</dd>`);
  response.setHeader("Content-Type", types[".html"]);
  response.end(`<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Laporan diterima</title><h1>Laporan diterima</h1>
<p>Ini server percobaan: laporan tidak disimpan dan tidak diteruskan.</p><dl>${rows.join("\n")}</dl></html>\n`);
}

/** @param {string} text */
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\n/g, "<br>");

/**
 * @param {import("node:http").ServerResponse} response
 * @param {number} status
 * @param {string} why
 */
function refuse(response, status, why) {
  response.writeHead(status, { "Content-Type": types[".txt"] }).end(`${status}: ${why}\n`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { port: { type: "string", default: "8080" }, slow: { type: "string" } } });
  const { url } = await serve({ root: positionals[0], port: Number(values.port), slow: values.slow ? Number(values.slow) : undefined });
  console.log(url);
}
