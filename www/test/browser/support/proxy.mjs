// A proxy that writes down whatever a browser sends, from a page, a worker or a service worker alike.

import { createServer, request as ask } from "node:http";

/** Starts it; `seen` fills with methods and addresses. */
export async function recordingProxy() {
  /** @type {string[]} */
  const seen = [];
  const server = createServer((from, to) => {
    seen.push(`${from.method} ${from.url}`);
    const onward = ask(from.url ?? "", { method: from.method, headers: from.headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    onward.on("error", () => to.destroy());
    from.pipe(onward);
  });
  // A way out that is not plain HTTP: it is written down, and goes nowhere.
  server.on("connect", (from, socket) => {
    seen.push(`CONNECT ${from.url}`);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { url: `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`, seen, close };
}
