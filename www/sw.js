// Keeps the site's own files, so that the form works offline after the first visit. The build fills in which files and the
// version, a hash of their content. A new version waits until a page says that no report is being written (form/offline.js),
// or until no page of the old one is open: nobody who writes gets files of two versions.

const FILES = [/* FILES */];
const VERSION = "/* VERSION */";

// Other sites of the same origin have caches of their own: the scope tells them apart.
const SCOPE = self.registration.scope;
const PREFIX = `pilah-form ${SCOPE} `;
const CACHE = PREFIX + VERSION;
const KEPT = new Set(FILES.map((file) => new URL(file, SCOPE).href));

self.addEventListener("install", (event) => {
  event.waitUntil(store());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOld().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  // A report is sent by POST and must reach the network or fail; so must all that is not a file of the form.
  const address = plain(request.url);
  if (request.method === "GET" && KEPT.has(address)) event.respondWith(answer(address, request));
});

/** The address that a file is kept under. The page has two names, and may be called with words behind them. */
function plain(url) {
  const [bare] = url.split(/[?#]/);
  return bare === SCOPE || bare === `${SCOPE}index.html` ? SCOPE : url.split("#")[0];
}

/** Keeps all files or, where one does not come, none. */
async function store() {
  const responses = await Promise.all([...KEPT].map(load));
  const cache = await caches.open(CACHE);
  await Promise.all(responses.map(({ address, response }) => cache.put(address, response)));
}

async function load(address) {
  // "no-cache" asks the server whether the browser's copy is still right, and does not load it twice over a slow line.
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${address}: found status ${response.status}; expected the file`);
  if (!response.redirected) return { address, response };
  // Where it leads elsewhere, it is not the file: a hotspot's page, or one to log in.
  if (plain(response.url) !== address) throw new Error(`${address}: found ${response.url}; expected the file`);
  // A browser refuses to open a page with a response that is marked as redirected.
  const { status, headers } = response;
  return { address, response: new Response(response.body, { status, headers }) };
}

async function removeOld() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function answer(address, request) {
  const cache = await caches.open(CACHE);
  // One file a name, whatever headers the server lets its answers depend on.
  return (await cache.match(address, { ignoreVary: true })) || fetch(request);
}
