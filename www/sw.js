// Keeps the site's own files, so that the form works offline after the first visit. The build fills in which files and the
// version, a hash of their content. A new version waits until no page of the old one is open; an open page thus never gets
// files of two versions.

const FILES = [/* FILES */];
const VERSION = "/* VERSION */";

// Other sites of the same origin have caches of their own: the scope tells them apart.
const PREFIX = `pilah-form ${self.registration.scope} `;
const CACHE = PREFIX + VERSION;

self.addEventListener("install", (event) => {
  event.waitUntil(store());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOld().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  // A report is sent by POST and must reach the network or fail.
  if (request.method === "GET" && request.url.startsWith(self.registration.scope)) event.respondWith(answer(request));
});

async function store() {
  const cache = await caches.open(CACHE);
  // "no-cache" asks the server whether the browser's copy is still right, and does not load it twice over a slow line.
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
}

async function removeOld() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function answer(request) {
  const cache = await caches.open(CACHE);
  const home = request.url.split(/[?#]/)[0] === self.registration.scope;
  const kept = await cache.match(home ? "index.html" : request, { ignoreSearch: true });
  return kept || fetch(request);
}
